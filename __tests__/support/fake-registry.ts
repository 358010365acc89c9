import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Platform } from '../../src/model/image/image.js'
import { type Answer, type FakeServer, fakeServer, type ReceivedRequest } from './fake-server.js'

export const AMD64: Platform = { os: 'linux', architecture: 'amd64', variant: null }
export const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
/** Digest of a layer that nobody ever sees. */
export const aDiffId = (name: string) => digestOf(`layer ${name}`)

/** Documents of a registry by digest, and what its tags point at. */
export interface Shelf {
  readonly blobs: Map<string, string>
  readonly tags: Map<string, string>
}

/** Puts an image on a shelf, as one manifest. @returns the digest of the manifest */
export function put(shelf: Shelf, tag: string | null, diffIds: readonly string[], platform = AMD64): string {
  const { os, architecture, variant } = platform
  const config = add(shelf, {
    os,
    architecture,
    created: '2026-11-17T00:00:00Z',
    rootfs: { type: 'layers', diff_ids: diffIds },
    ...(variant === null ? {} : { variant }),
  })
  const layers = diffIds.map((diffId) => ({ digest: digestOf(diffId), size: 1, mediaType: 'x' }))
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = add(shelf, { schemaVersion: 2, mediaType, config: { digest: config, size: 1 }, layers })
  if (tag !== null) {
    shelf.tags.set(tag, manifest)
  }
  return manifest
}

/** An index as BuildKit pushes it: with a manifest that is an attestation. */
export function putIndex(
  shelf: Shelf,
  tag: string,
  manifests: readonly (readonly [Platform, string])[],
): string {
  const attestation = {
    digest: digestOf('attestation'),
    platform: { os: 'unknown', architecture: 'unknown' },
  }
  const index = add(shelf, {
    schemaVersion: 2,
    manifests: [
      attestation,
      ...manifests.map(([{ os, architecture, variant }, digest]) => ({
        digest,
        platform: { os, architecture, ...(variant === null ? {} : { variant }) },
      })),
    ],
  })
  shelf.tags.set(tag, index)
  return index
}

export function add({ blobs }: Shelf, document: unknown): string {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  blobs.set(digestOf(text), text)
  return digestOf(text)
}

export const emptyShelf = (): Shelf => ({ blobs: new Map(), tags: new Map() })

/** Answers as the OCI distribution specification says; without a Docker-Content-Digest if `plain`. */
export function serve(
  shelf: Shelf,
  { method, path }: ReceivedRequest,
  response: ServerResponse,
  plain = false,
): void {
  const [, name = ''] = /\/(?:manifests|blobs)\/([^/?]+)$/.exec(path) ?? []
  const digest = name.startsWith('sha256:') ? name : (shelf.tags.get(name) ?? '')
  const text = shelf.blobs.get(digest)
  if (text === undefined) {
    response.writeHead(404).end('{"errors":[]}')
  } else {
    const headers = plain ? {} : { 'docker-content-digest': digest }
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(text) })
    response.end(method === 'HEAD' ? undefined : text)
  }
}

export interface FakeRegistry extends FakeServer {
  /** `127.0.0.1:port` */
  readonly host: string
}

export async function fakeRegistry(answer: Answer): Promise<FakeRegistry> {
  const server = await fakeServer(answer)
  return { ...server, host: `127.0.0.1:${server.port}` }
}

/** Takes uploads in one request, manifests and tags; `null` where a request writes nothing. */
export function store(
  shelf: Shelf,
  { method, path, body }: ReceivedRequest,
  response: ServerResponse,
): true | null {
  const text = body.toString('utf8')
  if (method === 'POST' && path.endsWith('/blobs/uploads/')) {
    response.writeHead(202, { location: `${path}1?state=a` }).end()
    return true
  }
  const [, name] = /\/manifests\/([^/?]+)$/.exec(path) ?? []
  if (method !== 'PUT' || (name === undefined && !path.includes('/blobs/uploads/1?state=a&digest='))) {
    return null
  }
  const digest = add(shelf, text)
  if (name !== undefined && !name.startsWith('sha256:')) {
    shelf.tags.set(name, digest)
  }
  response.writeHead(201).end()
  return true
}
