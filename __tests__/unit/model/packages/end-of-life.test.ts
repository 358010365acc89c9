import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { SHIPPED_ENDS } from '../../../../src/feeds/formats/shipped-ends.js'
import {
  branchOf,
  dataAge,
  type EndsOfLife,
  endsText,
  readEnds,
  releasedVersion,
} from '../../../../src/model/packages/end-of-life.js'
import { knownProgram } from '../../../../src/model/packages/known-programs.js'
import { runs } from '../../../support/runs.js'

const SHIPPED = readEnds(SHIPPED_ENDS) as EndsOfLife
const DAY = '2026-11-29'

test('when the shipped table is read, then it has only programs that are looked for', () => {
  expect(SHIPPED.date).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(SHIPPED.programs.size).toBeGreaterThan(30)
  for (const name of SHIPPED.programs.keys()) {
    expect([name, knownProgram(name)]).not.toEqual([name, null])
  }
})

/** By endoflife.date of 2026-08-22. */
test.each([
  ['elasticsearch', '8.11.1', null, 'unknown', null],
  ['erlang', '25.2.3', '25', 'past', '2025-05-17'],
  ['go', '1.21.0', '1.21', 'past', '2024-08-13'],
  ['grafana', '10.2.0', '10.2', 'past', '2024-07-24'],
  ['haproxy', '2.6.12', '2.6', 'supported', '2027-04-01'],
  ['httpd', '2.4.49', '2.4', 'unknown', null],
  ['mariadb', '10.11.5', '10.11', 'supported', '2028-02-16'],
  ['mariadb', '10.6.4', '10.6', 'past', '2026-07-06'],
  ['memcached', '1.6.9', '1.6', 'unknown', null],
  ['mongodb', '7.0.5', '7.0', 'supported', '2027-08-31'],
  ['mysql', '8.0.36', '8.0', 'past', '2026-04-30'],
  ['nginx', '1.18.0', '1.18', 'past', '2021-04-20'],
  ['nginx', '1.27.3', '1.27', 'past', '2025-06-24'],
  ['node', '16.20.2', '16', 'past', '2023-09-11'],
  ['node', '20.11.0', '20', 'past', '2026-04-30'],
  ['openjdk', '17.0.8.1', '17', 'supported', '2027-10-31'],
  ['openjdk', '8u342', '8', 'supported', '2030-12-31'],
  ['php', '7.4.33', '7.4', 'past', '2022-11-28'],
  ['php', '8.3.6', '8.3', 'supported', '2027-12-31'],
  ['postgresql', '16.4', '16', 'supported', '2028-11-09'],
  ['python', '3.11.2', '3.11', 'supported', '2027-10-31'],
  ['python', '3.8.18', '3.8', 'past', '2024-10-07'],
  ['rabbitmq', '3.10.8', '3.10', 'past', '2022-09-28'],
  ['redis', '6.0.16', '6.0', 'past', '2022-05-31'],
  ['redis', '7.4.1', '7.4', 'supported', '2029-12-01'],
  ['ruby', '2.7.4', '2.7', 'past', '2023-03-31'],
  ['tomcat', '9.0.80', '9.0', 'supported', '2027-03-31'],
])('when %s is %s, then it is of branch %s, which is %s (%s)', (name, version, branch, state, day) => {
  const found = branchOf(name, version, SHIPPED, DAY)
  expect([found?.cycle?.name ?? null, found?.state, found?.day]).toEqual([branch, state, day])
})

const table = (...lines: readonly string[]) => readEnds(`2026-08-22\n${lines.join('\n')}\n`) as EndsOfLife
const NODE = table('node 24:2028-04-30:24.19.0 22:2027-04-30:22.23.2 18:2025-04-30:18.20.8 16:yes:16.20.2')
const state = (version: string, ends: EndsOfLife, today: string, name = 'node') =>
  branchOf(name, version, ends, today)?.state ?? null

