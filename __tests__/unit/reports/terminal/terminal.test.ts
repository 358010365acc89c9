import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  renderDetails,
  renderSummaryLine,
  renderTerminal,
  reportLine,
} from '../../../../src/reports/terminal/terminal.js'
import { aBenchTable, aBenchTableOf, ROWS } from '../../../support/bench.js'
import {
  aBase,
  aCheckResult,
  anImageVerdict,
  aPolicyNotice,
  aProblem,
  aRuledFinding,
  aSource,
  aVerdict,
} from '../../../support/builders.js'
import { hostileText, INVISIBLE_CHARACTER } from '../../../support/hostile.js'

const plain = { colour: false, width: 100 }
const unfixed = { fixedVersion: null, installable: null, because: 'no fix in Debian bookworm' } as const
const lines = (text: string) => text.split('\n')

const failed = aVerdict({
  images: [
    anImageVerdict({
      findings: [
        aRuledFinding({ severity: 'critical' }),
        aRuledFinding({
          id: 'CVE-2026-10002',
          package: 'perl',
          version: '5.36.0-7',
          fixedVersion: '5.36.0-8',
        }),
        aRuledFinding({ id: 'CVE-2026-10003', ruling: 'unfixed', blocks: false, ...unfixed }),
        aRuledFinding({
          id: 'CVE-2026-10004',
          ruling: 'noted',
          blocks: false,
          severity: 'low',
          because: [
            { reason: 'fix-offered', version: '2.6.2' },
            {
              reason: 'below',
              rated: { severity: 'low', source: null, score: null, takenFor: null },
              threshold: 'high',
            },
          ],
        }),
      ],
    }),
  ],
  policyNotices: [aPolicyNotice()],
})

const verboseOf = (image: ReturnType<typeof anImageVerdict>) =>
  renderTerminal(aVerdict({ images: [image] }), { ...plain, verbose: true })

