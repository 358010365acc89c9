import {
  addSecuritySource,
  addSources,
  aptName,
  dockerfileLines,
  onlyUpgrade,
  packageArgument,
} from '../../debian/apt/command.js'
import {
  type Action,
  type AptSource,
  at,
  authorsBaseName,
  type Binary,
  compareText,
  familiarName,
  type ImageVerdict,
  isLeftBehind,
  isObstacle,
  isOnHold,
  isUpdate,
  lacksApt,
  maybeVendorOf,
  type PackageUpdate,
  plural,
  type RuledFinding,
  sorted,
} from '../../model/index.js'
import { countOf } from '../counts.js'
import { updateLines } from '../locations/lines.js'
import { taskFor } from './task-for.js'

type Image = Pick<ImageVerdict, 'architecture' | 'findings' | 'base' | 'rebuild'>

/**
 * The task to rebuild the unchanged image: one for all findings that this resolves, whichever packages they are about.
 * @param settled blocking findings that it resolves
 */
export function rebuildAction(settled: readonly RuledFinding[], image: Image): Action[] {
  if (settled.length === 0) {
    return []
  }
  const { architecture, findings: all, base } = image
  const name = base === null ? null : authorsBaseName(base)
  const baseText = name === null ? "today's base" : `today's ${familiarName(name)}`
  const binaries = binariesToUpdate(settled, image)
  const title = `Rebuild the image on ${baseText}`
  const why = `docker build --pull --no-cache, without other changes, updates ${plural(binaries.length, 'package')}: ${fixesText(settled, all)}`
  const [where = null] = updateLines(settled)
  const packages = binaries.map((wantedPackage) => updateOf(wantedPackage, settled, architecture))
  return [{ ...taskFor('rebuild', settled, { title, why, where }), packages }]
}

/**
 * One command for all packages to update, whichever check found them. It names no versions, because an archive drops
 * superseded ones, and a pasted line would then break the next build. `packages` has the exact versions, for
 * information.
 * @param blocking findings about the image's own packages that the update resolves
 */
export function updateAction(blocking: readonly RuledFinding[], image: Image): Action {
  const { architecture, findings: all } = image
  const binaries = binariesToUpdate(blocking, image)
  const packagesWithoutBinaries = new Set(
    blocking.filter((f) => f.binaries.length === 0).map((f) => f.package ?? ''),
  )
  const args = binaries.flatMap(
    (wantedPackage) => packageArgument({ ...wantedPackage, version: null }, architecture) ?? [],
  )
  const count = binaries.length + packagesWithoutBinaries.size
  const remaining = count - args.length
  const [line = null, ...others] = updateLines(blocking)
  const also = others.length === 0 ? '' : `; also at ${others.slice(0, 5).map(at).join(', ')}`
  const names = new Set(binaries.map((wantedPackage) => aptName(wantedPackage, architecture)))
  const onHold = all
    .filter(isOnHold)
    .flatMap(({ binaries }) => binaries.map((binary) => aptName(binary, architecture)))
    .filter((name) => names.has(name))
  const noApt = all.some(lacksApt)
  const added = missingSuite(all)
  const sources = sourcesOf(blocking, all)
  const command = args.length === 0 || noApt ? null : commandOf(args, added, sources, onHold.length > 0)
  const title = `Update ${plural(count, 'package')}`
  const why = `${fixesText(blocking, all)}${image.rebuild.settles.length > 0 ? '' : rebuildAdvice(all)}${remaining === 0 ? '' : `; ${remaining} left out of the command (invalid package name)`}${onHold.length === 0 ? '' : `; on hold in the image: ${onHold.join(', ')}`}${noApt ? NO_APT : ''}${command === null || added === null ? '' : `; the image's apt sources lack ${added}-security, so the command adds it`}${command === null ? '' : missingSourcesText(sources)}${all.some((one) => isObstacle(one, 'hidden-security-updates')) ? HIDDEN_UPDATES_TEXT : ''}${vendorAdvice(blocking)}${also}`
  return {
    ...taskFor('update', blocking, { title, why, where: line }),
    command,
    dockerfile: command === null ? null : dockerfileLines(command),
    packages: binaries.map((wantedPackage) => updateOf(wantedPackage, blocking, architecture)),
  }
}

