import { isRecord, listAt, textAt } from './json.js'

/**
 * Why no seccomp profile is in force, in words; `null` if one is.
 *
 * @param own values of the container's option `seccomp`: `unconfined`, `builtin`, or a profile as JSON
 * @param daemon the daemon's `SecurityOptions`: `name=seccomp,profile=default`
 * @param isDaemonKnown false where the engine was not asked: then only the container's own option counts
 */
export function seccompWeakness(
  own: readonly string[],
  daemon: readonly string[],
  isDaemonKnown: boolean,
): string | null {
  const last = own.at(-1)
  if (last === 'unconfined') return 'The seccomp profile is switched off.'
  if (last !== undefined && allowsAll(last)) return 'The seccomp profile allows every system call.'
  if (!isDaemonKnown) return null
  const option = daemon.find((one) => one.split(',').includes('name=seccomp'))
  if (option === undefined) return 'The daemon has no seccomp.'
  const isOff = last === undefined && option.split(',').includes('profile=unconfined')
  return isOff ? 'The daemon runs containers without a seccomp profile.' : null
}

/** A profile that allows by default and forbids nothing (OCI runtime-spec, config-linux.md, Seccomp). */
function allowsAll(profile: string): boolean {
  try {
    const parsed: unknown = JSON.parse(profile)
    if (!isRecord(parsed) || textAt(parsed, 'defaultAction') !== 'SCMP_ACT_ALLOW') return false
    return listAt(parsed, 'syscalls').every((rule) => textAt(rule, 'action') === 'SCMP_ACT_ALLOW')
  } catch {
    return false // `builtin`, or the name of a profile: it is one.
  }
}
