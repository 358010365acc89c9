import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '../../../../src/model/dates.js'
import { SEVERITIES } from '../../../../src/model/severity.js'
import {
  covers,
  entrySubject,
  indexEntries,
  isAbout,
  isUnexpired,
} from '../../../../src/policy/whitelist/match.js'
import { coversAll } from '../../../../src/policy/whitelist/overlaps.js'
import { aFinding, aWhitelistEntry } from '../../../support/builders.js'
import { runs } from '../../../support/runs.js'

const IMAGE = { reference: 'ghcr.io/acme/app:1.4.0', codename: 'bookworm' }
const LOW = aFinding({ severity: 'low' })

describe('covers', () => {
  test.each([
    ['nothing but id and package', {}],
    ['any package', { package: null }],
    ['its release', { releases: ['trixie', 'bookworm'] }],
    ['its image', { images: ['other', 'ghcr.io/acme/*'] }],
    ['its last day', { expires: '2026-11-24' }],
    ['every id of its package', { id: '*' }],
  ])('when the entry names %s, then it covers', (_, part) => {
    expect(covers(aWhitelistEntry(part), LOW, IMAGE, '2026-11-24')).toBe(true)
  })

  test.each([
    ['another id', { id: 'CVE-2026-10002' }],
    ['another package', { package: 'dpkg' }],
    ['another release', { releases: ['trixie'] }],
    ['another image', { images: ['acme/*'] }],
    ['another check', { check: 'docker-bench' as const }],
    ['yesterday as its last day', { expires: '2026-11-23' }],
    ['a lower severity', { maxSeverity: 'negligible' as const }],
  ])('when the entry names %s, then it does not cover', (_, part) => {
    expect(covers(aWhitelistEntry(part), LOW, IMAGE, '2026-11-24')).toBe(false)
  })

  test('when the image is pinned by digest behind its tag, then an entry for the tag covers', () => {
    const image = { ...IMAGE, reference: `${IMAGE.reference}@sha256:${'a'.repeat(64)}` }
    const covering = (pattern: string) =>
      covers(aWhitelistEntry({ images: [pattern] }), LOW, image, '2026-11-24')
    expect([IMAGE.reference, '*:1.4.0', 'ghcr.io/acme/app:1.4'].map(covering)).toEqual([true, true, false])
  })

  test('when the release is not known, then an entry for releases does not cover', () => {
    const image = { ...IMAGE, codename: null }
    expect(covers(aWhitelistEntry({ releases: ['bookworm'] }), LOW, image, '2026-11-24')).toBe(false)
    expect(covers(aWhitelistEntry(), LOW, image, '2026-11-24')).toBe(true)
  })

  test('when nobody has rated it, then only an entry up to critical covers it', () => {
    const accepting = SEVERITIES.filter((maxSeverity) =>
      covers(aWhitelistEntry({ maxSeverity }), aFinding({ severity: 'unknown' }), IMAGE, '2026-11-24'),
    )
    expect(accepting).toEqual(['critical'])
  })

  test('when the check rates nothing, then max-severity does not matter', () => {
    const finding = aFinding({ check: 'security-updates', severity: 'unknown' })
    expect(
      covers(aWhitelistEntry({ check: 'security-updates', id: '*' }), finding, IMAGE, '2026-11-24'),
    ).toBe(true)
  })

  test('when a finding has an id that an entry can name, then only an entry with that id covers it', () => {
    const covering = (id: string, entry: string) => {
      const whitelisted = aWhitelistEntry({ check: 'security-updates', id: entry, package: 'apt' })
      const finding = aFinding({ check: 'security-updates', id, package: 'apt', severity: 'unknown' })
      return covers(whitelisted, finding, IMAGE, '2026-11-24')
    }
    expect(covering('no-security-support', 'no-security-support')).toBe(true)
    expect(covering('support-ended', 'no-security-support')).toBe(false)
    expect(covering('other-release', 'other-release')).toBe(true)
    expect(covering('other-release', 'no-security-support')).toBe(false)
    expect(covering('other-release', '*')).toBe(false)
    expect(covering('no-security-support', '*')).toBe(false)
    expect(covering('security-update', '*')).toBe(true)
    expect(covering('security-update', 'no-security-support')).toBe(false)
  })

  test('when an entry is about any update of a package, then it makes none about its support needless', () => {
    const wide = aWhitelistEntry({ check: 'security-updates', id: '*' })
    const narrow = aWhitelistEntry({ check: 'security-updates', id: 'no-security-support' })
    expect([coversAll(wide, narrow), coversAll(wide, wide), coversAll(narrow, wide)]).toEqual([
      false,
      true,
      false,
    ])
  })

  test('when the day is a later one, then an entry never covers more', () => {
    const someDay = fc.integer({ min: 0, max: 1000 }).map((days) => addDays('2026-01-01', days))
    const severity = fc.constantFrom(...SEVERITIES)
    const entry = fc
      .record({
        expires: someDay,
        maxSeverity: severity,
        id: fc.constantFrom('CVE-2026-10001', 'CVE-2026-10002'),
      })
      .map(aWhitelistEntry)
    fc.assert(
      fc.property(entry, severity, someDay, fc.nat(400), (each, rated, today, days) => {
        const later = addDays(today, days)
        const finding = aFinding({ severity: rated })
        if (covers(each, finding, IMAGE, later)) {
          expect(covers(each, finding, IMAGE, today)).toBe(true)
        }
        if (isUnexpired(each, later)) {
          expect(isUnexpired(each, today)).toBe(true)
        }
        expect(covers(each, finding, IMAGE, addDays(each.expires, 1))).toBe(false)
      }),
    )
  })
})

