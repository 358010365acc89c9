import { familiarName, parseReference, untagged } from '../image/reference.js'
import type { Place } from '../place.js'
import { OFFICIAL_IMAGES } from './official-images.js'

/**
 * What a statement about the base is based on. `layers`: a registry has that image, and this one begins with its
 * layers, digest by digest: proven. `at-hand`: the engine has an image of that name, and this one begins with its
 * layers; anyone with access to the engine can give any image that name. Everything else is a claim of whoever built
 * the image.
 */
export const BASE_EVIDENCE = ['layers', 'at-hand', 'label', 'history', 'os-release', 'nothing'] as const
export type BaseEvidenceKind = (typeof BASE_EVIDENCE)[number]

export interface Beginning {
  /** The full name, such as docker.io/library/debian:bookworm-slim. */
  readonly name: string
  /** How many layers, from the lowest up. */
  readonly layers: number
  /** `proven`: a registry shows these layers; `at-hand`: only the engine does. */
  readonly grade: 'proven' | 'at-hand'
}

/**
 * What an image may be built on.
 * - `official`: one of Docker's official images; a base with another name blocks, an unknown one does not.
 * - name patterns: only a base with one of these names, and only if layers prove it.
 * - `any`: anything.
 */
export type AllowedBases = 'official' | 'any' | readonly string[]

/** Names under which Docker's official images are served, in addition to docker.io/library/. */
const OFFICIAL_MIRRORS = ['public.ecr.aws/docker/library/', 'mirror.gcr.io/library/']
const OFFICIAL = 'docker.io/library/'

/**
 * An official image's name at Docker: for `public.ecr.aws/docker/library/debian` docker.io/library/debian. The longest
 * prefix counts: a prefix inside another must not change the part that remains, or leaving one out would add names.
 */
export function dockerHubName(name: string, mirrors: readonly string[]): string {
  const fitting = [...OFFICIAL_MIRRORS, ...mirrors].filter((one) => name.startsWith(one))
  const prefix = fitting.reduce((longest, one) => (one.length > longest.length ? one : longest), '')
  return prefix === '' ? name : OFFICIAL + name.slice(prefix.length)
}

/** The part below library, which Docker's official images have; `null` for all other names. */
function partBelow(name: string, mirrors: readonly string[]): string | null {
  const reference = parseReference(dockerHubName(name, mirrors))
  const [, part] = /^library\/([^/]+)$/.exec(reference?.repository ?? '') ?? []
  return reference?.registry === 'docker.io' ? (part ?? null) : null
}

/**
 * True for a name of one of Docker's official images: `docker.io/library/debian:13`, or a mirror's. An engine
 * completes every name without a slash like this, even `myapp`: so the name must be on Docker's list.
 */
export function isOfficialName(name: string, mirrors: readonly string[]): boolean {
  const part = partBelow(name, mirrors)
  return part !== null && OFFICIAL_IMAGES.has(part)
}

/**
 * True if layers show an official image. If a registry proves them, any name that Docker has below library/ is one,
 * since an image may be newer than our list; a name that only the engine knows must be on the list.
 */
export function isOfficialBeginning(
  { name, grade }: Pick<Beginning, 'name' | 'grade'>,
  mirrors: readonly string[],
): boolean {
  return grade === 'proven' ? partBelow(name, mirrors) !== null : isOfficialName(name, mirrors)
}

export interface BaseImage {
  /** In full, such as docker.io/library/debian:bookworm-slim; `null` if nothing names it. */
  readonly name: string | null
  /** Digest of its manifest or index, `sha256:<hex>`. */
  readonly digest: string | null
  readonly restsOn: BaseEvidenceKind
  /** How many of the image's layers, from the lowest up, belong to it; 0 unless layers show it. */
  readonly layers: number
  /** True if the tag now has other layers than the image begins with, so that a rebuild changes something. */
  readonly movedOn: boolean | null
  /** The tag that was looked up for `movedOn`. */
  readonly tag: string | null
  /** Names whose layers the image begins with: those with the most layers. */
  readonly proven: readonly string[]
  /** All images that this one is known to begin with, from the lowest up. */
  readonly beginnings: readonly Beginning[]
  readonly claimed: string | null
  /** True if the registry has the image that the label names, but this image does not begin with its layers. */
  readonly contradicted: boolean
  /** Why a registry gave no answer, in words. */
  readonly unanswered: string | null
  /** The base that the label names, if its registry was not asked because nothing but the label names it. */
  readonly stranger?: string
  /** The base that os-release names, if a label that nothing confirms names another. */
  readonly osRelease?: string
  /** What FROM names, if the image's history agrees with that Dockerfile. */
  readonly from?: FromImage
  readonly intermediate?: IntermediateImage
  readonly otherRelease?: OtherRelease
}

