import { describe, expect, test } from '@jest/globals'
import { firstDay, fixDaysOf } from '../../../../src/inventory/provenance/changelog.js'
import { anEvidence } from '../../../support/builders.js'

const entry = (version: string, date: string) =>
  `openssl (${version}) bookworm-security; urgency=medium\n\n  * CVE-2026-1\n\n -- A Person <a@example.org>  ${date}\n`
const read = (text: string | null) =>
  fixDaysOf(anEvidence({ documents: { 'changelogs.json': JSON.stringify([{ source: 'openssl', text }]) } }))
const days = (...entries: readonly string[]) => read(entries.join('\n'))
const of = (...entries: readonly string[]) => Object.fromEntries(days(...entries).get('openssl') ?? [])
const U3 = entry('3.0-1+deb12u3', 'Tue, 24 Nov 2026 10:00:00 +0100')
const U2 = entry('3.0-1+deb12u2', 'Tue, 03 Nov 2026 23:30:00 -0500')

describe('the days of a changelog', () => {
  test('when entries have dates, then each version has its day, in UTC', () => {
    expect(of(U3, U2)).toEqual({ '3.0-1+deb12u3': '2026-11-24', '3.0-1+deb12u2': '2026-11-04' })
  })

  test('when entries are out of order, then an older version is no newer than a newer one', () => {
    const late = entry('3.0-1+deb12u2', 'Wed, 25 Nov 2026 10:00:00 +0000')
    expect(of(U3, late)).toEqual({ '3.0-1+deb12u3': '2026-11-24', '3.0-1+deb12u2': '2026-11-24' })
  })

  test.each([
    ['none', ''],
    ['words', 'yesterday'],
    ['another form', '2026-11-24T10:00:00Z'],
    ['a day that no calendar has', 'Tue, 99 Nov 2026 10:00:00 +0100'],
    ['a month that no calendar has', 'Tue, 24 Abc 2026 10:00:00 +0100'],
  ])('when the date of an entry is %s, then that version has no day', (_, date) => {
    expect(of(entry('3.0-1+deb12u3', date), U2)).toEqual({ '3.0-1+deb12u2': '2026-11-04' })
  })

  test('when the changelog is missing, or empty, then nothing has a day', () => {
    expect(read(null).get('openssl')?.size).toBe(0)
    expect(of('')).toEqual({})
    expect(fixDaysOf(anEvidence({ documents: {} })).size).toBe(0)
  })

  test('when a date is in the future, then it is reported: whether it counts is for the judge, who knows the day', () => {
    expect(of(entry('3.0-1+deb12u3', 'Tue, 24 Nov 2099 10:00:00 +0100'))).toEqual({
      '3.0-1+deb12u3': '2099-11-24',
    })
  })
})

describe('the first day of an update', () => {
  const first = (from: string, to: string) => firstDay(days(U3, U2), 'openssl', from, to)

  test('when several versions were there to install, then it is that of the oldest', () => {
    expect(first('3.0-1+deb12u1', '3.0-1+deb12u3')).toBe('2026-11-04')
    expect(first('3.0-1+deb12u2', '3.0-1+deb12u3')).toBe('2026-11-24')
  })

  test('when the candidate is not in the changelog, or the source is another, then it is not known', () => {
    expect(first('3.0-1+deb12u2', '3.0-1+deb12u4')).toBeNull()
    expect(firstDay(days(U3, U2), 'openssl-other', '3.0-1', '3.0-1+deb12u3')).toBeNull()
  })
})
