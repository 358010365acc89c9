import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { cvssOf, readNvd } from '../../../../src/feeds/formats/cvss.js'
import { epssOf, readEpss } from '../../../../src/feeds/formats/epss.js'
import { readKev } from '../../../../src/feeds/formats/kev.js'
import type { FeedReader, FeedRows } from '../../../../src/feeds/formats/reader.js'
import {
  aMetric,
  CISA_ADP,
  CNA,
  epssText,
  kevText,
  NVD,
  nvdText,
  V30,
  V31,
  V40,
} from '../../../support/feed-texts.js'
import { outcomeOf } from '../../../support/problems.js'

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const READERS = {
  kev: () => readKev(decode),
  epss: () => readEpss(decode, false),
  cvss: () => readNvd(decode, null),
} as const
const TEXTS = {
  kev: kevText({ 'CVE-2026-1001': '2026-11-20', 'CVE-2014-0160': '2022-05-04' }),
  epss: epssText({ 'CVE-2026-1001': '0.94310,0.99960', 'CVE-1999-0001': '0.01,0.5' }),
  cvss: nvdText({ 'CVE-2026-1001': { cvssMetricV31: [aMetric()] }, 'CVE-2026-1002': {} }),
} as const
type Name = keyof typeof READERS
const NAMES = Object.keys(READERS) as Name[]

function read(reader: FeedReader, content: string | Buffer, chunk = 1 << 16): FeedRows {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += chunk) {
    reader.push(bytes.subarray(at, at + chunk))
  }
  return reader.end()
}
const message = (name: Name, content: string | Buffer, chunk?: number) =>
  outcomeOf(() => read(READERS[name](), content, chunk))

describe('a feed as it is published', () => {
  test('when the KEV list is read, then each CVE has the day it was added', () => {
    const { rows, date } = read(READERS.kev(), TEXTS.kev)
    expect([...rows]).toEqual([
      ['CVE-2026-1001', '2026-11-20'],
      ['CVE-2014-0160', '2022-05-04'],
    ])
    expect(date).toBe('2026-11-23T15:00:00.000Z')
  })

  test('when EPSS is read, then each CVE has probability and percentile, and the scores their day', () => {
    const { rows, date } = read(READERS.epss(), TEXTS.epss)
    expect(epssOf(rows.get('CVE-2026-1001') ?? '', '2026-11-24')).toEqual({
      probability: 0.9431,
      percentile: 0.9996,
      date: '2026-11-24',
    })
    expect([rows.size, date]).toEqual([2, '2026-11-24T12:55:00.000Z'])
  })

  test('when the NVD is read, then what is rated has its rating, and the rest is named', () => {
    const { rows, without } = read(READERS.cvss(), TEXTS.cvss)
    expect(cvssOf(rows.get('CVE-2026-1001') ?? '')).toEqual({
      vector: V31,
      score: 9.8,
      version: '3.1',
      scorer: NVD,
    })
    expect([...without]).toEqual(['CVE-2026-1002'])
  })

  test('when the sample of the real NVD is read, then every rating is one of its own', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../support/feeds/nvd.json'), 'utf8')
    const { rows, without } = read(READERS.cvss(), text)
    const { vulnerabilities } = JSON.parse(text) as {
      vulnerabilities: { cve: { id: string; metrics: object } }[]
    }
    expect(rows.size + without.size).toBe(vulnerabilities.length)
    expect(rows.size).toBeGreaterThan(20)
    for (const { cve } of vulnerabilities) {
      const cvss = cvssOf(rows.get(cve.id) ?? '')
      const args = JSON.stringify(cve.metrics)
      if (cvss === null) {
        expect(args).not.toMatch(/cvssMetricV(30|31|40)/)
      } else {
        expect(args).toContain(`"baseScore":${cvss.score}`)
      }
    }
  })

  test.each(NAMES)('when %s comes byte by byte, or with a byte order mark, then it says the same', (name) => {
    const whole = read(READERS[name](), TEXTS[name])
    expect(read(READERS[name](), TEXTS[name], 1)).toEqual(whole)
    expect(read(READERS[name](), `\ufeff${TEXTS[name]}`, 7)).toEqual(whole)
  })
})

