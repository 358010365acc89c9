import { deepStrictEqual, equal } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { Header, Pax } from 'tar'
import {
  type Limits,
  type ReadImage,
  readImageArchive,
} from '../../../../src/io/archive/image/image-archive.js'
import type { Selection } from '../../../../src/io/archive/image/select.js'
import type { Image } from '../../../../src/model/image/image.js'
import type { LayerFile } from '../../../../src/model/image/opening.js'
import { SeaworthyError } from '../../../../src/model/problem.js'

/** Tars are written by node-tar's header encoder here: another hand than the reader's. */
export interface Entry {
  readonly path: string
  readonly body?: string | Buffer
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice'
  readonly linkpath?: string
  readonly mode?: number
  readonly uid?: number
  /** Written as a pax record before the entry, instead of into the header. */
  readonly paxPath?: string
  /** The attribute `security.capability`, as a pax record: 32-bit words, little-endian. */
  readonly capability?: readonly number[]
}

/** The whiteout of a path. */
export const gone = (path: string): Entry => {
  const at = path.lastIndexOf('/') + 1
  return { path: `${path.slice(0, at)}.wh.${path.slice(at)}` }
}

export function entryOf(entry: Entry): Buffer {
  const body = Buffer.from(entry.body ?? '')
  const header = Buffer.alloc(512)
  const encoded = new Header({
    path: entry.path,
    type: entry.type ?? 'File',
    mode: entry.mode ?? 0o644,
    uid: entry.uid ?? 0,
    gid: 0,
    size: body.length,
    linkpath: entry.linkpath ?? '',
    mtime: new Date(0),
  })
  encoded.encode(header)
  const pax = entry.paxPath === undefined ? Buffer.alloc(0) : new Pax({ path: entry.paxPath }).encode()
  return Buffer.concat([pax, capabilityOf(entry), header, padded(body)])
}

/** By hand: node-tar writes records of texts only. */
function capabilityOf({ path, capability }: Entry): Buffer {
  if (capability === undefined) {
    return Buffer.alloc(0)
  }
  const value = Buffer.alloc(capability.length * 4)
  for (const [index, uint32] of capability.entries()) {
    value.writeUInt32LE(uint32, index * 4)
  }
  const rest = Buffer.concat([Buffer.from(' SCHILY.xattr.security.capability='), value, Buffer.from('\n')])
  const record = Buffer.concat([Buffer.from(String(rest.length + 2)), rest])
  const header = Buffer.alloc(512)
  new Header({ path, type: 'ExtendedHeader', mode: 0o644, size: record.length, mtime: new Date(0) }).encode(
    header,
  )
  return Buffer.concat([header, padded(record)])
}

export function padded(body: Buffer): Buffer {
  return Buffer.concat([body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

export const END = Buffer.alloc(1024)

export function tarOf(entries: readonly (Entry | Buffer)[]): Buffer {
  return Buffer.concat([...entries.map((entry) => (Buffer.isBuffer(entry) ? entry : entryOf(entry))), END])
}

export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A dpkg status file with these packages, all at version 1. */
export function statusOf(...packages: readonly string[]): string {
  const stanzas = packages.map((name) => `Package: ${name}\nStatus: install ok installed\nVersion: 1\n`)
  return stanzas.join('\n')
}

export function packagesOf(status: string | undefined): readonly string[] {
  return [...(status ?? '').matchAll(/^Package: (.*)$/gm)].map((match) => match[1] ?? '')
}

export function configOf(layers: readonly Buffer[], more: Readonly<Record<string, unknown>> = {}): string {
  const diffIds = layers.map((layer) => `sha256:${sha256(layer)}`)
  return JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: diffIds },
    ...more,
  })
}

/** Entries of an OCI archive of one image; the first is the top of the order in which they are to be written. */
export function ociEntries(
  layers: readonly Buffer[],
  stored: readonly Buffer[] = layers,
  more: Readonly<Record<string, unknown>> = {},
  annotations: Readonly<Record<string, string>> | null = null,
): Entry[] {
  const config = configOf(layers, more)
  const manifest = JSON.stringify({
    schemaVersion: 2,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: `sha256:${sha256(config)}` },
    layers: stored.map((blob) => {
      const descriptor = { digest: `sha256:${sha256(blob)}`, size: blob.length }
      return annotations === null ? descriptor : { ...descriptor, annotations }
    }),
  })
  const index = JSON.stringify({ manifests: [{ digest: `sha256:${sha256(manifest)}` }] })
  return [
    ...stored.map((body) => ({ path: `blobs/sha256/${sha256(body)}`, body })),
    { path: `blobs/sha256/${sha256(config)}`, body: config },
    { path: `blobs/sha256/${sha256(manifest)}`, body: manifest },
    { path: 'index.json', body: index },
    { path: 'oci-layout', body: '{"imageLayoutVersion":"1.0.0"}' },
  ]
}

