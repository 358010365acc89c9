import { describe, expect, test } from '@jest/globals'
import { addDays } from '../../../../src/model/dates.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import { entriesFor } from '../../../../src/policy/whitelist/match.js'
import { entryNotices, type NoticedImage } from '../../../../src/policy/whitelist/notices.js'
import { overlapsOf } from '../../../../src/policy/whitelist/overlaps.js'
import type { WhitelistEntry } from '../../../../src/policy/whitelist/schema.js'
import { aFinding, anApplicationFinding, aPlace, aWhitelistEntry, TODAY } from '../../../support/builders.js'

const image = (findings: readonly Finding[] = [aFinding({ severity: 'low' })]): NoticedImage => ({
  subject: { reference: 'app:1.4.0', codename: 'bookworm' },
  verdict: { checks: [{ check: 'clair', state: 'answered' }], findings },
})
const textsFor = (part: Partial<WhitelistEntry>, images: readonly NoticedImage[] = [image()]) =>
  entryNotices([aWhitelistEntry(part)], images, TODAY).map(({ text }) => text)
/** Kinds and lines of what is said; entries stand in lines 1, 2, 3, … */
function noticesFor(entries: readonly Partial<WhitelistEntry>[], images = [image()]): string[] {
  const placed = entries.map((part, index) =>
    aWhitelistEntry({ place: aPlace({ line: index + 1 }), ...part }),
  )
  return entryNotices(placed, images, TODAY).map(({ kind, place }) => `${place?.line} ${kind}`)
}

describe('entries that are in order', () => {
  test('when an entry covers something, holds, and says no more than it needs, then nothing is said', () => {
    expect(noticesFor([{}])).toEqual([])
    expect(
      noticesFor([{ package: 'ap*' }, { package: 'linux-*', images: ['other'] }]).filter((one) =>
        one.startsWith('2'),
      ),
    ).toEqual([])
  })

  test('when an entry is for other images or releases, then nothing is said about its use or its end', () => {
    expect(noticesFor([{ id: 'CVE-2000-0001', images: ['other:*'], expires: TODAY }])).toEqual([])
    expect(noticesFor([{ id: 'CVE-2000-0001', releases: ['trixie'], expires: TODAY }])).toEqual([])
  })
})

describe('images', () => {
  test('when an entry is for an image that is judged, but its pattern leaves out the tag, then that is reported', () => {
    const notices = entryNotices([aWhitelistEntry({ images: ['app'] })], [image()], TODAY)
    expect(notices.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'unused: CVE-2026-10001 (apt) matches no judged image: a pattern must match the full name, including the tag; did you mean "app:*" for app:1.4.0?',
    ])
    expect(noticesFor([{ images: ['app'], releases: ['trixie'] }, { images: ['app:*'] }])).toEqual([])
  })
})

describe('expiring', () => {
  test.each([
    [0, true],
    [14, true],
    [15, false],
  ])('when its last day is %i days away, then that is said: %s', (days, is) => {
    expect(noticesFor([{ expires: addDays(TODAY, days) }])).toEqual(is ? ['1 expiring'] : [])
  })

  test('when an entry was just written, then its end is not soon, however short its span', () => {
    const until = (added: number, days: number) =>
      noticesFor([{ added: addDays(TODAY, -added), expires: addDays(TODAY, days) }])
    expect([until(0, 30), until(0, 10), until(4, 5), until(0, 1)]).toEqual([[], [], [], []])
    expect([until(5, 5), until(76, 14), until(0, 0)]).toEqual([
      ['1 expiring'],
      ['1 expiring'],
      ['1 expiring'],
    ])
    const update = { check: 'security-updates', id: '*' } as const
    expect(noticesFor([{ ...update, added: TODAY, expires: addDays(TODAY, 7) }])).toEqual([])
  })

  test('when a missing update is accepted, then its end is said a week before, not all the time', () => {
    const update = { check: 'security-updates', id: '*' } as const
    expect(noticesFor([{ ...update, expires: addDays(TODAY, 8) }])).toEqual([])
    expect(noticesFor([{ ...update, expires: addDays(TODAY, 7) }])).toEqual(['1 expiring'])
  })

  test.each([
    [0, 'which is today'],
    [1, 'in 1 day'],
    [2, 'in 2 days'],
  ])('when its last day is %i days away, then it says "%s"', (days, when) => {
    const expires = addDays(TODAY, days)
    expect(textsFor({ expires })).toEqual([`CVE-2026-10001 (apt) expires on ${expires}, ${when}`])
  })

  test('when it is unused or has expired, then only that is reported', () => {
    expect(noticesFor([{ id: 'CVE-2000-0001', expires: TODAY }])).toEqual(['1 unused'])
    expect(noticesFor([{ expires: addDays(TODAY, -1) }])).toEqual(['1 expired'])
  })
})

