import { nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import { isForPlatform, type OsvMatch } from '../../../feeds/formats/osv/match.js'
import { affects, isPseudoVersion } from '../../../feeds/formats/osv/ranges.js'
import type { OsvAffected } from '../../../feeds/formats/osv/record.js'
import { ORDERS } from '../../../feeds/formats/osv/versions/index.js'
import type { Agreement, Image, PurlType } from '../../../model/index.js'
import { type ClairEcosystem, clairVersionText } from './ecosystems.js'
import type { ClairApplications, IndexedApplication } from './indexed.js'
import { isReadableByClair, spansOf } from './narrow.js'
import { reasonsIn } from './unlisted.js'

/** Whether Clair's answer agrees with Seaworthy's; `explanation` says why not, or is `null` if no reason is known. */
export interface AgreementOfClair {
  readonly agreement: Agreement | null
  readonly explanation: string | null
}

/** A package in Seaworthy's own inventory, which Clair may have listed too. */
export interface OwnPackage {
  readonly ecosystem: ClairEcosystem
  readonly kind: PurlType
  readonly name: string
  readonly version: string | null
  readonly architectures: readonly string[] | null
}

const CONFIRMED: AgreementOfClair = { agreement: 'confirmed', explanation: null }

/** For packages that Clair was not asked about. */
export const NO_COMPARISON: AgreementOfClair = { agreement: null, explanation: null }

/** The image and Clair's answers, which a package is compared with. */
export interface ClairContext {
  readonly clair: ClairApplications
  readonly image: Pick<Image, 'layers'>
}

/** How Clair's answer about one vulnerability of a package compares with Seaworthy's. */
export interface ComparedWithClair extends AgreementOfClair {
  /** False if Clair does not report it, and was not expected to. */
  readonly isFinding: boolean
  /** True if the two differ for no known reason. */
  readonly isUnexplained: boolean
}

const NOT_REPORTED: ComparedWithClair = { ...NO_COMPARISON, isFinding: false, isUnexplained: false }

/** @param indexed what Clair listed for this package */
export function compareWithClair(
  context: ClairContext,
  subject: OwnPackage,
  match: OsvMatch,
  entries: readonly OsvAffected[],
  indexed: readonly IndexedApplication[],
): ComparedWithClair {
  const isReported = indexed.some(({ reported }) => reported.some(({ id }) => match.ids.includes(id)))
  if (match.affects === 'affected') {
    const explanation = isReported ? null : missedReason(context, subject, entries, indexed)
    const agreed = isReported ? CONFIRMED : { agreement: 'missed-by-clair' as const, explanation }
    return { ...agreed, isFinding: true, isUnexplained: !isReported && explanation === null }
  }
  if (!isReported) {
    return NOT_REPORTED
  }
  const { ecosystem, version } = subject
  if (match.affects === 'unknown') {
    // Clair takes each pseudo-version for 0.0.0, which is before every fix, and knows no more of `(devel)` than we do.
    return version === null || isPseudoVersion(version)
      ? NOT_REPORTED
      : explained(null, clairAlone(context.clair, INCOMPARABLE_VERSION))
  }
  const explanation = entries.every((entry) => isForPlatform(subject, entry))
    ? otherOrderReason(ecosystem, version ?? '', entries)
    : 'the advisory applies only to programs for other operating systems or processors'
  return explanation !== null
    ? explained('refuted', explanation)
    : context.clair.kind === 'other'
      ? explained(null, clairAlone(context.clair, NOT_AFFECTED))
      : { ...NO_COMPARISON, isFinding: true, isUnexplained: true }
}

function explained(agreement: Agreement | null, explanation: string): ComparedWithClair {
  return { agreement, explanation, isFinding: true, isUnexplained: false }
}

const INCOMPARABLE_VERSION = 'Seaworthy cannot compare this version with the advisory'
const NOT_AFFECTED = "by OSV's advisories, this version is not affected"

/** The explanation in a finding that only Clair reports. @param why what Seaworthy's own inventory says */
export function clairAlone({ kind }: Pick<ClairApplications, 'kind'>, why: string): string {
  const who = kind === 'other' ? 'reported by the Clair at clair-url only' : 'reported by Clair only'
  return `${who}: ${why}`
}

/** Why Clair does not report something that affects a package. @returns `null` if there is no known reason */
function missedReason(
  { clair, image }: ClairContext,
  subject: OwnPackage,
  entries: readonly OsvAffected[],
  indexed: readonly IndexedApplication[],
): string | null {
  const { ecosystem, version } = subject
  if (indexed.length === 0 || version === null) {
    return reasonsIn(clair, image)(subject) ?? 'Clair does not list this package'
  }
  if (
    clair.shared.some(([one, other]) => indexed.some((each) => each.name === one && each.version === other))
  ) {
    return "Clair's database has only one row for this name and version, regardless of the ecosystem"
  }
  if (clair.kind === 'other') {
    const otherSpelling = indexed.find((one) => entries.every((entry) => entry.name !== one.name))
    return otherSpelling === undefined
      ? 'this Clair instance uses its own advisories'
      : `Clair matches only exact names, and it lists this package as ${otherSpelling.name}`
  }
  if (clair.packages.some((one) => hasNameOf(one, subject) && !isReadableByClair(ecosystem, one.version))) {
    return 'Clair cannot parse one of the versions of this package, so the advisory was not sent to Clair'
  }
  if (!isAffectedByServedPart(ecosystem, version, entries)) {
    return 'Clair ignores version lists and supports only some ranges, so the part of the advisory that covers this version was not sent to Clair'
  }
  return otherOrderReason(ecosystem, version ?? '', entries)
}

/** Whether the part of an advisory that Clair gets affects this version, by Seaworthy's order of versions. */
function isAffectedByServedPart(
  ecosystem: ClairEcosystem,
  version: string | null,
  entries: readonly OsvAffected[],
): boolean {
  return entries.some((entry) => {
    const ranges = spansOf(ecosystem, entry)
    return affects(ORDERS[ecosystem], { ...entry, versions: [], custom: [], ranges }, version) === 'affected'
  })
}

function hasNameOf(one: IndexedApplication, { ecosystem, name }: OwnPackage): boolean {
  return one.ecosystem === ecosystem && nameKey(ecosystem, one.name) === nameKey(ecosystem, name)
}

/** Why Clair orders versions differently; `null` if it agrees with Seaworthy about all of these. */
function otherOrderReason(
  ecosystem: ClairEcosystem,
  version: string,
  entries: readonly OsvAffected[],
): string | null {
  const texts = [
    version,
    ...entries
      .flatMap(({ ranges, custom }) => [...ranges, ...custom])
      .flatMap((range) => (range ?? []).map(([, text]) => text)),
  ]
  if (ecosystem === 'Go' && texts.some(isPseudoVersion)) {
    return 'Clair ignores the timestamp and commit in a pseudo-version: it reads v0.0.0-2021… as v0.0.0'
  }
  const readDifferently = texts.find((text) => text !== '0' && readsDifferently(ecosystem, text))
  return readDifferently === undefined
    ? null
    : `Clair sorts pre-release and build versions, such as ${readDifferently}, differently from ${ecosystem}`
}

/** Letters directly next to digits: claircore orders such gems and artifacts in its own way. */
const LETTER_NEXT_TO_DIGIT = /\d[a-z]|[a-z]\d/i

function readsDifferently(ecosystem: ClairEcosystem, text: string): boolean {
  if (ecosystem === 'Maven' || ecosystem === 'RubyGems') {
    return LETTER_NEXT_TO_DIGIT.test(text)
  }
  const order = ORDERS[ecosystem]
  const clairText = clairVersionText(ecosystem, text)
  const [ours, theirs] = [order.read(text), clairText === null ? null : order.read(clairText)]
  const isLong = ecosystem === 'PyPI' && text.split('.').length > 5
  return ours === null || theirs === null || isLong || order.compare(ours, theirs) !== 0
}
