import { compareVersions, isValidVersion } from '../debian/version.js'
import type { CheckId } from '../model/checks.js'
import { isApplication, isUpdate, isVulnerability } from '../model/finding/index.js'
import type { UpdateFinding } from '../model/finding/update.js'
import type { Vulnerability } from '../model/finding/vulnerability.js'
import type { Image } from '../model/image/image.js'
import { plural } from '../model/text.js'
import type { ImageVerdict, RebuildNeed, RuledFinding } from '../model/verdict.js'
import { binaryKey, packageLayers } from './locations/packages.js'

/** How building again on today's base and archive affects a finding, and why. */
interface RebuildEffect {
  readonly is: 'settled' | 'left' | 'unknown'
  readonly why: string
}

/**
 * Whether building the image again, unchanged, settles something that blocks. It does not say what else a new build
 * brings, and decides nothing; the rebuilt image is judged again. What is not known never
 * counts as needed: a schedule would rebuild for ever.
 * @param image `null` if it could not be opened
 */
export function rebuildNeed(verdict: ImageVerdict, image: Image | null): RebuildNeed {
  const blocking = verdict.findings.filter(({ blocks }) => blocks)
  const effectOf = effectsOf(verdict, image)
  const settled = blocking.filter((finding) => effectOf(finding).is === 'settled')
  if (settled.length > 0) {
    const remaining = blocking.length - settled.length
    const rest = remaining === 0 ? '' : `; ${remaining} more ${remaining === 1 ? 'blocks' : 'block'}`
    return { needed: true, why: `${reasonsOf(settled, effectOf)}${rest}`, settles: settled }
  }
  const silent = unknownBecause(verdict)
  if (silent !== null) {
    return { needed: null, why: silent, settles: [] }
  }
  const unknown = blocking.filter((finding) => effectOf(finding).is === 'unknown')
  if (unknown.length > 0) {
    return { needed: null, why: reasonsOf(unknown, effectOf), settles: [] }
  }
  const why = blocking.length === 0 ? 'nothing blocks' : reasonsOf(blocking, effectOf)
  return { needed: false, why, settles: [] }
}

/** "9 findings: today's base has the update; 2 findings: …": most frequent first. */
function reasonsOf(
  findings: readonly RuledFinding[],
  outcomes: (finding: RuledFinding) => RebuildEffect,
): string {
  const byWhy = Map.groupBy(findings, (finding) => outcomes(finding).why)
  return [...byWhy]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([why, all]) => `${plural(all.length, 'finding')}: ${why}`)
    .join('; ')
}

/** The checks whose findings an update of packages can settle. */
const FOR_UPDATES: readonly CheckId[] = ['security-updates', 'clair']

/**
 * Why it is not known what a rebuild settles: only the archive knows which updates are missing, and what Clair would
 * have found may depend on a rebuild too. `null`: both have answered.
 */
function unknownBecause({ checks }: ImageVerdict): string | null {
  if (!checks.some(({ check }) => check === 'security-updates')) {
    return 'security-updates is not enabled'
  }
  const silent = checks.filter(({ check, state }) => FOR_UPDATES.includes(check) && state === 'unanswered')
  return silent.length === 0 ? null : `no answer from ${silent.map(({ check }) => check).join(', ')}`
}

function effectsOf(verdict: ImageVerdict, image: Image | null): (finding: RuledFinding) => RebuildEffect {
  const updates = verdict.findings.filter((finding) => isUpdate(finding))
  // If there is no update to install, the layers' databases need not be read again.
  const since = updates.length === 0 ? new Map<string, number>() : packageLayers(image?.layers ?? [])
  const lines = verdict.layers.map(({ createdBy }) =>
    createdBy == null ? null : lineOf(createdBy.slice(0, MAX_LINE_LENGTH)),
  )
  const byUpdate = new Map<RuledFinding, RebuildEffect>(
    updates.map((update) => [update, worstEffect(update, verdict, since, lines)]),
  )
  const byBinary = new Map(
    [...byUpdate].flatMap(([{ binaries }, outcome]) =>
      binaries.map((binary) => [binaryKey(binary), outcome] as const),
    ),
  )
  return (finding) => {
    if (isApplication(finding)) {
      return { is: 'unknown', why: 'it is not known which application packages a rebuild would fetch' }
    }
    const other: RebuildEffect = { is: 'left', why: 'a rebuild alone is not enough' }
    return isVulnerability(finding)
      ? effectOnVulnerability(finding, byBinary)
      : (byUpdate.get(finding) ?? other)
  }
}