/** Advice if a package may be a vendor's: a vendor's version may look like Debian's and be lower. */
function vendorAdvice(blocking: readonly RuledFinding[]): string {
  const vendorFindings = blocking
    .flatMap(({ binaries }) => binaries)
    .flatMap(({ name, version }) => {
      const vendor = maybeVendorOf(name, version)
      return vendor === null ? [] : [`if ${name} is from ${vendor}, update it there instead`]
    })
  return [...new Set(vendorFindings)]
    .slice(0, 5)
    .map((text) => `; ${text}`)
    .join('')
}

const NO_APT = '; the image has no apt: rebuild it on a newer base'

/** The command names packages without versions, so apt's preferences decide; a named version would override them. */
const HIDDEN_UPDATES_TEXT =
  "; apt's preferences in the image hide security updates: remove them first, or the command installs none of these updates"

/** The effect of a rebuild is known if the packages of today's base were read. */
function rebuildAdvice(all: readonly RuledFinding[]): string {
  if (!all.some((finding) => isObstacle(finding, 'base-moved-on'))) {
    return ''
  }
  const first = '; rebuild with --pull first: the base tag has moved on, and the rebuild alone'
  const security = all
    .filter((finding) => isUpdate(finding))
    .filter(({ id, rebuild: found }) => id === 'security-update' && found !== null)
  if (security.length === 0) {
    return `${first} may install these updates`
  }
  const fixedByRebuild = security.filter(({ rebuild: found }) => found?.what === 'brings')
  return `${first} installs ${fixedByRebuild.length} of the ${security.length} security updates`
}

/** Each binary package once, with the version that the archive offers. */
function binariesToUpdate(blocking: readonly RuledFinding[], { architecture: native, findings }: Image) {
  const offered = versionsOf(findings, native)
  const unique = new Map(
    blocking.flatMap(({ binaries }) => binaries).map((binary) => [aptName(binary, native), binary]),
  )
  return [...unique]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, { name, architecture }]) => ({ name, architecture, version: offered.get(key) ?? null }))
}

/** apt's name -> the version that the archive offers, if there is one. */
function versionsOf(all: readonly RuledFinding[], native: string | null): ReadonlyMap<string, string | null> {
  const offered = new Map<string, string | null>()
  for (const { fixedVersion, binaries } of all.filter((finding) => isUpdate(finding))) {
    for (const binary of binaries) {
      const key = aptName(binary, native)
      const offeredVersion = offered.get(key)
      offered.set(key, offeredVersion === undefined || offeredVersion === fixedVersion ? fixedVersion : null)
    }
  }
  return offered
}

/** The update of one package, from what the archive check and Clair's check report about it. */
function updateOf(
  wantedPackage: Pick<Binary, 'name' | 'architecture'> & { readonly version: string | null },
  blocking: readonly RuledFinding[],
  native: string | null,
): PackageUpdate {
  const name = aptName(wantedPackage, native)
  const findingsOfPackage = blocking.filter(({ binaries }) =>
    binaries.some((one) => aptName(one, native) === name),
  )
  const knownCves = findingsOfPackage.flatMap(({ cves }) => (cves === null ? [] : [cves]))
  const installed = findingsOfPackage
    .flatMap(({ binaries }) => binaries)
    .find((one) => aptName(one, native) === name)
  return {
    name,
    version: installed?.version ?? null,
    fixedVersion: wantedPackage.version,
    cves: knownCves.length === 0 ? null : sorted(knownCves.flat()),
  }
}

/** The release whose security suite is missing from the image's own sources; the task adds it first. */
function missingSuite(all: readonly RuledFinding[]): string | null {
  const source = all.find((one) => isObstacle(one, 'no-security-source'))
  const codename = source?.details.codename ?? ''
  return /^[a-z]+$/.test(codename) ? codename : null
}