describe('the day of an end', () => {
  test.each([
    ['2027-01-29', 'supported'],
    ['2027-01-30', 'soon'],
    ['2027-04-29', 'soon'],
    ['2027-04-30', 'past'],
    ['2030-01-01', 'past'],
  ])('when it is %s, then a branch that ends on 2027-04-30 is %s', (today, wanted) => {
    expect(state('22.1.0', { ...NODE, date: today }, today)).toBe(wanted)
  })

  test.each([
    ['16.20.2', 'past'],
    ['14.21.3', 'past'],
    ['20.1.0', 'unknown'],
    ['25.0.0', 'unknown'],
    ['1.0.0', 'past'],
    ['x', null],
  ])('when the version is %s, then it is %s', (version, wanted) => {
    expect(state(version, NODE, DAY)).toBe(wanted)
  })

  test('when nothing is known of a program, then nothing is said', () => {
    expect(state('1.0', NODE, DAY, 'varnish')).toBeNull()
  })

  test('when an end is only the beginning of the next branch, then it counts 90 days later', () => {
    const nginx = table('nginx 1.31:no:1.31.4 1.29:2026-05-13:1.29.8')
    const on = (today: string) => state('1.29.3', { ...nginx, date: today }, today, 'nginx')
    expect([on('2026-05-12'), on('2026-05-13'), on('2026-08-10'), on('2026-08-11')]).toEqual([
      'soon',
      'recent',
      'recent',
      'past',
    ])
    const node = table('node 30:no:30.0.0 29:2026-05-13:29.1.0')
    expect(state('29.0.0', node, '2026-05-14')).toBe('past')
  })
})

describe('old data', () => {
  test('when they are older than 90 days, then that is reported; than 180, then later ends are not known', () => {
    const at = (today: string) => [
      dataAge(NODE, today),
      state('22.1.0', NODE, today),
      state('18.1.0', NODE, today),
    ]
    expect(at('2026-11-20')).toEqual([null, 'supported', 'past'])
    expect(at('2026-11-21')).toEqual([{ days: 91, isStale: false }, 'supported', 'past'])
    expect(at('2027-02-18')).toEqual([{ days: 180, isStale: false }, 'soon', 'past'])
    expect(at('2027-02-19')).toEqual([{ days: 181, isStale: true }, 'unknown', 'past'])
    expect(at('2027-06-01')[1]).toBe('unknown')
  })
})

describe('fixed versions that exist', () => {
  test.each([
    ['node', '18.16.1', '18.20.8'],
    ['node', '18.20.8', '18.20.8'],
    ['node', '18.20.9', '18.20.9'],
    ['node', '14.14.1', '14.14.1'],
    ['nginx', '1.20.1', '1.20.1'],
    ['nginx', '1.20.9', '1.20.9'],
    ['postgresql', '16.5', '16.5'],
    ['httpd', '2.4.50', '2.4.50'],
    ['openjdk', '8u391', '8u502'],
    ['openjdk', '17.0.9', '17.0.20.1'],
    ['varnish', '7.1.0', '7.1.0'],
  ])('when %s has a fix in %s, then %s is shown', (name, fixed, shown) => {
    const known = new Map([...SHIPPED.programs, ['node', NODE.programs.get('node') ?? []]])
    expect(releasedVersion(name, fixed, { ...SHIPPED, programs: known })).toBe(shown)
  })
})

test('when a table is written, then it reads back the same, and an odd one does not', () => {
  const name = fc.constantFrom('node', 'nginx', 'x-1')
  const cycle = fc.record({
    name: fc.constantFrom('1', '1.27', '2026.07'),
    end: fc.oneof(fc.boolean(), fc.constantFrom('2020-01-01', '2030-12-31')),
    latest: fc.option(fc.constantFrom('1.2.3', '8u342', '17.0.1+1')),
  })
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(name, fc.array(cycle, { minLength: 1 })), { selector: ([one]) => one }),
      (all) => {
        const ends = { date: '2026-08-22', programs: new Map(all) }
        expect(readEnds(endsText(ends))).toEqual(ends)
        expect([...(readEnds(endsText(ends, (one) => one === 'node'))?.programs.keys() ?? [])]).toEqual(
          all.some(([one]) => one === 'node') ? ['node'] : [],
        )
      },
    ),
    runs(100),
  )
  for (const text of [
    '',
    'x\n',
    '2026-13-01\n',
    '2026-08-22\nnode\n',
    '2026-08-22\nnode 18:maybe:1\n',
    '2026-08-22\nno de\n',
  ]) {
    expect(readEnds(text)).toBeNull()
  }
})
