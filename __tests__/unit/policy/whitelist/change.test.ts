import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { judge } from '../../../../src/judge/judge.js'
import { becauseText } from '../../../../src/model/because/texts.js'
import { aboutPackage, obstacle } from '../../../../src/model/finding/obstacle.js'
import { proposeEntries, pruned, type SignOff, withEntries } from '../../../../src/policy/whitelist/change.js'
import { EMPTY_WHITELIST } from '../../../../src/policy/whitelist/edit.js'
import { readWhitelist } from '../../../../src/policy/whitelist/read.js'
import { readSurveyedImages } from '../../../../src/policy/whitelist/report.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import {
  aCheckResult,
  aFinding,
  aJudgedInput,
  anAnswer,
  anEvidence,
  anImageVerdict,
  aPolicy,
  aRuledApplication,
  aRuledFinding,
  aVerdict,
  TODAY,
} from '../../../support/builders.js'
import { problemThrownBy } from '../../../support/problems.js'

const SIGN_OFF: SignOff = {
  today: TODAY,
  maxSpan: 365,
  reason: 'not used',
  owner: 'me',
  expires: null,
  images: null,
  releases: null,
}
const noted = (part: Parameters<typeof aRuledFinding>[0] = {}) =>
  aRuledFinding({ ruling: 'noted', blocks: false, severity: 'low', ...part })
/** The images of a report as it is written and read again. */
const surveyed = (...images: Parameters<typeof anImageVerdict>[0][]) =>
  readSurveyedImages(
    renderJson(aVerdict({ images: images.map(anImageVerdict) }), { name: 'seaworthy', version: '1' }),
    'r.json',
  )

test('when a finding about a program is noted, then an entry for it is proposed only if its id is named', () => {
  const details = {
    title: 'nginx',
    branch: '1.29',
    state: 'soon' as const,
    day: '2026-12-24',
    newest: '1.31',
    unfixed: '0',
    paths: ['usr/sbin/nginx'],
  }
  const ending = obstacle('program-end-of-life', 'nginx 1.29 reaches its end', details)
  const about = { package: 'program/nginx', version: '1.29.1', binaries: [], links: [] }
  const verdict = judge(
    [
      aJudgedInput([], {
        answers: [{ evidence: anEvidence(), answer: anAnswer([aboutPackage(ending, about)]) }],
      }),
    ],
    aPolicy([]),
    TODAY,
  )
  const images = readSurveyedImages(renderJson(verdict, { name: 'seaworthy', version: '1' }), 'r.json')
  expect(proposeEntries(images, [], SIGN_OFF).entries).toEqual([])
  const { entries } = proposeEntries(images, [ending.id], SIGN_OFF)
  const { after } = withEntries('w.yml', null, entries, [], SIGN_OFF)
  expect(readWhitelist(after ?? '', 'w.yml').entries).toMatchObject([
    { id: 'program-end-of-life', package: 'program/nginx' },
  ])
})

