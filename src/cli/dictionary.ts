import type { Command } from 'commander'
import { type Recording, recordImage } from '../gate/record-dictionary.js'
import { readGateOnly } from '../inputs/policies.js'
import { policyPath } from '../inputs/policy-files.js'
import { readRequest } from '../inputs/request.js'
import type { ReadInput } from '../inputs/row.js'
import { INPUTS } from '../inputs/table.js'
import { newRunId } from '../io/engine/leftovers.js'
import { replaceFile } from '../io/files/replace-file.js'
import { abortOnSignals } from '../io/process/signals.js'
import { terminal } from '../io/process/terminal.js'
import { oneLine, plural } from '../model/index.js'
import { renderDiff } from '../reports/diff.js'
import { escapeTerminal } from '../reports/escape.js'
import { agreed } from './agreed.js'
import { type Flags, IMAGE_FORMS, inputsOf, optionOf } from './flags.js'

/** The inputs that change what Docker Bench says about an image. */
const FLAGS = new Set([
  'platform',
  'policies',
  'checks',
  'bench-image',
  'bench-source',
  'cache-dir',
  'run-options',
  'compose-file',
  'compose-service',
  'start',
  'timeout',
  'today',
  'debug',
])

const HELP = `
Prints the change as a diff. On a terminal, it asks before writing; in a script, it writes only with --yes. Expected
results are a policy, and no job should weaken a policy on its own.
A new file extends the built-in dictionary and lists only what differs. If a result is worse than the built-in
dictionary expects, its entry is written with an expiry date, --owner and --reason. Without these flags, fill in the
owner and the reason: the gate refuses the file without them.
Exit: 0 the file matches the current results and the gate accepts it; 1 changes were not written, or someone still has
to edit the file (owners, reasons or other lines); 2 the image could not be judged.`

/** `seaworthy dictionary record IMAGE`: writes what Docker Bench says about an image today, for review. */
export function addDictionary(program: Command, uncaught: AbortSignal): void {
  const record = program
    .command('dictionary')
    .description('edit the expected Docker Bench results')
    .command('record')
    .description("write an image's current results to the dictionary, for review")
    .argument('<image>', IMAGE_FORMS)
    .option('--owner <NAME>', 'who answers for results that are worse than the built-in dictionary expects')
    .option('--reason <TEXT>', 'why they are expected')
    .option('--yes', 'write without asking')
    .option('--dry-run', 'only print the change')
    .addHelpText('after', HELP)
    .action(async (image: string, flags: Flags, command: Command) => {
      const unused = unusedFlags(command)
      if (unused.length > 0) {
        process.stderr.write(`${unused.join(', ')}: not used, because only Docker Bench runs\n`)
      }
      process.exitCode = await recordOne(image, flags, withDefaults(inputsOf(flags)), uncaught)
    })
  for (const input of INPUTS) {
    // The flags of a scan can stay on the line, although they have no effect here.
    const option = optionOf(input)
    record.addOption(FLAGS.has(input.name) ? option : option.hideHelp())
  }
}

function unusedFlags(command: Command): string[] {
  return command.options
    .filter((option) => INPUTS.some(({ name }) => option.long === `--${name}` && !FLAGS.has(name)))
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map(({ long }) => long ?? '')
}

/** Inputs that this command does not use have the gate's defaults. */
function withDefaults(inputs: ReadInput): ReadInput {
  const defaults = new Map(INPUTS.map((input) => [input.name, input.default]))
  return (name) => (FLAGS.has(name) && inputs(name)) || (defaults.get(name) ?? '')
}

async function recordOne(
  image: string,
  flags: Flags,
  inputs: ReadInput,
  uncaught: AbortSignal,
): Promise<number> {
  const { owner = '', reason = '' } = flags as { readonly owner?: string; readonly reason?: string }
  const request = readRequest([image], inputs)
  const { thresholds: gate } = readGateOnly(inputs)
  const today = inputs('today').trim() || new Date().toISOString().slice(0, 10)
  const screen = terminal()
  const signal = abortOnSignals(uncaught)
  try {
    const file = policyPath(inputs, 'dictionary')
    const requested = { file, today, gate, owner: oneLine(owner), reason: oneLine(reason) }
    const recording = await recordImage(request, requested, { ...screen, runId: newRunId(), signal })
    screen.done()
    process.stdout.write(shown(recording, screen.colour))
    const exitCode = recording.left.length + recording.accepted.length > 0 ? 1 : 0
    if (recording.before === recording.after) {
      return exitCode
    }
    if (flags.dryRun !== true && (flags.yes === true || (await agreed(recording.file, signal)))) {
      replaceFile(recording.file, recording.before, recording.after)
      process.stdout.write(`written: ${escapeTerminal(recording.file)}; review it before you commit\n`)
      return exitCode
    }
    process.stdout.write('nothing was written; pass --yes to write the change\n')
    return 1
  } finally {
    screen.done()
  }
}

function shown({ file, before, after, changes, left, accepted, notes }: Recording, colour: boolean): string {
  const diff = renderDiff(file, before, after, colour)
  const lines = [...changes, ...left, ...accepted, ...notes].map((line) => `${escapeTerminal(line)}\n`)
  const count = before === null ? 'a new file that extends the built-in dictionary' : escapeTerminal(file)
  const more = [
    plural(changes.length + accepted.length, 'change'),
    ...(left.length > 0 ? [`${left.length} to edit by hand`] : []),
    ...(accepted.length > 0 ? [`${accepted.length} to fill in`] : []),
  ]
  return `${diff}${diff === '' ? '' : '\n'}${lines.join('')}\n${count}: ${more.join(', ')}\n`
}
