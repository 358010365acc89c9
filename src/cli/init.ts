import { join } from 'node:path'
import type { Command } from 'commander'
import { initFiles, initSummary, readProject } from '../gate/init.js'
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
Exit: 0 written, or nothing to do; 1 changes were not written; 2 failed.`

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
  for (const { file, before, after } of changed) {
    process.stdout.write(renderDiff(file, before, after, terminal().colour))
  }
  const names = changed.map(({ file }) => file).join(', ')
  const mayWrite = changed.length === 0 || isAgreed || (await agreed(names, abortOnSignals(uncaught)))
  for (const { file, before, after } of filesToWrite) {
    if (before === null || mayWrite) {
      replaceFile(file, before, after)
      print(`written: ${file}`)
    }
  }
  if (!mayWrite) {
    print(`not changed: ${names}; pass --yes to change what the diff shows`)
  } else if (filesToWrite.length === 0) {
    print('nothing to change')
  }
  print(`\nnext:\n${summary.next.map((line) => `  ${line}`).join('\n')}`)
  return mayWrite ? 0 : 1
}
