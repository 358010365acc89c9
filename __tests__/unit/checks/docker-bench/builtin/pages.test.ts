import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { IMPROVEMENTS } from '../../../../../src/checks/docker-bench/builtin/improvements.js'
import { BENCH_CHECKS, BENCH_IDS } from '../../../../../src/checks/docker-bench/builtin/table.js'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../../../docs/findings')
const nameOf = (id: string) => `bench-${id.replace('.', '-')}.md`
const page = (id: string) => readFileSync(join(FOLDER, nameOf(id)), 'utf8')

describe('the table of checks, and a page for each', () => {
  test('when ids are listed, then they are 4.1 to 4.12 and 5.1 to 5.32, in order', () => {
    const numbers = (section: number, count: number) =>
      Array.from({ length: count }, (_, at) => `${section}.${at + 1}`)
    expect(BENCH_IDS).toEqual([...numbers(4, 12), ...numbers(5, 32)])
  })

  test('when pages are listed, then none is of a check that is not judged', () => {
    const pages = readdirSync(FOLDER).filter((name) => /^bench-\d/.test(name))
    expect(pages.sort()).toEqual(BENCH_IDS.map(nameOf).sort())
  })

  test.each(BENCH_IDS)(
    'when %s is looked up, then its page has its title and advice, and the four parts',
    (id) => {
      const [title, advice] = BENCH_CHECKS[id]
      const text = page(id)
      expect(text.split('\n')[0]).toBe(`# ${id} ${title}`)
      expect(text).toContain(advice)
      for (const part of ['What it means', 'What to do', 'Not applicable', 'What the built-in rule adds']) {
        expect(text).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, 'm'))
      }
    },
  )

  test('when an improvement has an id, then a page tells of it, but for the one that is of every check', () => {
    const all = BENCH_IDS.map(page).join('\n')
    const untold = Object.keys(IMPROVEMENTS).filter((id) => !all.includes(`\`${id}\``))
    expect(untold).toEqual(['no-subject'])
  })
})
