import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../../../src/model/finding/index.js'
import { obstacle } from '../../../../src/model/finding/obstacle.js'
import { entriesFor } from '../../../../src/policy/whitelist/match.js'
import { overlapsOf } from '../../../../src/policy/whitelist/overlaps.js'
import type { WhitelistEntry } from '../../../../src/policy/whitelist/schema.js'
import { aFinding, anApplicationFinding, aPlace, aWhitelistEntry, TODAY } from '../../../support/builders.js'

const SUBJECT = { reference: 'app:1.4.0', codename: 'bookworm' }
const at = (line: number, part: Partial<WhitelistEntry> = {}) =>
  aWhitelistEntry({ place: aPlace({ line }), ...part })
/** The line of the entry that accepts, or of the one that nearly does, with the reason. */
function judged(finding: Finding, ...entries: readonly WhitelistEntry[]) {
  const { accepting, near } = entriesFor(finding, SUBJECT, entries, TODAY)
  return accepting !== null ? accepting.place.line : near && [near.entry.place.line, near.why]
}
const place = (line: number) => aPlace({ line })

describe('the entry for a finding', () => {
  const low = aFinding({ severity: 'low' })

  test('when several accept it, then the one that holds longest is named, then the first of the file', () => {
    const [short, long, same] = [at(1), at(2, { expires: '2027-06-30' }), at(3, { expires: '2027-06-30' })]
    expect(judged(low, short, long, same)).toBe(2)
    expect(judged(low, same, long, short)).toBe(2)
    expect(judged(low)).toBeNull()
  })

  test('when none accepts it, then one that covers it is named before a longer one that does not', () => {
    const kev = { ...low, kev: true }
    const mild = at(2, { maxSeverity: 'negligible', expires: '2027-12-31' })
    expect(judged(kev, at(1), mild)).toEqual([
      1,
      { reason: 'entry-not-despite', place: place(1), despite: 'kev' },
    ])
    expect(judged(kev, at(1), at(3, { despiteKev: true }))).toBe(3)
    expect(judged(kev, at(3, { despiteMalware: true }))).toMatchObject([3, { reason: 'entry-not-despite' }])
    expect(judged(low, mild)).toEqual([
      2,
      { reason: 'entry-too-mild', place: place(2), most: 'negligible', isUnrated: false },
    ])
    expect(judged(aFinding({ severity: 'unknown' }), at(1))).toMatchObject([1, { isUnrated: true }])
    expect(judged(aFinding({ severity: 'unknown' }), at(1, { maxSeverity: 'critical' }))).toBe(1)
    expect(judged(low, at(1, { expires: '2026-11-23' }))).toEqual([
      1,
      { reason: 'entry-expired', place: place(1), on: '2026-11-23' },
    ])
    expect(judged(low, at(1, { expires: TODAY }))).toBe(1)
  })

  test('when it is malware, then only despite: malware accepts it', () => {
    const malware = anApplicationFinding({ malware: true, severity: 'low' })
    const about = { id: malware.id, package: 'npm/lodash' }
    expect(judged(malware, at(1, { ...about, despiteMalware: true }))).toBe(1)
    expect(judged(malware, at(1, { ...about, despiteKev: true }))).toEqual([
      1,
      { reason: 'entry-not-despite', place: place(1), despite: 'malware' },
    ])
  })
})

describe('entries for the paths of a finding', () => {
  const details = { count: '2', paths: ['opt/app/a', 'opt/app/b'], folder: 'opt', cause: 'x', spared: null }
  const unread = obstacle('not-examined-unreadable', 'why', details)
  const path = (line: number, name: string, part: Partial<WhitelistEntry> = {}) =>
    at(line, { id: 'not-examined-unreadable', package: null, path: name, ...part })

  test('when each path has one, then it is accepted until the first of them ends', () => {
    const [a, b] = [path(1, 'opt/app/a'), path(2, 'opt/app/b', { expires: '2027-01-01' })]
    expect(judged(unread, a, b)).toBe(2)
    expect(judged(unread, b, a)).toBe(2)
    expect(judged(unread, path(1, 'opt/app/*'))).toBe(1)
  })

  test('when a path has none, then an entry that has expired is named, and none that accepts another path', () => {
    expect(judged(unread, path(1, 'opt/app/a'))).toBeNull()
    expect(judged(unread, path(1, 'opt/app/a'), path(2, 'opt/app/b', { expires: '2026-11-23' }))).toEqual([
      2,
      { reason: 'entry-expired', place: place(2), on: '2026-11-23' },
    ])
    const other = path(3, 'opt/app/b', { sha256: 'a'.repeat(64) })
    expect(judged(unread, path(1, 'opt/app/a'), other)).toEqual([
      3,
      { reason: 'entry-other-content', place: place(3) },
    ])
  })
})

test('when two entries on one line of a file are the same, then neither is said to be needless', () => {
  expect(overlapsOf([at(1), at(1)]).size).toBe(0)
  expect(overlapsOf([at(1), at(2)]).size).toBe(1)
})
