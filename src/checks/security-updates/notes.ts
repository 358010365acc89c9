import { compareVersions } from '../../debian/version.js'
import {
  type Evidence,
  listText,
  type ObstacleFinding,
  obstacle,
  type UpdateFinding,
} from '../../model/index.js'
import { type NewerVersion, notUpdatedTexts } from './apt/newer.js'
import type { UpgradeSet } from './apt/upgrade.js'
import { type AptStates, readsSecurity } from './apt-states.js'
import { type ArchiveDocument, readProblemDocument } from './archive/document.js'
import type { OtherSuites } from './other-suites.js'

/** @param newer the newer versions in the reference state, each with how it is treated */
export function updateNotes(
  updates: readonly UpdateFinding[],
  newer: readonly NewerVersion[],
  evidence: Evidence,
): string[] {
  const security = updates.filter(({ id }) => id === 'security-update')
  const offered = security.filter(({ asConfigured }) => asConfigured !== null).length
  const keptBack = updates.flatMap(({ package: name, heldBack }) =>
    heldBack === null ? [] : [`${name} (${heldBack.text})`],
  )
  const notUpdates = notUpdatedTexts(newer)
  const ofApt = `; apt in this image, as configured, would offer ${offered} of the security updates`
  return [
    `security updates: ${security.length}, other updates: ${updates.length - security.length}${security.length === 0 ? '' : ofApt}`,
    ...cveNotes(updates, evidence),
    ...(notUpdates.length === 0 ? [] : [`newer versions that are not updates: ${listText(notUpdates, 12)}`]),
    ...(keptBack.length === 0
      ? []
      : [
          `held back by apt-get upgrade: ${listText(keptBack, 12)}; to install them, packages might have to be removed or added`,
        ]),
  ]
}

export function proofNotes(archive: ArchiveDocument): string[] {
  const { codename, suites } = archive
  const releaseSuites = suites.filter(({ suite }) => suite === codename || suite.startsWith(`${codename}-`))
  return [
    `compared with ${releaseSuites.map(({ suite, release }) => `${suite} of ${release.date.slice(0, 10)}`).join(', ')}`,
    ...mirrorNotes(archive),
    'canary found',
  ]
}

/**
 * Sentences about what was not compared, or is not known.
 * @param upgrade `null` if the image has no apt and lacks dependencies
 */
export function limitsOf(
  archive: ArchiveDocument,
  { others }: AptStates,
  upgrade: UpgradeSet | null,
  evidence: Evidence,
  unread: OtherSuites['unread'],
): string[] {
  const missing = readProblemDocument(evidence, 'tracker-problem.json')
  const places = [...new Set(others.map(({ site, suite }) => `${site || 'local'} ${suite}`))]
  return [
    ...(missing === null ? [] : [`the CVEs that the updates fix are not known: ${missing}`]),
    ...archive.notAsked.map(
      (url) =>
        `${url} was not contacted, because only the image names it (to use it, set debian-mirror or debian-security-mirror to this URL)`,
    ),
    ...(upgrade === null ? [NO_UPGRADE] : []),
    ...unreadNote(unread),
    ...(others.length === 0 ? [] : [`third-party sources are not judged: ${listText(places, 12)}`]),
  ]
}

const NO_UPGRADE =
  'the image has no apt, and some dependencies are not installed, so it is unknown what apt would hold back'

function mirrorNotes({ asked, suites }: ArchiveDocument): string[] {
  const behind = suites.flatMap(({ suite, release }) =>
    asked
      .filter((one) => one.suite === suite && one.date !== null && one.date < release.date)
      .map(({ url, date }) => `${suite}: ${url} is ${spanOf(date ?? '', release.date)} behind`),
  )
  return behind.length === 0 ? [] : [`mirrors differ; the newest copy is used: ${listText(behind, 12)}`]
}

/**
 * The time between two instants, in the largest unit that fits.
 *
 * @param from, until ISO 8601 UTC
 */
function spanOf(from: string, until: string): string {
  const minutes = Math.max(1, Math.floor((Date.parse(until) - Date.parse(from)) / 60_000))
  const [count, unit] =
    minutes >= 1440
      ? [Math.floor(minutes / 1440), 'day']
      : minutes >= 60
        ? [Math.floor(minutes / 60), 'hour']
        : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

function unreadNote(unread: OtherSuites['unread']): string[] {
  const [first] = unread
  const names = unread.map(({ suite }) => suite).join(', ')
  return first === undefined
    ? []
    : [`it is unknown which packages come from the current ${names}: ${first.why}`]
}

function cveNotes(updates: readonly UpdateFinding[], evidence: Evidence): string[] {
  const source = evidence.sources.find(({ name }) => name === 'debian-security-tracker')
  if (source === undefined || readProblemDocument(evidence, 'tracker-problem.json') !== null) {
    return []
  }
  const count = new Set(updates.flatMap(({ cves }) => cves ?? [])).size
  return [
    `CVEs fixed by the updates: ${count}, according to security tracker data from ${source.date ?? 'an unknown date'}`,
  ]
}

/**
 * Security updates that the image's apt would not get although it reads the security suite of the image's release:
 * pins or Default-Release hide them.
 * @param codename of that release
 */
export function hiddenUpdates(
  updates: readonly UpdateFinding[],
  { asConfigured, configured }: AptStates,
  codename: string,
): ObstacleFinding[] {
  if (!readsSecurity(asConfigured, codename)) {
    return []
  }
  const hidden = updates.filter(
    ({ id, asConfigured: own, fixedVersion }) =>
      id === 'security-update' && (own === null || compareVersions(own, fixedVersion) < 0),
  )
  if (hidden.length === 0) {
    return []
  }
  const reasons = [
    ...(configured.pins.length > 0 ? ['preferences'] : []),
    ...(configured.defaultRelease ? [`Default-Release ${configured.defaultRelease}`] : []),
  ]
  const names = [...new Set(hidden.map(({ package: name }) => name))].sort()
  const why = `apt in this image reads the security suite, but ${names.length} of the suite's updates ${names.length === 1 ? 'is' : 'are'} hidden by apt's ${reasons.join(' and ') || 'configuration'}`
  return [obstacle('hidden-security-updates', why, { packages: names })]
}
