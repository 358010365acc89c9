import type { BaseImage } from '../../../model/base-image.js'
import type { Image } from '../../../model/image.js'
import { referenceName } from '../../../model/reference.js'
import { type Claims, claimsOf } from './claims.js'
import { beginsWith, type RegistryAnswer } from './document.js'
import { debianTags, floatingTag } from './questions.js'

/** What the image is built on, from what it says of itself and what registries said. */
export function deduceBase(image: Image, asked: readonly RegistryAnswer[]): BaseImage {
  const claims = claimsOf(image)
  const layers = image.layers.map(({ diffId }) => diffId)
  const fits = asked.filter(({ diffIds }) => beginsWith(layers, diffIds))
  const longest = Math.max(0, ...fits.map(({ diffIds }) => diffIds.length))
  const found: Found = { claims, asked, proven: fits.filter(({ diffIds }) => diffIds.length === longest) }
  const label = byLabel(found, fits)
  const without = byLayers(found) ?? byWord(found)
  const base = label === null ? without : label.contradicted ? { ...without, ...CONTRADICTED } : label
  const proven = base.restsOn === 'layers' && base.name !== null ? [base.name] : []
  const names = found.proven.map(({ reference }) => reference)
  return {
    ...base,
    claimed: claims.label === null ? null : referenceName(claims.label.reference),
    proven: label?.restsOn === 'layers' ? proven : names,
    unanswered: base.restsOn === 'layers' ? null : unansweredOf(asked),
  }
}

interface Found {
  readonly claims: Claims
  readonly asked: readonly RegistryAnswer[]
  readonly proven: readonly RegistryAnswer[]
}

type Part = Pick<BaseImage, 'name' | 'digest' | 'restsOn' | 'layers' | 'movedOn' | 'tag' | 'contradicted'>

const NOTHING: Part = {
  name: null,
  digest: null,
  restsOn: 'nothing',
  layers: 0,
  movedOn: null,
  tag: null,
  contradicted: false,
}
const CONTRADICTED = { contradicted: true }

/** The label's word, and whether a registry bears it out. */
function byLabel({ claims: { label }, asked }: Found, fits: readonly RegistryAnswer[]): Part | null {
  if (label === null) {
    return null
  }
  const { digest } = label
  const byTag = answerTo(asked, 'label')
  const byDigest = answerTo(asked, 'label-digest')
  const name = referenceName(label.reference)
  const tag = byTag?.reference ?? null
  const part = { ...NOTHING, name, digest, tag }
  if (byTag !== null && fits.includes(byTag)) {
    return { ...part, digest: byTag.digest, restsOn: 'layers', layers: byTag.diffIds.length, movedOn: false }
  }
  const movedOn = byTag === null ? null : true
  if (byDigest !== null && fits.includes(byDigest)) {
    return { ...part, restsOn: 'layers', layers: byDigest.diffIds.length, movedOn }
  }
  const current = digest !== null && (byTag?.digest === digest || byTag?.manifest === digest)
  if (byDigest !== null || current) {
    return { ...part, contradicted: true }
  }
  return { ...part, restsOn: 'label', movedOn }
}

/** No label that holds, and layers that a registry has under a name that we asked for. */
function byLayers({ asked, proven }: Found): Part | null {
  const [first] = proven
  if (first === undefined) {
    return null
  }
  const { reference: name, digest, diffIds } = first
  const part = { ...NOTHING, name, digest, restsOn: 'layers' as const, layers: diffIds.length }
  if (first.reason !== 'dated') {
    return { ...part, tag: first.reference, movedOn: false }
  }
  // A dated tag fits, and the tags of now were asked first and do not.
  const tag = floatingTag(first.reference)
  const now = asked.find(({ reference, outcome }) => reference === tag && outcome === 'ok')
  return { ...part, tag, movedOn: now === undefined ? null : true }
}

/** Nothing is proven: what history or os-release say. */
function byWord({ claims, asked }: Found): Part {
  const { debian, distroless } = claims
  if (distroless !== null) {
    return { ...NOTHING, name: 'gcr.io/distroless', restsOn: 'os-release' }
  }
  if (debian === null) {
    return NOTHING
  }
  const tags = debianTags(claims)
  const now = tags.flatMap((tag) => asked.filter((one) => one.reference === tag && one.outcome === 'ok'))
  const { asOf } = debian
  const newer = ({ created }: RegistryAnswer) =>
    asOf !== null && created !== null && created.slice(0, 10) > asOf
  const movedOn = now.length === tags.length && now.every(newer) ? true : null
  return { ...NOTHING, name: 'docker.io/library/debian', restsOn: 'history', movedOn, tag: tags[0] ?? null }
}

function answerTo(asked: readonly RegistryAnswer[], reason: RegistryAnswer['reason']): RegistryAnswer | null {
  return asked.find((one) => one.reason === reason && one.outcome === 'ok') ?? null
}

function unansweredOf(asked: readonly RegistryAnswer[]): string | null {
  const failed = asked.find(({ outcome }) => outcome !== 'ok' && outcome !== 'registry-not-found')
  return failed === undefined ? null : `${failed.reference}: ${failed.detail ?? failed.outcome}`
}
