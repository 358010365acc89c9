import { type PendingUpdate, pendingOf } from '../../../src/checks/security-updates/apt/pending.js'
import { upgradeOf } from '../../../src/checks/security-updates/apt/upgrade.js'
import { SeaworthyError } from '../../../src/model/problem.js'
import type { AptResult, Root } from './apt.js'
import { ourAptState } from './apt-files.js'

type OurResult = AptResult & { readonly failed: 'no' | 'pending' | 'upgrade' }

/** What our code says of a root, in the words of `AptSays`; an error is the problem's text. */
export function askOurs(root: Root, reversed = false): OurResult {
  const nothing = { pending: [], upgraded: [] }
  try {
    const { installed, ...rest } = ourAptState(root.files, root.served)
    const apt = { ...rest, installed: reversed ? installed.toReversed() : installed }
    const set = pendingOf(apt)
    const pending = set.pending.map(line).sort()
    try {
      const { upgraded } = upgradeOf(apt, set)
      return { pending, upgraded: upgraded.map(line).sort(), error: null, failed: 'no' }
    } catch (error) {
      return { ...nothing, pending, error: reasonOf(error), failed: 'upgrade' }
    }
  } catch (error) {
    return { ...nothing, error: reasonOf(error), failed: 'pending' }
  }
}

function line({ key, known, candidate }: PendingUpdate): string {
  return `${key} ${known.current.version.version} ${candidate.version.version}`
}

function reasonOf(error: unknown): string {
  if (!(error instanceof SeaworthyError)) {
    throw error
  }
  const { code, what } = error.problem
  return code === 'apt-stops' ? what.replace(/^.*?stops with an error: /, '') : `${code}: ${what}`
}

/** How the two differ, line by line; nothing where they agree. */
export function differences(apt: AptResult, root: Root, stops: string | undefined): string[] {
  const ours = askOurs(root)
  if (apt.error !== null || ours.error !== null || stops !== undefined) {
    const errors = `apt: ${apt.error}; ours: ${ours.error}`
    if (apt.error === null || ours.error === null) {
      return [errors]
    }
    if (stops !== undefined && !apt.error.includes(stops)) {
      return [errors]
    }
    // After the first sentence ours says which package, and apt what to do.
    if (!apt.error.includes(ours.error.replace(/\. .*/, ''))) {
      return [errors]
    }
    return ours.failed === 'upgrade' ? differing('pending', apt.pending, ours.pending) : []
  }
  return [
    ...differing('pending', apt.pending, ours.pending),
    ...differing('upgrade', apt.upgraded, ours.upgraded),
  ]
}

/**
 * True where our answer hangs on the order of the status file: packages of equal score then exclude each other, and
 * apt goes by its hash table (the three versions of apt differ in such cases).
 */
export function isTie(root: Root): boolean {
  const [one, other] = [askOurs(root), askOurs(root, true)]
  return one.error !== other.error || one.upgraded.join() !== other.upgraded.join()
}

function differing(what: string, apt: readonly string[], ours: readonly string[]): string[] {
  return [
    ...apt.filter((one) => !ours.includes(one)).map((one) => `${what}: only apt has ${one}`),
    ...ours.filter((one) => !apt.includes(one)).map((one) => `${what}: only ours has ${one}`),
  ]
}
