import { ECOSYSTEMS, type Ecosystem } from '../../../src/feeds/formats/osv/ecosystem.js'
import { publishedRecords } from './records.js'

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What kills or misleads readers of advisories. */
const ODD: readonly unknown[] = [
  ...['', ' ', '0', '-1', '1.0.0-', '7.5', 'latest', '1..2', '1.0+x y', '99999999999999999999.1', '１.２'],
  ...['\u0000', '\ud800', 'a'.repeat(5000), '%s%n&fixed=1', "'; drop table vuln; --", '../../x', '"', '\n'],
  ...[
    'CVSS:3.1/AV:N',
    'CVSS:4.0/',
    '(AV:N)',
    'CVSS:9.9/AV:N/AC:L',
    '0001-01-01T00:00:00Z',
    '1.0m1',
    '2.0.dev0',
  ],
  ...[null, true, 0, -1, 1e308, [], {}, [[]], [null], { '': '' }, ['1.0', 2], [{ introduced: 1 }]],
  ...[[{ introduced: '5' }, { fixed: '1' }], [{ fixed: '1' }], [{ introduced: '0' }, { introduced: '0' }]],
  [{ introduced: '0', fixed: '1' }, { limit: '*' }, { last_affected: '2.0.post1' }],
]
const SEVERITIES = ['CVSS_V2', 'CVSS_V3', 'CVSS_V4', 'Ubuntu', ''] as const

/**
 * Records that look like those of an ecosystem, with some of their members replaced, removed or added: each is an error
 * that somebody could publish.
 */
export function fuzzedRecords(ecosystem: Ecosystem, count: number, seed: number): readonly object[] {
  const random = randomOf(seed * ECOSYSTEMS.length + ECOSYSTEMS.indexOf(ecosystem))
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const real = publishedRecords(ecosystem)
  const changed = (value: unknown, depth: number): unknown => {
    if (random() < 0.04) {
      return one(ODD)
    }
    if (Array.isArray(value)) {
      const kept = value.filter(() => random() > 0.03)
      return [...kept, ...(random() < 0.05 ? [one(ODD)] : [])].map((each) => changed(each, depth + 1))
    }
    if (typeof value === 'object' && value !== null) {
      const kept = Object.entries(value).filter(() => random() > 0.02)
      return Object.fromEntries(kept.map(([key, each]) => [key, changed(each, depth + 1)]))
    }
    return value
  }
  return Array.from({ length: count }, (_, at) => {
    const severity = [{ type: one(SEVERITIES), score: one(ODD) }]
    const whole = { ...one(real), id: `FUZZ-${seed}-${at}`, ...(random() < 0.3 ? { severity } : {}) }
    const { id, modified = '2026-01-01T00:00:00Z', ...rest } = whole as { id: string; modified?: string }
    // One without an id or a day is not taken into a part at all.
    return { id, modified, ...(changed(rest, 0) as object) }
  })
}
