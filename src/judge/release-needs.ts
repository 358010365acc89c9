import { type BenchRun, type CheckId, NOT_RUN, type Problem, type RegressionTest } from '../model/index.js'
import { rulesForRelease } from '../policy/gate/release-rules.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'

// What each kind of release needs, and why: docs/decisions/0094-what-a-release-needs.md.

/** Advice: the setting that makes a check optional for this kind of release. */
function notNeededAdvice(release: string, key: string): string {
  return `set releases: {${release}: {${key}: optional}} in policies/gate.yml`
}

/** Makes the problem of a release that needs a check whose evidence is missing. */
type ProblemForRelease = (release: string, where: string) => Problem

const MISSING_DATA_PROBLEMS = {
  'regression-test': (release, where) => ({
    code: 'test-not-given',
    what: `a ${release} release needs a regression test, but no test is set`,
    where,
    todo: `set the input test; if ${release} releases need none, ${notNeededAdvice(release, 'test')}`,
  }),
  'docker-bench': (release, where) => ({
    code: 'bench-not-run',
    what: `a ${release} release needs results of Docker Bench itself, but the docker-bench check was not run`,
    where,
    todo: `run it (checks); if ${release} releases do without, ${notNeededAdvice(release, 'docker-bench')}`,
  }),
} as const satisfies Partial<Record<CheckId, ProblemForRelease>>

type NeededCheck = keyof typeof MISSING_DATA_PROBLEMS

function isNeeded(check: CheckId, gate: GatePolicy): check is NeededCheck {
  const rules = rulesForRelease(gate)
  const needs: Readonly<Record<NeededCheck, boolean>> = {
    'regression-test': rules?.test === 'required',
    // With the built-in rules alone, Docker Bench is not needed.
    'docker-bench': rules?.dockerBench === 'required' && gate.benchEngine !== 'builtin',
  }
  return Object.hasOwn(needs, check) && needs[check as NeededCheck]
}

/** The checks whose answer this kind of release needs, whether or not the policy lists them. */
export function neededChecks(gate: GatePolicy): readonly CheckId[] {
  return (Object.keys(MISSING_DATA_PROBLEMS) as NeededCheck[]).filter((check) => isNeeded(check, gate))
}

/** Why there is no answer if a check was not run; `null` if no release needs it. */
export function missingAnswerProblem(check: CheckId, gate: GatePolicy, where: string): Problem | null {
  return gate.release !== null && isNeeded(check, gate)
    ? MISSING_DATA_PROBLEMS[check](gate.release, where)
    : null
}

/**
 * Why the built-in rules' results are not enough for this release; `null` if they are enough, or if Docker Bench ran.
 * For an image of several platforms, Docker Bench runs only on the engine's own platform.
 */
export function missingBenchProblem(
  run: BenchRun | undefined,
  gate: GatePolicy,
  where: string,
): Problem | null {
  const { release } = gate
  if (run === undefined || run.ran || run.isApart || release === null || !isNeeded('docker-bench', gate)) {
    return null
  }
  return {
    code: 'bench-not-run',
    what: `a ${release} release needs results of Docker Bench itself, but it did not run: ${run.why}`,
    where,
    todo: `let Docker Bench run; to release with the built-in rules alone, set bench-engine: builtin in policies/gate.yml, or ${notNeededAdvice(release, 'docker-bench')}`,
  }
}

/**
 * The state of an image without a regression test. `majorNeedsOne` warns whoever releases a refused 1.0.0 as 1.0.1
 * instead that a major release would have needed the test.
 */
export function missingTest({ release, releases }: GatePolicy): RegressionTest {
  const majorNeedsOne = release !== null && release !== 'major' && releases.major.test === 'required'
  return majorNeedsOne ? { ...NOT_RUN, majorNeedsOne } : NOT_RUN
}
