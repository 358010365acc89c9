import { type BenchResultState, type BenchStatus, pageOfId } from '../../../model/index.js'
import { type EngineRecords, MISTAKES } from './mistakes.js'

/** The correct status, or the state of a result without a status. */
type Right = BenchStatus | Exclude<BenchResultState, 'evaluated'>

/** A status that Docker Bench reports wrongly in a known case. */
export interface KnownFalseResult {
  readonly id: string
  readonly status: BenchStatus
  readonly right: Right
  /** What Docker Bench overlooks or misreads. */
  readonly reason: string
  /**
   * Whether the engine's records show this mistake. `null` if Docker Bench is laxer: its result never
   * counts then, so nothing has to be shown.
   */
  readonly isShown: ((records: EngineRecords) => boolean) | null
}

const HISTORY = 'it treats missing or empty history lines as if nothing were wrong with them'
const NEGATIVE = 'it treats a negative number as a limit'
const PRIVILEGED = 'it does not recognize that a privileged container'

/**
 * One row per wrong verdict; `__tests__/unit/checks/docker-bench/builtin/known-wrong.test.ts` has a state for
 * each. A stricter verdict without a row, or with one whose mistake is not shown, counts. 5.7 has no such row:
 * whatever a process is called, the image chose its name.
 */
export const KNOWN_WRONG: readonly KnownFalseResult[] = [
  laxer('4.1', 'WARN', "it looks only at the container's user, and recognizes only three spellings of root"),
  laxer('4.6', 'WARN', 'it treats HEALTHCHECK NONE, and a test that runs nothing, as health checks'),
  laxer('4.7', 'INFO', 'it reads only the first 45 characters of each RUN'),
  stricter(
    '4.7',
    'INFO',
    'PASS',
    'it treats any "update" in the text as an apt update without an install',
    MISTAKES.isUpdateHarmless,
  ),
  laxer('4.7', 'not-evaluated', HISTORY),
  laxer('4.9', 'INFO', 'it skips the oldest line of the history'),
  stricter(
    '4.9',
    'INFO',
    'PASS',
    'it mistakes the letters ADD in any word for an ADD instruction',
    MISTAKES.isInAnotherWord,
  ),
  laxer('4.9', 'not-evaluated', HISTORY),
  laxer('5.2', 'WARN', `${PRIVILEGED} is not confined by its profile`),
  stricter('5.2', 'WARN', 'not-applicable', 'the host does not use AppArmor', MISTAKES.hasNoAppArmor),
  laxer('5.3', 'WARN', 'it mistakes any security option for a label option'),
  stricter(
    '5.3',
    'WARN',
    'PASS',
    'it looks for a label option, but labels are on by default',
    MISTAKES.isLabelledByDefault,
  ),
  stricter('5.3', 'WARN', 'not-applicable', 'the host does not use SELinux', MISTAKES.hasNoSelinux),
  laxer('5.3', 'not-applicable', 'the host does not use SELinux'),
  laxer(
    '5.4',
    'WARN',
    `${PRIVILEGED} has every capability, and treats NET_RAW like the other default capabilities`,
  ),
  laxer('5.6', 'WARN', 'it looks for eight directories by name, but not for anything inside them'),
  laxer('5.6', 'INFO', 'it does not report a directory that is mounted read-only'),
  stricter(
    '5.6',
    'WARN',
    'PASS',
    'it mistakes the path in the container for a path on the host',
    MISTAKES.isVolume,
  ),
  stricter('5.6', 'WARN', 'INFO', 'it confuses this mount with a later, writable mount', MISTAKES.isReadOnly),
  laxer('5.7', 'WARN', 'it runs ps in the container, which may be paused or have no ps command'),
  laxer('5.7', 'not-evaluated', 'it returns PASS even if it could not list the processes'),
  laxer('5.8', 'WARN', 'it does not see ports that are published on IPv6 addresses'),
  stricter('5.8', 'WARN', 'PASS', 'it treats port 1024 as privileged', MISTAKES.isUnprivilegedPort),
  laxer('5.9', 'WARN', 'it does not see ports that are published on IPv6 addresses'),
  laxer('5.11', 'WARN', NEGATIVE),
  laxer('5.12', 'WARN', NEGATIVE),
  stricter('5.12', 'WARN', 'PASS', 'it does not recognize a CPU quota as a limit', MISTAKES.hasCpuQuota),
  laxer('5.14', 'WARN', 'it recognizes only one spelling of the unspecified address'),
  laxer(
    '5.15',
    'WARN',
    'it checks the maximum number of restarts, but the restart policies "always" and "unless-stopped" have no maximum',
  ),
  laxer(
    '5.18',
    'INFO',
    'it does not see devices that are passed in by --privileged, --gpus or a device rule',
  ),
  laxer('5.22', 'WARN', 'it looks for an option, not for the profile that takes effect'),
  stricter(
    '5.22',
    'WARN',
    'PASS',
    'it looks at an option that is overridden by a later one',
    MISTAKES.isOverridden,
  ),
  laxer('5.25', 'WARN', "it does not check whether the host's cgroup namespace is shared"),
  laxer('5.26', 'WARN', 'it ignores the value in no-new-privileges:false'),
  laxer('5.27', 'WARN', 'it treats HEALTHCHECK NONE as a health check'),
  laxer('5.29', 'WARN', NEGATIVE),
  laxer('5.32', 'WARN', 'it looks for a single socket name, and not for directories that contain a socket'),
  stricter(
    '5.32',
    'WARN',
    'PASS',
    'it mistakes the letters docker.sock anywhere in a mount for the socket',
    MISTAKES.isVolumeNamedSo,
  ),
]

function laxer(id: string, right: Right, reason: string): KnownFalseResult {
  return { id, status: 'PASS', right, reason, isShown: null }
}

function stricter(
  id: string,
  status: BenchStatus,
  right: Right,
  reason: string,
  isShown: (records: EngineRecords) => boolean,
): KnownFalseResult {
  return { id, status, right, reason, isShown }
}

/**
 * Why Docker Bench is wrong if its result differs from the built-in rules'; `null` if no reason is known, or
 * if nothing shows that it is wrong here.
 */
export function knownWrong(
  id: string,
  status: BenchStatus,
  right: BenchStatus | BenchResultState,
  records: EngineRecords,
): { readonly reason: string; readonly page: string } | null {
  const found = KNOWN_WRONG.find((one) => one.id === id && one.status === status && one.right === right)
  return found === undefined || found.isShown?.(records) === false
    ? null
    : { reason: found.reason, page: pageOfId(id) }
}