describe('unused', () => {
  test('when it names a binary package, then the source package is reported', () => {
    const binaries = [{ name: 'libapt-pkg6.0', version: '2.6.1', architecture: 'amd64' }]
    const text = (part: Partial<WhitelistEntry>) =>
      entryNotices([aWhitelistEntry(part)], [image([aFinding({ severity: 'low', binaries })])], TODAY)[0]
        ?.text
    expect(text({ package: 'libapt-pkg6.0' })).toBe(
      'CVE-2026-10001 (libapt-pkg6.0) matches nothing: libapt-pkg6.0 is a binary package of apt; specify apt instead',
    )
    expect(text({ package: 'perl' })).toBe(
      'CVE-2026-10001 (perl) matches nothing: CVE-2026-10001 was found in apt, not in perl',
    )
    expect(text({ package: 'libapt-pkg6.0', id: 'CVE-2026-10002' })).toMatch(/matches nothing$/)
  })

  test('when only an image that it is not for has the vulnerability, then it is no name that is wrong', () => {
    const other = { ...image(), subject: { reference: 'app:1.3.0', codename: 'bullseye' } }
    const notices = entryNotices([aWhitelistEntry({ releases: ['bookworm'] })], [image([]), other], TODAY)
    expect(notices.map(({ text }) => text)).toEqual(['CVE-2026-10001 (apt) matches nothing'])
  })

  test('when its id was found in other packages, then up to three of them are named', () => {
    const text = (part: Partial<WhitelistEntry>, ...names: (string | null)[]) =>
      textsFor(part, [image(names.map((name) => aFinding({ package: name, severity: 'low' })))])
    const perl = { package: 'perl' }
    expect(text(perl, 'a', 'b', 'b', 'c')).toEqual([
      'CVE-2026-10001 (perl) matches nothing: CVE-2026-10001 was found in a, b, c, not in perl',
    ])
    expect(text(perl, 'a', 'b', 'c', 'd')).toEqual(['CVE-2026-10001 (perl) matches nothing'])
    expect(text(perl, null)).toEqual(['CVE-2026-10001 (perl) matches nothing'])
    expect(text({ package: 'perl*' }, 'a')).toEqual(['CVE-2026-10001 (perl*) matches nothing'])
    const any = { id: '*', check: 'security-updates', package: 'perl' } as const
    const answered = [{ check: 'security-updates' as const, state: 'answered' as const }]
    const update = aFinding({ check: 'security-updates', package: 'apt' })
    expect(textsFor(any, [{ ...image(), verdict: { checks: answered, findings: [update] } }])).toEqual([
      'security-updates (perl) matches nothing',
    ])
  })

  test('when one of several images has no answer of its check, then nothing is said', () => {
    const without = { ...image([]), verdict: { checks: [], findings: [] } }
    const unanswered = [{ check: 'clair' as const, state: 'unanswered' as const }]
    const silent = { ...image([]), verdict: { checks: unanswered, findings: [] } }
    expect(textsFor({}, [image([])])).toEqual(['CVE-2026-10001 (apt) matches nothing'])
    expect(textsFor({}, [image([]), without])).toEqual([])
    expect(textsFor({}, [image([]), silent])).toEqual([])
  })
})

