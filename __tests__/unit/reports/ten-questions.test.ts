import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import { addDays } from '../../../src/model/dates.js'
import type { LayerOwner } from '../../../src/model/provenance/layer-owner.js'
import type { ImageVerdict, Verdict } from '../../../src/model/verdict.js'
import { renderComment } from '../../../src/reports/comment/comment.js'
import { jobOf } from '../../../src/reports/comment/job-of.js'
import { renderHtml } from '../../../src/reports/html/page.js'
import { renderTerminal } from '../../../src/reports/terminal/terminal.js'
import {
  aBase,
  aFinding,
  aJudgedInput,
  anUnfixedFinding,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

/**
 * The ten questions with which people come to a report, and where each report answers them: docs/outputs.md has the same
 * table. One verdict has all of it: a part of the base that a rebuild settles, a part of the own layers, an exploited
 * one, an accepted, a due, a deferred one, a platform that nobody examined, and a baseline.
 */
const DUE = addDays(TODAY, 9)
const common = { kev: false, installable: true } as const
const FOUND = {
  ofBase: aFinding({ ...common, id: 'CVE-2026-1', package: 'perl', severity: 'critical' }),
  own: aFinding({ ...common, id: 'CVE-2026-2', package: 'curl' }),
  exploited: aFinding({ ...common, id: 'CVE-2026-3', package: 'zlib', kev: true }),
  accepted: aFinding({ ...common, id: 'CVE-2026-4', package: 'tar' }),
  due: aFinding({
    ...common,
    id: 'CVE-2026-5',
    package: 'xz',
    severity: 'medium',
    fixDay: addDays(TODAY, -5),
  }),
  deferred: anUnfixedFinding({
    ...{ id: 'CVE-2026-6', package: 'glibc', severity: 'critical', kev: false },
    debian: { kind: 'no-dsa', words: 'Minor issue' },
  }),
}

function verdict(): Verdict {
  const entry = aWhitelistEntry({
    ...{ id: 'CVE-2026-4', package: 'tar', maxSeverity: 'critical', owner: 'team-platform' },
    ...{ reason: 'not reachable', expires: '2027-01-31' },
  })
  const actWithin = { critical: 0, high: 0, medium: 14, low: 0, negligible: 0 }
  const whole = judge(
    [aJudgedInput(Object.values(FOUND))],
    aPolicy([entry], { failOn: 'medium', actWithin }),
    TODAY,
  )
  const [image] = whole.images as [ImageVerdict]
  const ownerOf = (id: string): LayerOwner => (id === FOUND.ofBase.id ? 'base' : 'own')
  const findings = image.findings.map((one) => ({
    ...one,
    owner: ownerOf(one.id),
    since: one.id === FOUND.own.id ? ('new' as const) : ('unchanged' as const),
  }))
  const settles = findings.filter(({ owner }) => owner === 'base')
  return {
    ...whole,
    images: [
      {
        ...image,
        findings,
        base: aBase({ movedOn: true }),
        rebuild: { needed: true, why: 'the base has moved on', settles },
        others: { notExamined: ['linux/arm64/v8'], skipped: [], unknown: null },
        gone: [{ check: 'clair', id: 'CVE-2025-9', package: 'bash', severity: 'high', ruling: 'act' }],
      },
    ],
  }
}

const flat = (text: string) => text.replace(/\s+/g, ' ')
/** As a person reads it: no tags, no scripts, no data of machines. */
const asRead = (html: string) =>
  flat(html.replace(/<(script|style)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, ' '))

const one = verdict()
const run = {
  ...{ key: '0'.repeat(16), family: '0'.repeat(16), run: 1, attempt: 1, head: 'a'.repeat(40) },
  ...{ url: 'https://github.example/acme/app/actions/runs/1', change: { base: 'main', added: 1, gone: 1 } },
}
const terminal = (verbose: boolean) => flat(renderTerminal(one, { colour: false, width: 120, verbose }))
const REPORTS = {
  terminal: terminal(false),
  '--verbose': terminal(true),
  comment: asRead(renderComment([jobOf(one, run)], 'gate')),
  page: asRead(renderHtml(one, { name: 'seaworthy', version: '1' })),
} as const

type In = Readonly<Partial<Record<keyof typeof REPORTS, RegExp>>>
const all = (pattern: RegExp): In => ({ terminal: pattern, comment: pattern, page: pattern })
/** What the terminal lists only if it is asked to: without it, it counts. */
const verbose = (pattern: RegExp): In => ({ '--verbose': pattern, comment: pattern, page: pattern })

const QUESTIONS: readonly (readonly [string, In])[] = [
  [
    'may the image be released?',
    { ...all(/app:1\.4\.0 .*may not be released: \d tasks?/), terminal: /FAIL \d tasks? before release/ },
  ],
  ['what do I do first?', { ...all(/\b1 .{0,3}Update 2 packages/), page: /To do Update 2 packages/ }],
  [
    'is it in my layers or in the base image?',
    all(/Own layers: 5 findings, 2 to act on\. Base: 1 finding, 1 to act on\./),
  ],
  [
    'when is it due?',
    { ...all(new RegExp(`due by ${DUE}`)), terminal: new RegExp(`due 1 \\(first by ${DUE}\\)`) },
  ],
  ['who accepted this, and until when?', verbose(/until 2027-01-31: not reachable \(team-platform\)/)],
  ['what was not examined?', all(/linux\/arm64\/v8 not examined|not examined: linux\/arm64\/v8/)],
  [
    'what changed since main?',
    {
      ...all(/Against baseline: 1 new, 1 gone, 5 unchanged/),
      comment: /Against main:\*\* 1 new, 1 gone/,
    },
  ],
  ['would a rebuild be enough?', all(/A rebuild alone resolves 1 finding\./)],
  ['what is Debian’s reason for deferring a fix?', verbose(/no-dsa (?:|"|&quot;|&#34;)Minor issue/)],
  ['is it known to be exploited?', all(/1 known exploited \(CISA KEV\)/i)],
]

describe.each(QUESTIONS)('%s', (_, patterns) => {
  test.each(Object.entries(patterns))('when the report is read (%s), then it says so', (report, pattern) => {
    expect(REPORTS[report as keyof typeof REPORTS]).toMatch(pattern)
  })
})

test('when somebody asks where the answers stand, then the documents say it of each question', () => {
  const table = readFileSync('docs/outputs.md', 'utf8').split('## Where the answers are')[1] ?? ''
  const questions = [...table.matchAll(/^\| ([^|]+\?) \|/gm)].map(([, question]) => question)
  expect(questions).toEqual(QUESTIONS.map(([question]) => sentence(question)))
})

const sentence = (question: string) =>
  `${question.charAt(0).toUpperCase()}${question.slice(1)}`.replaceAll('’', "'")
