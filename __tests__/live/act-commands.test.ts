import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { renderAnnotations } from '../../src/reports/github/annotations.js'
import { renderTerminal } from '../../src/reports/terminal/terminal.js'
import { anImageVerdict, aPolicyNotice, aRuledFinding, aVerdict } from '../support/builders.js'
import { hostileText } from '../support/hostile.js'
import { parseWorkflowCommand } from '../support/workflow-command.js'
import { TOOLS } from './act/act.js'
import { newFolder } from './support.js'

/** All that comes from outside is this text. */
function verdictOf(text: string) {
  const finding = aRuledFinding({
    id: text,
    package: text,
    version: text,
    because: text,
    explanation: text,
  })
  const image = anImageVerdict({ reference: text, distribution: text, findings: [finding] })
  return aVerdict({ images: [image], policyNotices: [aPolicyNotice({ text })] })
}

interface ActEvent {
  readonly command?: string
}

test('when act reads what is printed about hostile names, then it obeys our annotations and nothing else', () => {
  const texts = fc.sample(hostileText(), { numRuns: 400, seed: 20_261_124 })
  const commands = texts.flatMap((text) => renderAnnotations(verdictOf(text)))
  // Printed between stop-commands in the action; here it has to be harmless by itself.
  const reports = texts.map((text) =>
    renderTerminal(verdictOf(text), { colour: false, width: Number.POSITIVE_INFINITY, verbose: true }),
  )
  const folder = newFolder()
  mkdirSync(join(folder, '.github/workflows'), { recursive: true })
  writeFileSync(join(folder, 'lines.txt'), `${[...commands, ...reports].join('\n')}\n`)
  const steps = [{ run: `cat ${join(folder, 'lines.txt')}` }]
  const workflow = { on: 'push', jobs: { a: { 'runs-on': 'ubuntu-latest', steps } } }
  writeFileSync(join(folder, '.github/workflows/w.yml'), JSON.stringify(workflow))
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' })
  git('init', '--quiet')
  git('-c', 'user.name=T', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--allow-empty', '-m', 'a')
  const args = ['push', '--json', '--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server']
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder }
  const output = execFileSync(TOOLS.act, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: 'pipe',
  })
  const obeyed = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ActEvent)
    .filter(({ command }) => command !== undefined)
    .map(({ command }) => command)
  // Where the properties end act and the runner see differently, after names with `::` in them: what is compared is
  // that each line is one command of ours, and no other line is any.
  const ours = commands.map((line) => parseWorkflowCommand(line)?.name)
  expect(commands.length).toBe(2 * texts.length)
  expect(obeyed).toEqual(ours)
})
