import type { Platform } from '../../model/image.js'
import { isRunnable } from '../../model/platforms.js'
import type { ArchiveContext } from './context.js'
import {
  blobName,
  type Descriptor,
  isImageConfig,
  type Manifest,
  readConfig,
  readDockerManifests,
  readManifestOrIndex,
  readTopIndex,
} from './documents.js'
import { type Candidate, type DocumentName, type Found, namedBy, type Tags, tag } from './found.js'
import { relativePath } from './path.js'
import { archiveError } from './problems.js'
import { canonicalName } from './reference.js'
import { tocClaimsIn } from './toc-claims.js'

/**
 * All images of the archive, by manifest.json (docker save; only one platform of an image) and by index.json (OCI),
 * each once. `null` if there is neither document.
 */
export function findCandidates(context: ArchiveContext): Found | null {
  const docker = readDockerManifests(context)
  const top = readTopIndex(context)
  if (docker === null && top === null) {
    return null
  }
  if (docker === null && (context.blobs.has('repositories') || context.links.has('repositories'))) {
    // Engines before 25 then load what this names, in the format that docker save had before 1.10 (moby,
    // image/tarexport).
    const what = 'the archive has an index.json and a file named "repositories", but no manifest.json'
    throw archiveError('archive-hostile', context.reference, what)
  }
  const found = new Map<string, Candidate>()
  const dockerTags: Tags = new Map()
  const indexTags: Tags = new Map()

  function add(candidate: Candidate): void {
    const known = found.get(candidate.configDigest)
    if (known === undefined) {
      found.set(candidate.configDigest, candidate)
      return
    }
    for (const name of candidate.names) {
      known.names.add(name)
    }
    for (const digest of candidate.digests) {
      known.digests.add(digest)
    }
    for (const index of candidate.indexes) {
      known.indexes.add(index)
    }
    known.tocClaims.push(...candidate.tocClaims)
    for (const document of ['manifest.json', 'index.json'] as const) {
      const more = candidate.namedBy[document]
      if (more !== null) {
        known.namedBy[document] = new Set([...(known.namedBy[document] ?? []), ...more])
      }
    }
  }

  for (const entry of docker ?? []) {
    const image = fromDocker(context, entry)
    for (const name of image.names) {
      tag(dockerTags, name, image.configDigest)
    }
    add(image)
  }
  const attestations = new Set<string>()
  walkIndex(context, top ?? [], add, indexTags, attestations)
  return {
    images: [...found.values()],
    attestations,
    tags: {
      'manifest.json': docker === null ? null : dockerTags,
      'index.json': top === null ? null : indexTags,
    },
  }
}

function fromDocker(
  context: ArchiveContext,
  entry: NonNullable<ReturnType<typeof readDockerManifests>>[number],
): Candidate {
  const name = relativePath(entry.Config)
  const layers = (entry.Layers ?? []).map(relativePath).filter((layer) => layer !== null)
  if (name === null || layers.length !== (entry.Layers ?? []).length) {
    throw archiveError('archive-hostile', context.reference, "manifest.json contains a path with '..'")
  }
  const blob = context.blobs.get(name)
  return candidate(context, {
    document: 'manifest.json',
    indexes: [],
    names: (entry.RepoTags ?? []).map(canonicalName),
    digests: [],
    platform: null,
    configName: name,
    configDigest: blob === undefined ? name : `sha256:${blob.sha256}`,
    layers,
    tocClaims: [],
  })
}