describe('who rates', () => {
  const chosen = (metrics: Readonly<Record<string, readonly unknown[]>>) =>
    cvssOf(read(READERS.cvss(), nvdText({ 'CVE-2026-1001': metrics })).rows.get('CVE-2026-1001') ?? '')

  test.each([
    [
      'the NVD goes before the CNA, though its version is older',
      [V30, NVD, 5],
      [V40, CNA, 9.9],
      [V30, NVD, 5],
    ],
    ['the CNA goes before CISA', [V31, CISA_ADP, 9.9], [V30, CNA, 5], [V30, CNA, 5]],
    ['of one scorer the newest version counts', [V31, CNA, 9.9], [V40, CNA, 5], [V40, CNA, 5]],
    [
      'of two CNAs the higher score counts',
      [V31, CNA, 4],
      [V31, 'cve@example.org', 8],
      [V31, 'cve@example.org', 8],
    ],
  ] as const)('when several have rated, then %s', (_, a, b, [vector, scorer, score]) => {
    for (const list of [
      [a, b],
      [b, a],
    ]) {
      const metrics: Record<string, unknown[]> = {}
      for (const [vector, source, score] of list) {
        const name = `cvssMetricV${vector.slice(5, 8).replace('.', '')}`
        metrics[name] = [...(metrics[name] ?? []), aMetric({ vector, source, score })]
      }
      expect(chosen(metrics)).toMatchObject({ vector, scorer, score })
    }
  })

  test('when there is CVSS 2 only, then it is not rated', () => {
    expect(
      chosen({ cvssMetricV2: [{ source: NVD, cvssData: { vectorString: 'AV:N', baseScore: 10 } }] }),
    ).toBeNull()
  })

  test('when metrics are not defined, then they are left out of the vector', () => {
    expect(chosen({ cvssMetricV40: [aMetric({ vector: `${V40}/E:X/CR:X/U:Red` })] })?.vector).toBe(
      `${V40}/U:Red`,
    )
  })

  test('when a CVE is rejected, then nothing is known of it', () => {
    const text = nvdText({ 'CVE-2026-1001': { cvssMetricV31: [aMetric()] } }).replace('Analyzed', 'Rejected')
    expect([...read(READERS.cvss(), text).without]).toEqual(['CVE-2026-1001'])
  })
})

describe('a bad feed', () => {
  test.each(NAMES)('when %s is cut anywhere, then it is never taken for whole', (name) => {
    const text = TEXTS[name]
    let cuts = 0
    for (let length = 0; length < text.trimEnd().length; length += 3) {
      // A CSV that ends with a line is a CSV: there is nothing in it that could tell.
      if (name === 'epss' && text[length - 1] === '\n' && text.slice(0, length).split('\n').length > 2) {
        continue
      }
      expect(['feed-truncated', 'feed-malformed', 'feed-empty']).toContain(
        message(name, text.slice(0, length)),
      )
      cuts++
    }
    expect(cuts).toBeGreaterThan(20)
  })

  test.each(
    NAMES.flatMap((name) => NAMES.filter((other) => other !== name).map((other) => [name, other] as const)),
  )('when %s is asked for and %s comes, then that is told', (name, other) => {
    expect(message(name, TEXTS[other])).toBe('feed-malformed')
  })

  test.each(NAMES)('when %s is packed twice, or a page of HTML, or words, then it is refused', (name) => {
    expect(message(name, gzipSync(TEXTS[name]))).toBe('feed-malformed')
    for (const text of ['<!DOCTYPE html>\n<html>\n', 'null\n', '[]\n', '{}\n', '"x"\n', 'x'.repeat(10000)]) {
      expect(['feed-malformed', 'feed-truncated']).toContain(message(name, text))
    }
  })

  test('when the feed of one year holds another, then it is refused', () => {
    const text = nvdText({ 'CVE-2025-1001': {} })
    expect(outcomeOf(() => read(readNvd(decode, 2024), text))).toBe('feed-wrong-year')
    expect(outcomeOf(() => read(readNvd(decode, 2025), text))).toBe('answered')
    expect(outcomeOf(() => read(readNvd(decode, 2002), nvdText({ 'CVE-1999-0001': {} })))).toBe('answered')
  })

  test.each([
    ['a count that is not so', 'kev', kevText({ 'CVE-2026-1001': '2026-11-20' }, { count: 2 })],
    ['a list twice', 'kev', TEXTS.kev.replace('{', '{"vulnerabilities": [],')],
    ['an entry without a CVE', 'kev', kevText({ 'CVE-26-1': '2026-11-20' })],
    ['an entry without a date', 'kev', kevText({ 'CVE-2026-1001': 'soon' })],
    ['a probability above 1', 'epss', epssText({ 'CVE-2026-1001': '1.1,0.5' })],
    ['words for a score', 'epss', epssText({ 'CVE-2026-1001': 'high,0.5' })],
    ['other columns', 'epss', TEXTS.epss.replace('cve,epss', 'epss,cve')],
    ['no day', 'epss', epssText({}, 'today')],
    ['a score of 11', 'cvss', nvdText({ 'CVE-2026-1001': { cvssMetricV31: [aMetric({ score: 11 })] } })],
    [
      'a vector of words',
      'cvss',
      nvdText({ 'CVE-2026-1001': { cvssMetricV31: [aMetric({ vector: 'CVSS:3.1/x y' })] } }),
    ],
    ['fewer CVEs than it says', 'cvss', nvdText({ 'CVE-2026-1001': {} }, { totalResults: 7 })],
    ['another form', 'cvss', nvdText({ 'CVE-2026-1001': {} }, { version: '3.0' })],
  ] as const)('when it has %s, then it is refused', (_, name, text) => {
    expect(message(name, text)).toBe('feed-malformed')
  })
})