describe('entries that are proposed', () => {
  const entriesOf = (
    ids: readonly string[],
    ...all: readonly (readonly Parameters<typeof aRuledFinding>[0][])[]
  ) => {
    const images = surveyed(
      ...all.map((parts) => ({ findings: parts.map((part) => aRuledFinding(part ?? {})) })),
    )
    return proposeEntries(images, ids, SIGN_OFF)
  }
  const proposed = (...args: Parameters<typeof entriesOf>) =>
    entriesOf(...args).entries.map(({ id, package: name, maxSeverity }) => `${name} ${id} ${maxSeverity}`)
  const NOTED = { ruling: 'noted', blocks: false } as const

  test.each([
    ['act', true],
    ['due', true],
    ['unfixed', true],
    ['noted', true],
    ['deferred', false],
    ['accepted', false],
  ] as const)('when a named finding is ruled %s, then it gets an entry: %s', (ruling, is) => {
    expect(
      proposed(['CVE-2026-0001'], [{ id: 'CVE-2026-0001', ruling, blocks: ruling === 'act' }]),
    ).toHaveLength(Number(is))
    // Unnamed, only what is noted does.
    expect(proposed([], [{ id: 'CVE-2026-0001', ruling, blocks: ruling === 'act' }])).toHaveLength(
      Number(ruling === 'noted'),
    )
  })

  test.each([
    ['negligible', 'low'],
    ['low', 'low'],
    ['medium', 'medium'],
    ['critical', 'critical'],
    ['unknown', 'critical'],
  ] as const)('when its severity is %s, then it accepts up to %s', (severity, most) => {
    expect(proposed([], [{ ...NOTED, id: 'CVE-2026-0001', severity }])).toEqual([`apt CVE-2026-0001 ${most}`])
  })

  test('when several images have it, then the worst counts; entries are by package, then by id', () => {
    const of = (
      id: string,
      name: string,
      severity: 'low' | 'high' | 'unknown',
      kev: boolean | null = null,
    ) => ({
      ...{ ...NOTED, id, package: name, severity, kev },
    })
    const all = [
      [
        of('CVE-2026-0002', 'bash', 'low', true),
        of('CVE-2026-0001', 'bash', 'low', true),
        of('CVE-2026-0003', 'acl', 'high'),
      ],
      [
        of('CVE-2026-0002', 'bash', 'high', true),
        of('CVE-2026-0003', 'acl', 'unknown'),
        of('CVE-2026-0001', 'bash', 'low', true),
      ],
    ]
    expect(proposed([], ...all)).toEqual([
      'acl CVE-2026-0003 critical',
      'bash CVE-2026-0001 low',
      'bash CVE-2026-0002 high',
    ])
    // As they were found.
    expect(entriesOf([], ...all).notes.map((note) => note.split(' ')[0])).toEqual([
      'CVE-2026-0002',
      'CVE-2026-0001',
    ])
  })

  test('when a report has no such finding, or it is refuted or of no package, then there is no entry', () => {
    expect(proposed([], [{ ...NOTED, agreement: 'refuted' }])).toEqual([])
    expect(proposed([], [{ ...NOTED, package: null }])).toEqual([])
    expect(entriesOf(['CVE-2026-0009'], [{ ...NOTED }]).notes).toEqual([
      'CVE-2026-0009: the report has no finding with this id that needs a whitelist entry',
    ])
    expect(entriesOf([], [{ ruling: 'act' }]).notes).toEqual([
      'the report lists no vulnerability as "noted"; to accept vulnerabilities that block the release or have no fix, specify their ids (--id)',
    ])
  })

  test('when nothing of several images matches an entry, then it is removed, and says of how many', () => {
    const text = `version: 1\nentries:\n  - {id: CVE-2020-0001, package: apt, reason: r, owner: o, expires: 2027-01-01}\n`
    const notes = (count: number) =>
      pruned('w.yml', text, surveyed(...Array(count).fill({ findings: [] })), TODAY).notes
    expect(notes(1)).toEqual(['line 3: CVE-2020-0001 (apt) matches nothing in the image'])
    expect(notes(2)).toEqual(['line 3: CVE-2020-0001 (apt) matches nothing in any of the 2 images'])
  })
})

