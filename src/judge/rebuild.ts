import { compareVersions, isValidVersion } from '../debian/version.js'
import {
  binaryKey,
  type CheckId,
  type Image,
  type ImageVerdict,
  isApplication,
  isUpdate,
  isVulnerability,
  KINDS,
  plural,
  type RebuildNeed,
  type RuledFinding,
  type UpdateFinding,
  type Vulnerability,
} from '../model/index.js'
import { packageLayers } from './locations/packages.js'

/** How building again on today's base and archive affects a finding, and why. */
interface RebuildEffect {
  readonly outcome: 'settled' | 'left' | 'unknown'
  readonly why: string
}

/**
 * Whether building the image again, unchanged, settles a blocking finding. The result does not say what else a new
 * build changes, and no ruling depends on it; the rebuilt image is judged again. If the effect is not known, a rebuild
 * does not count as needed: a schedule would rebuild for ever.
 * @param image `null` if it could not be opened
 */
export function rebuildNeed(verdict: ImageVerdict, image: Image | null): RebuildNeed {
  const blocking = verdict.findings.filter(({ blocks }) => blocks)
  const effectOf = effectsOf(verdict, image)
  const settled = blocking.filter((finding) => effectOf(finding).outcome === 'settled')
  if (settled.length > 0) {
    const remaining = blocking.length - settled.length
    const remainingText = remaining === 0 ? '' : `; ${remaining} more ${remaining === 1 ? 'blocks' : 'block'}`
    return { needed: true, why: `${reasonsOf(settled, effectOf)}${remainingText}`, settles: settled }
  }
  const unknownReason = unknownBecause(verdict)
  if (unknownReason !== null) {
    return { needed: null, why: unknownReason, settles: [] }
  }
  const unknown = blocking.filter((finding) => effectOf(finding).outcome === 'unknown')
  if (unknown.length > 0) {
    return { needed: null, why: reasonsOf(unknown, effectOf), settles: [] }
  }
  const why = blocking.length === 0 ? 'nothing blocks' : reasonsOf(blocking, effectOf)
  return { needed: false, why, settles: [] }
}

/** "9 findings: today's base has the update; 2 findings: …": most frequent first. */
function reasonsOf(
  findings: readonly RuledFinding[],
  effectOf: (finding: RuledFinding) => RebuildEffect,
): string {
  const byWhy = Map.groupBy(findings, (finding) => effectOf(finding).why)
  return [...byWhy]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([why, all]) => `${plural(all.length, 'finding')}: ${why}`)
    .join('; ')
}

/** The check that shows which updates are missing, and those whose findings an update of packages can settle. */
const ARCHIVE_CHECK = KINDS['security-update'].check
const UPDATE_CHECKS: readonly CheckId[] = [ARCHIVE_CHECK, KINDS.vulnerability.check]

/**
 * Why it is not known what a rebuild settles: only the archive shows which updates are missing, and a rebuild may also
 * settle vulnerabilities that Clair would have found. `null`: both checks have answered.
 */
function unknownBecause({ checks }: ImageVerdict): string | null {
  if (!checks.some(({ check }) => check === ARCHIVE_CHECK)) {
    return `${ARCHIVE_CHECK} is not enabled`
  }
  const unanswered = checks.filter(
    ({ check, state }) => UPDATE_CHECKS.includes(check) && state === 'unanswered',
  )
  return unanswered.length === 0 ? null : `no answer from ${unanswered.map(({ check }) => check).join(', ')}`
}

function effectsOf(verdict: ImageVerdict, image: Image | null): (finding: RuledFinding) => RebuildEffect {
  const updates = verdict.findings.filter((finding) => isUpdate(finding))
  // If there is no update to install, the layers' databases need not be read again.
  const layerOfPackage = updates.length === 0 ? new Map<string, number>() : packageLayers(image?.layers ?? [])
  const lines = verdict.layers.map(({ createdBy }) =>
    createdBy == null ? null : lineOf(createdBy.slice(0, MAX_LINE_LENGTH)),
  )
  const byUpdate = new Map<RuledFinding, RebuildEffect>(
    updates.map((update) => [update, worstEffect(update, verdict, layerOfPackage, lines)]),
  )
  const effects = [...byUpdate].flatMap(([{ binaries }, effect]) =>
    binaries.map((binary) => [binaryKey(binary), effect] as const),
  )
  const byBinary = new Map(effects)
  return (finding) => {
    if (isApplication(finding)) {
      return { outcome: 'unknown', why: 'it is not known which application packages a rebuild would fetch' }
    }
    const otherTask: RebuildEffect = { outcome: 'left', why: 'a rebuild alone is not enough' }
    return isVulnerability(finding)
      ? effectOnVulnerability(finding, byBinary)
      : (byUpdate.get(finding) ?? otherTask)
  }
}

