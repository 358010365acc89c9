import { aptStops } from '../../../debian/apt/stops.js'
import { type Holder, type InstalledPackage, purgeCommand } from '../../../model/index.js'
import type { KnownPackage } from './index.js'
import { type BrokenDependency, providedNames } from './offer.js'
import type { PendingSet, PendingUpdate } from './pending.js'
import { type InstalledSet, installedSet, isExcluded, satisfies } from './satisfy.js'
import { sortedByScore } from './score.js'
import type { AptState } from './state.js'

/** Why `apt-get upgrade` leaves a pending package as it is. */
export interface KeptBack {
  readonly pending: PendingUpdate
  readonly because: Holder
  /** For people: `Depends: libnew1`. */
  readonly text: string
}

export interface UpgradeSet {
  readonly upgraded: readonly PendingUpdate[]
  readonly keptBack: readonly KeptBack[]
}

/** The command that repairs broken dependencies, as apt suggests it. */
const FIX_BROKEN =
  'in the Dockerfile, run apt-get update && apt-get install -y --fix-broken; or install the missing package; or remove the package that needs it'

type Packages = ReadonlyMap<string, KnownPackage>

/**
 * What `apt-get upgrade` does with the pending packages. It removes nothing and installs nothing new, so a
 * package stays as it is if its new version, or the new version of a related one, would break anything. Of
 * two that exclude each other, the order decides which one stays: see `sortedByScore`.
 * @throws SeaworthyError `apt-stops` if the installed packages already lack something: apt does nothing then
 */
export function upgradeOf(apt: AptState, { packages, pending }: PendingSet): UpgradeSet {
  refuseUnobtainable(packages, pending)
  const [native] = apt.architectures
  const set = installedSet(native)
  for (const { key, current, installed } of packages.values()) {
    if (!countsAsRemoved(installed.package, apt)) {
      set.set(key, current.version)
    }
  }
  refuseBroken(set, packages, (key, text) => `Unmet dependencies. ${key} : ${text}`)
  const wishes = (key: string) =>
    apt.installRecommends ? set.firstUnmetRecommendation(key, apt.installSuggests) : null
  const keysWithSatisfiedWishes = new Set([...packages.keys()].filter((key) => wishes(key) === null))

  const keptBack = pending.flatMap((one): KeptBack[] => {
    const why = ownReason(one)
    return why === null ? [] : [{ pending: one, ...why }]
  })
  const stays = new Set(keptBack.map(({ pending: { key } }) => key))
  const upgraded = new Map(pending.filter(({ key }) => !stays.has(key)).map((one) => [one.key, one]))
  for (const [key, { candidate }] of upgraded) {
    set.set(key, candidate.version)
  }

  const brokenDependencyOf = (key: string): BrokenDependency | null =>
    set.brokenDependencies(key).next().value ?? (keysWithSatisfiedWishes.has(key) ? wishes(key) : null)
  const keepBack = (key: string, because: BrokenDependency['kind'], text: string) => {
    const [update, known] = [upgraded.get(key), packages.get(key)]
    if (update === undefined || known === undefined) {
      return
    }
    set.set(key, known.current.version)
    upgraded.delete(key)
    keptBack.push({ pending: update, because, text })
  }

  /** True if the package has no problem any more. */
  const resolveProblem = (key: string, broken: BrokenDependency): boolean => {
    keepBack(key, broken.kind, broken.text)
    if (brokenDependencyOf(key) === null) {
      return true
    }
    for (const unsatisfied of [...set.brokenDependencies(key)]) {
      for (const target of targetsOf(unsatisfied, key, set, packages, native)) {
        keepBack(target, unsatisfied.kind, `${key.replace(/:[^:]*$/, '')} ${unsatisfied.text}`)
        if (brokenDependencyOf(key) === null) {
          return true
        }
      }
    }
    return false
  }

  const order = sortedByScore(packages, set, native)
  const settleFirst = () =>
    order.some((key) => {
      const broken = brokenDependencyOf(key)
      return broken !== null && resolveProblem(key, broken)
    })
  while (settleFirst()) {
    // After each change apt begins again with the first package.
  }
  // Keeping packages back did not help: apt reports that something is broken and does nothing.
  refuseBroken(set, packages, () => 'Broken packages')
  refuseUnfinished(keptBack)
  return { upgraded: [...upgraded.values()], keptBack }
}

