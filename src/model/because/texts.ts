import { offBy } from '../feed-error.js'
import type { DebianNote } from '../finding/common.js'
import { familiarName } from '../image/reference.js'
import { at, type Place } from '../place.js'
import type { LayerOwner } from '../provenance/layer-owner.js'
import { listText, oneLine, plural } from '../text.js'
import type { RulingOfFinding } from '../verdict.js'
import type {
  DictionaryPlace,
  DictionaryReason,
  ItemsDifference,
  RatedFinding,
  Reason,
  ReturnReason,
  VexShortfall,
} from './reasons.js'

/**
 * The only place where reasons become sentences. All of it may contain text from outside: nothing is
 * escaped.
 */

type TextsOf<Any extends { readonly reason: string }> = {
  readonly [One in Any['reason']]: (reason: Extract<Any, { readonly reason: One }>) => string
}

const TEXTS: TextsOf<Reason> = {
  'host-kernel': ({ packages }) =>
    `a container uses its host's kernel, and ${listText(packages)} ${packages.length === 1 ? 'contains' : 'contain'} no kernel program`,
  refuted: ({ version, fixedVersion, explanation }) =>
    `refuted: ${explanation ?? `${`the source package's version ${version ?? ''} is at or above the fix ${fixedVersion ?? ''}`.trim()}; Clair compared the binary package's version`}`,
  'clair-alone': ({ explanation }) => explanation,
  kev: ({ fixes }) => `${fixes === null ? '' : `fixes ${fixes.join(', ')}, `}${KEV}`,
  'no-fix': ({ codename }) => `no fix in ${releaseName(codename)}`,
  'no-version-fixes': () => 'no advisory lists a fixed version',
  'fix-elsewhere': ({ version, branch, end }) =>
    `no advisory lists a fix in ${branch}, which is maintained until ${end}; ${version} has it`,
  malware: () => 'an advisory says that the package itself is malicious',
  'application-report': ({ key }) => `${key} is report`,
  'fix-announced': ({ version, codename, offered }) =>
    `fix ${version} is announced but not in the archive yet: ${releaseName(codename)} offers ${offered ?? 'nothing newer'}`,
  'fix-offered': ({ version }) => `fix ${version} can be installed`,
  'fix-lost': ({ version }) => `the mirrors no longer have the file for the fix ${version}`,
  debian: ({ note, ended }) =>
    `${debianText(note)}${ended === null ? '' : `, and Debian's support for ${ended.codename} ended on ${ended.day}`}`,
  unrated: () => `a fix can be installed, and ${UNRATED}`,
  'not-rated': () => UNRATED,
  'at-or-above': ({ rated, input, threshold, of }) =>
    `${ratedText(rated)} is at or above ${input} ${byOwner(of)}${threshold}`,
  below: ({ rated, threshold, of }) => `${ratedText(rated)} is below fail-on ${byOwner(of)}${threshold}`,
  due: (one) => `${timeText(one, 'allows')}: due by ${one.day}`,
  'was-due': (one) => `${timeText(one, 'allowed')}: it was due by ${one.day}`,
  likely: (one) => `${epssText(one)} is at or above the threshold ${one.threshold} (epss-at-least)`,
  accepted: ({ place, until, why, owner }) =>
    `${at(place)} accepts it until ${until}: ${oneLine(why)} (${oneLine(owner)})`,
  'entry-expired': ({ place, on }) => `the entry at ${at(place)} expired on ${on}`,
  'override-elsewhere': ({ place, images }) =>
    `the override at ${at(place)} applies only to ${images.join(', ')}`,
  'entry-not-despite': ({ place, despite }) => `the entry at ${at(place)} does not set despite: ${despite}`,
  'entry-too-mild': ({ place, most, isUnrated }) =>
    `the entry at ${at(place)} accepts severities only up to ${most}${isUnrated ? ' (an unrated vulnerability needs max-severity: critical)' : ''}`,
  'entry-other-content': ({ place }) => `the entry at ${at(place)} is for other content (sha256)`,
  'accepted-in-part': ({ accepted, of }) => `the whitelist accepts the other ${accepted} of ${of} paths`,

  'security-update': ({ version }) => `Debian has a security update: ${version}`,
  'ordinary-update': ({ origin }) => `an ordinary update (${origin})`,
  fixes: ({ cves }) => `fixes ${listText(cves, 1)}`,
  'held-back': ({ text }) => `apt-get upgrade would hold it back: ${text}`,
  'file-lost': () => "the mirrors no longer have the update's file",
  'any-update': ({ release }) => `a ${release} release must include every update (policies/gate.yml)`,
  'as-found': ({ why }) => why,
  'require-release': ({ wanted, release }) => `require-release is ${wanted}${releaseText(release)}`,
  'still-supported': () => 'Debian supports it',
  grace: ({ stable, from, day }) =>
    `${stable} was released on ${from}, so the previous stable release is accepted until ${day}`,
  unexamined: ({ release }) =>
    release === undefined ? 'fail-on-unexamined is true' : `unexamined is fail${releaseText(release)}`,
  unread: ({ is }) => `unread is ${is}`,
  'application-off': ({ isOffByOsv }) => offBy(isOffByOsv),
  spared: ({ why }) => why,

  'no-result': ({ place }) =>
    place === null ? 'there is no result' : `${atDictionary(place)} expects a result, but there is no result`,
  'left-out': ({ words }) => `not judged: ${words}`,
  'not-applicable': ({ why }) => `not applicable: ${why}`,
  'host-lacks': ({ feature }) => `not applicable: the host has no ${feature}`,
  tied: ({ places }) =>
    `${places.map(atDictionary).join(' and ')} match this image equally well, so the gate cannot choose between them`,
  unlisted: ({ file }) => `${file ?? 'the built-in dictionary'} does not list this check`,
  'nobody-looked': ({ why }) => `not examined: ${why}`,
  'other-title': ({ place }) =>
    `its title differs from the one in ${atDictionary(place)}: the numbering differs`,
  'other-word': ({ word, place, expected, outdated }) =>
    `${word}, but ${atDictionary(place)} expects ${expected}${outdated ? OUTDATED : ''}`,
  'evidence-lacking': ({ place, evidence }) =>
    `${atDictionary(place)} requires ${evidence}, which this run does not provide`,
  'check-not-run': ({ check }) => `not judged: the ${check} check decides it and did not run`,
  'only-builtin-looks': () => 'Docker Bench never examines this; the built-in rules did not run',
  'evidence-found': ({ evidence, count, place }) =>
    `${evidence} found ${count}, but ${atDictionary(place)} allows none`,
  'nobody-looks': () => 'no check examines it, and the dictionary requires no evidence',
  'other-items': ({ place, difference, outdated }) =>
    `${atDictionary(place)}: ${differenceText(difference)}${outdated ? OUTDATED : ''}`,
  'as-expected': ({ place }) => `as ${atDictionary(place)} expects`,
  'of-base': ({ base }) =>
    `all of this comes from the base ${familiarName(base)}, whose maintainers must change it`,
  'start-test': ({ why }) => `start test: ${why}`,

  stated: ({ place, status, justification, words, author, day, until }) => {
    const why = [justification, oneLine(words)].filter((part) => part !== null && part !== '').join(', ')
    return `${at(place)} states "${status}"${why === '' ? '' : `: ${why}`} (${oneLine(author)}, ${day}; valid until ${until})`
  },
  'stated-in-vain': ({ place, status, shortfall }) =>
    `${at(place)} states "${status}", but ${shortfallText(shortfall)}`,

  'kev-new-or-not': () => 'fail-on-new-only does not apply to vulnerabilities in KEV',
  'malware-new-or-not': () => 'fail-on-new-only does not apply to malware',
  'entry-alone': () => 'fail-on-new-only does not apply: only a whitelist entry with this id can accept it',
  'in-baseline': () => 'it already blocked the release in the baseline, so fail-on-new-only lets it pass',
}

