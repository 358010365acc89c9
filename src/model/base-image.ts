import { OFFICIAL_IMAGES } from './official-images.js'
import { familiarName, parseReference } from './reference.js'

/**
 * What a statement about the base rests on. `layers`: a registry has that image, and this one begins with its
 * layers, digest by digest: proven. `at-hand`: the engine has an image of that name, and this one begins with its
 * layers; whoever has the engine can give any image that name. All else is the word of whoever built the image.
 */
export const BASE_GROUNDS = ['layers', 'at-hand', 'label', 'history', 'os-release', 'nothing'] as const
export type BaseGround = (typeof BASE_GROUNDS)[number]

/** An image with whose layers this one begins. */
export interface Beginning {
  /** In full, such as docker.io/library/debian:bookworm-slim. */
  readonly name: string
  /** How many layers, from the lowest up. */
  readonly layers: number
  /** `proven`: a registry says so; `at-hand`: the engine does. */
  readonly grade: 'proven' | 'at-hand'
}

/**
 * What an image may be built on.
 * - `official`: on one of Docker's official images; a base that is named otherwise blocks, one that is not known does not.
 * - patterns of names: only on one of these, and only where layers prove it.
 * - `any`: on whatever there is.
 */
export type AllowedBases = 'official' | 'any' | readonly string[]

/** Names under which Docker's official images are served, beside docker.io/library/. */
const OFFICIAL_MIRRORS = ['public.ecr.aws/docker/library/', 'mirror.gcr.io/library/']
const OFFICIAL = 'docker.io/library/'

/**
 * The name that an official image has at Docker: of `public.ecr.aws/docker/library/debian` docker.io/library/debian. The
 * longest prefix counts: one inside another must not be read as a part of it, or to leave one out would add names.
 */
export function atDocker(name: string, mirrors: readonly string[]): string {
  const fitting = [...OFFICIAL_MIRRORS, ...mirrors].filter((one) => name.startsWith(one))
  const prefix = fitting.reduce((longest, one) => (one.length > longest.length ? one : longest), '')
  return prefix === '' ? name : OFFICIAL + name.slice(prefix.length)
}

/** The part below library, of which Docker's official images have one; `null` for all other names. */
function partBelow(name: string, mirrors: readonly string[]): string | null {
  const reference = parseReference(atDocker(name, mirrors))
  const [, part] = /^library\/([^/]+)$/.exec(reference?.repository ?? '') ?? []
  return reference?.registry === 'docker.io' ? (part ?? null) : null
}

/**
 * True for a name of one of Docker's official images: `docker.io/library/debian:13`, or that of a mirror. An engine
 * completes each name without a slash so, `myapp` too: the name must be on Docker's list.
 */
export function isOfficialName(name: string, mirrors: readonly string[]): boolean {
  const part = partBelow(name, mirrors)
  return part !== null && OFFICIAL_IMAGES.has(part)
}

/** True where layers show an official image. What Docker's registry serves there is one, on the list or newer than it. */
export function isOfficialBeginning(
  { name, grade }: Pick<Beginning, 'name' | 'grade'>,
  mirrors: readonly string[],
): boolean {
  return grade === 'proven' ? partBelow(name, mirrors) !== null : isOfficialName(name, mirrors)
}

/** What an image is built on. */
export interface BaseImage {
  /** In full, such as docker.io/library/debian:bookworm-slim; `null` where nothing says it. */
  readonly name: string | null
  /** Digest of its manifest or index, `sha256:<hex>`. */
  readonly digest: string | null
  readonly restsOn: BaseGround
  /** How many of the image's layers, from the lowest up, are its layers; 0 unless it rests on layers. */
  readonly layers: number
  /** True if the tag has other layers now than the image begins with, so that a rebuild changes something. */
  readonly movedOn: boolean | null
  /** The tag that was looked at for that. */
  readonly tag: string | null
  /** Names whose layers the image begins with: those with the most layers. */
  readonly proven: readonly string[]
  /** All images that this one is known to begin with, from the lowest up. */
  readonly beginnings: readonly Beginning[]
  /** What a label says, if one does. */
  readonly claimed: string | null
  /** True if the registry has what the label says, and this image has not its layers. */
  readonly contradicted: boolean
  /** Why a registry said nothing, in words. */
  readonly unanswered: string | null
}

/** One sentence for people. Holds words from outside. */
export function baseSentence(base: BaseImage): string {
  const name = base.name === null ? null : familiarName(base.name)
  const ground = {
    // What the layers above make of it is proven by nobody: they may hide every file of the base.
    layers: `built on ${name}: it begins with the layers that the registry has (later layers may hide their files)`,
    'at-hand': `built on ${name}: at hand, not proven: it begins with the layers of the engine's image of that name`,
    label: `built on ${name}, as its label says`,
    history: `built on ${name}, as its history says`,
    'os-release': `built on ${name}, as its os-release says`,
    nothing: 'its base is not known',
  }[base.restsOn]
  return [
    ground,
    ...(base.contradicted
      ? [`its label says ${familiarName(base.claimed ?? '')}, but it does not have those layers`]
      : []),
    ...(base.restsOn !== 'layers' && base.proven[0] !== undefined
      ? [`it begins with the layers of ${familiarName(base.proven[0])}`]
      : []),
    ...otherBeginnings(base),
    ...(base.movedOn === null ? [] : [moved(base)]),
    ...(base.unanswered === null ? [] : [`the registry did not say: ${base.unanswered}`]),
  ].join('; ')
}

/** What lies above or below it: the base of the base. */
function otherBeginnings({ name, proven, beginnings }: BaseImage): string[] {
  const others = beginnings.filter((one) => one.name !== name && !proven.includes(one.name))
  return others.map((one) => `it begins with the layers of ${familiarName(one.name)} (${GRADES[one.grade]})`)
}

export const GRADES: Readonly<Record<Beginning['grade'], string>> = {
  proven: 'proven',
  'at-hand': 'at hand, not proven',
}

function moved({ tag, movedOn }: BaseImage): string {
  const name = tag === null ? 'the base tag' : `the tag ${familiarName(tag)}`
  return movedOn === true ? `${name} has moved on` : `${name} is the same today`
}