describe('renderTerminal', () => {
  test('when nobody has rated a vulnerability then it is unknown, and what is none has no severity', () => {
    const severity = 'unknown'
    const cve = aRuledFinding({ severity })
    const update = aRuledFinding({ check: 'security-updates', id: 'security-update', severity })
    const text = verboseOf(anImageVerdict({ findings: [cve, update] }))
    expect(text).toMatch(/^apt {6}CVE-2026-10001 {3}unknown {3}2\.6\.1 → /m)
    expect(text).toMatch(/^apt {6}security-update {2}— {9}2\.6\.1 → /m)
  })

  test('when something blocks that is no update then it is reported once, as a thing to do', () => {
    const user = aRuledFinding({
      check: 'docker-bench',
      id: '4.1',
      package: null,
      version: null,
      fixedVersion: null,
      severity: 'unknown',
      because: 'WARN, but the built-in dictionary expects PASS',
    })
    const verdict = aVerdict({ images: [anImageVerdict({ findings: [user] })] })
    const text = renderTerminal(verdict, plain)
    expect(text.match(/expects PASS/g)).toHaveLength(1)
    expect(text).not.toContain('package  finding')
  })

  test.each([60, 100, Number.POSITIVE_INFINITY])(
    'when findings and checks say much (width %p), then they go on below, and nothing is cut',
    (width) => {
      const because = `${'why '.repeat(60)}end`
      const notes = ['x updates', 'note '.repeat(40).trim(), 'canary found']
      const images = [
        anImageVerdict({ findings: [aRuledFinding({ because })], checks: [aCheckResult({ notes })] }),
      ]
      const text = renderTerminal(aVerdict({ images }), { ...plain, width, verbose: true })
      expect(text.replace(/\s+/g, ' ')).toContain(`${because} `)
      expect(text.replace(/\s+/g, ' ')).toContain(notes.map((note) => `clair: ${note}`).join(' '))
      expect(
        Math.max(
          ...lines(text)
            .slice(5)
            .filter((line) => !/^ {2}(?:digest: )?sha256:|https:/.test(line))
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(width)
    },
  )

  test('when there is much data, then its age is reported, what is of one day together, and verbose has it all', () => {
    const archive = (name: string, date: string) => aSource({ name: `debian-archive ${name}`, date })
    const sources = [
      archive('bookworm-security', '2026-11-23T05:00:00Z'),
      archive('bookworm-security main amd64', '2026-11-23T05:00:00Z'),
      archive('bookworm', '2026-07-11T05:00:00Z'),
      archive('bookworm-updates', '2026-11-23T08:00:00Z'),
    ]
    const verdict = aVerdict({ images: [anImageVerdict({ sources })] })
    expect(renderTerminal(verdict, { ...plain, width: 120, verbose: true })).toMatch(
      /\n {2}data: bookworm-security, bookworm-updates 2026-11-23, 1 day old · bookworm 2026-07-11, 136 days old\n\n/,
    )
    for (const { name } of sources) {
      expect(renderTerminal(verdict, { ...plain, verbose: true })).toContain(`\n${name} `)
    }
  })

  test('when an image fails then the verdict and its counts come first, what to do, why, then the rest', () => {
    expect(lines(renderTerminal(failed, plain))).toEqual([
      'app:1.4.0   Debian 12 bookworm · amd64 · 142 packages · sha256:17068e8751…',
      '',
      'FAIL  1 task before release',
      '',
      ' 1  Update 2 packages',
      '    In a Dockerfile, as root: before USER, if there is one:',
      '    RUN apt-get update && apt-get install -y --only-upgrade apt libapt-pkg6.0 && rm -rf \\',
      '      /var/lib/apt/lists/*',
      '    fixes 2 CVEs: 1 critical, 1 high',
      '',
      'not run  security-updates',
      'act      clair             2.1 s  2 of 4 to act on',
      'not run  docker-bench',
      'not run  regression-test',
      'accepted 0   deferred by Debian 0   unfixed 1   noted 1   KEV not checked   (--verbose lists them)',
      '',
      'policies/whitelist.yml:21  CVE-2022-0563 (util-linux) expired on 2026-10-01',
      '',
    ])
  })

  test.each([
    [aBase(), 'on debian:bookworm-slim'],
    [aBase({ movedOn: true }), 'on debian:bookworm-slim, which has moved on'],
    [aBase({ restsOn: 'label', name: 'ghcr.io/acme/base:12' }), 'on ghcr.io/acme/base:12, per its label'],
    [
      aBase({
        ...{ restsOn: 'label', name: 'ghcr.io/acme/base:12' },
        from: { name: 'docker.io/library/debian:12', file: 'Dockerfile', line: 1, layers: 1 },
      }),
      'on debian:12, per its Dockerfile, although its label names ghcr.io/acme/base:12',
    ],
    [
      aBase({
        ...{ restsOn: 'label', name: 'docker.io/library/debian:11' },
        otherRelease: { statedBy: 'label', name: 'docker.io/library/debian:11', codename: 'bookworm' },
      }),
      'on debian:11, per its label, but the image is bookworm',
    ],
    [
      aBase({
        ...{ restsOn: 'label', name: 'docker.io/library/debian:11' },
        otherRelease: { statedBy: 'label', name: 'docker.io/library/debian:11', codename: 'bookworm' },
        from: { name: 'docker.io/acme/base:12', file: 'Dockerfile', line: 1, layers: 1 },
      }),
      'on acme/base:12, per its Dockerfile; its label names debian:11, but the image is bookworm',
    ],
    [
      aBase({
        ...{ restsOn: 'nothing', name: null },
        otherRelease: { statedBy: 'label', name: 'docker.io/library/debian:11', codename: 'bookworm' },
      }),
      'its label names debian:11, but the image is bookworm',
    ],
  ])('when the base is known so far (%#) then the first line says it', (base, firstLine) => {
    const text = renderTerminal(aVerdict({ images: [anImageVerdict({ base })] }), { ...plain, width: 180 })
    const [line] = lines(text)
    expect(line).toBe(
      `app:1.4.0   Debian 12 bookworm · amd64 · ${firstLine} · 142 packages · sha256:17068e8751…`,
    )
  })

  test('when the base is not known then the first line says nothing about it', () => {
    const base = aBase({ restsOn: 'nothing', name: null })
    const text = renderTerminal(aVerdict({ images: [anImageVerdict({ base })] }), { ...plain, width: 150 })
    expect(lines(text)[0]).toBe('app:1.4.0   Debian 12 bookworm · amd64 · 142 packages · sha256:17068e8751…')
  })

  test('when it is verbose then what does not block follows, with entries to paste', () => {
    const text = renderTerminal(failed, { ...plain, verbose: true })
    expect(text).toContain(
      [
        'Unfixed (1)',
        'package  finding         severity  installed → fixed  because',
        'apt      CVE-2026-10003  high      2.6.1 → no fix     no fix in Debian bookworm',
        '',
        'Noted (1)',
        'package  finding         severity  installed → fixed  because',
        'apt      CVE-2026-10004  low       2.6.1 → 2.6.2      low is below fail-on high',
        '',
        'to accept findings, add these under "entries:" in policies/whitelist.yml with reason and owner',
        '  - id: CVE-2026-10004',
        '    package: apt',
        '    reason: ""',
        '    owner: ""',
        '    expires: "2027-02-22"',
      ].join('\n'),
    )
  })

  test.each(['fail', 'pass'] as const)(
    'when the mode is audit then the first line of a %s says so',
    (verdict) => {
      const image = verdict === 'pass' ? anImageVerdict({ verdict, findings: [] }) : anImageVerdict()
      const images = [image]
      const [audited, enforced] = (['audit', 'enforce'] as const).map((mode) =>
        lines(renderTerminal(aVerdict({ verdict, mode, images }), { ...plain, width: 120 })),
      )
      expect(audited?.[0]).toMatch(/^Audit mode: .*not fail the run/)
      const nonEmpty = (all: readonly string[] = []) => all.filter((line) => line !== '')
      expect(nonEmpty(audited).slice(1)).toEqual(nonEmpty(enforced))
    },
  )

  test('when a log folds the details then these are what verbose has and the rest has not', () => {
    const short = renderTerminal(failed, plain)
    const details = lines(renderDetails(failed, plain)).filter((line) => line !== '')
    const verbose = lines(renderTerminal(failed, { ...plain, verbose: true }))
    expect(details.filter((line) => !verbose.includes(line))).toEqual([])
    expect(details).toContain('Unfixed (1)')
    expect(short).not.toContain('CVE-2026-10003')
  })

  test('when a check has no answer then INCOMPLETE, and what to do about it', () => {
    const image = anImageVerdict({
      verdict: 'incomplete',
      findings: [],
      sources: [],
      checks: [aCheckResult({ state: 'unanswered', problem: aProblem(), notes: [] })],
    })
    expect(
      lines(renderTerminal(aVerdict({ verdict: 'incomplete', images: [image] }), plain)).slice(2),
    ).toEqual([
      'INCOMPLETE  not fully judged, so do not release it: 1 task',
      '',
      ' 1  Get an answer from clair: try --clair-timeout 180',
      '    clair: Clair did not load the security tracker within 60 s (container seaworthy-clair-3f2a)',
      '    (docs/troubleshooting.md#clair-not-ready)',
      '',
      'not run    security-updates',
      'no answer  clair             2.1 s',
      'not run    docker-bench',
      'not run    regression-test',
      '',
    ])
  })

  test('when nothing is known of an image then its name stands alone', () => {
    const image = anImageVerdict({
      digest: null,
      platform: null,
      distribution: null,
      packageCount: null,
      verdict: 'incomplete',
      findings: [],
      checks: [],
      sources: [],
    })
    expect(lines(renderTerminal(aVerdict({ images: [image] }), plain))[0]).toBe('app:1.4.0')
  })

  test('when there are several images then the whole verdict is in the first line', () => {
    const pass = anImageVerdict({ reference: 'db:2', verdict: 'pass', findings: [] })
    const text = renderTerminal(aVerdict({ images: [anImageVerdict(), pass] }), plain)
    expect(lines(text)[0]).toBe('FAIL  2 images: 1 fail, 1 pass')
    expect(text).toContain('\nPASS  nothing blocks the release\n')
  })

  test('when colours are on then only colours are added', () => {
    const coloured = renderTerminal(failed, { ...plain, colour: true })
    expect(coloured).toContain('\u001b[1;31mFAIL\u001b[0m')
    expect(coloured.replace(/\u001b\[[0-9;]*m/g, '')).toBe(renderTerminal(failed, plain))
  })

  test('when more than 20 findings block then the table ends with how many more there are', () => {
    const findings = Array.from({ length: 23 }, (_, index) =>
      aRuledFinding({ id: `CVE-2026-${1000 + index}`, version: `2.6.${index}` }),
    )
    const text = verboseOf(anImageVerdict({ findings }))
    expect(text).toContain('\nand 3 more in report.html\n')
    expect(text.match(/CVE-2026-10\d\d/g)).toHaveLength(20)
  })

  test('when the terminal is narrow then nothing is wider, and commands go on in the next line', () => {
    const binaries = Array.from({ length: 9 }, (_, index) => ({
      name: `libsomething${index}`,
      version: '1',
      architecture: 'amd64',
    }))
    const image = anImageVerdict({
      findings: [aRuledFinding({ binaries })],
      sources: [aSource({ url: 'https://a.b' })],
    })
    const text = renderTerminal(aVerdict({ images: [image] }), { colour: false, width: 60 })
    const command = text.slice(text.indexOf('apt-get'), text.indexOf('    fixes'))
    expect(command.replaceAll(' \\\n      ', ' ').trim()).toBe(
      `apt-get update && apt-get install -y --only-upgrade ${binaries.map(({ name }) => name).join(' ')} && rm -rf /var/lib/apt/lists/*`,
    )
    for (const line of lines(text).slice(2)) {
      expect(line.length).toBeLessThanOrEqual(60)
    }
  })

  const withBench = (part: Parameters<typeof aBenchTable>[0] = {}) =>
    aCheckResult({ check: 'docker-bench', tookMs: 1600, bench: aBenchTable(part) })

  test('when Docker Bench judged then its line has what came of it, and the details which one ran', () => {
    const image = anImageVerdict({ checks: [aCheckResult(), withBench({ rows: [ROWS.match, ROWS.apart] })] })
    const verdict = aVerdict({ images: [image] })
    const short = lines(renderTerminal(verdict, { ...plain, width: 120 }))
    expect(short).toContain('ok       docker-bench      1.6 s  1 of 1 as expected')
    expect(short.join()).not.toContain('policies/dictionary.yml:14')
    const all = lines(renderTerminal(verdict, { ...plain, width: 120, verbose: true }))
    expect(all).toContain(
      '  Docker Bench: results of its own for 1 of 2 rules; commit ff26d67, in a container of docker:29-cli',
    )
    expect(all).toContain(
      '  docker-bench: 1 of 1 as expected; 1 not applicable; Docker Bench and the built-in rules agree',
    )
  })

  test('when it did not run then that limits the verdict, and the details say why', () => {
    const run = { ran: false, why: 'the answer was 404' } as const
    const image = anImageVerdict({ checks: [withBench({ run, rows: [ROWS.match] })] })
    const short = renderTerminal(aVerdict({ images: [image] }), plain)
    expect(short).toContain('  Docker Bench did not run: all results are those of the built-in rules\n')
    const text = verboseOf(image)
    expect(text.replace(/\n +/g, ' ')).toContain(
      ' Docker Bench did not run, so all results come from the built-in rules. Reason: the answer was 404 ',
    )
    expect(text.match(/404/g)).toHaveLength(1)
    expect(text).toContain('1 of 1 as expected; built-in rules only\n')
  })

  test('when it is verbose then the comparison is whole, with what is said of rows below them', () => {
    const image = anImageVerdict({ verdict: 'pass', findings: [], checks: [withBench()] })
    for (const width of [60, 200]) {
      const text = renderTerminal(aVerdict({ verdict: 'pass', images: [image] }), {
        ...plain,
        width,
        verbose: true,
      })
      const table = lines(text.slice(text.indexOf('\nid ') + 1)).filter((line) => !line.startsWith(' '))
      expect(table.slice(0, 15).map((line) => line.split(/ {2,}/))).toEqual([
        ['id', 'expected', 'Docker Bench', 'built-in', 'outcome', 'dictionary', 'title'],
        ...aBenchTable().rows.map(({ id, title }) => [
          id,
          ...Array(5).fill(expect.stringMatching(/^[^…]+$/)),
          ...(title === null ? [] : [title]),
        ]),
      ])
      expect(text.replace(/\n +/g, ' ')).toContain(
        '5.9 to 5.11: Section 5 judges how an image is run, but no run options were set',
      )
    }
  })

  test.each([40, 80, 120, 200])(
    'when a pass has much that limits it (width %i), then each of it stands in full, at any width',
    (width) => {
      const sources = Array.from({ length: 9 }, (_, index) =>
        aSource({
          name: index === 0 ? 'epss' : `a source ${index}`,
          date: `2026-11-0${index + 1}T05:00:00Z`,
        }),
      )
      const ends = (line: number) => `CVE-2026-${line} (apt) expires on 2026-11-27, in 3 days`
      const policyNotices = [3, 4, 5, 6].map((line) =>
        aPolicyNotice({
          kind: 'expiring',
          place: { file: 'policies/whitelist.yml', line },
          text: ends(line),
        }),
      )
      const run = { ran: false, why: 'no answer, '.repeat(40) } as const
      const limits = ['third-party sources are not judged: apt.example.org stable']
      const checks = [aCheckResult({ check: 'security-updates', limits }), withBench({ run })]
      const image = anImageVerdict({ verdict: 'pass', findings: [], checks, sources })
      const text = renderTerminal(aVerdict({ verdict: 'pass', images: [image], policyNotices }), {
        ...plain,
        width,
      }).replace(/\s+/g, ' ')
      const all = [
        'Docker Bench did not run',
        `security-updates: ${limits[0]}`,
        ...[3, 4, 5, 6].map((line) => `policies/whitelist.yml:${line} ${ends(line)}`),
        'the data of epss is 23 days old',
      ]
      expect(all.filter((firstLine) => !text.includes(firstLine))).toEqual([])
    },
  )

  test('when names are hostile then no line is a command, a control or a line of its own', () => {
    // So wide that nothing is wrapped.
    const wide = { ...plain, width: Number.POSITIVE_INFINITY, verbose: true }
    const blank = lines(renderTerminal(one(''), wide)).length
    fc.assert(
      fc.property(hostileText(), (text) => {
        const printed = renderTerminal(one(text), wide)
        expect(lines(printed)).toHaveLength(blank)
        expect(printed).not.toContain('##[')
        for (const line of lines(printed)) {
          expect(line).not.toMatch(INVISIBLE_CHARACTER)
          expect(line.trimStart().startsWith('::')).toBe(false)
        }
      }),
    )
  })
})

/** A verdict with this text wherever words from outside come from; short, so that no line is wrapped. */
function one(text: string) {
  const beginning = text.slice(0, 8)
  const blocking = aRuledFinding({
    id: beginning,
    package: beginning,
    version: beginning,
    fixedVersion: beginning,
    because: beginning,
  })
  return aVerdict({
    images: [
      anImageVerdict({
        reference: beginning,
        distribution: beginning,
        digest: beginning,
        base: aBase({ name: beginning, movedOn: true }),
        findings: [blocking, { ...blocking, ruling: 'unfixed', blocks: false }],
        // The line of a check has room for two characters that are made visible.
        checks: [aCheckResult({ notes: [beginning.slice(0, 2)], bench: aBenchTableOf(beginning) })],
        sources: [aSource({ name: beginning, url: beginning, date: beginning, instead: `x${beginning}` })],
      }),
    ],
    policyNotices: [aPolicyNotice({ text: beginning, place: { file: beginning, line: 1 } })],
  })
}

test('when reports were written then the page is named', () => {
  expect(reportLine(['out/report.json', 'out/report.html', 'out/report.md'])).toBe(
    'report: out/report.html\n',
  )
  expect(reportLine([])).toBe('')
})

test('when the verdict is to be said in one line then the things to do are counted', () => {
  expect(renderSummaryLine(failed)).toBe('app:1.4.0 may not be released: 1 task')
  const pass = anImageVerdict({ verdict: 'pass', findings: [] })
  expect(renderSummaryLine(aVerdict({ verdict: 'pass', images: [pass] }))).toBe('app:1.4.0 may be released')
  expect(renderSummaryLine(aVerdict({ images: [pass, anImageVerdict()] }))).toBe(
    '2 images (1 fail, 1 pass) may not be released: 1 task',
  )
})
