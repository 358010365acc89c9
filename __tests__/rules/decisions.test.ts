import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ROOT } from './scan.js'

const FOLDER = join(ROOT, 'docs/decisions')

/** What is wrong with decisions and their index; `titles`: first line by file name. */
function faultsOf(titles: ReadonlyMap<string, string>, index: string): string[] {
  const numbers = [...titles.keys()].map((file) => file.slice(0, 4))
  return [...titles].flatMap(([file, title]) => {
    const number = file.slice(0, 4)
    const words = title.replace(/^# \d{4}: /, '')
    return [
      ...(title.startsWith(`# ${number}: `)
        ? []
        : [`${file}: its title does not begin with "# ${number}: "`]),
      ...(numbers.filter((one) => one === number).length === 1 ? [] : [`${file}: the number is taken`]),
      ...(index.includes(`| ${number} | [${words}](${file}) |`) ? [] : [`${file}: not in README.md`]),
    ]
  })
}

/** Decisions before this one keep the form that they were written in. */
const FIRST_WITH_HEADINGS = 19
const HEADINGS = ['Context', 'Choice', 'Consequence', 'Rejected']

/** Decisions, from 0019 on, whose headings are others than the four, or in another order; `texts`: by file name. */
function otherHeadings(texts: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([file, text]) => {
    const found = [...text.matchAll(/^##+ (.+)$/gm)].map(([, heading = '']) => heading)
    if (Number(file.slice(0, 4)) < FIRST_WITH_HEADINGS || found.join() === HEADINGS.join()) {
      return []
    }
    return [`${file}: headings ${found.join(', ') || '(none)'}, not ${HEADINGS.join(', ')}`]
  })
}

describe('docs/decisions', () => {
  test('when those from 0019 on are read, then they have the four headings and no other', () => {
    const files = readdirSync(FOLDER).filter((file) => /^\d{4}-.*\.md$/.test(file))
    const texts = files.map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const)
    expect(otherHeadings(new Map(texts))).toEqual([])
  })

  test('when headings are others, then the file is told; an old decision is left as it is', () => {
    const text = '# 0019: A\n\n## Context\nx\n## Choice\n## Consequence\n## Rejected\n'
    const texts = new Map([
      ['0017-old.md', '# 0017: Old\n\n**Question.** x\n'],
      ['0019-a.md', text],
      ['0020-b.md', text.replace('## Rejected\n', '')],
      ['0021-c.md', text.replace('## Choice', '### Decision')],
    ])
    expect(otherHeadings(texts)).toEqual([
      '0020-b.md: headings Context, Choice, Consequence, not Context, Choice, Consequence, Rejected',
      '0021-c.md: headings Context, Decision, Consequence, Rejected, not Context, Choice, Consequence, Rejected',
    ])
  })

  test('when all are read, then each has a number of its own and stands in the index', () => {
    const files = readdirSync(FOLDER).filter((file) => /^\d{4}-.*\.md$/.test(file))
    expect(files.length).toBeGreaterThan(10)
    const titles = files.map(
      (file) => [file, readFileSync(join(FOLDER, file), 'utf8').split('\n')[0] ?? ''] as const,
    )
    expect(faultsOf(new Map(titles), readFileSync(join(FOLDER, 'README.md'), 'utf8'))).toEqual([])
  })

  test('when a number is taken, a title is another or the index lacks one, then each is told', () => {
    const titles = new Map([
      ['0001-a.md', '# 0001: A'],
      ['0001-b.md', '# 0001: B'],
      ['0002-c.md', '# 2. C'],
    ])
    expect(faultsOf(titles, '| 0001 | [A](0001-a.md) |\n| 0001 | [B](0001-b.md) |')).toEqual([
      '0001-a.md: the number is taken',
      '0001-b.md: the number is taken',
      '0002-c.md: its title does not begin with "# 0002: "',
      '0002-c.md: not in README.md',
    ])
  })
})
