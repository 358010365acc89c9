import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BENCH_CHECKS } from '../../../../src/checks/docker-bench/builtin/table.js'
import { START_TEST } from '../../../../src/model/bench-ids.js'
import {
  describe as describe_,
  type FindingKind,
  KINDS,
  kindOf,
  pageOf,
} from '../../../../src/model/finding/kinds.js'
import { obstacle } from '../../../../src/model/finding/obstacle.js'
import { anchorsOf } from '../../../rules/english.js'
import { ROOT } from '../../../rules/scan.js'
import { aFinding } from '../../../support/builders.js'

const OF_RELEASE = Object.entries(KINDS).flatMap(([id, { check }]) =>
  check === 'security-updates' ? [id] : [],
)
const about = (id: string) => aFinding({ check: 'docker-bench', id, ours: { title: 'x', advice: 'y' } })

describe('the kinds of findings', () => {
  test('when an id has no row, or is none that we make, then it does not compile', () => {
    const { 'end-of-life': left, ...others } = KINDS
    // @ts-expect-error a kind without a row
    const rows: Record<FindingKind, unknown> = others
    // @ts-expect-error an id that nobody listed
    const make = () => obstacle('no-such-obstacle', 'why', {})
    // @ts-expect-error details of another id
    const other = obstacle('end-of-life', 'why', { file: 'etc/apt/sources.list' })
    expect([Object.keys(rows).length, left.blocks, other.id]).toEqual([
      Object.keys(KINDS).length - 1,
      'always',
      'end-of-life',
    ])
    expect(make).toThrow(TypeError)
  })

  test('when the page of the release is read, then it has a heading for each id, and each heading is one', () => {
    const text = readFileSync(join(ROOT, 'docs/findings/security-updates.md'), 'utf8')
    const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading ?? '')
    expect(headings.toSorted()).toEqual(OF_RELEASE.toSorted())
  })

  test('when a finding has a page, then that page is there, with its section', () => {
    const findings = [
      ...OF_RELEASE.map((id) => aFinding({ check: 'security-updates', id })),
      ...[...Object.keys(BENCH_CHECKS), START_TEST].map(about),
    ]
    expect(findings.length).toBeGreaterThan(60)
    for (const finding of findings) {
      const [file = '', section = ''] = (pageOf(finding) ?? '').split('#')
      expect([finding.id, anchorsOf(readFileSync(join(ROOT, file), 'utf8')).has(section)]).toEqual([
        finding.id,
        true,
      ])
    }
  })

  test('when it is about the image as a whole, then its page is the section with its id', () => {
    expect(pageOf(about('4.10'))).toBe('docs/findings/docker-bench.md#check-410')
    expect(pageOf(aFinding())).toBeNull()
    for (const id of OF_RELEASE) {
      const [file = '', section] = (pageOf(aFinding({ check: 'security-updates', id })) ?? '').split('#')
      expect(section).toBe(id)
      expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(new RegExp(`^#{2,4} ${id}$`, 'm'))
    }
  })

  test('when others write about a finding, then it is about just that one: no front page is linked', () => {
    const links = [
      aFinding(),
      aFinding({ id: 'TEMP-0000000-ABCDEF' }),
      about('4.10'),
      aFinding({ check: 'security-updates', id: 'security-update' }),
      ...OF_RELEASE.map((id) => aFinding({ check: 'security-updates', id })),
    ].map((finding) => describe_(finding).helpUri)
    expect(links.filter((link) => link !== null)).toEqual([
      'https://security-tracker.debian.org/tracker/CVE-2026-10001',
    ])
  })

  test('when its kind is asked for, then ids of others have one name each', () => {
    expect([aFinding(), about('4.1'), about(START_TEST)].map(kindOf)).toEqual([
      'vulnerability',
      'bench-result',
      START_TEST,
    ])
    for (const id of OF_RELEASE) {
      expect(kindOf(aFinding({ check: 'security-updates', id }))).toBe(id)
    }
  })
})
