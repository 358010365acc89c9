import type { CheckResult, ProblemCode } from '../model/index.js'

/** With one of these problems, the image is none of a Debian release, so what other checks found in it is not judged. */
const NOT_DEBIAN: readonly ProblemCode[] = ['not-debian', 'no-os-release', 'no-files']

export function isNotDebian(checks: readonly Pick<CheckResult, 'problem'>[]): boolean {
  return checks.some(({ problem }) => problem !== null && NOT_DEBIAN.includes(problem.code))
}