/** Packages with a version that is involved in the problem, in the order in which it names them. */
function targetsOf(
  broken: BrokenDependency,
  key: string,
  set: InstalledSet,
  packages: Packages,
  native: string,
): string[] {
  const owner = set.get(key)
  if (owner === undefined) {
    return []
  }
  return broken.group.flatMap((relation) =>
    [...packages.values()]
      .filter(({ key: other, versions }) =>
        versions.some(({ version }) =>
          (providedNames(other, version, native).get(relation.name) ?? []).some((offer) => {
            if (broken.kind === 'multi-arch') {
              return offer.isOwnName && other !== key
            }
            return broken.kind === 'depends'
              ? satisfies(offer, relation, owner, native)
              : isExcluded(offer, relation, key, owner, native)
          }),
        ),
      )
      .map((one) => one.key),
  )
}

function ownReason({ onHold, phased, known }: PendingUpdate): Pick<KeptBack, 'because' | 'text'> | null {
  if (onHold) {
    return { because: 'hold', text: 'it is on hold' }
  }
  if (isHalfInstalled(known.installed.package)) {
    return { because: 'half-installed', text: 'it is half-installed' }
  }
  if (phased) {
    return { because: 'phased', text: 'the archive currently offers it only to some machines' }
  }
  return null
}

/** Whether a package counts as not installed: apt would remove a half-installed one, unless it is on hold. */
function countsAsRemoved(installed: InstalledPackage, { ignoreHold }: AptState): boolean {
  return isHalfInstalled(installed) && (ignoreHold || installed.want !== 'hold')
}

function isHalfInstalled({ state, flag }: InstalledPackage): boolean {
  return state === 'half-installed' && flag === 'ok'
}

/** A package to be unpacked again stops apt if no index has its version and the newer one is kept back. */
function refuseUnfinished(keptBack: readonly KeptBack[]): void {
  for (const { pending, because, text } of keptBack) {
    const { key, known } = pending
    const { name, version, database } = known.installed.package
    if (isUnobtainable(known) && because !== 'hold') {
      throw aptStops(`Unmet dependencies. ${key} : ${text}`, database, FIX_BROKEN)
    }
    if (isUnobtainable(known)) {
      const what = `Can't find a source to download version '${version}' of '${key}'`
      throw aptStops(what, database, `remove the hold on ${name}, or reinstall it`)
    }
  }
}

/** Whether dpkg marks the package to be unpacked again, and no index has its version. */
function isUnobtainable({ installed, current }: KnownPackage): boolean {
  return installed.package.flag === 'reinstreq' && current.indexes.length === 0
}

/** apt needs a version of each such package that it can fetch. */
function refuseUnobtainable(packages: Packages, pending: readonly PendingUpdate[]): void {
  const isPending = ({ key }: KnownPackage) => pending.some((one) => one.key === key)
  const found = [...packages.values()].find((one) => isUnobtainable(one) && !isPending(one))
  if (found !== undefined) {
    const { name, database } = found.installed.package
    const what = `The package ${name} needs to be reinstalled, but I can't find an archive for it.`
    const advice = `reinstall ${name} from a .deb file, or purge it (${purgeCommand(name)})`
    throw aptStops(what, database, advice)
  }
}

function refuseBroken(
  set: InstalledSet,
  packages: Packages,
  why: (key: string, text: string) => string,
): void {
  for (const { key, installed } of packages.values()) {
    const broken = set.brokenDependencies(key).next().value
    if (broken) {
      throw aptStops(why(key, broken.text), installed.package.database, FIX_BROKEN)
    }
  }
}
