import { type Pin, type ReleaseFacts, releaseMatcher } from '../../../debian/apt/preferences.js'
import { aptStops } from '../../../debian/apt/stops.js'
import { compareVersions } from '../../../debian/version.js'
import type { KnownPackage, KnownVersion } from './index.js'
import type { AptIndex, AptState } from './state.js'

/** The priority that apt gives each version: the rules of apt_preferences(5), "APT's Default Priority Assignments". */
export interface Priorities {
  priorityOf(known: KnownPackage, version: KnownVersion): number
}

/** The release facts of dpkg's status file, which apt treats as an index of the release `a=now`. */
const STATUS_FILE_RELEASE: ReleaseFacts = {
  origin: null,
  label: null,
  suite: 'now',
  codename: null,
  version: null,
  component: null,
  architecture: null,
  site: null,
}

/** Below every number that a pin can have. */
const BELOW_ALL_PRIORITIES = -32769

/** @throws SeaworthyError `apt-stops` for a Default-Release that no index has */
export function prioritiesOf(apt: AptState): Priorities {
  const general = [...defaultRelease(apt), ...apt.pins.filter((pin) => pin.package === null)]
  const isNever = (release: ReleaseFacts) =>
    general.some(({ priority, matchesRelease }) => priority === 'never' && matchesRelease(release))
  const cached = new Map<AptIndex, number>()
  const matching = (release: ReleaseFacts) =>
    isNever(release) ? BELOW_ALL_PRIORITIES : numberOf(general.find((pin) => pin.matchesRelease(release)))
  const nowPriority = matching(STATUS_FILE_RELEASE) ?? 100

  /** Priority of an index, without pins for single packages. */
  function indexPriority(index: AptIndex): number {
    const priority = cached.get(index) ?? matching(index.release) ?? ownPriority(index)
    cached.set(index, priority)
    return priority
  }

  function priorityOf(known: KnownPackage, version: KnownVersion): number {
    const priorities = version.indexes.map(indexPriority)
    const highest = Math.max(...(version.installed ? [...priorities, nowPriority] : priorities))
    const pin = apt.pins.find((one) => isPinForPackage(one, known, version) && isPinForVersion(one, version))
    return highest === BELOW_ALL_PRIORITIES ? BELOW_ALL_PRIORITIES : (numberOf(pin) ?? highest)
  }
  return { priorityOf }
}

function numberOf(pin: Pin | undefined): number | undefined {
  return pin?.priority === 'never' ? BELOW_ALL_PRIORITIES : pin?.priority
}

/** Default-Release takes precedence over all pins for indexes. */
function defaultRelease({ defaultRelease: wanted, indexes }: AptState): Pin[] {
  if (wanted === null || wanted === '') {
    return []
  }
  const matchesRelease = releaseMatcher(wanted)
  const releases = [STATUS_FILE_RELEASE, ...indexes.map(({ release }) => release)]
  const isIndexed = releases.some(matchesRelease)
  // `o=Debian` and the like are not looked up.
  if (!isIndexed && wanted[1] !== '=') {
    const what = `The value '${wanted}' is invalid for APT::Default-Release as such a release is not available in the sources`
    throw aptStops(what, 'etc/apt')
  }
  return [{ package: null, kind: 'release', priority: 990, matchesRelease, matchesVersion: () => false }]
}

function ownPriority({ notAutomatic, butAutomaticUpgrades }: AptIndex): number {
  if (butAutomaticUpgrades) {
    return 100
  }
  return notAutomatic ? 1 : 500
}

function isPinForPackage({ package: pattern }: Pin, known: KnownPackage, { version }: KnownVersion): boolean {
  if (pattern === null) {
    return false
  }
  const { architecture, bySource, matchesName } = pattern
  if (architecture !== null && architecture !== version.installedAs) {
    return false
  }
  return matchesName(bySource ? version.source : known.installed.package.name)
}

function isPinForVersion(pin: Pin, { version, indexes, installed }: KnownVersion): boolean {
  if (pin.kind === 'version') {
    return pin.matchesVersion(version.version)
  }
  return (
    indexes.some(({ release }) => pin.matchesRelease(release)) ||
    (installed && pin.matchesRelease(STATUS_FILE_RELEASE))
  )
}

/**
 * The version that apt would install: going down from the highest version, the first with the highest
 * priority. A version lower than the installed one needs a priority of 1000; zero and less never wins.
 * @param ceiling the highest priority of a version (lower for phased updates)
 */
export function candidateOf(
  known: KnownPackage,
  policy: Priorities,
  ceiling: (version: KnownVersion) => number = () => Number.POSITIVE_INFINITY,
): KnownVersion | null {
  let bestPriority = -1
  let candidate: KnownVersion | null = null
  const installedVersion = known.current.version.version
  for (const version of known.versions) {
    const priority = Math.min(policy.priorityOf(known, version), ceiling(version))
    if (priority === 0 || priority <= bestPriority) {
      continue
    }
    if (priority < 1000 && compareVersions(version.version.version, installedVersion) < 0) {
      continue
    }
    bestPriority = priority
    candidate = version
  }
  return candidate
}
