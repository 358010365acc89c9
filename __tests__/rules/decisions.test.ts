import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { filesBelow } from './english.js'
import { ROOT } from './scan.js'

const FOLDER = join(ROOT, 'docs/decisions')
const HEADINGS = ['Context', 'Choice', 'Consequence', 'Rejected']
/** Half a page. */
const LONGEST = 350
/** More are not read. */
const MOST_DECISIONS = 40
/** Where people find a decision: code, pages, and what is published. */
const PLACES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'action.yml', 'docs', 'src', 'script', 'changes'],
  ...[
    '__tests__/attacks',
    '__tests__/rules',
    'examples',
    '.github',
    'policies',
    'close-stale',
    'release-lines',
    'publish-fork',
  ],
]

/** What is wrong with decisions and their index; `texts`: by file name. */
function errorsOf(texts: ReadonlyMap<string, string>, index: string): string[] {
  const numbers = [...texts.keys()].map((file) => file.slice(0, 4))
  return [...texts].flatMap(([file, text]) => {
    const number = file.slice(0, 4)
    const title = text.split('\n')[0] ?? ''
    const name = title.replace(/^# \d{4}: /, '')
    const count = text.split(/\s+/).filter((part) => part !== '').length
    const found = [...text.matchAll(/^##+ (.+)$/gm)].map(([, heading = '']) => heading)
    return [
      ...(title.startsWith(`# ${number}: `)
        ? []
        : [`${file}: its title does not begin with "# ${number}: "`]),
      ...(numbers.filter((one) => one === number).length === 1 ? [] : [`${file}: the number is taken`]),
      ...(index.includes(`| ${number} | [${name}](${file}) |`) ? [] : [`${file}: not in README.md`]),
      ...(removedIn(index).includes(number) ? [`${file}: README.md says that it was removed`] : []),
      ...(count <= LONGEST ? [] : [`${file}: ${count} words, more than ${LONGEST}`]),
      ...(found.join() === HEADINGS.join()
        ? []
        : [`${file}: headings ${found.join(', ') || '(none)'}, not ${HEADINGS.join(', ')}`]),
    ]
  })
}

/** Numbers in the first column of the index's second part: `| 0026, 0092 | … |`. */
function removedIn(index: string): string[] {
  const [, removed = ''] = index.split('\n## Removed\n')
  return [...removed.matchAll(/^\| (\d{4}(?:, \d{4})*) \|/gm)].flatMap(([, all = '']) => all.split(', '))
}

/** Four digits of each decision that a text names: "decision 33", "docs/decisions/0053". */
function namedIn(text: string): string[] {
  const found = text.matchAll(/decisions\/(\d{4})|\bdecision[\s*/]+(\d+)/gi)
  return [...found].map(([, four, number]) => four ?? (number ?? '').padStart(4, '0'))
}

describe('docs/decisions', () => {
  const files = readdirSync(FOLDER).filter((file) => /^\d{4}-.*\.md$/.test(file))
  const texts = new Map(files.map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]))
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8')
  const named = new Map(
    filesBelow(ROOT, PLACES, /\.(ts|mjs|md|yml)$/)
      .filter((path) => !/^docs\/decisions\/|decisions\.test\.ts$/.test(path))
      .map((path) => [path, namedIn(readFileSync(join(ROOT, path), 'utf8'))]),
  )

  test('when all are read, then each has its number, the four headings, half a page and a line in the index', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(errorsOf(texts, index)).toEqual([])
  })

  test('when they are counted, then they are few enough to be read', () => {
    expect(files.length).toBeLessThanOrEqual(MOST_DECISIONS)
  })

  test('when code and pages are read, then each decision is named there', () => {
    const all = new Set([...named.values()].flat())
    expect(files.filter((file) => !all.has(file.slice(0, 4)))).toEqual([])
  })

  test('when a page is for users, then it links to no decision, which their copy does not have', () => {
    const linking = [...named].filter(([path, all]) => path.startsWith('docs/') && all.length > 0)
    const forDevelopers = ['docs/architecture.md']
    expect(linking.map(([path]) => path).filter((path) => !forDevelopers.includes(path))).toEqual([])
  })

  test('when code or a page names a decision, then it has not been removed', () => {
    const numbers = new Set(files.map((file) => file.slice(0, 4)))
    const gone = [...named].flatMap(([path, all]) =>
      all
        .filter((number) => !numbers.has(number))
        .map((number) => `${path}: decision ${number} is not there`),
    )
    expect(gone).toEqual([])
  })

  test('when something is wrong with a decision, then it is reported', () => {
    const text = (number: string, rest = '') =>
      `# ${number}: A\n\n## Context\nx\n## Choice\n## Consequence\n${rest}`
    const wrong = new Map([
      ['0001-a.md', text('0001', '## Rejected\n')],
      ['0001-b.md', text('0001', '## Rejected\n')],
      ['0002-c.md', `# 2. C\n${text('').split('\n').slice(1).join('\n')}`],
      ['0003-d.md', text('0003', `## Rejected\n${'word '.repeat(LONGEST)}`)],
    ])
    const list =
      '| 0001 | [A](0001-a.md) |\n| 0003 | [A](0003-d.md) |\n\n## Removed\n| 0002, 0004 | C | x |\n| 0005 | E | x |\n'
    expect(removedIn(list)).toEqual(['0002', '0004', '0005'])
    expect(errorsOf(wrong, list)).toEqual([
      '0001-a.md: the number is taken',
      '0001-b.md: the number is taken',
      '0001-b.md: not in README.md',
      '0002-c.md: its title does not begin with "# 0002: "',
      '0002-c.md: not in README.md',
      '0002-c.md: README.md says that it was removed',
      '0002-c.md: headings Context, Choice, Consequence, not Context, Choice, Consequence, Rejected',
      '0003-d.md: 362 words, more than 350',
    ])
  })

  test('when a text names decisions by number or by file, then they are found', () => {
    const text =
      '([decision\n  17](decisions/0017-a.md), docs/decisions/0053. See decision 5, and the decision\n * 33; decisions'
    expect(namedIn(text)).toEqual(['0017', '0017', '0053', '0005', '0033'])
  })
})