function releaseText(release: string | undefined): string {
  return release === undefined ? '' : ` for a ${release} release`
}

const KEV = "in CISA's Known Exploited Vulnerabilities"
const UNRATED = 'the vulnerability is not rated'
const OUTDATED = ': the entry is outdated'

const RETURNS: TextsOf<ReturnReason> = {
  kev: () => 'CISA lists it as exploited (KEV)',
  'archive-offers': ({ codename, fix }) =>
    `the archive of ${releaseName(codename)} offers ${fix === null ? 'a fix' : `the fix ${fix}`}`,
  'support-ends': ({ codename, end }) =>
    `support for ${releaseName(codename)} has ended${end === null ? '' : ` (after ${end})`}`,
}

function reasonText<Any extends { readonly reason: string }>(texts: TextsOf<Any>, one: Any): string {
  // The compiler cannot see that the function found by a reason takes that reason.
  return (texts[one.reason as Any['reason']] as (reason: Any) => string)(one)
}

function sentence(because: readonly Reason[]): string {
  return because.map((one) => reasonText(TEXTS, one)).join('; ')
}

/** Why a finding was ruled on as it was, in one sentence for people. */
export function becauseText({ because }: Pick<RulingOfFinding, 'because'>): string {
  return sentence(because)
}

/** As `becauseText`, without what a column of versions next to it already says. */
export function reasonsNextToVersions({
  because,
  fixedVersion,
}: Pick<RulingOfFinding, 'because'> & { readonly fixedVersion: string | null }): string {
  const [first, ...rest] = because
  if (first?.reason === 'unrated') {
    return [UNRATED, ...rest.map((one) => sentence([one]))].join('; ')
  }
  const isInColumn = first?.reason === 'fix-offered' && first.version === fixedVersion
  return sentence(isInColumn && rest.length > 0 ? rest : because)
}

