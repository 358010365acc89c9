import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { IMPROVEMENTS } from '../../../../../src/checks/docker-bench/builtin/improvements.js'
import { BENCH_CHECKS, BENCH_IDS } from '../../../../../src/checks/docker-bench/builtin/table.js'
import { START_TEST } from '../../../../../src/model/bench-ids.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../../..')
const PAGE = readFileSync(join(ROOT, 'docs/findings/docker-bench.md'), 'utf8')
const SECTIONS = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text]),
)

describe('the table of checks, and the page about them', () => {
  test('when ids are listed, then they are 4.1 to 4.12 and 5.1 to 5.32, in order', () => {
    const numbers = (section: number, count: number) =>
      Array.from({ length: count }, (_, at) => `${section}.${at + 1}`)
    expect(BENCH_IDS).toEqual([...numbers(4, 12), ...numbers(5, 32)])
  })

  test('when the page is read, then it has a section for each id, in order, and for no other', () => {
    expect([...SECTIONS.keys()]).toEqual([...BENCH_IDS.map((id) => `Check ${id}`), START_TEST])
  })

  test.each(BENCH_IDS)('when %s is looked up, then its section has its title and advice', (id) => {
    const [title, advice] = BENCH_CHECKS[id]
    const text = SECTIONS.get(`Check ${id}`)
    expect(text).toContain(`\n**${title}.** `)
    expect(text).toContain(advice)
  })

  test('when an improvement has an id, then the page describes it, except the one of every check', () => {
    const missing = Object.keys(IMPROVEMENTS).filter((id) => !PAGE.includes(`\`${id}\``))
    expect(missing).toEqual(['no-subject'])
  })
})
