import type { Platform } from '../../model/image.js'
import type { Config } from './documents.js'
import type { TocClaim } from './toc-claims.js'

/** `docker load` of the classic store reads the first, and of the containerd store the second (moby, daemon). */
export type DocumentName = 'manifest.json' | 'index.json'

/** What a document assigns each name to: a config or, in an index, a descriptor. More than one is an error. */
export type Tags = Map<string, Set<string>>

/** What the archive says about itself. */
export interface ArchiveListing {
  readonly images: readonly Candidate[]
  /** `null` if there is no such document. */
  readonly tags: Readonly<Record<DocumentName, Tags | null>>
  /** Digests that the indexes name and nobody runs: attestations. */
  readonly attestationDigests: ReadonlySet<string>
}

/** An image that the archive names. */
export interface Candidate {
  /** Canonical names, such as docker.io/library/debian:bookworm; none if it was saved by id. */
  readonly names: Set<string>
  /** Digests that it can be requested by: of its config, its manifest and the indexes above. */
  readonly digests: Set<string>
  /** The names that each document has for it; `null` if the document does not name the image. */
  readonly namedBy: Record<DocumentName, Set<string> | null>
  /**
   * Digests of the indexes that it is in: together with another entry of one of them it is one image for two
   * platforms.
   */
  readonly indexes: Set<string>
  /** From the config; from the index if the config is missing; `null` if neither says. */
  readonly platform: Platform | null
  readonly config: Config | null
  /** Identifies images: SHA-256 of the config, or the name of what is missing. */
  readonly configDigest: string
  /** Names in the archive, in the manifest's order. */
  readonly layers: readonly string[]
  /** What manifests say about tables of contents: of which layer, by its name in the archive. */
  readonly tocClaims: { readonly layer: string; readonly claims: readonly TocClaim[] }[]
  /** Named but missing. After a pull an index still names the platforms that were not pulled. */
  readonly missing: readonly string[]
}

export function addTag(tags: Tags, name: string, target: string): void {
  tags.set(name, new Set([...(tags.get(name) ?? []), target]))
}

export function namedBy(document: DocumentName, names: readonly string[]): Candidate['namedBy'] {
  return { 'manifest.json': null, 'index.json': null, [document]: new Set(names) }
}
