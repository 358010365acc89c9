import { describe, expect, test } from '@jest/globals'
import { dataProblem, osvProblem } from '../../../src/judge/checks.js'
import type { Evidence, Source } from '../../../src/model/evidence.js'
import { anEvidence, aSource } from '../../support/builders.js'

const NOW = '2026-11-24T12:00:00.000Z'
const HOUR = 3_600_000
const ago = (hours: number) => new Date(Date.parse(NOW) - hours * HOUR).toISOString()
const tracker = (part: Partial<Source>) =>
  aSource({ name: 'debian-security-tracker', fetchedAt: NOW, date: null, ...part })
const evidence = (check: Evidence['check'], ...sources: Source[]) => anEvidence({ check, sources })
const codeOf = (one: Evidence, maxAge = 48, today = '2026-11-24') =>
  dataProblem(one, { maxAge, today })?.code ?? null

describe('dataFault, the tracker', () => {
  test.each<[string, Partial<Source>, string | null]>([
    ['of 48 hours ago', { date: ago(48) }, null],
    ['of 49 hours ago', { date: ago(49) }, 'tracker-stale'],
    ['of a year ago', { date: ago(365 * 24) }, 'tracker-stale'],
    ['without a date, fetched now', {}, null],
    ['of a day from now: a clock may differ', { date: ago(-24) }, null],
    ['of 25 hours from now', { date: ago(-25) }, 'data-from-the-future'],
    ['with a date that is none', { date: 'yesterday' }, 'tracker-stale'],
    ['of which nobody knows anything', { date: null, fetchedAt: null }, 'tracker-stale'],
  ])('when it is %s, then it is %j: %s', (_, part, code) => {
    expect(codeOf(evidence('clair', tracker(part)))).toBe(code)
  })

  test('when it is a file of a year ago, then it is stale, whatever else was fetched or not', () => {
    const old = tracker({ fetchedAt: ago(365 * 24) })
    expect(codeOf(evidence('clair', old))).toBe('tracker-stale')
    expect(codeOf(evidence('clair', old, aSource({ fetchedAt: NOW })))).toBe('tracker-stale')
  })

  test('when nobody knows when another source was fetched, then that says nothing of this one', () => {
    const other = aSource({ fetchedAt: 'yesterday' })
    expect(codeOf(evidence('clair', tracker({ date: ago(2) }), other))).toBeNull()
    expect(codeOf(evidence('clair', tracker({ date: ago(49) }), other, aSource({ fetchedAt: NOW })))).toBe(
      'tracker-stale',
    )
  })

  test('when max-data-age allows it, then old data is taken, and the message names the limit', () => {
    const old = evidence('clair', tracker({ date: ago(49) }))
    expect(codeOf(old, 50)).toBeNull()
    expect(dataProblem(old, { maxAge: 48, today: '2026-11-24' })).toMatchObject({
      what: `the security tracker is dated ${ago(49).slice(0, 16).replace('T', ' ')} UTC, so it is 49 hours old, which is more than max-data-age (48 hours) allows`,
      where: 'https://security-tracker.debian.org/tracker/data/json',
    })
  })

  test('when the evidence is judged for a later day, then it has grown old by then', () => {
    const fresh = evidence('clair', tracker({ date: ago(2) }))
    expect(codeOf(fresh, 48, '2026-11-26')).toBeNull()
    expect(codeOf(fresh, 48, '2026-11-27')).toBe('tracker-stale')
    expect(codeOf(fresh, 48, '2027-11-24')).toBe('tracker-stale')
  })

  test('when it only words the updates, then they are known without it', () => {
    const archive = aSource({ name: 'debian-archive bookworm', fetchedAt: NOW, date: ago(300 * 24) })
    expect(codeOf(evidence('security-updates', archive, tracker({ date: ago(300) })))).toBeNull()
  })
})

describe('dataFault, the others', () => {
  const update = (date: string | null) => aSource({ name: 'clair-update', fetchedAt: NOW, date })

  test.each([
    [ago(47), null],
    [ago(49), 'clair-stale'],
    [ago(-25), 'data-from-the-future'],
    [null, 'clair-stale'],
  ])('when a Clair of others has its data of %s, then: %s', (date, code) => {
    expect(codeOf(evidence('clair', tracker({}), update(date)))).toBe(code)
  })

  test('when an index was read long before the day that is judged for, then nobody knows what came since', () => {
    const archive = aSource({ name: 'debian-archive bookworm-security', fetchedAt: NOW, date: ago(30) })
    expect(codeOf(evidence('security-updates', archive))).toBeNull()
    expect(codeOf(evidence('security-updates', archive), 48, '2026-11-27')).toBe('archive-read-long-ago')
  })

  test('when a check has no data but the image, then there is nothing to grow old', () => {
    expect(codeOf(evidence('docker-bench'))).toBeNull()
  })
})

describe('dataFault, evidence that lost what it says of its data', () => {
  test.each([
    ['clair', 'tracker.json', 'debian-security-tracker'],
    ['clair', 'cvss.json', 'nvd-cvss'],
    ['clair', 'epss.json', 'epss'],
    ['clair', 'kev.json', 'cisa-kev'],
    ['security-updates', 'packages-0.txt', 'debian-archive bookworm'],
  ] as const)('when %s has %s, then it has to have the source %s', (check, document, name) => {
    const of = (...sources: Source[]) => anEvidence({ check, sources, documents: { [document]: '{}' } })
    expect(codeOf(of(aSource({ name, fetchedAt: NOW, date: ago(1) })))).toBeNull()
    expect(codeOf(of(aSource({ name: 'another', fetchedAt: NOW })))).toBe('evidence-incomplete')
  })
})

