import type { ImageVerdict } from '../verdict.js'

/** The manifest that a name refers to in its registry, read there by digest. */
export interface InRegistry {
  /** The image's name when it was judged. */
  readonly reference: string
  /** `ghcr.io/acme/app`, without tag and digest. */
  readonly repository: string
  /** Digest of the manifest or index that was read. */
  readonly digest: string
  /** The images that the manifest or index names, including those that were not judged. */
  readonly manifests: readonly RegistryManifest[]
  readonly isIndex: boolean
}

export interface RegistryManifest {
  readonly digest: string
  /** SHA-256 of the image's config, by which a verdict identifies the image; `null` if it was not read. */
  readonly config: string | null
  /** The platform as in the index, else as in the config. Contains text from outside. */
  readonly platform: string
}

/** The verdict as the subject of an attestation. */
export interface Attestable {
  /** When the verdict was reached, ISO 8601 UTC. */
  readonly time: string
  readonly inRegistry: InRegistry | null
}

type JudgedImageConfig = Pick<ImageVerdict, 'reference' | 'digest'>

export function judgedManifests(
  { reference, manifests }: InRegistry,
  images: readonly JudgedImageConfig[],
): readonly RegistryManifest[] {
  const configs = images.filter((image) => image.reference === reference).map(({ digest }) => digest)
  return manifests.filter(({ config }) => config !== null && configs.includes(config))
}

/**
 * The manifests to which a verdict may be attached: an index only if each image in it was judged, because a pull by the
 * index's digest may return any of its platforms.
 */
export function judgedDigest(inRegistry: InRegistry, images: readonly JudgedImageConfig[]): string | null {
  const judged = judgedManifests(inRegistry, images)
  if (judged.length > 0 && judged.length === inRegistry.manifests.length) {
    return inRegistry.digest
  }
  return judged.length === 1 ? (judged[0]?.digest ?? null) : null
}
