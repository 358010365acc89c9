import type { Platform } from '../../core/image.js'
import type { ArchiveContext } from './context.js'
import {
  blobName,
  type Config,
  type Descriptor,
  type Manifest,
  readConfig,
  readDockerManifests,
  readManifestOrIndex,
  readTopIndex,
} from './documents.js'
import { relativePath } from './path.js'
import { archiveError } from './problems.js'
import { canonicalName } from './reference.js'

/** An image that the archive names. */
export interface Candidate {
  /** Canonical names, such as docker.io/library/debian:bookworm; none if it was saved by id. */
  readonly names: Set<string>
  /** Digests it may be asked for by: of its config, its manifest and the indexes above. */
  readonly digests: Set<string>
  /** As the config says; as the index says where the config is missing; `null` where neither does. */
  readonly platform: Platform | null
  readonly config: Config | null
  /** What tells images apart: SHA-256 of the config, or the name of what is missing. */
  readonly configDigest: string
  /** Names in the archive, in the manifest's order. */
  readonly layers: readonly string[]
  /** What is named but not there. After a pull an index still names the platforms that were not pulled. */
  readonly missing: readonly string[]
}

/**
 * All images of the archive: by manifest.json (docker save; only one platform of an image) and by index.json (OCI),
 * each once. `null` where there is neither document.
 */
export function findCandidates(context: ArchiveContext): readonly Candidate[] | null {
  const docker = readDockerManifests(context)
  const top = readTopIndex(context)
  if (docker === null && top === null) return null
  const found = new Map<string, Candidate>()

  function add(candidate: Candidate): void {
    const known = found.get(candidate.configDigest)
    if (known === undefined) {
      found.set(candidate.configDigest, candidate)
      return
    }
    for (const name of candidate.names) known.names.add(name)
    for (const digest of candidate.digests) known.digests.add(digest)
  }

  for (const entry of docker ?? []) add(fromDocker(context, entry))
  walkIndex(context, top ?? [], add)
  return [...found.values()]
}

function fromDocker(
  context: ArchiveContext,
  entry: NonNullable<ReturnType<typeof readDockerManifests>>[number],
): Candidate {
  const name = relativePath(entry.Config)
  const layers = (entry.Layers ?? []).map(relativePath).filter((layer) => layer !== null)
  if (name === null || layers.length !== (entry.Layers ?? []).length) {
    throw archiveError('archive-hostile', context.reference, "manifest.json has a path with '..'")
  }
  const blob = context.blobs.get(name)
  return candidate(context, {
    names: (entry.RepoTags ?? []).map(canonicalName),
    digests: [],
    platform: null,
    configName: name,
    configDigest: blob === undefined ? name : `sha256:${blob.sha256}`,
    layers,
  })
}

/** Walks through indexes in indexes; what is no image (attestations, artifacts) is left out. */
function walkIndex(
  context: ArchiveContext,
  top: readonly Descriptor[],
  add: (candidate: Candidate) => void,
): void {
  const { limits, reference } = context
  let seen = 0

  function walk(
    descriptors: readonly Descriptor[],
    names: readonly string[],
    above: readonly string[],
  ): void {
    if (above.length > limits.indexDepth) {
      throw archiveError(
        'archive-hostile',
        reference,
        `indexes are nested more than ${limits.indexDepth} deep`,
      )
    }
    for (const descriptor of descriptors) {
      seen++
      if (seen > limits.descriptors) {
        throw archiveError(
          'archive-too-large',
          reference,
          `the indexes name more than ${limits.descriptors} manifests`,
        )
      }
      if (isNoImage(descriptor)) continue
      const own = [...names, ...namesOf(descriptor)]
      const digests = [...above, descriptor.digest]
      const document = readManifestOrIndex(context, descriptor)
      if (document !== null && 'index' in document) walk(document.index, own, digests)
      else if (document === null) add(absent(descriptor, own, digests))
      else if (!isArtifact(document.manifest)) {
        const { config, layers } = document.manifest
        const image = candidate(context, {
          names: own,
          digests,
          platform: platformOf(descriptor.platform),
          configName: blobName(config.digest),
          configDigest: config.digest,
          layers: layers.map((layer) => blobName(layer.digest)),
        })
        if (!isUnknown(image.platform)) add(image)
      }
    }
  }

  walk(top, [], [])
}

interface Named {
  readonly names: readonly string[]
  readonly digests: readonly string[]
  readonly platform: Platform | null
  readonly configName: string
  readonly configDigest: string
  readonly layers: readonly string[]
}

function candidate(context: ArchiveContext, named: Named): Candidate {
  const config = readConfig(context, named.configName)
  const isThere = (name: string): boolean => context.blobs.has(context.links.get(name) ?? name)
  const missing = [...new Set(named.layers)].filter((layer) => !isThere(layer))
  if (config === null) missing.unshift(named.configName)
  return {
    names: new Set(named.names),
    digests: new Set([...named.digests, named.configDigest]),
    platform: config === null ? named.platform : config.platform,
    config,
    configDigest: named.configDigest,
    layers: named.layers,
    missing,
  }
}

function absent(descriptor: Descriptor, names: readonly string[], digests: readonly string[]): Candidate {
  return {
    names: new Set(names),
    digests: new Set(digests),
    platform: platformOf(descriptor.platform),
    config: null,
    configDigest: descriptor.digest,
    layers: [],
    missing: [blobName(descriptor.digest)],
  }
}

function platformOf(told: Descriptor['platform']): Platform | null {
  return told ? { os: told.os, architecture: told.architecture, variant: told.variant ?? null } : null
}

function isUnknown(platform: Platform | null): boolean {
  return platform?.os === 'unknown' && platform.architecture === 'unknown'
}

/** BuildKit's attestations, old and new style (moby/buildkit, docs/attestations/attestation-storage.md). */
function isNoImage(descriptor: Descriptor): boolean {
  return (
    descriptor.annotations?.['vnd.docker.reference.type'] !== undefined ||
    descriptor.artifactType !== undefined ||
    isUnknown(platformOf(descriptor.platform))
  )
}

const IMAGE_CONFIGS = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
])

function isArtifact(manifest: Manifest): boolean {
  const mediaType = manifest.config.mediaType
  return manifest.artifactType !== undefined || (mediaType !== undefined && !IMAGE_CONFIGS.has(mediaType))
}

/** containerd gives the full name; `ref.name` is a tag with Docker and a full name with others (OCI annotations.md). */
function namesOf({ annotations }: Descriptor): readonly string[] {
  const name = annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name']
  return name === undefined ? [] : [canonicalName(name)]
}