const maybe = <T>(...values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }))
const parts = {
  id: fc.constantFrom('CVE-2026-10001', 'CVE-2026-10002', '*'),
  package: fc.constantFrom('apt', 'apt-utils', 'apt*', '*', null),
  check: fc.constantFrom('clair' as const, 'security-updates' as const),
  releases: maybe('bookworm', 'trixie'),
  images: maybe('ghcr.io/acme/*', 'ghcr.io/acme/app:1.4.0', '*'),
  expires: fc.constantFrom('2026-11-23', '2026-11-24', '2027-01-01'),
  maxSeverity: fc.constantFrom('low' as const, 'high' as const, 'critical' as const),
}
const anyEntry = fc.record(parts).map(aWhitelistEntry)
/** An entry, and how another one differs from it in a thing or two. */
const anyPair = fc
  .tuple(anyEntry, fc.record(parts, { requiredKeys: [] }))
  .map(([one, other]) => [one, { ...one, ...other }] as const)
const anyFinding = fc
  .record({
    id: fc.constantFrom('CVE-2026-10001', 'CVE-2026-10002'),
    package: fc.constantFrom('apt', 'apt-utils', 'dpkg', null),
    check: fc.constantFrom('clair' as const, 'security-updates' as const),
    severity: fc.constantFrom(...SEVERITIES),
  })
  // An update goes by its package; its id is one of those that we make.
  .map(({ id, ...part }) => aFinding(part.check === 'clair' ? { id, ...part } : part))
const anyImage = fc.record({
  reference: fc.constantFrom(IMAGE.reference, 'ghcr.io/acme/app:1.5.0', 'other'),
  codename: fc.constantFrom('bookworm', 'trixie', null),
})
const DAY = '2026-11-24'

describe('a finding that only its own id accepts', () => {
  const doubtful = aFinding({
    check: 'security-updates',
    id: 'package-database-doubtful',
    package: null,
    severity: 'unknown',
  })
  const entry = { check: 'security-updates', package: null, images: ['ghcr.io/acme/app:*'] } as const

  test('when an entry names it and the image, then it covers; one for all of the check does not', () => {
    const named = aWhitelistEntry({ ...entry, id: 'package-database-doubtful' })
    const any = aWhitelistEntry({ ...entry, id: '*' })
    expect(covers(named, doubtful, IMAGE, '2026-11-24')).toBe(true)
    expect(covers(named, doubtful, { ...IMAGE, reference: 'acme/other:1' }, '2026-11-24')).toBe(false)
    expect(covers(any, doubtful, IMAGE, '2026-11-24')).toBe(false)
    expect([coversAll(any, named), coversAll(named, any)]).toEqual([false, false])
  })
})

describe('covers, and what is said of two entries', () => {
  test('when one covers all that another does, then it covers each finding that the other one covers', () => {
    let covered = 0
    fc.assert(
      fc.property(
        // One pair in sixteen; the findings take longer to make.
        anyPair.filter(([wide, narrow]) => coversAll(wide, narrow)),
        fc.array(anyFinding, { minLength: 40 }),
        anyImage,
        ([wide, narrow], findings, image) => {
          for (const finding of findings.filter((one) => covers(narrow, one, image, DAY))) {
            expect(covers(wide, finding, image, DAY)).toBe(true)
            covered++
          }
        },
      ),
      runs(500),
    )
    expect(covered).toBeGreaterThan(5)
  })

  test('when two differ in anything that they are about, then they have different subjects', () => {
    const one = {
      check: 'credentials',
      id: 'token',
      package: null,
      path: 'srv/a',
      sha256: 'a',
      fingerprint: 'b',
    }
    const whole = { ...one, releases: ['bookworm'], images: ['acme/app'] }
    for (const name of Object.keys(whole)) {
      const other = { ...whole, [name]: name === 'releases' || name === 'images' ? ['other'] : 'other' }
      expect([name, entrySubject(other) === entrySubject(whole)]).toEqual([name, false])
    }
  })

  test('when two have the same subject, then they are about the same findings', () => {
    const reversed = fc.record({ expires: fc.constantFrom('2026-01-01', '2027-01-01'), turn: fc.boolean() })
    fc.assert(
      fc.property(
        anyEntry,
        anyEntry,
        reversed,
        anyFinding,
        anyImage,
        (one, two, { expires, turn }, finding, image) => {
          const turned = (list: readonly string[] | null) => (turn ? (list?.toReversed() ?? null) : list)
          const same = { ...one, expires, images: turned(one.images), releases: turned(one.releases) }
          expect(entrySubject(same)).toBe(entrySubject(one))
          for (const other of [same, two]) {
            if (entrySubject(other) === entrySubject(one)) {
              expect(isAbout(other, finding, image)).toBe(isAbout(one, finding, image))
            }
          }
        },
      ),
      runs(1000),
    )
  })

  test('when entries are looked up, then none that is about the finding is missing', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyFinding, anyImage, (entries, finding, image) => {
        const found = indexEntries(entries).of(finding)
        const about = (list: typeof found) => list.filter((entry) => isAbout(entry, finding, image))
        expect(new Set(about(found))).toEqual(new Set(about(entries)))
      }),
      runs(500),
    )
  })
})