describe('what is accepted by path', () => {
  const paths = ['opt/app/a.jar', 'opt/app/b.jar', 'opt/app/c.jar']
  const details = { count: '3', paths, folder: 'opt/app', cause: 'no zip archive', spared: null }
  const finding = obstacle('not-examined-unreadable', 'three files', details)
  const verdictOf = (entries: readonly string[]) => {
    const answers = [{ evidence: anEvidence(), answer: anAnswer([finding]) }]
    const text = `version: 1\nentries:\n${entries.map((path) => entryOf(path)).join('')}`
    const read = entries.length === 0 ? [] : readWhitelist(text, 'w.yml').entries
    return judge([aJudgedInput([], { answers })], aPolicy(read), TODAY)
  }
  const entryOf = (path: string) =>
    `  - {id: not-examined-unreadable, path: "${path}", reason: r, owner: o, expires: 2026-12-24}\n`
  const reportOf = (verdict: ReturnType<typeof verdictOf>) =>
    readSurveyedImages(renderJson(verdict, { name: 'seaworthy', version: '1' }), 'r.json')
  const ruled = (verdict: ReturnType<typeof verdictOf>) =>
    verdict.images[0]?.findings.map((one) => [
      one.ruling,
      'paths' in one ? '' : 'details' in one && 'paths' in one.details && one.details.paths,
    ])

  test('when its id is named, then each path gets an entry, and after it the judge accepts the finding', () => {
    const before = verdictOf([])
    expect(before.verdict).toBe('fail')
    expect(proposeEntries(reportOf(before), [], SIGN_OFF).entries).toEqual([])
    const { entries, notes } = proposeEntries(reportOf(before), [finding.id], SIGN_OFF)
    expect(notes).toEqual([])
    const { after } = withEntries('w.yml', null, entries, [], SIGN_OFF)
    const limit = { today: TODAY, maxSpan: 365 }
    const changedEntries = readWhitelist(after ?? '', 'w.yml', limit).entries
    expect(changedEntries.map(({ path }) => path)).toEqual(paths)
    const answers = [{ evidence: anEvidence(), answer: anAnswer([finding]) }]
    const then = judge([aJudgedInput([], { answers })], aPolicy(changedEntries), TODAY)
    expect([then.verdict, ruled(then)]).toEqual(['pass', [['accepted', paths]]])
    expect(then.policyNotices).toEqual([])
    expect(pruned('w.yml', after ?? '', reportOf(then), TODAY).notes).toEqual([])
  })

  test('when entries accept some of its paths, then the others stay, and say how many are accepted', () => {
    const verdict = verdictOf(['opt/app/b.jar', 'opt/app/d.jar'])
    expect(ruled(verdict)).toEqual([
      ['act', ['opt/app/a.jar', 'opt/app/c.jar']],
      ['accepted', ['opt/app/b.jar']],
    ])
    const [act] = verdict.images[0]?.findings ?? []
    expect(act && becauseText(act)).toBe(
      'not examined: 2 unreadable files (no zip archive): opt/app/a.jar; opt/app/c.jar; unread is act; the whitelist accepts the other 1 of 3 paths',
    )
    // The other entry is for nothing.
    expect(verdict.policyNotices.map(({ text }) => text)).toEqual([
      'not-examined-unreadable (opt/app/d.jar) matches nothing',
    ])
    const text = `version: 1\nentries:\n${entryOf('opt/app/b.jar')}${entryOf('opt/app/d.jar')}`
    expect(pruned('w.yml', text, reportOf(verdict), TODAY).notes).toEqual([
      'line 4: not-examined-unreadable (opt/app/d.jar) matches nothing in the image',
    ])
  })

  test('when a pattern covers all, then that is enough, and an entry inside it is superfluous', () => {
    const verdict = verdictOf(['opt/app/*', 'opt/app/b.jar'])
    expect(ruled(verdict)).toEqual([['accepted', paths]])
    expect(verdict.policyNotices.map(({ kind }) => kind)).toEqual(['shadowed'])
  })
})

