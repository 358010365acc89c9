import { Command, CommanderError, Option } from 'commander'
import { removeReports } from '../gate/write-reports.js'
import type { ReadInput } from '../inputs/row.js'
import { INPUTS, type Input } from '../inputs/table.js'
import { documentsHere } from '../io/files/documents.js'
import { abortOnUncaught, endQuietly } from '../io/process/signals.js'
import { problemOf, SeaworthyError, TOOL } from '../model/index.js'
import { FORMATS } from '../reports/index.js'
import { renderProblem } from '../reports/terminal/terminal.js'
import { addAttest } from './attest.js'
import { addDictionary } from './dictionary.js'
import { addExplain } from './explain.js'
import { addFeeds } from './feeds.js'
import { addInputs, type Flags, IMAGE_FORMS, inputsOf, optionOf, printUsage } from './flags.js'
import { addInit } from './init.js'
import { readReplayed, verdictOf } from './replayed.js'
import { NOT_JUDGED, progressStream, report, scanImages } from './scan.js'
import { addUpdate } from './update.js'
import { addVerify } from './verify.js'
import { addWhitelist } from './whitelist.js'

const EXITS = `
Exit: 0 pass, 1 fail, 2 could not judge (incomplete, invalid flags or policies).`

/**
 * The reports of a replay are those of the scan, byte for byte; what applies only to a replay is printed
 * separately.
 */
const NO_PROOF =
  'judged from saved evidence: anyone who can write to that folder could have forged this verdict, so do not rely on it as proof\n'

const EXAMPLES = `
Examples:
  seaworthy scan app:1.4.0
  seaworthy scan registry:ghcr.io/acme/app:1.4.0
  seaworthy scan ./app.tar --fail-on medium --save-evidence evidence`

function command(uncaught: AbortSignal): Command {
  const program = new Command('seaworthy')
    .description('Decides whether a Debian-based Docker image may be released.')
    .version(TOOL.version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    // Until there is a verdict: otherwise Node would exit with 1 or 13 if it can't go on. Help exits with 0.
    .hook('preAction', () => {
      process.exitCode = NOT_JUDGED
    })
  const scan = program
    .command('scan')
    .description(`judge images; each is ${IMAGE_FORMS}`)
    .argument('<image...>', 'images to judge')
    .addHelpText('after', `${EXAMPLES}\n${EXITS}`)
    .action(async (images: string[], flags: Flags) => {
      process.exitCode = await scanImages(images, inputsOf(flags), uncaught)
    })
  const replay = program
    .command('replay')
    .description(
      'judge saved evidence again, without Docker or network access; do not rely on the verdict as proof',
    )
    .argument('<dir>', 'folder written by --save-evidence')
    .addHelpText('after', EXITS)
    .action((folder: string, flags: Flags) => {
      process.exitCode = replayEvidence(folder, inputsOf(flags))
    })
  const about = 'print the verdict in this format instead, and nothing else'
  const format = new Option('--format <WORD>', about).choices(Object.keys(FORMATS))
  scan.addOption(format)
  replay.addOption(format)
  addInputs(scan, ({ where }) => where.includes('scan'))
  for (const input of INPUTS.filter((one) => one.replay)) {
    replay.addOption(optionOf(replayInput(input)))
  }
  addUpdate(program, uncaught)
  addFeeds(program, uncaught)
  addDictionary(program, uncaught)
  addInit(program, uncaught)
  addExplain(program)
  addWhitelist(program)
  addAttest(program, uncaught)
  addVerify(program, uncaught)
  printUsage(program)
  return program
}

/** A replay never replaces the last report: it writes only where a flag says. It is in no workflow. */
function replayInput(input: Input): Input {
  return input.name === 'report-dir'
    ? { ...input, default: '', help: `${input.help} (default: none are written)` }
    : { ...input, default: input.default.startsWith('$') ? '' : input.default }
}

function replayEvidence(folder: string, inputs: ReadInput): number {
  const replayed = readReplayed(folder, inputs)
  const { judging } = replayed
  if (judging.reportDir !== '') {
    removeReports(judging.reportDir)
  }
  const code = report(verdictOf(replayed), judging, inputs)
  progressStream(inputs).write(NO_PROOF)
  return code
}

async function main(): Promise<void> {
  endQuietly(process.stdout)
  endQuietly(process.stderr)
  const uncaught = abortOnUncaught()
  uncaught.addEventListener('abort', () => process.stderr.write(`${stackOf(uncaught.reason)}\n`))
  try {
    await command(uncaught).parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : NOT_JUDGED
      return
    }
    const debug = process.argv.includes('--debug')
    process.stderr.write(renderProblem(problemOf(error, 'seaworthy'), documentsHere(process.env)))
    if (debug || !(error instanceof SeaworthyError)) {
      process.stderr.write(`${stackOf(error)}\n`)
    }
    process.exitCode = NOT_JUDGED
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

await main()
