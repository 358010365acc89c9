import fc from 'fast-check'
import { judge } from '../../../src/judge/judge.js'
import { addDays } from '../../../src/model/dates.js'
import type { DebianNote, Finding } from '../../../src/model/finding/index.js'
import { RATED_SEVERITIES, SEVERITIES } from '../../../src/model/severity.js'
import type { RuledFinding, Verdict } from '../../../src/model/verdict.js'
import { type Baseline, readBaseline } from '../../../src/policy/baseline/compare.js'
import type { ActWithin } from '../../../src/policy/gate/act-within.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import { renderJson } from '../../../src/reports/json/json.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anApplicationFinding,
  anEvidence,
  anUpdate,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'
import { APT_SOURCE, aRawStatement, aVexDocument, IMAGE_PRODUCT } from '../../support/vex.js'

// Worlds in which `act-within` and `mode` meet all that decides next to them: KEV, malware, updates, ends of support,
// entries of the whitelist, VEX statements, and a baseline of another day under another policy.

export const AT_ONCE: ActWithin = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 }

/** Mostly `usual`: where all parts are drawn evenly, hardly anything has time. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
const day = fc.option(
  fc.integer({ min: -40, max: 3 }).map((days) => addDays(TODAY, days)),
  { freq: 9 },
)
const part = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  kev: mostly<boolean | null>(false, true, null),
  fixDay: day,
  installable: mostly(true, false),
  debian: mostly<DebianNote | null>(null, { kind: 'no-dsa', words: '' }),
})
const cveIds = fc.constantFrom('CVE-2026-1', 'CVE-2026-2')
const finding = fc.oneof(
  fc.tuple(part, cveIds).map(([one, id]): Finding => aFinding({ ...one, id, check: 'clair' })),
  fc
    .tuple(day, fc.subarray(['CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3']))
    .map(([fixDay, cves]): Finding => anUpdate({ fixDay, cves })),
  fc.constantFrom<Finding>(
    aFinding({ check: 'security-updates', id: 'end-of-life' }),
    aFinding({ check: 'security-updates', id: 'support-ended' }),
  ),
  fc
    .tuple(part, mostly(false, true))
    .map(
      ([{ severity, kev, fixDay }, malware]): Finding =>
        anApplicationFinding({ severity, kev, fixDay, malware }),
    ),
)
const findings = fc.uniqueArray(finding, {
  maxLength: 5,
  selector: ({ check, id, package: name }) => `${check} ${id} ${name}`,
})
const entry = fc
  .record({
    maxSeverity: fc.constantFrom(...RATED_SEVERITIES),
    expires: fc.integer({ min: -20, max: 20 }).map((shift) => addDays(TODAY, shift)),
    despiteKev: fc.boolean(),
    id: cveIds,
  })
  .map((one) => aWhitelistEntry(one))
const statement = fc
  .record({
    vulnerability: fc.record({ name: cveIds }),
    products: fc.constantFrom([IMAGE_PRODUCT], [APT_SOURCE]),
    status: fc.constantFrom('not_affected', 'fixed', 'affected', 'under_investigation'),
    // Some too old to count, some of days to come.
    timestamp: fc.integer({ min: -400, max: 10 }).map((shift) => `${addDays(TODAY, shift)}T08:00:00Z`),
  })
  .map((one) =>
    aRawStatement({
      ...one,
      justification: one.status === 'not_affected' ? 'component_not_present' : undefined,
      action_statement: one.status === 'affected' ? 'wait' : undefined,
    }),
  )

export const daysOfEach = fc.record(
  Object.fromEntries(RATED_SEVERITIES.map((one) => [one, fc.integer({ min: 0, max: 40 })])),
) as fc.Arbitrary<ActWithin>

const gates = fc.record({
  failOn: fc.constantFrom(...RATED_SEVERITIES),
  failOnUnfixed: fc.option(fc.constantFrom(...RATED_SEVERITIES)),
  failOnNewOnly: fc.boolean(),
  unknownSeverity: fc.constantFrom('act' as const, 'noted' as const, 'medium' as const),
  release: mostly<'minor' | null>(null, 'minor'),
})

const mostlyNone = <T>(one: fc.Arbitrary<T>, maxLength: number) =>
  fc.oneof(fc.constant<T[]>([]), fc.array(one, { maxLength }))

export const settings = fc.record({
  findings,
  actWithin: daysOfEach,
  entries: mostlyNone(entry, 2),
  statements: mostlyNone(statement, 3),
  gate: gates,
  /** What was judged before, as a report: some of today's findings and others, on another day, under another policy. */
  before: fc.option(
    fc.record({
      kept: fc.nat({ max: 31 }),
      others: findings,
      gate: gates,
      actWithin: daysOfEach,
      daysAgo: fc.nat({ max: 40 }),
    }),
  ),
})
export type GateSetting = typeof settings extends fc.Arbitrary<infer One> ? One : never

/** The verdict in a world; `gate` and `baseline` come before what its own say. */
export function judgedIn(
  setting: GateSetting,
  gate: Partial<GatePolicy> = {},
  today = TODAY,
  baseline: Baseline | null = baselineIn(setting),
): Verdict {
  const { findings: found, entries, statements } = setting
  const vex = statements.length === 0 ? [] : [aVexDocument(statements)]
  const requested = { ...setting.gate, actWithin: setting.actWithin, ...gate }
  return judge([input(found)], { ...policyOf(requested, entries), vex, baseline }, today)
}

/** The findings as reports call them, without what security-updates says of the base. */
export function ruledIn(...args: Parameters<typeof judgedIn>): readonly RuledFinding[] {
  return judgedIn(...args).images[0]?.findings.filter(({ id }) => id !== 'base-not-known') ?? []
}

export const keyOf = ({ check, id, package: name, binaries }: RuledFinding) =>
  JSON.stringify([check, id, name, binaries])

function baselineIn({ findings: found, before }: GateSetting): Baseline | null {
  if (before === null) {
    return null
  }
  const kept = found.filter((_, index) => (before.kept >> index) & 1)
  const was = judge(
    [input(kept.length > 0 ? kept : before.others)],
    policyOf({ ...before.gate, actWithin: before.actWithin }, []),
    addDays(TODAY, -before.daysAgo),
  )
  return readBaseline(renderJson(was, { name: 'seaworthy', version: '1' }), 'baseline.json')
}

function policyOf(gate: Partial<GatePolicy>, entries: GateSetting['entries']) {
  const checks = ['security-updates', 'clair'] as const
  return aPolicy([...entries], { allowedBases: 'any', checks, ...gate })
}

function input(found: readonly Finding[]) {
  const answers = (['security-updates', 'clair'] as const).map((check) => ({
    evidence: anEvidence({ check }),
    answer: anAnswer(
      found.filter((one) => one.check === check),
      check,
    ),
  }))
  return aJudgedInput([], { answers })
}