describe('add', () => {
  test('when findings are noted, then each gets an entry, and after it the judge accepts them', () => {
    const findings = [aFinding({ severity: 'low' }), aFinding({ id: 'CVE-2026-10002', severity: 'medium' })]
    const answers = [{ evidence: anEvidence(), answer: anAnswer(findings) }]
    const verdictOf = (text: string | null) =>
      judge(
        [aJudgedInput([], { answers })],
        aPolicy(text === null ? [] : readWhitelist(text, 'w.yml').entries),
        TODAY,
      )
    const before = verdictOf(null)
    expect(before.images[0]?.findings.map(({ ruling }) => ruling)).toEqual(['noted', 'noted'])
    const report = readSurveyedImages(renderJson(before, { name: 'seaworthy', version: '1' }), 'r.json')
    const { entries, notes } = proposeEntries(report, [], SIGN_OFF)
    const { after } = withEntries('w.yml', null, entries, notes, SIGN_OFF)
    const then = verdictOf(after)
    expect(then.images[0]?.findings.map(({ ruling }) => ruling)).toEqual(['accepted', 'accepted'])
    expect(then.policyNotices).toEqual([])
    expect(entries[0]).toMatchObject({ reason: 'not used', owner: 'me', added: TODAY, expires: '2027-02-22' })
  })

  test('when a finding is refuted, accepted, deferred, or of another check, then there is no entry', () => {
    const findings = [
      noted({ agreement: 'refuted' }),
      ...(['act', 'accepted', 'deferred', 'unfixed'] as const).map((ruling) => noted({ ruling })),
      noted({ check: 'security-updates' }),
      noted({ check: 'docker-bench', id: '4.1', package: null }),
    ]
    expect(proposeEntries(surveyed({ findings }), [], SIGN_OFF).entries).toEqual([])
  })

  test('when ids are named, then only they, also where they block; one that is not there is reported', () => {
    const findings = [
      noted(),
      noted({ id: 'CVE-2026-10002', ruling: 'act', severity: 'unknown' }),
      noted({ id: 'CVE-2026-10003', ruling: 'deferred' }),
    ]
    const { entries, notes } = proposeEntries(
      surveyed({ findings }),
      ['CVE-2026-10002', 'CVE-2026-10003'],
      SIGN_OFF,
    )
    expect(entries.map(({ id, maxSeverity }) => [id, maxSeverity])).toEqual([['CVE-2026-10002', 'critical']])
    expect(notes).toEqual([
      'CVE-2026-10003: the report has no finding with this id that needs a whitelist entry',
    ])
  })

  test('when no entry can name what was found, then that is reported, and the others are written', () => {
    const odd = [noted({ id: 'GHSA-aaaa-bbbb-cccc' }), noted({ package: 'Jinja2' })]
    const { entries, notes } = proposeEntries(surveyed({ findings: [...odd, noted()] }), [], SIGN_OFF)
    expect(withEntries('w.yml', null, entries, notes, SIGN_OFF).after).toContain('CVE-2026-10001')
    expect(notes).toEqual([
      'CVE-2026-10001 (Jinja2): whitelist entries do not support this form of id or package name',
      'GHSA-aaaa-bbbb-cccc (apt): whitelist entries do not support this form of id or package name',
    ])
  })

  test('when one that is named is in KEV, then it is told that its entry does not accept it as it is', () => {
    const findings = [noted({ ruling: 'act', kev: true })]
    const { entries, notes } = proposeEntries(surveyed({ findings }), ['CVE-2026-10001'], SIGN_OFF)
    expect(entries).toMatchObject([{ despiteKev: false }])
    expect(notes).toEqual([
      "CVE-2026-10001 (apt) is in CISA's KEV list, so its entry needs despite: kev, which you must add yourself",
    ])
  })

  test('when one that is named is malware, then its entry does not accept it as it is, and a note says so', () => {
    const findings = [
      aRuledApplication({ id: 'MAL-2025-46969', ids: [], package: 'npm/chalk', malware: true }),
    ]
    const { entries, notes } = proposeEntries(surveyed({ findings }), ['MAL-2025-46969'], SIGN_OFF)
    expect(entries).toMatchObject([{ id: 'MAL-2025-46969', despiteMalware: false }])
    expect(notes).toEqual([
      'MAL-2025-46969 (npm/chalk) is malicious, so its entry needs despite: malware, which you must add yourself',
    ])
  })

  test('when two images differ in severity, then the entry is for the worse one', () => {
    const images = surveyed({ findings: [noted()] }, { findings: [noted({ severity: 'medium' })] })
    expect(proposeEntries(images, [], SIGN_OFF).entries).toMatchObject([{ maxSeverity: 'medium' }])
  })

  test('when an entry about the same is there, then nothing is changed and its line is reported', () => {
    const { entries } = proposeEntries(surveyed({ findings: [noted()] }), [], SIGN_OFF)
    const once = withEntries('w.yml', EMPTY_WHITELIST, entries, [], SIGN_OFF).after
    expect(withEntries('w.yml', once, entries, [], SIGN_OFF)).toEqual({
      file: 'w.yml',
      before: once,
      after: once,
      notes: ['CVE-2026-10001 (apt): the entry on line 4 exists already'],
    })
    const later = { today: '2027-12-01', maxSpan: 365 }
    expect(withEntries('w.yml', once, entries, [], later).notes[0]).toContain(
      'expired on 2027-02-22; renew it there',
    )
  })

  test('when an entry would hold too long, then it is reported and not written', () => {
    const { entries } = proposeEntries(surveyed({ findings: [noted()] }), [], {
      ...SIGN_OFF,
      expires: '2027-11-24',
    })
    const change = withEntries('w.yml', EMPTY_WHITELIST, entries, [], { today: TODAY, maxSpan: 90 })
    expect(change.after).toBe(EMPTY_WHITELIST)
    expect(change.notes[0]).toContain('the maximum is 90')
  })
})

