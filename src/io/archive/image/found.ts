import { familiarName, type Platform, parseReference } from '../../../model/index.js'
import type { Config } from './documents.js'
import type { TocClaim } from './toc-claims.js'

/** `docker load` of the classic store reads the first, and of the containerd store the second (moby, daemon). */
export const DOCUMENTS = ['manifest.json', 'index.json'] as const
export type DocumentName = (typeof DOCUMENTS)[number]

/** Image name -> the configs or index entries that a document assigns it to. More than one is an error. */
export type Tags = Map<string, Set<string>>

export interface ArchiveListing {
  readonly images: readonly Candidate[]
  /** `null` if there is no such document. */
  readonly tags: Readonly<Record<DocumentName, Tags | null>>
  readonly attestationDigests: ReadonlySet<string>
}

export interface Candidate {
  /** Canonical names, such as docker.io/library/debian:bookworm; none if it was saved by id. */
  readonly names: Set<string>
  /** Those that the archive has in full: `1.0` alone, which is among the names as if it were one, is only a tag. */
  readonly fullNames: Set<string>
  /** Digests that it can be requested by: of its config, its manifest and the indexes above. */
  readonly digests: Set<string>
  /** The names that each document assigns to it; `null` if the document does not list the image. */
  readonly namedBy: Record<DocumentName, Set<string> | null>
  /** Digests of the indexes that list it. Images in the same index are one image for several platforms. */
  readonly indexes: Set<string>
  /** From the config, or from the index if the config is missing; `null` if neither has it. */
  readonly platform: Platform | null
  readonly config: Config | null
  /** As indexes have it, by which engines choose. */
  readonly statedPlatforms: Platform[]
  /** Identifies the image: SHA-256 of its config, or the config's name if it is missing. */
  readonly configDigest: string
  /** Names in the archive, in the manifest's order. */
  readonly layers: readonly string[]
  /** Of other manifests with the same config, which an engine may pull the image by. */
  readonly otherLayers: (readonly string[])[]
  /** The claims of manifests about the tables of contents of layers, which are named as in the archive. */
  readonly tocClaims: { readonly layer: string; readonly claims: readonly TocClaim[] }[]
  /** Files that a document names and the archive lacks: indexes list platforms that were not pulled. */
  readonly missing: readonly string[]
}

/**
 * The name that the archive has for the image, in the form in which people write it; `null` if there is none. The
 * engine writes the name that was saved, and nothing else; of several, the order in the archive does not decide.
 */
export function nameInArchive({ fullNames }: Candidate): string | null {
  const name = [...fullNames].sort().find((one) => parseReference(one) !== null)
  return name === undefined ? null : familiarName(name)
}

export function addTag(tags: Tags, name: string, target: string): void {
  tags.set(name, new Set([...(tags.get(name) ?? []), target]))
}

export function namedBy(document: DocumentName, names: readonly string[]): Candidate['namedBy'] {
  return { 'manifest.json': null, 'index.json': null, [document]: new Set(names) }
}
