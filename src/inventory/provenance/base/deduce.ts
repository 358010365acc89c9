import {
  type BaseImage,
  type Beginning,
  compareText,
  groupsBy,
  type Image,
  referenceName,
} from '../../../model/index.js'
import { type BaseClaims, claimsOf } from './claims.js'
import { type AtHand, type BaseDocument, beginsWith, type RegistryAnswer } from './document.js'
import { debianTags, floatingTag } from './questions.js'

/** The base of the image, from its own statements and the answers of registries and the engine. */
export function deduceBase(image: Image, { asked, atHand }: BaseDocument): BaseImage {
  const claims = claimsOf(image)
  const layers = image.layers.map(({ diffId }) => diffId)
  const matching = asked.filter(({ diffIds }) => beginsWith(layers, diffIds))
  const longest = Math.max(0, ...matching.map(({ diffIds }) => diffIds.length))
  const proving = matching.filter(({ diffIds }) => diffIds.length === longest)
  const found: BaseFacts = { claims, asked, proven: proving }
  const label = baseFromLabel(found, matching)
  const inEngine = atHand.filter(({ diffIds }) => beginsWith(layers, diffIds))
  const baseWithoutLabel = baseFromLayers(found) ?? baseFromEngine(inEngine) ?? baseFromClaims(found)
  const base =
    label === null ? baseWithoutLabel : label.contradicted ? { ...baseWithoutLabel, ...CONTRADICTED } : label
  const proven = base.restsOn === 'layers' && base.name !== null ? [base.name] : []
  const names = found.proven.map(({ reference }) => reference)
  const failures =
    base.restsOn === 'layers'
      ? []
      : asked.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'registry-not-found')
  const stranger = failures.find(({ outcome }) => outcome === 'registry-stranger')?.reference
  const [failed] = failures
  const { name: nameWithoutLabel, restsOn } = baseWithoutLabel
  const isHidden = base.restsOn === 'label' && restsOn === 'os-release' && nameWithoutLabel !== null
  return {
    ...base,
    claimed: claims.label === null ? null : referenceName(claims.label.reference),
    proven: label?.restsOn === 'layers' ? proven : names,
    beginnings: beginningsOf(matching, inEngine),
    unanswered: failed === undefined ? null : `${failed.reference}: ${failed.detail ?? failed.outcome}`,
    ...(stranger === undefined ? {} : { stranger }),
    ...(isHidden ? { osRelease: nameWithoutLabel } : {}),
  }
}

interface BaseFacts {
  readonly claims: BaseClaims
  readonly asked: readonly RegistryAnswer[]
  readonly proven: readonly RegistryAnswer[]
}

/** The members of a base that are deduced from a label, layers, the engine or other claims. */
type BasePart = Pick<BaseImage, 'name' | 'digest' | 'restsOn' | 'layers' | 'movedOn' | 'tag' | 'contradicted'>

const UNKNOWN_BASE: BasePart = {
  name: null,
  digest: null,
  restsOn: 'nothing',
  layers: 0,
  movedOn: null,
  tag: null,
  contradicted: false,
}
const CONTRADICTED = { contradicted: true }

/** The label's claim, and whether a registry confirms it. */
function baseFromLabel(
  { claims: { label }, asked }: BaseFacts,
  matching: readonly RegistryAnswer[],
): BasePart | null {
  if (label === null) {
    return null
  }
  const { digest } = label
  const byTag = answerTo(asked, 'label')
  const byDigest = answerTo(asked, 'label-digest')
  const name = referenceName(label.reference)
  const tag = byTag?.reference ?? null
  const part = { ...UNKNOWN_BASE, name, digest, tag }
  if (byTag !== null && matching.includes(byTag)) {
    return { ...part, digest: byTag.digest, restsOn: 'layers', layers: byTag.diffIds.length, movedOn: false }
  }
  const movedOn = byTag === null ? null : true
  if (byDigest !== null && matching.includes(byDigest)) {
    return { ...part, restsOn: 'layers', layers: byDigest.diffIds.length, movedOn }
  }
  const current = digest !== null && (byTag?.digest === digest || byTag?.manifest === digest)
  if (byDigest !== null || current) {
    return { ...part, contradicted: true }
  }
  return { ...part, restsOn: 'label', movedOn }
}

/** The base if there is no valid label, but a registry has the image's lowest layers under a requested name. */
function baseFromLayers({ asked, proven }: BaseFacts): BasePart | null {
  const [first] = proven
  if (first === undefined) {
    return null
  }
  const { reference: name, digest, diffIds } = first
  const part = { ...UNKNOWN_BASE, name, digest, restsOn: 'layers' as const, layers: diffIds.length }
  if (first.reason !== 'dated') {
    return { ...part, tag: first.reference, movedOn: false }
  }
  // A dated tag fits, and today's tags, which were asked first, do not.
  const tag = floatingTag(first.reference)
  const now = asked.find(({ reference, outcome }) => reference === tag && outcome === 'ok')
  return { ...part, tag, movedOn: now === undefined ? null : true }
}

/** The engine's image that shares the most layers: the base that the Dockerfile named. */
function baseFromEngine(engineImages: readonly AtHand[]): BasePart | null {
  const [largest] = engineImages.toSorted((a, b) => b.diffIds.length - a.diffIds.length)
  if (largest === undefined) {
    return null
  }
  const { reference: name, diffIds } = largest
  return { ...UNKNOWN_BASE, name, restsOn: 'at-hand', layers: diffIds.length }
}

/** The images that the judged one begins with, lowest first; one that a registry proves is not listed as at hand. */
function beginningsOf(matching: readonly RegistryAnswer[], engineImages: readonly AtHand[]): Beginning[] {
  const all = [
    ...matching.map((one) => ({ ...one, grade: 'proven' as const })),
    ...engineImages.map((one) => ({ ...one, grade: 'at-hand' as const })),
  ]
  return groupsBy(all, ({ reference }) => reference)
    .map(([{ reference: name, diffIds, grade }]) => ({ name, layers: diffIds.length, grade }))
    .sort((a, b) => a.layers - b.layers || compareText(a.name, b.name))
}

/** The base as history or os-release claim it, if no registry or engine shows layers. */
function baseFromClaims({ claims, asked }: BaseFacts): BasePart {
  const { debian, distroless } = claims
  if (distroless !== null) {
    return { ...UNKNOWN_BASE, name: 'gcr.io/distroless', restsOn: 'os-release' }
  }
  if (debian === null) {
    return UNKNOWN_BASE
  }
  const tags = debianTags(claims)
  const now = tags.flatMap((tag) => asked.filter((one) => one.reference === tag && one.outcome === 'ok'))
  const { asOf } = debian
  const newer = ({ created }: RegistryAnswer) =>
    asOf !== null && created !== null && created.slice(0, 10) > asOf
  const movedOn = now.length === tags.length && now.every(newer) ? true : null
  return {
    ...UNKNOWN_BASE,
    name: 'docker.io/library/debian',
    restsOn: 'history',
    movedOn,
    tag: tags[0] ?? null,
  }
}

function answerTo(
  answers: readonly RegistryAnswer[],
  reason: RegistryAnswer['reason'],
): RegistryAnswer | null {
  return answers.find((one) => one.reason === reason && one.outcome === 'ok') ?? null
}
