import { createHash } from 'node:crypto'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { tarOf } from '../../src/io/archive/formats/tar-writer.js'
import { BOOKWORM, databaseOf } from './images.js'

/** What an index says of one of its images. */
export interface Described {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string }
  readonly annotations?: Readonly<Record<string, string>>
}

const OCI = 'application/vnd.oci.image'
export const INDEX = `${OCI}.index.v1+json`
export const MANIFEST = `${OCI}.manifest.v1+json`

const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

async function send(
  host: string,
  path: string,
  method: string,
  body: Buffer,
  type: string,
): Promise<Response> {
  const address = path.startsWith('http') ? path : `http://${host}${path}`
  const headers = { 'content-type': type }
  const answer = await fetch(address, {
    method,
    headers,
    ...(method === 'POST' ? {} : { body: new Uint8Array(body) }),
  })
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  }
  return answer
}

export async function pushBlob(host: string, repository: string, bytes: Buffer): Promise<string> {
  const digest = sha256(bytes)
  const begun = await send(
    host,
    `/v2/${repository}/blobs/uploads/`,
    'POST',
    bytes,
    'application/octet-stream',
  )
  const url = new URL(begun.headers.get('location') ?? '', `http://${host}`)
  url.searchParams.set('digest', digest)
  await send(host, url.href, 'PUT', bytes, 'application/octet-stream')
  return digest
}

export async function pushDocument(
  host: string,
  repository: string,
  document: object,
  type: string,
  tag?: string,
): Promise<{ digest: string; size: number }> {
  const bytes = Buffer.from(JSON.stringify(document))
  const digest = sha256(bytes)
  await send(host, `/v2/${repository}/manifests/${tag ?? digest}`, 'PUT', bytes, type)
  return { digest, size: bytes.length }
}

/** How an image's documents and layer are stored: the media types of one of both specifications, and a compression. */
export interface StoredForm {
  readonly manifest: string
  readonly config: string
  readonly layer: string
  readonly compress: (tar: Buffer) => Buffer
}

const DOCKER = 'application/vnd.docker'
const PLAIN: StoredForm = {
  manifest: MANIFEST,
  config: `${OCI}.config.v1+json`,
  layer: `${OCI}.layer.v1.tar`,
  compress: (tar) => tar,
}
const DOCKER_PLAIN: StoredForm = {
  manifest: `${DOCKER}.distribution.manifest.v2+json`,
  config: `${DOCKER}.container.image.v1+json`,
  layer: `${DOCKER}.image.rootfs.diff.tar`,
  compress: (tar) => tar,
}
export const STORED_FORMS: readonly (readonly [string, StoredForm])[] = [
  ['OCI, no compression', PLAIN],
  ['OCI, gzip', { ...PLAIN, layer: `${PLAIN.layer}+gzip`, compress: (tar) => gzipSync(tar) }],
  ['OCI, zstd', { ...PLAIN, layer: `${PLAIN.layer}+zstd`, compress: (tar) => zstdCompressSync(tar) }],
  ['OCI, gzip of two members', { ...PLAIN, layer: `${PLAIN.layer}+gzip`, compress: twoMembers }],
  ['Docker, no compression', DOCKER_PLAIN],
  [
    'Docker, gzip',
    { ...DOCKER_PLAIN, layer: `${DOCKER_PLAIN.layer}.gzip`, compress: (tar) => gzipSync(tar) },
  ],
]

function twoMembers(tar: Buffer): Buffer {
  return Buffer.concat([gzipSync(tar.subarray(0, 1000)), gzipSync(tar.subarray(1000))])
}

/**
 * Pushes an image of one layer with these files, for any platform: it is never run, so that a root file system of data
 * alone does. Gives what an index says of it.
 */
export async function pushImageFor(
  host: string,
  repository: string,
  platform: NonNullable<Described['platform']>,
  files: Readonly<Record<string, string>>,
  config: object = {},
  form: StoredForm = PLAIN,
): Promise<Described & { readonly layer: string; readonly config: string }> {
  const tar = tarOf(Object.entries(files).map(([path, text]) => ({ path, text })))
  const diffId = sha256(tar)
  const layer = form.compress(tar)
  const layerDigest = await pushBlob(host, repository, layer)
  const document = Buffer.from(
    JSON.stringify({
      ...platform,
      config: { Cmd: ['true'], ...config },
      rootfs: { type: 'layers', diff_ids: [diffId] },
      history: [{ created_by: 'COPY / /' }],
    }),
  )
  const configDigest = await pushBlob(host, repository, document)
  const manifest = {
    schemaVersion: 2,
    mediaType: form.manifest,
    config: { mediaType: form.config, digest: configDigest, size: document.length },
    layers: [{ mediaType: form.layer, digest: layerDigest, size: layer.length }],
  }
  const pushed = await pushDocument(host, repository, manifest, form.manifest)
  return { mediaType: form.manifest, ...pushed, platform, layer: layerDigest, config: configDigest }
}

/** What BuildKit pushes next to each image, in the form that it has in an index. */
export async function pushAttestation(host: string, repository: string, of: Described): Promise<Described> {
  const unknown = { os: 'unknown', architecture: 'unknown' }
  const {
    layer: _,
    config: __,
    ...pushed
  } = await pushImageFor(host, repository, unknown, { 'sbom.json': of.digest })
  const annotations = {
    'vnd.docker.reference.digest': of.digest,
    'vnd.docker.reference.type': 'attestation-manifest',
  }
  return { ...pushed, annotations }
}

export async function pushIndex(
  host: string,
  name: string,
  images: readonly Described[],
): Promise<{ reference: string; digest: string }> {
  const [repository = '', tag = ''] = name.split(':')
  const manifests = images.map(({ mediaType, digest, size, platform, annotations }) => {
    return { mediaType, digest, size, platform, ...(annotations ? { annotations } : {}) }
  })
  const { digest } = await pushDocument(
    host,
    repository,
    { schemaVersion: 2, mediaType: INDEX, manifests },
    INDEX,
    tag,
  )
  return { reference: `${host}/${name}`, digest }
}

/** Files of a Debian as Clair takes it for one: a release and dpkg's database. Data of this architecture, not a system. */
export function debianData(
  architecture: string,
  packages: Readonly<Record<string, string>>,
  release = BOOKWORM,
): Record<string, string> {
  const stanzas = Object.entries(packages).map(
    ([name, version]) =>
      `Package: ${name}\nStatus: install ok installed\nArchitecture: ${architecture}\nVersion: ${version}\nMaintainer: x <x@example.org>\nDescription: x\n\n`,
  )
  return { 'etc/os-release': release, ...databaseOf(stanzas.join('')) }
}
