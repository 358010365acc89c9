import {
  type BenchRun,
  endedText,
  KEEP_RUNNING_ADVICE,
  NOT_RUN,
  type Problem,
  type RegressionTest,
} from '../model/index.js'
import { type ReleaseRules, rulesForRelease } from '../policy/gate/release-rules.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'

// What each kind of release needs, and why: docs/decisions/0094-what-a-release-needs.md.

/** When a release needs the answer of a check, whether or not the policy lists the check. */
export interface ReleaseNeed {
  readonly isNeeded: (rules: ReleaseRules, gate: GatePolicy) => boolean
  /** The problem of a release that needs the check, if there is no evidence of it. */
  readonly missing: (release: string, where: string) => Problem
}

export const TEST_NEED: ReleaseNeed = {
  isNeeded: ({ test }) => test === 'required',
  missing: (release, where) => {
    const what = `a ${release} release needs a regression test, but no test is set`
    const todo = `set the input test; if ${release} releases need none, ${notNeededAdvice(release, 'test: optional')}`
    return { code: 'test-not-given', what, where, todo }
  },
}

export const BENCH_NEED: ReleaseNeed = {
  // With the built-in rules alone, Docker Bench is not needed.
  isNeeded: ({ dockerBench }, { benchEngine }) => dockerBench === 'required' && benchEngine !== 'builtin',
  missing: (release, where) => {
    const what = `a ${release} release needs results of Docker Bench itself, but the docker-bench check was not run`
    const todo = `run it (checks); if ${release} releases do without, ${notNeededAdvice(release, 'docker-bench: optional')}`
    return { code: 'bench-not-run', what, where, todo }
  },
}

/** Advice: the setting that makes a check optional for this kind of release. */
function notNeededAdvice(release: string, setting: string): string {
  return `set releases: {${release}: {${setting}}} in policies/gate.yml`
}

export function isNeeded(need: ReleaseNeed, gate: GatePolicy): boolean {
  const rules = rulesForRelease(gate)
  return rules !== null && need.isNeeded(rules, gate)
}

/**
 * Why the results are not enough for this release; `null` if they are. They are not if Docker Bench did not run, or if
 * the container that it should have inspected did not keep running: that leaves only its rules about images. For an
 * image of several platforms, Docker Bench runs only on the engine's own platform.
 */
export function missingBenchProblem(
  run: BenchRun | undefined,
  gate: GatePolicy,
  where: string,
): Problem | null {
  const { release } = gate
  if (run === undefined || release === null || !isNeeded(BENCH_NEED, gate)) {
    return null
  }
  if (run.ran) {
    if (run.notStarted === undefined) {
      return null
    }
    const what = `a ${release} release needs results of Docker Bench for a running container, but ${endedText(run.notStarted)}`
    return { code: 'bench-not-run', what, where, todo: KEEP_RUNNING_ADVICE }
  }
  if (run.isApart) {
    return null
  }
  const what = `a ${release} release needs results of Docker Bench itself, but it did not run: ${run.why}`
  const todo = `let Docker Bench run; to release with the built-in rules alone, set bench-engine: builtin in policies/gate.yml, or ${notNeededAdvice(release, 'docker-bench: optional')}`
  return { code: 'bench-not-run', what, where, todo }
}

/**
 * The state of an image without a regression test. `majorNeedsOne` warns whoever releases a refused 1.0.0 as 1.0.1
 * instead that a major release would have needed the test.
 */
export function missingTest({ release, releases }: GatePolicy): RegressionTest {
  const majorNeedsOne = release !== null && release !== 'major' && releases.major.test === 'required'
  return majorNeedsOne ? { ...NOT_RUN, majorNeedsOne } : NOT_RUN
}
