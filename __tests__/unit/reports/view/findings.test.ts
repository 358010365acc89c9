import { describe, expect, test } from '@jest/globals'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import { TOOL } from '../../../../src/model/tool.js'
import type { DockerfileUse, RuledFinding } from '../../../../src/model/verdict.js'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { COLUMNS } from '../../../../src/reports/view/columns.js'
import {
  blockingPackages,
  FINDING_TABLES,
  findingGroups,
  findingTables,
  pageColumns,
  unblockingTables,
} from '../../../../src/reports/view/findings.js'
import {
  aLine,
  anImageVerdict,
  aRuledApplication,
  aRuledFinding,
  aVerdict,
  LAYER,
} from '../../../support/builders.js'

const PLACED = { file: 'Dockerfile', note: null, from: null }
const imageOf = (findings: RuledFinding[], dockerfile: DockerfileUse = PLACED) =>
  anImageVerdict({ findings, dockerfile })
const ids = (table: { rows: readonly (readonly { text: string }[])[] } | null, column: number) =>
  table?.rows.map((cells) => cells[column]?.text) ?? null

describe('tables of findings', () => {
  test('when an image has findings, then there is a table for each kind that it has, in the order of a summary', () => {
    const tables = findingTables(
      imageOf([
        aRuledFinding({ id: 'CVE-2026-2', ruling: 'noted', blocks: false }),
        aRuledFinding({ id: 'CVE-2026-1', ruling: 'act', blocks: true }),
        aRuledFinding({ id: 'CVE-2026-3', package: 'tar', ruling: 'noted', blocks: false }),
      ]),
    )
    expect(tables.map((table) => [table.title, ids(table, 1)])).toEqual([
      ['Findings that block the release', ['CVE-2026-1']],
      ['Noted', ['CVE-2026-2', 'CVE-2026-3']],
    ])
  })

  test('when any table is made, then each row has a cell for each head', () => {
    const findings = (['act', 'accepted', 'deferred', 'unfixed', 'noted'] as const).map((ruling) =>
      aRuledFinding({ ruling, blocks: ruling === 'act' }),
    )
    const image = imageOf(findings)
    const tables = [...findingTables(image), blockingPackages(image, true), ...unblockingTables(image)]
    expect(tables).toHaveLength(5 + 1 + 4)
    for (const table of tables) {
      expect(table?.rows.map((cells) => cells.length)).toEqual(table?.rows.map(() => table.heads.length))
    }
  })

  test('when no Dockerfile is known, or it has no room, then there is no column of lines', () => {
    const findings = [aRuledFinding({ ruling: 'act', blocks: true, line: aLine() })]
    const hasLines = (image: ReturnType<typeof imageOf>, wide: boolean) =>
      blockingPackages(image, wide)?.heads.includes('line')
    expect(hasLines(imageOf(findings), true)).toBe(true)
    expect(hasLines(imageOf(findings), false)).toBe(false)
    expect(hasLines(imageOf(findings, { ...PLACED, file: null }), true)).toBe(false)
  })

  test('when something blocks that is about no package, then it is no row of what blocks of packages', () => {
    const bench = aRuledFinding({ check: 'docker-bench', id: '4.1', package: null, blocks: true })
    expect(blockingPackages(imageOf([bench]), true)).toBeNull()
  })

  describe('when tasks end the findings', () => {
    const shell = aRuledFinding({ check: 'docker-bench', id: '4.1', package: null, blocks: true })
    const updates = ['CVE-2026-1', 'CVE-2026-2'].map((name) => aRuledFinding({ id: name }))
    const unfixed = aRuledFinding({ id: 'CVE-2026-3', package: 'tar', fixedVersion: null, ruling: 'act' })
    const noted = aRuledFinding({ id: 'CVE-2026-4', ruling: 'noted', blocks: false })

    test('then each row has the number of its task in the list of tasks, and what blocks nothing has none', () => {
      const image = imageOf([...updates, unfixed, shell, noted])
      const [blocking, ...others] = findingTables(image)
      const tasks = imageTasks(image)
      const numberOf = (one: RuledFinding) =>
        String(tasks.findIndex(({ findings }) => findings.includes(one)) + 1)
      expect(tasks).toHaveLength(3)
      expect(ids(blocking ?? null, 0)).toEqual(
        [updates[0], unfixed, shell].map((one) => one && numberOf(one)),
      )
      expect(blocking?.heads[0]).toBe('task')
      expect(others.map(({ heads }) => heads.includes('task'))).toEqual([false])
      const page = renderHtml(aVerdict({ images: [image] }), TOOL)
      const cells = [
        ...page.matchAll(/data-finding="[^"]*(cve-2026-\d|4\.1)[ "].*?<td data-head="task">(\d?)<\/td>/g),
      ]
      expect(Object.fromEntries(cells.map(([, name = '', number]) => [name, number]))).toEqual({
        ...Object.fromEntries(updates.map((one) => [one.id.toLowerCase(), numberOf(one)])),
        'cve-2026-3': numberOf(unfixed),
        '4.1': numberOf(shell),
        'cve-2026-4': '',
      })
    })

    test('then there is no column if it is one task, or there is no room for it', () => {
      const hasTasks = (findings: RuledFinding[], wide: boolean) =>
        blockingPackages(imageOf(findings), wide)?.heads.includes('task')
      expect(hasTasks([...updates, unfixed], true)).toBe(true)
      expect(hasTasks([...updates, unfixed], false)).toBe(false)
      expect(hasTasks([...updates, shell], true)).toBe(false)
    })
  })

  test('when the comment tells of findings, then no table has a column of lines', () => {
    const heads = Object.values(FINDING_TABLES).map(({ brief }) => brief.map(({ head }) => head))
    expect(heads.flat()).not.toContain(COLUMNS.line.head)
    expect(heads.every((names) => names.includes('because'))).toBe(true)
  })
})

describe('rows of findings', () => {
  const rated = (score: number): RuledFinding['because'] => [
    { reason: 'fix-offered', version: '2.6.2' },
    {
      reason: 'at-or-above',
      rated: { severity: 'high', source: 'nvd', score, takenFor: null },
      input: 'fail-on',
      threshold: 'high',
    },
  ]
  const rowsOf = (...findings: RuledFinding[]) =>
    findingTables(imageOf(findings)).flatMap(({ rows }) => rows.map((cells) => cells.map(({ text }) => text)))

  test('when findings differ in the CVE and its scores alone, then they are one row, and its title counts them all', () => {
    const epss = (probability: number) => ({ probability, percentile: 0.5, date: '2026-11-24' })
    const findings = [
      aRuledFinding({ id: 'CVE-2026-1', because: rated(8.1), epss: epss(0.2) }),
      aRuledFinding({ id: 'CVE-2026-2', because: rated(7.5), epss: epss(0.1) }),
      aRuledFinding({ id: 'CVE-2026-3', because: rated(7.4) }),
    ]
    const [table] = findingTables(imageOf(findings))
    expect(table?.count).toBe(3)
    expect(table?.rows.map((cells) => cells.map(({ text }) => text))).toEqual([
      [
        'apt',
        'CVE-2026-1 and 2 more',
        'high, EPSS 20.0% at most',
        '2.6.1 → 2.6.2',
        '',
        'high (NVD) is at or above fail-on high',
      ],
    ])
    expect(findingGroups(imageOf(findings))[0]?.findings).toHaveLength(3)
  })

  test.each<[string, Parameters<typeof aRuledFinding>[0]]>([
    ['the package', { package: 'tar' }],
    ['the version', { version: '2.6.0' }],
    ['the fix', { fixedVersion: '2.6.3' }],
    ['the severity', { severity: 'critical' }],
    ['whether it is in KEV', { kev: true }],
    ['the reason', { because: 'high is at or above fail-on high; the entry at a:1 expired on 2026-01-01' }],
    ['the line', { line: aLine() }],
    ['against the baseline', { since: 'new' }],
  ])('when they differ in %s, then each has its own row', (_, part) => {
    expect(rowsOf(aRuledFinding(), aRuledFinding({ id: 'CVE-2026-2', ...part }))).toHaveLength(2)
  })

  test('when both are in KEV, then each has its own row', () => {
    expect(rowsOf(aRuledFinding({ kev: true }), aRuledFinding({ id: 'CVE-2026-2', kev: true }))).toHaveLength(
      2,
    )
  })

  test('when they are no vulnerabilities, then each has its own row', () => {
    const update = { check: 'security-updates', id: 'security-update' } as const
    expect(rowsOf(aRuledFinding(update), aRuledFinding(update))).toHaveLength(2)
  })
})

describe('cells of findings', () => {
  const cellsOf = (finding: RuledFinding) => {
    const image = imageOf([finding])
    return Object.fromEntries(
      pageColumns(image).map(({ head, cell }) => [head, cell({ image, finding, task: null })]),
    )
  }

  test('when a vulnerability is reported, then its cell names no page of ours; of a result of Docker Bench it does', () => {
    expect(cellsOf(aRuledFinding({ id: 'CVE-2026-10001' })).finding).toEqual({
      kind: 'finding',
      text: 'CVE-2026-10001',
      page: null,
      address: 'https://security-tracker.debian.org/tracker/CVE-2026-10001',
    })
    const { own } = aRuledApplication()
    expect(cellsOf(aRuledApplication()).finding).toMatchObject({
      page: null,
      address: `https://osv.dev/vulnerability/${own}`,
    })
    const bench = aRuledFinding({ check: 'docker-bench', id: '4.1', package: null })
    expect(cellsOf(bench).finding).toMatchObject({ text: '4.1', page: 'docs/docker-bench.md' })
  })

  test('when a layer brought it, then its number from the bottom is reported', () => {
    expect(cellsOf(aRuledFinding({ layer: LAYER })).layer).toEqual({ kind: 'text', text: '1' })
    expect(cellsOf(aRuledFinding({ layer: null })).layer).toEqual({ kind: 'text', text: '' })
  })

  test('when a line is only near, then why is reported next to the reason', () => {
    const line = aLine({ certain: false, why: 'the package is older' })
    const { because } = cellsOf(aRuledFinding({ line, cvss: null, policy: null, returnsWhen: null }))
    expect(because).toMatchObject({ kind: 'reason', notes: [['line: ', 'the package is older']] })
  })
})

test('when findings are grouped, then by package in the order of the report, with how many block', () => {
  const findings = [
    aRuledFinding({ package: 'b', blocks: true }),
    aRuledFinding({ package: 'a', blocks: false }),
    aRuledFinding({ package: 'b', blocks: false }),
    aRuledFinding({ check: 'docker-bench', package: null, blocks: false }),
  ]
  expect(
    findingGroups(imageOf(findings)).map(({ name, blocking, findings: of }) => [name, blocking, of.length]),
  ).toEqual([
    ['b', 1, 2],
    ['a', 0, 1],
    ['docker-bench', 0, 1],
  ])
})