describe('duplicate and shadowed', () => {
  const later = { expires: '2027-06-30' }
  test('when another file says the same, then the later one is named with the place of the first', () => {
    const first = aWhitelistEntry({ place: { file: 'a.yml', line: 7 } })
    const second = aWhitelistEntry({ place: { file: 'b.yml', line: 3 } })
    expect(entryNotices([first, second], [image()], TODAY)).toEqual([
      {
        kind: 'duplicate',
        place: { file: 'b.yml', line: 3 },
        text: 'CVE-2026-10001 (apt) covers the same findings as the entry at a.yml:7, which is valid for at least as long; keep only one of them',
      },
    ])
  })

  test.each<[string, Partial<WhitelistEntry>, Partial<WhitelistEntry>]>([
    ['for all images', { images: ['app:1.*'] }, {}],
    ['for more images', { images: ['app:1.4'] }, { images: ['app:1.*'] }],
    ['for more releases', { releases: ['bookworm'] }, { releases: ['bookworm', 'trixie'] }],
    ['for a pattern of packages', {}, { package: 'apt*' }],
    ['for a wider pattern', { package: 'apt-*' }, { package: 'apt*' }],
    [
      'up to a higher severity and for longer',
      { releases: ['bookworm'] },
      { maxSeverity: 'medium', ...later },
    ],
    ['despite KEV', { images: ['app:1'] }, { despiteKev: true }],
  ])('when another entry is %s, then the narrow one is shadowed', (_, narrow, wide) => {
    const kinds = noticesFor([narrow, wide]).filter((one) => /shadowed|duplicate/.test(one))
    expect(kinds).toEqual(['1 shadowed'])
    expect(noticesFor([wide, narrow]).filter((one) => /shadowed/.test(one))).toEqual(['2 shadowed'])
  })

  test.each<[string, Partial<WhitelistEntry>, Partial<WhitelistEntry>]>([
    ['ends sooner', { ...later, images: ['app:*'] }, {}],
    ['accepts less', { maxSeverity: 'medium', images: ['app:*'] }, {}],
    ['is for other images', { images: ['app:1*'] }, { images: ['app:2*'] }],
    ['is about another package', { package: 'dpkg' }, {}],
    ['does not set despite: kev', { despiteKev: true, images: ['app:*'] }, {}],
    ['does not set despite: malware', { despiteMalware: true, images: ['app:*'] }, {}],
    ['is a pattern of Debian’s packages', { package: 'npm/lodash' }, { package: '*lodash' }],
    ['has expired', {}, { expires: '2026-11-01' }],
  ])('when another entry %s, then none is shadowed', (_, one, other) => {
    expect(noticesFor([one, other]).filter((each) => /shadowed|duplicate/.test(each))).toEqual([])
  })

  test('when an entry is reported as needless, then without it every ruling stays as it is', () => {
    const entries = [
      { images: ['app:1*'] },
      {},
      { package: 'a*' },
      { maxSeverity: 'high' as const, ...later },
      { releases: ['bookworm'], despiteKev: true },
      { releases: ['bookworm'], maxSeverity: 'critical' as const, package: null },
    ].map((part, line) => aWhitelistEntry({ place: aPlace({ line: line + 1 }), ...part }))
    const needless = entryNotices(entries, [image()], TODAY).filter(({ kind }) =>
      /shadowed|duplicate/.test(kind),
    )
    expect(needless.length).toBeGreaterThan(0)
    for (const { place } of needless) {
      const rest = entries.filter((entry) => entry.place.line !== place?.line)
      for (const severity of ['unknown', 'low', 'high', 'critical'] as const) {
        for (const kev of [true, false]) {
          for (const day of [TODAY, '2027-03-31', '2027-06-30', '2027-07-01']) {
            const finding = aFinding({ severity, kev })
            const subject = { reference: 'app:1.4.0', codename: 'bookworm' }
            const accepted = (list: readonly WhitelistEntry[]) =>
              entriesFor(finding, subject, list, day).accepting !== null
            expect(accepted(rest)).toBe(accepted(entries))
          }
        }
      }
    }
  })
})