describe('dataFault, the feeds', () => {
  const fresh = tracker({ date: ago(1) })
  const feed = (name: string, part: Partial<Source>) => aSource({ name, fetchedAt: NOW, ...part })

  test.each(['nvd-cvss', 'epss', 'cisa-kev'])(
    'when %s is dated after tomorrow, of more than 30 days ago, or of no date, then it makes no answer',
    (name) => {
      const code = (part: Partial<Source>) => codeOf(evidence('clair', fresh, feed(name, part)))
      expect(code({ date: ago(1) })).toBeNull()
      expect(code({ date: ago(-23) })).toBeNull()
      expect(code({ date: ago(-25) })).toBe('data-from-the-future')
      expect(code({ date: ago(30 * 24) })).toBeNull()
      expect(code({ date: ago(31 * 24) })).toBe('feed-stale')
      expect(code({ date: 'soon' })).toBe('feed-stale')
      expect(code({ date: null, fetchedAt: NOW })).toBeNull()
      expect(code({ date: null, fetchedAt: null })).toBe('feed-stale')
    },
  )

  test('when max-data-age allows less or more, then their own 30 days hold all the same, and are named', () => {
    const of = (hours: number) => evidence('clair', fresh, feed('cisa-kev', { date: ago(hours) }))
    expect(codeOf(of(10 * 24), 3)).toBeNull()
    expect(codeOf(of(31 * 24), 1000)).toBe('feed-stale')
    expect(dataProblem(of(31 * 24), { maxAge: 48, today: '2026-11-24' })?.what).toBe(
      `CISA's KEV list: its data is dated ${ago(31 * 24)
        .slice(0, 16)
        .replace(
          'T',
          ' ',
        )} UTC, so it is 31 days (744 hours) old, which is more than the limit for feeds (30 days) allows`,
    )
  })
})

describe('what a problem of the data says', () => {
  const LIMIT = 'which is more than max-data-age (48 hours) allows'
  const limits = { maxAge: 48, today: '2026-11-24' }
  const texts = (one: Evidence) => {
    const { what, where } = dataProblem(one, limits) ?? {}
    return [what, where]
  }

  test.each([
    [71, `71 hours old, ${LIMIT}`],
    [72, `3 days (72 hours) old, ${LIMIT}`],
    [95, `3 days (95 hours) old, ${LIMIT}`],
  ])('when data is %i hours old, then its age is "%s"', (hours, age) => {
    const [what] = texts(evidence('clair', tracker({ date: ago(hours) })))
    expect(what?.slice(what.indexOf('so it is '))).toBe(`so it is ${age}`)
  })

  test('when data has no date, or none that is valid, or one that is to come, then it says so', () => {
    const url = 'https://clair.example'
    const clair = (date: string | null) =>
      evidence('clair', aSource({ name: 'clair-update', fetchedAt: NOW, date, url }))
    const archive = (fetchedAt: string) =>
      evidence('security-updates', aSource({ name: 'debian-archive bookworm', fetchedAt, date: null, url }))
    expect(texts(clair(null))).toEqual(["the date of Clair's Debian data is not known", url])
    expect(texts(clair('2026-11-24'))).toEqual([undefined, undefined])
    expect(texts(clair('soon'))).toEqual([
      "Clair's Debian data is dated soon, which is not a valid date",
      url,
    ])
    expect(texts(archive('soon'))).toEqual([
      'the archive index is dated soon, which is not a valid date',
      url,
    ])
    const tomorrow = '2026-11-25T12:00:01Z'
    expect(texts(clair(tomorrow))).toEqual([
      `clair-update is dated ${tomorrow}, which is more than a day ahead of this machine's clock`,
      url,
    ])
  })

  test('when a document has no source, then it names the document', () => {
    expect(texts(anEvidence({ sources: [], documents: { 'kev.json': '{}' } }))).toEqual([
      'the evidence contains kev.json, but not its source and date',
      'kev.json',
    ])
  })
})

describe('the age of OSV’s advisories', () => {
  const about = (date: string | null, maxAge = 48) => {
    const source = aSource({ name: 'osv-npm', fetchedAt: NOW, date })
    return osvProblem(evidence('clair', source), { maxAge, today: '2026-11-24' })
  }

  test('when the newest is of more than 30 days ago, then it is too old, unless max-data-age is longer', () => {
    expect(about(ago(30 * 24))).toBeNull()
    expect(about(ago(30 * 24 + 1))?.code).toBe('feed-stale')
    expect(about(ago(30 * 24 + 1), 30 * 24 + 1)).toBeNull()
    expect(about(null)?.code).toBe('feed-stale')
    const others = aSource({ name: 'another', fetchedAt: NOW, date: ago(1000) })
    expect(osvProblem(evidence('clair', others), { maxAge: 48, today: '2026-11-24' })).toBeNull()
  })

  test.each([
    [48, 'the limit for advisories (30 days)'],
    [721, 'max-data-age (721 hours)'],
  ])('when max-data-age is %i hours, then the message names %s', (maxAge, limit) => {
    expect(about(ago(800), maxAge)?.what).toBe(
      `OSV: its newest advisory is dated ${ago(800).slice(0, 16).replace('T', ' ')} UTC, so it is 33 days (800 hours) old, which is more than ${limit} allows`,
    )
  })
})
