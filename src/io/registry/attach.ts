import { setTimeout as sleep } from 'node:timers/promises'
import { isRecord, jsonIn, type Reference, SeaworthyError } from '../../model/index.js'
import { sha256Of } from '../files/hash.js'
import { openForPush, type RegistryOptions } from './http.js'
import { EMPTY_TYPE, listByApi, listByTag, readReferrers } from './referrers.js'
import { MANIFEST_TYPES, readDigest } from './registry.js'

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json'
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json'
/** As cosign and actions/attest write bundles: verifiers look for this media type in registries. */
const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'
/** How often the index under the tag is written: others may write it at the same time. */
const MAX_WRITES = 5
const PAUSE_MS = 200

type Connection = ReturnType<typeof openForPush>
type Subject = Reference & { readonly digest: string }

/**
 * Attaches a sigstore bundle to a manifest or an index (OCI distribution specification 1.1, "Pushing
 * Manifests with Subject"), and reads it back. If the registry does not have the referrers API, the bundle is
 * also listed in the index under the tag `sha256-<hex>`.
 * @param predicateType of the statement in the bundle; verifiers choose bundles by it
 * @throws SeaworthyError registry-*, http-*, attach-not-proven
 */
export async function attachBundle(
  name: Subject,
  { bundle, predicateType }: { readonly bundle: string; readonly predicateType: string },
  options: RegistryOptions,
): Promise<void> {
  const where = `${name.registry}/${name.repository}`
  const connection = openForPush({ ...name, tag: null }, options)
  const subjectPath = `manifests/${name.digest}`
  const subjectManifest = await readDigest(connection.request, subjectPath, MANIFEST_TYPES, where)
  const config = await pushBlob(connection, EMPTY_TYPE, '{}')
  const layer = await pushBlob(connection, BUNDLE_TYPE, bundle)
  const annotations = {
    'dev.sigstore.bundle.content': 'dsse-envelope',
    'dev.sigstore.bundle.predicateType': predicateType,
  }
  const artifact = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType: BUNDLE_TYPE,
    config,
    layers: [layer],
    subject: { ...descriptorOf(typeOf(subjectManifest), subjectManifest), digest: name.digest },
    annotations,
  }
  const manifest = JSON.stringify(artifact)
  const pushed = { ...descriptorOf(MANIFEST_TYPE, manifest), artifactType: BUNDLE_TYPE, annotations }
  await connection.write('PUT', `manifests/${pushed.digest}`, { type: MANIFEST_TYPE, body: manifest })
  const hasReferrersApi = (await listByApi(connection.request, name.digest, where)) !== null
  for (let write = 1; ; write++) {
    if (!hasReferrersApi) {
      await addToTagList(connection, name.digest, pushed, where)
    }
    const { bundles } = await readReferrers(name, options)
    if (bundles.some(({ text }) => text === bundle)) {
      return
    }
    if (write === MAX_WRITES) {
      const what = `${pushed.digest} was pushed, but the registry does not list it for the image`
      throw new SeaworthyError({ code: 'attach-not-proven', what, where: `${where}@${name.digest}` })
    }
    await sleep(PAUSE_MS * write, undefined, { signal: options.signal })
  }
}

/** Lists the bundle in the index under the tag. The last writer wins: the caller reads and repeats. */
async function addToTagList(
  { request, write }: Connection,
  subjectDigest: string,
  pushed: { readonly digest: string },
  where: string,
): Promise<void> {
  const existing = await listByTag(request, subjectDigest, where)
  if (existing.some(({ digest }) => digest === pushed.digest)) {
    return
  }
  const body = JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [...existing, pushed] })
  await write('PUT', `manifests/${subjectDigest.replace(':', '-')}`, { type: INDEX_TYPE, body })
}

/** Uploads a blob in a single request after starting the upload, since it is small. */
async function pushBlob({ write }: Connection, type: string, text: string) {
  const blob = descriptorOf(type, text)
  const contentType = 'application/octet-stream'
  const { headers, url } = await write('POST', 'blobs/uploads/', { type: contentType, body: '' })
  const uploadUrl = URL.parse(headers.location ?? '', url)
  if (uploadUrl === null) {
    const what = 'the registry names no address for an upload'
    throw new SeaworthyError({ code: 'registry-malformed', what, where: url })
  }
  uploadUrl.searchParams.set('digest', blob.digest)
  await write('PUT', uploadUrl.href, { type: contentType, body: text })
  return blob
}

function descriptorOf(mediaType: string, text: string) {
  return { mediaType, digest: sha256Of(text), size: Buffer.byteLength(text) }
}

/** The media type of a manifest or an index; OCI's documents may leave it out. */
function typeOf(text: string): string {
  const document = jsonIn(text)
  if (!isRecord(document)) {
    return MANIFEST_TYPE
  }
  const { mediaType } = document
  return typeof mediaType === 'string' ? mediaType : 'manifests' in document ? INDEX_TYPE : MANIFEST_TYPE
}
