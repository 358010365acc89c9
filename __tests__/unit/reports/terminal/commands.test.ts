import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BENCH_CHECKS } from '../../../../src/checks/docker-bench/builtin/table.js'
import { terminal } from '../../../../src/io/process/terminal.js'
import { QUOTED_COMMANDS } from '../../../../src/model/quoted-commands.js'
import { verdictIn } from '../../../../src/reports/json/untrusted.js'
import { wrap } from '../../../../src/reports/layout.js'
import { renderExplanation } from '../../../../src/reports/terminal/explain.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import { tasksOf } from '../../../../src/reports/view/tasks.js'
import { ROOT } from '../../../rules/scan.js'

const CASES = join(ROOT, '__tests__/cases')
const VERDICTS = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(CASES, name, 'expected/report.json'))
  .map((path) => verdictIn(JSON.parse(readFileSync(path, 'utf8')), path))
const widthAt = (columns: number) => terminal(undefined, undefined, { COLUMNS: String(columns) }).width
const linesOf = (text: string) => text.split('\n').map((line) => line.trim())
const commandsIn = (text: string) => text.match(QUOTED_COMMANDS) ?? []
const CLEAR_BITS = 'find / -xdev -perm /6000 -type f -exec chmod a-s {} +'

describe.each([20, 40, 80, 100, 160])('a command at %d columns', (columns) => {
  const width = widthAt(columns)

  test('when a task has a command, then its lines are one command for the shell that they are copied into', () => {
    let copied = 0
    for (const verdict of VERDICTS) {
      const shown = linesOf(renderTerminal(verdict, { colour: false, width }))
        .join('\n')
        .replaceAll(' \\\n', ' ')
      for (const { command, dockerfileLines } of verdict.images.flatMap(tasksOf)) {
        const meant = dockerfileLines?.replaceAll(/ \\\n\s*/g, ' ') ?? command
        if (command !== null) {
          expect(shown.split('\n')).toContain(meant)
          copied++
        }
      }
    }
    expect(copied).toBeGreaterThan(5)
  })

  test('when a sentence of a task quotes a command, then the whole command is on one line', () => {
    let quoted = 0
    for (const verdict of VERDICTS) {
      const shown = linesOf(renderTerminal(verdict, { colour: false, width }))
      for (const command of verdict.images
        .flatMap(tasksOf)
        .flatMap((one) => commandsIn(`${one.title} ${one.why}`))) {
        expect([command, shown.some((line) => line.includes(command))]).toEqual([command, true])
        quoted++
      }
    }
    expect(quoted).toBeGreaterThan(0)
  })

  test('when a finding with such a sentence is explained, then the whole command is on one line', () => {
    const [verdict] = VERDICTS.filter((one) =>
      one.images.flatMap(tasksOf).some(({ title }) => title.includes(CLEAR_BITS)),
    )
    if (verdict === undefined) {
      throw new Error('no case has the task')
    }
    const text = renderExplanation(verdict, [], '4.8', { colour: false, width })
    expect(linesOf(text ?? '').some((line) => line.endsWith(CLEAR_BITS))).toBe(true)
  })

  test('when advice of Docker Bench quotes a command, then the whole command is on one line', () => {
    for (const id of ['4.8', '5.9'] as const) {
      const [, advice] = BENCH_CHECKS[id]
      const [command = 'none'] = commandsIn(advice)
      expect(advice.endsWith(`: ${command}`)).toBe(true)
      expect(wrap(advice, width).at(-1)?.endsWith(command)).toBe(true)
      expect(wrap(advice, width).join(' ')).toBe(advice)
    }
  })
})