/**
 * Why a result got its ruling, for a table whose columns already show both results, the dictionary's line and the
 * outcome, so these are left out. Empty if there is no other reason.
 */
export function reasonsNextToResult(because: readonly Reason[]): string {
  const texts = because.map((one) => (isInTable(one) ? reasonText(IN_TABLE, one) : sentence([one])))
  return texts
    .map((text) => text.replace(/\.$/, ''))
    .filter((text) => text !== '')
    .join('; ')
}

const IN_TABLE = {
  'no-result': () => '',
  'left-out': ({ words: text }) => oneLine(text),
  'not-applicable': ({ why }) => why,
  'host-lacks': ({ feature }) => `the host has no ${feature}`,
  unlisted: () => '',
  'nobody-looked': ({ why }) => why,
  'other-word': () => '',
  'evidence-found': ({ evidence, count }) => `${evidence} found ${count}`,
  'other-items': ({ difference }) => differenceText(difference),
  'as-expected': () => '',
  'start-test': ({ why }) => why,
} as const satisfies Partial<TextsOf<DictionaryReason>>

type InTable = Extract<DictionaryReason, { readonly reason: keyof typeof IN_TABLE }>

function isInTable(one: Reason): one is InTable {
  return Object.hasOwn(IN_TABLE, one.reason)
}

/** What gives a deferred finding the ruling `act` again, completing "it comes back when …". */
export function returnText(one: ReturnReason): string {
  return reasonText(RETURNS, one)
}

export function namesLine(because: readonly Reason[], place: Place): boolean {
  return because.some(
    (one) => 'place' in one && one.place?.file === place.file && one.place.line === place.line,
  )
}

/** `base=` or `own=` before a threshold, as an input writes it; empty if one threshold holds for all owners. */
const byOwner = (owner: LayerOwner | null = null) => (owner === null ? '' : `${owner}=`)

function timeText({ from, days }: { readonly from: string; readonly days: number }, gives: string): string {
  return `the fix has been available since ${from}, and act-within ${gives} ${plural(days, 'day')}`
}

/** The place in words: for a built-in dictionary, which nobody can open, without the line. */
function atDictionary({ file, line }: DictionaryPlace): string {
  return line === null ? file : at({ file, line })
}

function releaseName(codename: string | null): string {
  return codename === null ? 'this Debian release' : `Debian ${codename}`
}

/** The severity and its source: "critical (NVD 9.8)", "low (Debian)". */
function ratedText({ severity, source, score, takenFor }: RatedFinding): string {
  if (takenFor !== null) {
    return `not rated (treated as ${takenFor}, set by unknown-severity)`
  }
  const name = SCORER_NAMES[source ?? '']
  if (name === undefined) {
    return severity
  }
  return score === null ? `${severity} (${name})` : `${severity} (${name} ${score})`
}

/** The rater's name in reports: a source of severity -> a name. */
export const SCORER_NAMES: Readonly<Record<string, string>> = {
  nvd: 'NVD',
  cna: 'CNA',
  'cisa-adp': 'CISA',
  'debian-tracker': 'Debian',
  clair: 'Clair',
  osv: 'OSV',
}

/** "EPSS 94.3%". */
export function epssText({ probability }: { readonly probability: number }): string {
  return `EPSS ${(probability * 100).toFixed(1)}%`
}

/** Debian's own category and words: `Debian: no-dsa "Minor issue"`. */
export function debianText(note: DebianNote): string {
  const text = oneLine(note.words)
  return text === '' ? `Debian: ${note.kind}` : `Debian: ${note.kind} "${text}"`
}

function differenceText(one: ItemsDifference): string {
  switch (one.differ) {
    case 'cut':
      return 'the list of items was truncated'
    case 'too-many':
      return `${plural(one.found.length, 'item')} (${listText(one.found)}) ${one.found.length === 1 ? 'was' : 'were'} found instead of ${one.orFewer ? 'at most ' : ''}${one.expected}`
    case 'too-few':
      return `${plural(one.found, 'item was', 'items were')} found instead of ${one.expected}`
    case 'not-expected':
      return `not expected: ${listText(one.items)}`
    case 'gone':
      return `no longer found: ${listText(one.items)}`
  }
}

function shortfallText(one: VexShortfall): string {
  switch (one.short) {
    case 'leaves-out':
      return "the statement does not cover all of the package's binary packages"
    case 'no-justification':
      return 'the statement has no justification'
    case 'kev':
      return 'the statement does not apply to vulnerabilities in KEV'
    case 'malware':
      return 'the statement does not apply to malware'
    case 'to-come':
      return `the statement is dated ${one.day}, which is in the future`
    case 'too-old':
      return `the statement is dated ${one.day} and is valid for only ${one.days} days`
    case 'overruled':
      return `${at(one.by)} overrides it`
  }
}