/** The sources that the image lacks for the updates of these packages. */
function sourcesOf(blocking: readonly RuledFinding[], all: readonly RuledFinding[]): AptSource[] {
  const names = new Set(blocking.flatMap(({ binaries }) => binaries.map(({ name }) => name)))
  return all
    .filter((finding) => isUpdate(finding))
    .flatMap((one) => (names.has(one.package) ? (one.aptSource ?? []) : []))
}

function missingSourcesText(sources: readonly AptSource[]): string {
  const names = sorted(sources.map(({ suite, component }) => `${suite} ${component}`))
  return names.length === 0
    ? ''
    : `; the image's apt sources lack ${names.join(', ')}, so the command adds this source, and removes it afterwards`
}

function commandOf(
  args: readonly string[],
  added: string | null,
  sources: readonly AptSource[],
  isOnHold: boolean,
): string {
  const extra = addSources(sources)
  const commands = [
    ...(added === null ? [] : [addSecuritySource(added)]),
    ...(extra === null ? [] : [extra.add]),
    'apt-get update',
    onlyUpgrade(args, isOnHold),
    ...(extra === null ? [] : [extra.remove]),
  ]
  return commands.join(' && ')
}

/**
 * "9 Debian security updates; fixes 15 CVEs: 1 critical, 14 high".
 * @param all findings that say more about an update's CVEs
 */
function fixesText(blocking: readonly RuledFinding[], all: readonly RuledFinding[]): string {
  const updates = blocking.filter((finding) => isUpdate(finding))
  const leftBehind = blocking.filter(isLeftBehind)
  const others = blocking.filter((finding) => !isUpdate(finding) && !isLeftBehind(finding))
  const counted = new Set(others.map(({ id }) => id))
  const uncountedCves = [...new Set(updates.flatMap(({ cves }) => cves ?? []))].filter(
    (id) => !counted.has(id),
  )
  const rated = uncountedCves.map((id) => {
    const sameFinding = all.find((finding) => finding.id === id)
    return sameFinding ?? ({ id, severity: 'unknown', kev: null } as const)
  })
  const fixed = [...others, ...rated]
  const ordinary = updates.filter(({ id }) => id === 'ordinary-update').length
  const parts = [
    ...countedText(updates.length - ordinary, 'Debian security update'),
    ...countedText(ordinary, 'Debian ordinary update'),
    ...countedText(leftBehind.length, 'source package').map((text) => `${text} from another release`),
    ...(fixed.length === 0 ? [] : [`fixes ${countOf(fixed)}`]),
  ]
  return parts.join('; ')
}

function countedText(count: number, noun: string): string[] {
  return count === 0 ? [] : [plural(count, noun)]
}

/**
 * Packages of another root inside the image (a chroot, an unpacked system), which the image's apt does not reach.
 * @param database path of their dpkg database, as in the finding's `packageDb`
 */
export function nestedUpdate(
  database: string,
  blocking: readonly RuledFinding[],
  all: readonly RuledFinding[],
): Action {
  const root = rootOf(database)
  const binaries = blocking.flatMap((finding) => finding.binaries)
  const names = new Set(binaries.map(({ name }) => name))
  const args = [...names].flatMap(
    (name) => packageArgument({ name, architecture: 'all', version: null }, null) ?? [],
  )
  const isCommand = root !== null && args.length > 0 && args.length === names.size
  const title = `Update ${plural(names.size, 'package')} in the nested system whose package database is ${database}`
  const why = `${fixesText(blocking, all)}; the image's apt-get does not update these packages; update them with the nested system's own apt-get or where that system is built, or remove it from the image`
  const command = isCommand ? `chroot ${root} apt-get update && chroot ${root} ${onlyUpgrade(args)}` : null
  const [where = null] = updateLines(blocking)
  return { ...taskFor('update', blocking, { title, why, where }), command }
}

/** If dpkg's database is at its usual path, the root that it belongs to, if that is safe in a command. */
function rootOf(database: string): string | null {
  const root = /^(.+)\/var\/lib\/dpkg\/status$/.exec(database)?.[1] ?? null
  if (root === null || !/^[A-Za-z0-9._/+-]+$/.test(root) || root.split('/').includes('..')) {
    return null
  }
  return `/${root.replace(/^\/+/, '')}`
}