describe('broad', () => {
  test.each<[string, Partial<WhitelistEntry>]>([
    [
      'CVE-2026-10001 (any package) applies to any package, up to severity high; specify the packages, or set a lower max-severity',
      { package: null, maxSeverity: 'high' },
    ],
    [
      'CVE-2026-10001 (ap*) has package: "ap*", which matches almost any package; specify the packages',
      { package: 'ap*' },
    ],
    [
      'CVE-2026-10001 (apt) has images: "*", which matches every image; specify the images, or omit this key',
      { images: ['app:1.4.0', '**'] },
    ],
    [
      'CVE-2026-10001 (apt) accepts findings up to high, but covers only low ones; set a lower max-severity, so that the entry stops applying if a severity rises',
      { maxSeverity: 'high' },
    ],
  ])('when an entry covers more than anybody can have looked at, then it says "%s"', (text, part) => {
    expect(textsFor(part)).toEqual([text])
  })

  test('when only an ecosystem is named, then it is too broad, and with three letters more it is not', () => {
    const broad = (name: string) =>
      textsFor({ package: name }).filter((text) => text.includes('matches almost any package'))
    expect(['npm/*', 'program/*', 'pypi/a*'].map((name) => broad(name).length)).toEqual([1, 1, 1])
    expect(['npm/@babel/*', 'pypi/dja*'].flatMap(broad)).toEqual([])
  })

  test('when it covers findings of several severities, then the highest counts', () => {
    const of = (...severities: readonly ('negligible' | 'low' | 'medium')[]) =>
      textsFor({ maxSeverity: 'critical' }, [image(severities.map((severity) => aFinding({ severity })))])
    expect(of('low', 'negligible')).toEqual(of('negligible', 'low'))
    expect(of('low', 'negligible')[0]).toContain('covers only low ones')
    expect(of('low', 'medium')).toEqual([])
    expect(textsFor({ maxSeverity: 'medium' })).toEqual([])
  })

  test('when three letters of a package are named, or nothing above medium, then it is not too broad', () => {
    expect(textsFor({ package: 'apt*' })).toEqual([])
    expect(textsFor({ package: null, maxSeverity: 'medium' })).toEqual([])
    // What has no severity cannot be limited to one.
    const update = { check: 'security-updates', id: '*', package: null, maxSeverity: 'critical' } as const
    expect(textsFor(update)).toEqual([])
  })

  test('when the severity it accepts is needed, then it is not too broad', () => {
    for (const severity of ['medium', 'high', 'critical', 'unknown'] as const) {
      expect(noticesFor([{ maxSeverity: 'critical' }], [image([aFinding({ severity })])])).toEqual([])
    }
  })

  test('when it says despite: kev, then only for what is known not to be in KEV that is too much', () => {
    const despite = (kev: boolean | null) =>
      noticesFor([{ despiteKev: true }], [image([aFinding({ severity: 'low', kev })])])
    expect([despite(false), despite(true), despite(null)]).toEqual([['1 broad'], [], []])
    const low = (kev: boolean | null) => aFinding({ severity: 'low', kev })
    expect(textsFor({ despiteKev: true }, [image([low(false), low(true)])])).toEqual([])
    expect(textsFor({ despiteKev: true }, [image([low(false), low(false)])])).toEqual([
      'CVE-2026-10001 (apt) has despite: kev, but covers no finding that is in KEV; remove despite: kev',
    ])
    expect(textsFor({ despiteKev: true }, [image([])])).toEqual(['CVE-2026-10001 (apt) matches nothing'])
  })
})

const update = (line: number, id = '*') =>
  aWhitelistEntry({ check: 'security-updates', id, package: 'tar', place: { file: 'w.yml', line } })

test('when several entries accept all of another, then the first of the file is named, in whatever order they come', () => {
  const [first, narrow, last] = [update(1), update(2, 'CVE-2026-1001'), update(3)]
  const textOf = (...all: (typeof first)[]) => overlapsOf(all).get(narrow)?.text
  expect(textOf(first, narrow, last)).toContain('w.yml:1 ')
  expect(textOf(last, narrow, first)).toContain('w.yml:1 ')
})

describe('entries about packages of an application', () => {
  const about = (part: Partial<WhitelistEntry>, malware: boolean) =>
    noticesFor(
      [{ id: 'GHSA-35jh-r3h4-6jhm', package: 'npm/lodash', maxSeverity: 'high', ...part }],
      [image([anApplicationFinding({ malware })])],
    )

  test('when one names another id that means it, then it is of use', () => {
    expect(about({}, false)).toEqual([])
  })

  test('when one says despite: malware and nothing is, then that is too much', () => {
    expect(about({ despiteMalware: true }, true)).toEqual([])
    expect(about({ despiteMalware: true }, false)).toEqual(['1 broad'])
    const entry = { id: 'GHSA-35jh-r3h4-6jhm', package: 'npm/lodash', maxSeverity: 'high' } as const
    expect(textsFor({ ...entry, despiteMalware: true }, [image([anApplicationFinding()])])).toEqual([
      'GHSA-35jh-r3h4-6jhm (npm/lodash) has despite: malware, but covers no package that is malicious; remove despite: malware',
    ])
  })
})