/** A vulnerability is fixed by the updates of its packages. */
function effectOnVulnerability(
  { installable, packageDb, binaries }: Vulnerability,
  byBinary: ReadonlyMap<string, RebuildEffect>,
): RebuildEffect {
  if (installable === false) {
    return { is: 'left', why: NO_FIX }
  }
  const effects =
    packageDb === null ? binaries.flatMap((binary) => byBinary.get(binaryKey(binary)) ?? []) : []
  const worst = ['unknown', 'left', 'settled'].flatMap((arg) => effects.find(({ is }) => is === arg) ?? [])[0]
  return worst ?? { is: 'unknown', why: 'the archive has no information about the affected packages' }
}

/** In characters. Whoever builds the image writes its history: searching through it must not take long. */
const MAX_LINE_LENGTH = 10_000
const NO_FIX = 'no fix can be installed'

/** A line of the image's history. */
interface Line {
  readonly text: string
  /** What its apt commands do: `upgrade`, `install`. */
  readonly upgrades: boolean
  readonly installs: boolean
}

function lineOf(text: string): Line {
  const commands = text.split(/[;&|]+/).flatMap((command) => {
    const apt = /\bapt(?:-get)?\b/.exec(command)
    return apt === null ? [] : [command.slice(apt.index).split(/\s+/).slice(1)]
  })
  const hasArgument = (...names: readonly string[]) =>
    commands.some((all) => all.some((arg) => names.includes(arg)))
  return {
    text,
    upgrades: hasArgument('upgrade', 'dist-upgrade', 'full-upgrade'),
    installs: hasArgument('install'),
  }
}

function worstEffect(
  update: UpdateFinding,
  { base }: ImageVerdict,
  since: ReadonlyMap<string, number>,
  lines: readonly (Line | null)[],
): RebuildEffect {
  if (update.installable === false) {
    return { is: 'left', why: NO_FIX }
  }
  const [at] = update.binaries.flatMap((binary) => since.get(binaryKey(binary)) ?? [])
  if (base === null || base.layers === 0 || base.contradicted) {
    return { is: 'unknown', why: 'the layers do not show what the image is built on' }
  }
  if (at === undefined) {
    return { is: 'unknown', why: 'the layer that added the package is not known' }
  }
  const upgraded = lines.slice(Math.max(at, base.layers)).some((line) => line?.upgrades)
  if (at < base.layers) {
    const outcome = effectOfBase(update, base)
    return outcome.is !== 'settled' && upgraded ? effectOfApt(update) : outcome
  }
  const line = lines[at]
  if (upgraded) {
    return effectOfApt(update)
  }
  if (line?.text.includes(`${update.package}=`)) {
    return { is: 'left', why: 'the line that installs the package pins its version' }
  }
  if (line?.installs && update.aptSource !== null) {
    const why =
      'it is not clear whether the line that added the package also adds the apt source that the image lacks'
    return { is: 'unknown', why }
  }
  return line?.installs
    ? effectOfApt(update)
    : { is: 'unknown', why: 'it is not clear whether the line that added the package runs apt' }
}

/** What the base alone changes: only if a registry has proven it, today's content of its tag is known. */
function effectOfBase({ rebuild }: UpdateFinding, base: NonNullable<ImageVerdict['base']>): RebuildEffect {
  if (base.restsOn !== 'layers' || base.movedOn === null) {
    return { is: 'unknown', why: "the contents of today's base are not proven" }
  }
  if (!base.movedOn) {
    return { is: 'left', why: 'the base has not changed' }
  }
  if (rebuild === null || rebuild.what === 'not-of-base') {
    return { is: 'unknown', why: "today's base has a different package list, or was not read" }
  }
  return rebuild.what === 'brings'
    ? { is: 'settled', why: "today's base has the update" }
    : { is: 'left', why: "today's base lacks the update too" }
}

/** What the image's apt would install, as configured, when the line runs again. */
function effectOfApt({ asConfigured, fixedVersion, heldBack }: UpdateFinding): RebuildEffect {
  const gets =
    asConfigured !== null &&
    [asConfigured, fixedVersion].every(isValidVersion) &&
    compareVersions(asConfigured, fixedVersion) >= 0
  if (!gets) {
    return { is: 'left', why: "the image's sources do not offer the update" }
  }
  return heldBack === null
    ? { is: 'settled', why: 'a Dockerfile line that runs apt will install the update' }
    : { is: 'left', why: 'apt holds the update back' }
}