describe('prune', () => {
  const entry = (id: string, more = '', expires = '2027-03-31') =>
    `  - id: ${id}\n    package: apt\n    reason: x\n    owner: y\n    expires: ${expires}\n${more}`
  const file = (...entries: string[]) => `# head\nversion: 1\nentries:\n${entries.join('')}`
  const left = (text: string, images = surveyed({})) =>
    readWhitelist(pruned('w.yml', text, images, TODAY).after ?? '', 'w.yml').entries.map(({ id }) => id)

  test('when entries have expired or match nothing, then they go, and why is reported with the line', () => {
    const text = file(
      entry('CVE-2026-10001'),
      entry('CVE-2026-0002'),
      entry('CVE-2026-0003', '', '2026-11-23'),
    )
    expect(pruned('w.yml', text, surveyed({}), TODAY)).toEqual({
      file: 'w.yml',
      before: text,
      after: file(entry('CVE-2026-10001')),
      notes: [
        'line 9: CVE-2026-0002 (apt) matches nothing in the image',
        'line 14: CVE-2026-0003 (apt) expired on 2026-11-23',
      ],
    })
  })

  test('when an entry is for images, releases or checks that are not in the reports, then it stays', () => {
    const other = file(
      entry('CVE-2026-0001', '    images: ["other:*"]\n'),
      entry('CVE-2026-0002', '    releases: [trixie]\n'),
      entry('4.1', '    check: docker-bench\n').replace('    package: apt\n', ''),
    )
    expect(left(other)).toHaveLength(3)
    const trixie = surveyed({}, { codename: 'trixie' })
    expect(left(other, trixie)).toEqual(['CVE-2026-0001', '4.1'])
  })

  test('when one of several images has use for it, or its check did not answer there, then it stays', () => {
    const text = file(entry('CVE-2026-10001'))
    expect(left(text, surveyed({ findings: [] }))).toEqual([])
    expect(left(text, surveyed({ findings: [] }, {}))).toHaveLength(1)
    const unanswered = aCheckResult({ state: 'unanswered' })
    expect(left(text, surveyed({ findings: [] }, { findings: [], checks: [unanswered] }))).toHaveLength(1)
  })

  test('when there is no report, then only what has expired goes', () => {
    expect(left(file(entry('CVE-2026-0002'), entry('CVE-2026-0003', '', '2026-11-23')), [])).toEqual([
      'CVE-2026-0002',
    ])
  })

  test('when it is pruned, then the judge rules as before', () => {
    const ids = fc.constantFrom('CVE-2026-10001', 'CVE-2026-0002', 'CVE-2026-0003')
    const more = fc.constantFrom(
      '',
      '    images: ["app:*"]\n',
      '    images: ["other"]\n',
      '    releases: [trixie]\n',
    )
    const day = fc.constantFrom('2026-11-23', TODAY, '2027-03-31')
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(ids, more, day), { selector: ([id, extra]) => id + extra }),
        (parts) => {
          fc.pre(parts.length > 0)
          const text = file(...parts.map((part) => entry(...part)))
          const answers = [
            {
              evidence: anEvidence(),
              answer: anAnswer([
                aFinding({ severity: 'low' }),
                aFinding({ id: 'CVE-2026-0002', severity: 'low' }),
              ]),
            },
          ]
          const judged = (whitelist: string) =>
            judge([aJudgedInput([], { answers })], aPolicy(readWhitelist(whitelist, 'w.yml').entries), TODAY)
          const before = judged(text)
          const report = readSurveyedImages(renderJson(before, { name: 's', version: '1' }), 'r.json')
          const after = judged(pruned('w.yml', text, report, TODAY).after ?? '')
          const rulings = (verdict: typeof before) => verdict.images[0]?.findings.map(({ ruling }) => ruling)
          expect(rulings(after)).toEqual(rulings(before))
          expect(after.policyNotices.filter(({ kind }) => kind === 'unused' || kind === 'expired')).toEqual(
            [],
          )
        },
      ),
    )
  })
})

describe('readSurveyedImages', () => {
  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"schemaVersion": 2, "images": []}',
    '{"schemaVersion": 1, "images": []}',
  ])('when the file is %j, then it is told', (text) => {
    expect(problemThrownBy(() => readSurveyedImages(text, 'r.json'))).toMatchObject({
      code: 'report-unreadable',
      where: 'r.json',
    })
  })

  test.each(['trixie', null])(
    'when the release is %s, then that is its codename, whatever the distribution is called',
    (codename) => {
      expect(surveyed({ codename, distribution: 'Debian 12 bookworm' })[0]?.subject.codename).toBe(codename)
    },
  )
})