/** The name of an official image of another release of Debian than this image has: the name is wrong, or outdated. */
export interface OtherRelease {
  readonly statedBy: 'label' | 'FROM'
  /** In full. */
  readonly name: string
  /** The image's release. */
  readonly codename: string
}

/** A third party's image between an official image and this one, as named by the image's label or Dockerfile. */
export interface IntermediateImage {
  readonly name: string
  /** How many layers, from the lowest up, end with this image's last one; `null`: not known. */
  readonly layers: number | null
  /** How many layers the official image has. */
  readonly official: number
}

export interface FromImage extends Place {
  /** In full. */
  readonly name: string
  /** How many layers it contributed, by the history; `null`: not known. */
  readonly layers: number | null
}

/** What FROM names, if the base is known only by a label, nothing shows that image's layers, and it is another one. */
export function nameAgainstLabel({ name, restsOn, from, beginnings }: BaseImage): string | null {
  if (restsOn !== 'label' || name === null || from === undefined) {
    return null
  }
  const isShown = beginnings.some((one) => one.name === name)
  return isShown || untagged(from.name) === untagged(name) ? null : from.name
}

/**
 * The name that people know the base by: a third party's image above it, or what the Dockerfile calls it, where its
 * layers are the base's, or only a label names another; else the base's own.
 */
export function authorsBaseName(base: BaseImage): string | null {
  const { name, layers, from, intermediate } = base
  const isSame = nameAgainstLabel(base) !== null || (from?.layers === layers && layers > 0)
  return intermediate?.name ?? (isSame && from !== undefined ? from.name : name)
}

/** What is said of the base, and that its label or FROM names a release that the image does not have. */
export function withOtherRelease(
  text: string | null,
  { name, from, otherRelease }: BaseImage,
): string | null {
  if (otherRelease === undefined) {
    return text
  }
  const { statedBy, name: stated, codename } = otherRelease
  const but = `but the image is ${codename}`
  if (text !== null && stated === name) {
    return `${text}, ${but}`
  }
  const place = statedBy === 'FROM' && from !== undefined ? ` (${from.file}:${from.line})` : ''
  const names = `${statedBy === 'FROM' ? 'FROM' : 'its label'} names ${familiarName(stated)}${place}, ${but}`
  return text === null ? names : `${text}; ${names}`
}

/** One sentence for people. Contains text from outside. */
export function baseSentence(base: BaseImage): string {
  const name = base.name === null ? null : familiarName(base.name)
  const tag = base.tag === null ? 'the base tag' : `the tag ${familiarName(base.tag)}`
  const ground = {
    // The layers above an at-hand base may hide all of its files, so nothing is proven.
    layers: `built on ${name}: the image begins with the layers that the registry has for it (later layers may hide their files)`,
    'at-hand': `built on ${name} (at hand, not proven): the image begins with the layers of the engine's image of that name`,
    label: `built on ${name}, according to its label`,
    history: `built on ${name}, according to its history`,
    'os-release': `built on ${name}, according to its os-release file`,
    nothing: "the image's base is not known",
  }[base.restsOn]
  return [
    withOtherRelease(ground, base),
    ...(base.contradicted
      ? [
          `its label names the base ${familiarName(base.claimed ?? '')}, but the image does not have that base's layers`,
        ]
      : []),
    ...(base.restsOn !== 'layers' && base.proven[0] !== undefined
      ? [`the image begins with the layers of ${familiarName(base.proven[0])}`]
      : []),
    ...otherBeginnings(base),
    ...(base.osRelease === undefined ? [] : [`its os-release file is that of ${base.osRelease}`]),
    ...(base.from === undefined || base.from.name === base.name || base.otherRelease?.statedBy === 'FROM'
      ? []
      : [`FROM names ${familiarName(base.from.name)} (${base.from.file}:${base.from.line})`]),
    ...(base.movedOn === null ? [] : [`${tag} has ${base.movedOn ? 'moved on' : 'not changed'}`]),
    ...(base.unanswered === null ? [] : [`the registry gave no usable answer: ${base.unanswered}`]),
  ].join('; ')
}

/** The other images that this one begins with: above the base, or below it (the base of the base). */
function otherBeginnings({ name, proven, beginnings }: BaseImage): string[] {
  const others = beginnings.filter((one) => one.name !== name && !proven.includes(one.name))
  return others.map(
    (one) => `the image begins with the layers of ${familiarName(one.name)} (${GRADES[one.grade]})`,
  )
}

export const GRADES: Readonly<Record<Beginning['grade'], string>> = {
  proven: 'proven',
  'at-hand': 'at hand, not proven',
}
