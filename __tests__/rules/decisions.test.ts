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

describe('docs/decisions', () => {
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
