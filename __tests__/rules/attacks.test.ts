import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ROOT } from './scan.js'

const FOLDER = join(ROOT, '__tests__/attacks')

/** Attacks that once got through: whoever adds a test for one more counts it here. */
const ATTACKS = Array.from({ length: 68 }, (_, index) => index + 1)

/** What is wrong with the table of attacks, of which each row is a test; `files`: names in its folder. */
function errorsOf(readme: string, files: readonly string[], attacks: readonly number[]): string[] {
  const rows = readme.split('\n').flatMap((line) => {
    const [, number, file = ''] = /^\| \[(\d+)\]\(([^)]+)\) \|/.exec(line) ?? []
    return number === undefined ? [] : [{ number: Number(number), file, cells: line.split(' | ') }]
  })
  const listed = rows.map(({ number }) => number)
  const tests = files.filter((name) => name.endsWith('.test.ts'))
  const named = new Set(rows.map(({ file }) => file))
  return [
    ...(listed.join() === attacks.join() ? [] : [`lists ${listed.join()}, not ${attacks.join()}`]),
    ...rows.flatMap(({ number, file, cells }) => [
      ...(tests.includes(file) ? [] : [`${number}: there is no ${file}`]),
      ...(file.startsWith(`${String(number).padStart(2, '0')}-`) ? [] : [`${file} is not that of ${number}`]),
      ...(cells.length === 5 && cells.every((cell) => cell.trim().length > 3)
        ? []
        : [`${number}: does not say who, what they had, what happened, and what holds now`]),
    ]),
    ...tests.filter((name) => !named.has(name)).map((name) => `${name} has no row`),
  ]
}

describe('the table of attacks', () => {
  test('when it is read, then it has each attack exactly once, with its file, and each file has a row', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8')
    expect(errorsOf(readme, readdirSync(FOLDER), ATTACKS)).toEqual([])
  })

  const row = (number: number, file: string) => `| [${number}](${file}) | author | an image | pass | fail |`
  test.each([
    ['one is missing', [row(1, '01-a.test.ts')], ['lists 1, not 1,2', '02-b.test.ts has no row']],
    [
      'one is there twice',
      [row(1, '01-a.test.ts'), row(2, '02-b.test.ts'), row(2, '02-b.test.ts')],
      ['lists 1,2,2, not 1,2'],
    ],
    [
      'a file is not there',
      [row(1, '01-a.test.ts'), row(2, '02-c.test.ts')],
      ['2: there is no 02-c.test.ts', '02-b.test.ts has no row'],
    ],
    [
      'a file is another attack’s',
      [row(1, '02-b.test.ts'), row(2, '01-a.test.ts')],
      ['02-b.test.ts is not that of 1', '01-a.test.ts is not that of 2'],
    ],
    [
      'a row says too little',
      [row(1, '01-a.test.ts'), '| [2](02-b.test.ts) | author | pass | fail |'],
      ['2: does not say who, what they had, what happened, and what holds now'],
    ],
  ])('when %s, then that is told', (_, lines, errors) => {
    const files = ['README.md', 'bundle.ts', '01-a.test.ts', '02-b.test.ts']
    expect(errorsOf(lines.join('\n'), files, [1, 2])).toEqual(errors)
  })
})

describe('the threat model', () => {
  const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

  test('when it is read, then each who may attack has a promise and its limit', () => {
    const [, ...sections] = read('docs/threat-model.md').split(/^### /m)
    expect(sections.map((text) => text.split('\n', 1)[0])).toEqual([
      'The author of an image',
      'The author of a pull request without write access (a fork)',
      'The author of a pull request with write access',
      'Anyone who can push a tag',
      "A feed (Debian's security tracker, NVD, FIRST, CISA)",
      "Anyone who can write releases of Seaworthy's repository",
      "A mirror of Debian's archive",
      'A registry',
      'Someone who wants a verdict that was not given',
      'A neighbour on the runner',
      'The author of an artifact',
      "A writer of the runner's cache",
    ])
    const without = (section: RegExp) => sections.filter((text) => !section.test(text))
    expect([without(/The gate promises/), without(/The gate does not promise/)]).toEqual([[], []])
  })

  test('when somebody looks for it, then README, SECURITY.md and the attacks lead there', () => {
    for (const [path, link] of [
      ['README.md', 'docs/threat-model.md'],
      ['SECURITY.md', 'docs/threat-model.md'],
      ['__tests__/attacks/README.md', '../../docs/threat-model.md'],
    ] as const) {
      expect(read(path)).toContain(`](${link})`)
    }
  })

  test('when SECURITY.md is read, then it names GitHub’s private reporting, and no address of anybody', () => {
    expect(read('SECURITY.md').replace(/\s+/g, ' ')).toContain(
      '**Security**, then **Report a vulnerability**',
    )
    expect(read('SECURITY.md')).not.toMatch(/[\w.+-]+@[\w-]+\.[\w.]+/)
  })
})