/** A vulnerability is fixed by the updates of its packages. */
function effectOnVulnerability(
  { installable, packageDb, binaries }: Vulnerability,
  byBinary: ReadonlyMap<string, RebuildEffect>,
): RebuildEffect {
  if (installable === false) {
    return { outcome: 'left', why: NO_FIX }
  }
  const effects =
    packageDb === null ? binaries.flatMap((binary) => byBinary.get(binaryKey(binary)) ?? []) : []
  const rankOf = ({ outcome }: RebuildEffect) => ['unknown', 'left', 'settled'].indexOf(outcome)
  const [worst] = effects.sort((a, b) => rankOf(a) - rankOf(b))
  return worst ?? { outcome: 'unknown', why: 'the archive has no information about the affected packages' }
}

/** In characters. Whoever builds the image writes its history: searching through it must not take long. */
const MAX_LINE_LENGTH = 10_000
const NO_FIX = 'no fix can be installed'

interface HistoryLine {
  readonly text: string
  /** What its apt commands do: `upgrade`, `install`. */
  readonly upgrades: boolean
  readonly installs: boolean
}

function lineOf(text: string): HistoryLine {
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
  layerOfPackage: ReadonlyMap<string, number>,
  lines: readonly (HistoryLine | null)[],
): RebuildEffect {
  if (update.installable === false) {
    return { outcome: 'left', why: NO_FIX }
  }
  const [addedInLayer] = update.binaries.flatMap((binary) => layerOfPackage.get(binaryKey(binary)) ?? [])
  if (base === null || base.layers === 0 || base.contradicted) {
    return { outcome: 'unknown', why: 'the layers do not show what the image is built on' }
  }
  if (addedInLayer === undefined) {
    return { outcome: 'unknown', why: 'the layer that added the package is not known' }
  }
  const upgraded = lines.slice(Math.max(addedInLayer, base.layers)).some((line) => line?.upgrades)
  if (addedInLayer < base.layers) {
    const outcome = effectOfBase(update, base)
    return outcome.outcome !== 'settled' && upgraded ? effectOfApt(update) : outcome
  }
  const line = lines[addedInLayer]
  if (upgraded) {
    return effectOfApt(update)
  }
  if (line?.text.includes(`${update.package}=`)) {
    return { outcome: 'left', why: 'the line that installs the package pins its version' }
  }
  if (line?.installs && update.aptSource === null) {
    return effectOfApt(update)
  }
  const unclear = line?.installs ? 'also adds the apt source that the image lacks' : 'runs apt'
  return { outcome: 'unknown', why: `it is not clear whether the line that added the package ${unclear}` }
}

/**
 * What a newer base alone changes: the present content of the base's tag is known only if a registry proves the base.
 */
function effectOfBase({ rebuild }: UpdateFinding, base: NonNullable<ImageVerdict['base']>): RebuildEffect {
  if (base.restsOn !== 'layers' || base.movedOn === null) {
    return { outcome: 'unknown', why: "the contents of today's base are not proven" }
  }
  if (!base.movedOn) {
    return { outcome: 'left', why: 'the base has not changed' }
  }
  if (rebuild === null || rebuild.what === 'not-of-base') {
    return { outcome: 'unknown', why: "today's base has a different package list, or was not read" }
  }
  return rebuild.what === 'brings'
    ? { outcome: 'settled', why: "today's base has the update" }
    : { outcome: 'left', why: "today's base lacks the update too" }
}

/** What the image's apt, as configured, would install if the Dockerfile's line were run again. */
function effectOfApt({ asConfigured, fixedVersion, heldBack }: UpdateFinding): RebuildEffect {
  const gets =
    asConfigured !== null &&
    [asConfigured, fixedVersion].every(isValidVersion) &&
    compareVersions(asConfigured, fixedVersion) >= 0
  if (!gets) {
    return { outcome: 'left', why: "the image's sources do not offer the update" }
  }
  return heldBack === null
    ? { outcome: 'settled', why: 'a Dockerfile line that runs apt will install the update' }
    : { outcome: 'left', why: 'apt holds the update back' }
}
