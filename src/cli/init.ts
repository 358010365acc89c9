import { join } from 'node:path'
import type { Command } from 'commander'
import { initFiles, initSummary, readProject } from '../gate/init.js'
import type { InitFile } from '../gate/init-ignore.js'
import { HOME } from '../io/files/documents.js'
import { readText } from '../io/files/files.js'
import { replaceFile } from '../io/files/replace-file.js'
import { abortOnSignals } from '../io/process/signals.js'
import { terminal } from '../io/process/terminal.js'
import { SeaworthyError } from '../model/index.js'
import { renderDiff } from '../reports/diff.js'
import { escapeTerminal } from '../reports/escape.js'
import { agreed } from './agreed.js'

const EXAMPLES = 'examples/workflows'

const HELP = `
Writes for the Dockerfile in this folder:
  policies/gate.yml (audit mode for 30 days) and policies/whitelist.yml;
  .github/workflows/image-gate.yml and, unless a workflow already runs for tags, image-release.yml;
  .gitignore, for the reports; .dockerignore, if the Dockerfile copies the whole folder (COPY .).
A file that is there is changed only after its diff was shown and you agreed; in a script, only with --yes.
The gate works without the ignore files: they keep reports out of commits, and what no image needs out of the image.
Exit: 0 the gate's files are as they should be; 1 a change to a policy or a workflow was not written; 2 failed.`

/** `seaworthy init`: the gate's files for a folder with a Dockerfile. @param home with the example */
export function addInit(program: Command, uncaught: AbortSignal, home = HOME): void {
  program
    .command('init')
    .description('write the policies and the workflow for the Dockerfile in this folder')
    .option('--yes', 'change existing files without asking')
    .addHelpText('after', HELP)
    .action(async ({ yes = false }: { readonly yes?: boolean }) => {
      process.exitCode = await init(yes, uncaught, home)
    })
}

async function init(isAgreed: boolean, uncaught: AbortSignal, home: string): Promise<number> {
  const print = (line: string) => process.stdout.write(`${line}\n`)
  const example = (name: string) => {
    const text = readText(join(home, EXAMPLES, name))
    if (text === null) {
      const what = `this copy of Seaworthy has no ${EXAMPLES}/${name}`
      const todo = 'run the command from a whole checkout of Seaworthy'
      throw new SeaworthyError({ code: 'bad-input', what, where: 'seaworthy init', todo })
    }
    return text
  }
  const examples = { pullRequest: example('pull-request.yml'), release: example('release.yml') }
  const project = readProject()
  const summary = initSummary(project, examples, join(home, 'docs'))
  for (const line of summary.observed) {
    print(escapeTerminal(line))
  }
  print('')
  const files = initFiles(project, examples, new Date().toISOString().slice(0, 10))
  const filesToWrite = files.filter(({ before, after }) => before !== after)
  const changed = filesToWrite.filter(({ before }) => before !== null)
  const signal = isAgreed || changed.length === 0 ? uncaught : abortOnSignals(uncaught)
  const refused: InitFile[] = []
  for (const one of changed) {
    process.stdout.write(renderDiff(one.file, one.before, one.after, terminal().colour))
    if (!isAgreed && !(await agreed(one.file, signal))) {
      refused.push(one)
    }
  }
  for (const { file, before, after } of filesToWrite.filter((one) => !refused.includes(one))) {
    replaceFile(file, before, after)
    print(`written: ${file}`)
  }
  for (const one of refused) {
    print(refusedText(one))
  }
  if (filesToWrite.length === 0) {
    print('nothing to change')
  }
  print(`\nnext:\n${summary.next.map((line) => `  ${line}`).join('\n')}`)
  return refused.some(({ isOfGate }) => isOfGate) ? 1 : 0
}

/** What a person has to do about a file that stays as it is. */
function refusedText({ file, before, after, isOfGate }: InitFile): string {
  const why = isOfGate ? "the gate's setup is incomplete without this" : 'the gate works without this'
  const head = `not changed: ${file}; ${why}`
  const start = before?.trimEnd() ?? ''
  if (!after.startsWith(start)) {
    return `${head}; pass --yes to change what the diff shows`
  }
  const added = after.slice(start.length).trim().split(/\r?\n/)
  return [
    `${head}; pass --yes, or add these lines:`,
    ...added.map((line) => `  ${escapeTerminal(line, 1000)}`),
  ].join('\n')
}
