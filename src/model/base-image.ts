import { familiarName } from './reference.js'

/**
 * What a statement about the base rests on. `layers`: a registry has that image, and this one begins with its
 * layers, digest by digest. All else is the word of whoever built the image.
 */
export const BASE_GROUNDS = ['layers', 'label', 'history', 'os-release', 'nothing'] as const
export type BaseGround = (typeof BASE_GROUNDS)[number]

/** What an image is built on. */
export interface BaseImage {
  /** In full, such as docker.io/library/debian:bookworm-slim; `null` where nothing says it. */
  readonly name: string | null
  /** Digest of its manifest or index, `sha256:<hex>`. */
  readonly digest: string | null
  readonly restsOn: BaseGround
  /** How many of the image's layers, from the lowest up, are its layers; 0 unless it rests on `layers`. */
  readonly layers: number
  /** True if the tag has other layers now than the image begins with, so that a rebuild changes something. */
  readonly movedOn: boolean | null
  /** The tag that was looked at for that. */
  readonly tag: string | null
  /** Names whose layers the image begins with: those with the most layers. */
  readonly proven: readonly string[]
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
    layers: `built on ${name}: it begins with the layers that the registry has`,
    label: `built on ${name}, as its label says`,
    history: `built on ${name}, as its history says`,
    'os-release': `built on ${name}, as its os-release says`,
    nothing: 'what it is built on is not known',
  }[base.restsOn]
  return [
    ground,
    ...(base.contradicted
      ? [`its label says ${familiarName(base.claimed ?? '')}, whose layers it has not`]
      : []),
    ...(base.restsOn !== 'layers' && base.proven[0] !== undefined
      ? [`it begins with the layers of ${familiarName(base.proven[0])}`]
      : []),
    ...(base.movedOn === null ? [] : [moved(base)]),
    ...(base.unanswered === null ? [] : [`the registry did not say: ${base.unanswered}`]),
  ].join('; ')
}

function moved({ tag, movedOn }: BaseImage): string {
  const name = tag === null ? 'the base tag' : `the tag ${familiarName(tag)}`
  return movedOn === true ? `${name} has moved on` : `${name} is the same today`
}