/** Entries as docker save wrote them before 25: v1 ids are no digests. */
export function dockerEntries(layers: readonly Buffer[]): Entry[] {
  const config = configOf(layers)
  const names = layers.map((_, at) => `${String(at).padStart(64, 'a')}/layer.tar`)
  const manifest = JSON.stringify([{ Config: `${sha256(config)}.json`, RepoTags: ['a:1'], Layers: names }])
  return [
    ...layers.map((body, at) => ({ path: names[at] ?? '', body })),
    { path: `${sha256(config)}.json`, body: config },
    { path: 'manifest.json', body: manifest },
  ]
}

export interface Reading {
  readonly image: Image
  readonly others: ReadImage['others']
  readonly layers: readonly LayerFile[]
  /** In the order in which they came. */
  readonly arrivals: readonly string[]
  readonly files: readonly string[]
}

interface Asking {
  readonly select?: Selection
  readonly limits?: Partial<Limits>
  readonly freeBytes?: number
}

async function* chunked(bytes: Buffer, sizes: () => number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const size = sizes()
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** Reads in a directory of its own. `leftOver` is what lies in it after an error. */
export async function inDirectory<T>(action: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'image-archive-'))
  try {
    return await action(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

export function read(
  archive: Buffer,
  asking: Asking = {},
  sizes: () => number = () => 65536,
): Promise<Reading> {
  return inDirectory(async (directory) => {
    const arrivals: string[] = []
    const result = await readImageArchive(chunked(archive, sizes), {
      reference: 'test.tar',
      select: asking.select ?? {},
      directory,
      onLayer: ({ diffId }) => arrivals.push(diffId),
      limits: asking.limits ?? {},
      ...(asking.freeBytes === undefined ? {} : { freeBytes: asking.freeBytes }),
    })
    return { ...result, arrivals, files: await readdir(directory) }
  })
}

/** Limits that are about the stored layer differ. */
type Alike = Omit<Asking, 'freeBytes'> & { readonly sizes?: () => number }

/**
 * Reads an image of these layers. Fails if it is another one where they are compressed, in turn with gzip and zstd.
 * @param more of the config
 */
export async function readAlike(
  layers: readonly Buffer[],
  more: Readonly<Record<string, unknown>> = {},
  { sizes, ...asking }: Alike = {},
): Promise<Reading> {
  const readStored = (stored: readonly Buffer[]) =>
    read(tarOf(ociEntries(layers, stored, more)), asking, sizes)
  const reading = await readStored(layers)
  const compressed = await readStored(
    layers.map((layer, at) => (at % 2 === 0 ? gzipSync(layer, { level: 1 }) : zstdCompressSync(layer))),
  )
  deepStrictEqual(compressed.image, reading.image)
  equal(compressed.files.length, new Set(layers.map(sha256)).size)
  return reading
}

export interface Refusal {
  readonly code: string
  readonly what: string
  readonly leftOver: readonly string[]
}

/** The error that reading gives, and what it left behind. An archive that is accepted fails the test. */
export function refusal(
  archive: Buffer,
  asking: Asking = {},
  sizes: () => number = () => 65536,
): Promise<Refusal> {
  return inDirectory(async (directory) => {
    try {
      await readImageArchive(chunked(archive, sizes), {
        reference: 'test.tar',
        select: asking.select ?? {},
        directory,
        limits: asking.limits ?? {},
        ...(asking.freeBytes === undefined ? {} : { freeBytes: asking.freeBytes }),
      })
    } catch (error) {
      if (!(error instanceof SeaworthyError)) {
        throw error
      }
      return { code: error.problem.code, what: error.problem.what, leftOver: await readdir(directory) }
    }
    throw new Error('the archive was accepted')
  })
}
