import * as z from 'zod'
import type { Platform } from '../../../model/index.js'
import { ambiguousKey, CONFIG_KEYS, DOCKER_MANIFEST_KEYS, INDEX_KEYS, type Shape } from '../formats/keys.js'
import { shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import type { ArchiveContext, Blob } from './context.js'

// The members of the documents that we need: builders add fields of their own.

/** OCI image-spec, descriptor.md. Content is verified by SHA-256 here, so a digest of another kind proves nothing. */
const descriptorShape = z.object({
  mediaType: z.string().optional(),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not a sha256 digest'),
  artifactType: z.string().optional(),
  annotations: z.record(z.string(), z.string()).nullish(),
  platform: z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).nullish(),
})
export type Descriptor = z.infer<typeof descriptorShape>

/**
 * OCI image-spec, image-index.md; Docker's manifest list has the same form. A document that is both an index and a
 * manifest would be read differently by others (CVE-2021-41190), so it is refused.
 */
const indexShape = z.object({
  manifests: z.array(descriptorShape),
  config: z.undefined().optional(),
  layers: z.undefined().optional(),
})

/** OCI image-spec, manifest.md; Docker's image manifest v2 schema 2 has the same form. */
const manifestShape = z.object({
  artifactType: z.string().optional(),
  config: descriptorShape,
  layers: z.array(descriptorShape),
  manifests: z.undefined().optional(),
})
export type Manifest = z.infer<typeof manifestShape>

/** `manifest.json` of docker save (moby, image/tarexport). */
const dockerManifestsShape = z
  .object({
    Config: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    Layers: z.array(z.string()).nullish(),
  })
  .array()

/** OCI image-spec, config.md. */
const configShape = z.object({
  os: z.string().default('linux'),
  architecture: z.string(),
  variant: z.string().optional(),
  rootfs: z.object({ diff_ids: z.array(z.string().regex(/^sha256:[0-9a-f]{64}$/)).nullish() }),
})

export interface Config {
  /** SHA-256 of the document, `sha256:<hex>`. */
  readonly digest: string
  readonly platform: Platform
  /** Digests of the uncompressed layers, oldest first. */
  readonly diffIds: readonly string[]
  readonly document: Readonly<Record<string, unknown>>
}

/** The parsed document with that name; `null` if the archive has no such file. */
function readDocument<T>(context: ArchiveContext, name: string, schema: z.ZodType<T>, keys: Shape): T | null {
  const blob = context.blobs.get(name)
  if (blob === undefined) {
    return null
  }
  const where = `${context.reference}: ${shownName(name)}`
  const parsed = schema.safeParse(jsonOf(blob, where, keys))
  if (parsed.success) {
    return parsed.data
  }
  const issue = parsed.error.issues[0]
  throw archiveError('archive-unreadable', where, `${issue?.path.join('.')}: ${issue?.message}`)
}

function jsonOf(blob: Blob, where: string, keys: Shape): unknown {
  if (blob.kind !== 'json') {
    const what = blob.kind === 'other' ? blob.why : 'it is a layer, not JSON'
    throw archiveError('archive-unreadable', where, what)
  }
  const text = blob.bytes.toString('utf8')
  const parsed = parsedJson(text, where)
  const key = ambiguousKey(text, keys)
  if (key === null) {
    return parsed
  }
  const what = `the key ${JSON.stringify(shownName(key))} appears twice, or differs from another key only in case`
  throw archiveError('archive-hostile', where, what)
}

function parsedJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw archiveError('archive-unreadable', where, 'it is not valid JSON', error)
  }
}

export const readDockerManifests = (context: ArchiveContext): z.infer<typeof dockerManifestsShape> | null =>
  readDocument(context, 'manifest.json', dockerManifestsShape, DOCKER_MANIFEST_KEYS)

export const readTopIndex = (context: ArchiveContext): readonly Descriptor[] | null =>
  readDocument(context, 'index.json', indexShape, INDEX_KEYS)?.manifests ?? null

/** A manifest or a nested index: distinguished by their content, as media types may be missing. */
export function readManifestOrIndex(
  context: ArchiveContext,
  { digest }: Descriptor,
): { readonly manifest: Manifest } | { readonly index: readonly Descriptor[] } | null {
  const document = readDocument(context, blobName(digest), z.union([manifestShape, indexShape]), INDEX_KEYS)
  if (document === null) {
    return null
  }
  return document.manifests === undefined ? { manifest: document } : { index: document.manifests }
}

/** The image config; `null` if the archive does not contain it. */
export function readConfig(context: ArchiveContext, name: string): Config | null {
  const document = readDocument(context, name, configShape, CONFIG_KEYS)
  const blob = context.blobs.get(name)
  if (document === null || blob?.kind !== 'json') {
    return null
  }
  return {
    digest: `sha256:${blob.sha256}`,
    platform: { os: document.os, architecture: document.architecture, variant: document.variant || null },
    diffIds: document.rootfs.diff_ids ?? [],
    document: JSON.parse(blob.bytes.toString('utf8')),
  }
}

/**
 * Whether a document is an image config, whatever its media type says: engines decide by its content, and
 * accept keys in any case. The config of an attestation has the platform unknown/unknown.
 */
export function isImageConfig(text: string): boolean {
  try {
    const members = Object.entries(JSON.parse(text) ?? {})
    const valuesOf = (name: string) =>
      members.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
    const platformValues = [...valuesOf('os'), ...valuesOf('architecture')]
    return (
      valuesOf('rootfs').length > 0 &&
      !(platformValues.length > 0 && platformValues.every((value) => value === 'unknown'))
    )
  } catch {
    return false
  }
}

export function blobName(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`
}
