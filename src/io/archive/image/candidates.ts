import { isRunnable, type Platform } from '../../../model/index.js'
import { relativePath } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
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
import {
  type ArchiveListing,
  addTag,
  type Candidate,
  DOCUMENTS,
  type DocumentName,
  namedBy,
  type Tags,
} from './found.js'
import { canonicalName } from './reference.js'
import { tocClaimsIn } from './toc-claims.js'

/**
 * All images of the archive, by manifest.json (docker save; only one platform of an image) and by index.json (OCI),
 * each once. `null` if there is neither document.
 */
export function findCandidates(context: ArchiveContext): ArchiveListing | null {
  const dockerManifests = readDockerManifests(context)
  const indexEntries = readTopIndex(context)
  if (dockerManifests === null && indexEntries === null) {
    return null
  }
  if (dockerManifests === null && (context.blobs.has('repositories') || context.links.has('repositories'))) {
    // Engines before 25 then load what this names, in docker save's format before 1.10 (moby,
    // image/tarexport).
    const what = 'the archive has an index.json and a file named "repositories", but no manifest.json'
    throw archiveError('archive-hostile', context.reference, what)
  }
  const candidatesByConfig = new Map<string, Candidate>()
  const dockerTags: Tags = new Map()
  const indexTags: Tags = new Map()

  function add(candidate: Candidate): void {
    const existing = candidatesByConfig.get(candidate.configDigest)
    if (existing === undefined) {
      candidatesByConfig.set(candidate.configDigest, candidate)
      return
    }
    for (const members of ['names', 'fullNames', 'digests', 'indexes'] as const) {
      for (const member of candidate[members]) {
        existing[members].add(member)
      }
    }
    existing.otherLayers.push(candidate.layers)
    existing.statedPlatforms.push(...candidate.statedPlatforms)
    existing.tocClaims.push(...candidate.tocClaims)
    for (const document of DOCUMENTS) {
      const addedNames = candidate.namedBy[document]
      if (addedNames !== null) {
        existing.namedBy[document] = new Set([...(existing.namedBy[document] ?? []), ...addedNames])
      }
    }
  }

  for (const entry of dockerManifests ?? []) {
    const image = candidateOfDockerManifest(context, entry)
    for (const name of image.names) {
      addTag(dockerTags, name, image.configDigest)
    }
    add(image)
  }
  const attestationDigests = new Set<string>()
  walkIndexes(context, indexEntries ?? [], add, indexTags, attestationDigests)
  return {
    images: [...candidatesByConfig.values()],
    attestationDigests,
    tags: {
      'manifest.json': dockerManifests === null ? null : dockerTags,
      'index.json': indexEntries === null ? null : indexTags,
    },
  }
}

function candidateOfDockerManifest(
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
    names: entry.RepoTags ?? [],
    digests: [],
    platform: null,
    configName: name,
    configDigest: blob === undefined ? name : `sha256:${blob.sha256}`,
    layers,
    tocClaims: [],
  })
}