/** Walks through nested indexes; entries that are not images (attestations, artifacts) are left out. */
function walkIndex(
  context: ArchiveContext,
  top: readonly Descriptor[],
  add: (candidate: Candidate) => void,
  tags: Tags,
  attestations: Set<string>,
): void {
  const { limits, reference } = context
  let count = 0

  function walk(
    descriptors: readonly Descriptor[],
    names: readonly string[],
    above: readonly string[],
  ): void {
    if (above.length > limits.indexDepth) {
      const what = `indexes are nested more than ${limits.indexDepth} levels deep`
      throw archiveError('archive-hostile', reference, what)
    }
    for (const descriptor of descriptors) {
      count++
      if (count > limits.descriptors) {
        const what = `the indexes list more than ${limits.descriptors} manifests`
        throw archiveError('archive-too-large', reference, what)
      }
      const own = [...names, ...namesOf(descriptor)]
      // Done before non-images are left out: an engine that loads the archive gives the name anyway.
      for (const name of namesOf(descriptor)) {
        tag(tags, name, above[0] ?? descriptor.digest)
      }
      const { isImage, isDoubtful } = kindOf(descriptor)
      const document = isImage || isDoubtful ? readManifestOrIndex(context, descriptor) : null
      const digests = [...above, descriptor.digest]
      const about = {
        document: 'index.json',
        indexes: above,
        names: own,
        digests,
        platform: platformOf(descriptor.platform),
      } as const
      if (document === null && isImage) {
        const { digest } = descriptor
        const nothing = { configName: blobName(digest), configDigest: digest, layers: [], tocClaims: [] }
        add(candidate(context, { ...about, ...nothing }))
      } else if (document === null || ('manifest' in document && isArtifact(context, document.manifest))) {
        attestations.add(descriptor.digest)
      } else if ('index' in document) {
        walk(document.index, own, digests)
      } else {
        const { config, layers } = document.manifest
        const image = candidate(context, {
          ...about,
          configName: blobName(config.digest),
          configDigest: config.digest,
          layers: layers.map((layer) => blobName(layer.digest)),
          tocClaims: layers.map((layer) => ({
            layer: blobName(layer.digest),
            claims: tocClaimsIn(layer.annotations),
          })),
        })
        if (isRunnable(image.platform, false)) {
          add(image)
        } else {
          attestations.add(descriptor.digest)
        }
      }
    }
  }

  walk(top, [], [])
}

interface Named extends Pick<Candidate, 'platform' | 'configDigest' | 'layers' | 'tocClaims'> {
  readonly document: DocumentName
  readonly indexes: readonly string[]
  readonly names: readonly string[]
  readonly digests: readonly string[]
  readonly configName: string
}

function candidate(context: ArchiveContext, named: Named): Candidate {
  const config = readConfig(context, named.configName)
  const exists = (name: string): boolean => context.blobs.has(context.links.get(name) ?? name)
  const missing = [...new Set(named.layers)].filter((layer) => !exists(layer))
  if (config === null) {
    missing.unshift(named.configName)
  }
  return {
    names: new Set(named.names),
    digests: new Set([...named.digests, named.configDigest]),
    namedBy: namedBy(named.document, named.names),
    indexes: new Set(named.indexes),
    platform: config === null ? named.platform : config.platform,
    config,
    configDigest: named.configDigest,
    layers: named.layers,
    tocClaims: named.tocClaims,
    missing,
  }
}

function platformOf(platform: Descriptor['platform']): Platform | null {
  return platform
    ? { os: platform.os, architecture: platform.architecture, variant: platform.variant ?? null }
    : null
}

/**
 * What the entry of an index says of itself. One that names no platform and says that it is no image is doubtful: an
 * engine looks at what it leads to, and at nothing else (containerd's `images.Manifest`).
 */
function kindOf(descriptor: Descriptor): { readonly isImage: boolean; readonly isDoubtful: boolean } {
  const isOther =
    descriptor.annotations?.['vnd.docker.reference.type'] !== undefined ||
    descriptor.artifactType !== undefined
  const platform = platformOf(descriptor.platform)
  return { isImage: isRunnable(platform, isOther), isDoubtful: platform === null && isOther }
}

const IMAGE_CONFIGS = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
])

/** As it says itself; where its config is that of an image, an engine takes it for one nevertheless. */
function isArtifact(context: ArchiveContext, manifest: Manifest): boolean {
  const { digest, mediaType } = manifest.config
  const config = context.blobs.get(blobName(digest))
  return (
    (manifest.artifactType !== undefined || (mediaType !== undefined && !IMAGE_CONFIGS.has(mediaType))) &&
    !(config?.kind === 'json' && isImageConfig(config.bytes.toString('utf8')))
  )
}

/** containerd writes the full name; `ref.name` is a tag in Docker and a full name elsewhere (OCI annotations.md). */
function namesOf({ annotations }: Descriptor): readonly string[] {
  const name = annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name']
  return name === undefined ? [] : [canonicalName(name)]
}
