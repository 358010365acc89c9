import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { makeTable, parseTable, pick, rowsOf } from '../../../../src/feeds/formats/table.js'
import { outcomeOf } from '../../../support/problems.js'

const id = fc
  .tuple(fc.integer({ min: 1999, max: 2030 }), fc.integer({ min: 0, max: 10 ** 7 }))
  .map(([year, number]) => `CVE-${year}-${String(number).padStart(4, '0')}`)
const rows = fc.uniqueArray(fc.tuple(id, fc.string({ maxLength: 5 })), {
  selector: ([cve]) => cve,
  maxLength: 60,
})
const about = { feed: 'kev', date: '2026-11-24T00:00:00.000Z', parts: {} } as const

describe('a table', () => {
  test('when rows are put in and read again, then they are the same, in whatever order they came', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.double({ noNaN: true })), (list, chance) => {
        const text = JSON.stringify(makeTable(about, new Map(list)))
        const table = parseTable(text, 'kev')
        expect(Object.fromEntries(rowsOf(table))).toEqual(Object.fromEntries(list))
        expect(Object.fromEntries(pick(table, [...list.map(([cve]) => cve), 'CVE-1998-0001', 'x']))).toEqual(
          Object.fromEntries(list),
        )
        const shuffled = list.map((row) => [chance.next().value, row] as const).sort(([a], [b]) => a - b)
        expect(JSON.stringify(makeTable(about, new Map(shuffled.map(([, row]) => row))))).toBe(text)
      }),
    )
  })

  const good = makeTable(
    about,
    new Map([
      ['CVE-2026-1001', 'a'],
      ['CVE-2026-1002', 'b'],
    ]),
  )
  const year = { cve: [1001, 1], value: [0, 1] }
  test.each([
    ['is of another feed', { feed: 'epss' }],
    ['is of another format', { format: 'x' }],
    ['counts wrong', { rows: 3 }],
    ['has a date that is none', { date: 'x' }],
    ['has values that are no texts', { values: [1, 2] }],
    ['points beside its values', { years: { 2026: { ...year, value: [0, 2] } } }],
    ['has a CVE twice', { years: { 2026: { ...year, cve: [1001, 0] } } }],
    ['has half a number', { years: { 2026: { ...year, cve: [1001, 0.5] } } }],
    ['has lists of different length', { years: { 2026: { ...year, value: [0] } } }],
    ['has a year that is none', { years: { x: year } }],
    ['has no years', { years: null }],
    ['has parts that are no texts', { parts: { 2026: 1 } }],
  ])('when what is kept %s, then it is refused', (_, part) => {
    expect(outcomeOf(() => parseTable(JSON.stringify({ ...good, ...part }), 'kev'))).toBe('feed-malformed')
    expect(outcomeOf(() => parseTable(JSON.stringify(good), 'kev'))).toBe('answered')
  })
})