/** Walks through nested indexes; entries that are not images (attestations, artifacts) are left out. */
function walkIndexes(
  context: ArchiveContext,
  top: readonly Descriptor[],
  add: (candidate: Candidate) => void,
  tags: Tags,
  attestationDigests: Set<string>,
): void {
  const { limits, reference } = context
  let count = 0

  function walk(
    descriptors: readonly Descriptor[],
    inheritedNames: readonly string[],
    parentIndexes: readonly string[],
  ): void {
    if (parentIndexes.length > limits.indexDepth) {
      const what = `indexes are nested more than ${limits.indexDepth} levels deep`
      throw archiveError('archive-hostile', reference, what)
    }
    for (const descriptor of descriptors) {
      count++
      if (count > limits.descriptors) {
        const what = `the indexes list more than ${limits.descriptors} manifests`
        throw archiveError('archive-too-large', reference, what)
      }
      const allNames = [...inheritedNames, ...namesOf(descriptor)]
      // Recorded even if the entry turns out not to be an image: an engine that loads the archive assigns the
      // name anyway.
      for (const name of namesOf(descriptor)) {
        addTag(tags, canonicalName(name), parentIndexes[0] ?? descriptor.digest)
      }
      const { isImage, isUndecided } = kindOf(descriptor)
      const document = isImage || isUndecided ? readManifestOrIndex(context, descriptor) : null
      const digests = [...parentIndexes, descriptor.digest]
      const entryFacts = {
        document: 'index.json',
        indexes: parentIndexes,
        names: allNames,
        digests,
        platform: platformOf(descriptor.platform),
      } as const
      if (document === null && isImage) {
        const configDigest = descriptor.digest
        const missingManifest = {
          configName: blobName(configDigest),
          configDigest,
          layers: [],
          tocClaims: [],
        }
        add(candidate(context, { ...entryFacts, ...missingManifest }))
      } else if (document === null || ('manifest' in document && isArtifact(context, document.manifest))) {
        attestationDigests.add(descriptor.digest)
      } else if ('index' in document) {
        walk(document.index, allNames, digests)
      } else {
        const { config, layers } = document.manifest
        const image = candidate(context, {
          ...entryFacts,
          configName: blobName(config.digest),
          configDigest: config.digest,
          layers: layers.map((layer) => blobName(layer.digest)),
          tocClaims: layers.map((layer) => ({
            layer: blobName(layer.digest),
            claims: tocClaimsIn(layer.annotations),
          })),
        })
        // An entry with a platform is run by it, whatever its config says.
        if (
          [image.platform, ...image.statedPlatforms].some((one) => one !== null && isRunnable(one, false))
        ) {
          add(image)
        } else {
          attestationDigests.add(descriptor.digest)
        }
      }
    }
  }

  walk(top, [], [])
}

interface CandidateSource extends Pick<Candidate, 'platform' | 'configDigest' | 'layers' | 'tocClaims'> {
  readonly document: DocumentName
  readonly indexes: readonly string[]
  /** As the document has them. */
  readonly names: readonly string[]
  readonly digests: readonly string[]
  readonly configName: string
}

function candidate(context: ArchiveContext, source: CandidateSource): Candidate {
  const config = readConfig(context, source.configName)
  const exists = (name: string): boolean => context.blobs.has(context.links.get(name) ?? name)
  const missing = [...new Set(source.layers)].filter((layer) => !exists(layer))
  if (config === null) {
    missing.unshift(source.configName)
  }
  const names = source.names.map(canonicalName)
  return {
    names: new Set(names),
    fullNames: new Set(names.filter((_, index) => !isBareTag(source.names[index] ?? ''))),
    digests: new Set([...source.digests, source.configDigest]),
    namedBy: namedBy(source.document, names),
    indexes: new Set(source.indexes),
    platform: config === null ? source.platform : config.platform,
    statedPlatforms: source.platform === null ? [] : [source.platform],
    config,
    configDigest: source.configDigest,
    layers: source.layers,
    otherLayers: [],
    tocClaims: source.tocClaims,
    missing,
  }
}

function platformOf(platform: Descriptor['platform']): Platform | null {
  return platform
    ? { os: platform.os, architecture: platform.architecture, variant: platform.variant ?? null }
    : null
}

/**
 * Whether an index entry is an image, by its platform and annotations. An entry without a platform that is
 * marked as something other than an image stays undecided: engines decide by its target alone (containerd's
 * `images.Manifest`).
 */
function kindOf(descriptor: Descriptor): { readonly isImage: boolean; readonly isUndecided: boolean } {
  const isNotAnImage =
    descriptor.annotations?.['vnd.docker.reference.type'] !== undefined ||
    descriptor.artifactType !== undefined
  const platform = platformOf(descriptor.platform)
  return { isImage: isRunnable(platform, isNotAnImage), isUndecided: platform === null && isNotAnImage }
}

const IMAGE_CONFIGS = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
])

/**
 * Whether a manifest is an artifact, by its artifactType and its config's media type. If its config has the
 * content of an image config, engines treat it as an image nevertheless.
 */
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
  return name === undefined ? [] : [name]
}

function isBareTag(name: string): boolean {
  return !/[:/]/.test(name)
}
