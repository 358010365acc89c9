import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFeedDocuments } from '../../../src/feeds/formats/documents.js'
import { openFeeds, withFeeds } from '../../../src/feeds/rate.js'
import { anEvidence, aProblem } from '../../support/builders.js'
import { aMetric, epssText, kevText, NVD, nvdText, V31 } from '../../support/feed-texts.js'
import { outcomeOf } from '../../support/problems.js'
import { problemOfRejected } from '../../support/rejections.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-rate-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const NOW = new Date('2026-11-24T18:00:00Z')
const options = () => ({ cacheDir: folder, offline: false, now: NOW, progress: () => {} })
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const sources = () => ({
  cvss: [
    file(
      'nvd',
      nvdText({
        'CVE-2026-1001': { cvssMetricV31: [aMetric()] },
        'CVE-2026-9999': { cvssMetricV31: [aMetric()] },
      }),
    ),
  ],
  epss: [file('epss', epssText({ 'CVE-2026-1001': '0.5,0.9', 'CVE-2026-9999': '0.1,0.2' }))],
  kev: [file('kev', kevText({ 'CVE-2026-1002': '2026-11-20', 'CVE-2026-9999': '2026-11-20' }))],
})
const NONE = { cvss: [], epss: [], kev: [] }
const evidence = anEvidence({
  documents: { 'tracker.json': '{"apt":{"CVE-2026-1001":{}}}', 'report.json': '"CVE-2026-1002"' },
})

const value = (state: string) => ({ state, date: null, why: '' })

describe('evidence with feeds', () => {
  test('when feeds are read, then it holds what they say of its CVEs, and of no other', async () => {
    const [one] = await withFeeds([evidence], openFeeds(sources(), options()))
    expect(one?.documents).toEqual({
      ...evidence.documents,
      'cvss.json': JSON.stringify({ 'CVE-2026-1001': `${NVD} 9.8 ${V31}` }),
      'epss.json': '{"CVE-2026-1001":"0.5 0.9"}',
      'kev.json': '{"CVE-2026-1002":"2026-11-20"}',
      'feeds.json': expect.stringContaining(
        '"kev":{"state":"read","date":"2026-11-23T15:00:00.000Z","why":""}',
      ),
    })
    expect(one?.sources.map(({ name, rows }) => [name, rows])).toEqual([
      ['debian-tracker', 3120],
      ...[
        ['nvd-cvss', 2],
        ['epss', 2],
        ['cisa-kev', 2],
      ],
    ])
    const ratings = readFeedDocuments(one?.documents ?? {})
    expect(ratings.epss('CVE-2026-1001')).toEqual({ probability: 0.5, percentile: 0.9, date: '2026-11-24' })
    expect(['CVE-2026-1001', 'CVE-2026-1002'].map(ratings.kev)).toEqual([false, true])
    expect([ratings.unused, ratings.notes]).toEqual([[], []])
  })

  test('when nobody wants them, then nothing is said of a CVE, and that is reported', async () => {
    const [one] = await withFeeds([evidence], openFeeds(NONE, options()))
    const ratings = readFeedDocuments(one?.documents ?? {})
    expect([ratings.cvss, ratings.epss, ratings.kev].map((ask) => ask('CVE-2026-1001'))).toEqual([
      null,
      null,
      null,
    ])
    expect([ratings.unused, ratings.notes]).toEqual([['cvss', 'epss', 'kev'], []])
    expect(one?.sources).toEqual(evidence.sources)
  })

  test('when one that is wanted cannot be had, then there is no answer, and all that failed is reported', async () => {
    const bad = { ...sources(), kev: [join(folder, 'none')], epss: [file('kev2', kevText({}))] }
    const [one, other] = await withFeeds(
      [evidence, anEvidence({ problem: aProblem() })],
      openFeeds(bad, options()),
    )
    expect(one?.problem?.code).toBe('feed-malformed')
    expect(one?.problem?.what).toMatch(/EPSS: .*; CISA's KEV list: .*no such file/)
    expect(one?.documents).toEqual(evidence.documents)
    expect(other?.problem).toEqual(aProblem())
  })

  test('when the run is over, then its reason is the error', async () => {
    const signal = AbortSignal.abort(new Error('over'))
    await expect(openFeeds(sources(), { ...options(), signal })).rejects.toThrow('over')
  })

  test.each([
    ['a document is missing', { 'kev.json': undefined }],
    ['a rating is none', { 'cvss.json': '{"CVE-2026-1001":"x"}' }],
    ['a score is none', { 'epss.json': '{"CVE-2026-1001":"2 3"}' }],
    ['a document is not JSON', { 'feeds.json': '{' }],
    ['what says how they were got is missing', { 'feeds.json': undefined }],
    [
      'a feed is said to be off, and is there',
      {
        'feeds.json': JSON.stringify({
          cvss: value('read'),
          epss: value('read'),
          kev: value('off'),
        }),
      },
    ],
    ['a state is not known', { 'feeds.json': '{"kev":{"state":"fine"}}' }],
  ])('when %s in saved evidence, then it is no evidence', async (_, part) => {
    const [one] = await withFeeds([evidence], openFeeds(sources(), options()))
    const documents = Object.fromEntries(
      Object.entries({ ...one?.documents, ...part }).filter(([, text]) => text !== undefined),
    ) as Record<string, string>
    const all = () => {
      const ratings = readFeedDocuments(documents)
      return [ratings.cvss, ratings.epss, ratings.kev].map((ask) => ask('CVE-2026-1001'))
    }
    expect(outcomeOf(all)).toBe('evidence-incomplete')
  })

  test('when two fail at one place, then that place is reported once', async () => {
    const none = join(folder, 'none')
    const problem = await problemOfRejected(openFeeds({ ...NONE, kev: [none], epss: [none] }, options()))
    expect(problem.where).toBe(none)
  })
})
