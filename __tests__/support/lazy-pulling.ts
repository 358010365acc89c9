import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { decompressAll } from '../../src/io/archive/formats/decompress.js'
import { DEFAULT_LIMITS } from '../../src/io/archive/formats/limits.js'
import { END, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'

/** Layers as three writers store them (lazy-pulling/README.md), and the same with another table of contents. */
export const WRITERS = ['estargz.tar.gz', 'snapshotter.tar.zst', 'storage.tar.zst'] as const
export type Writer = (typeof WRITERS)[number]
type Annotations = Readonly<Record<string, string>>

export interface LazyLayer {
  readonly blob: Buffer
  /** What a manifest says about it. */
  readonly annotations: Annotations
}

export interface TocEntry extends Record<string, unknown> {
  readonly name: string
  readonly type: string
}
export interface Toc {
  version: number
  entries: TocEntry[]
}

const FOLDER = join(import.meta.dirname, 'lazy-pulling')
const sha256 = (bytes: Buffer | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const DIGEST = 'containerd.io/snapshot/stargz/toc.digest'

export function lazyLayer(writer: Writer): LazyLayer {
  const annotations = readFileSync(join(FOLDER, writer.replace(/\.tar\..*/, '.json')), 'utf8')
  return { blob: readFileSync(join(FOLDER, writer)), annotations: JSON.parse(annotations) as Annotations }
}

/** Where the table of contents is in the blob, and its text. */
function tocOf({ blob }: LazyLayer): { readonly offset: number; readonly json: string } {
  if (blob[0] === 0x1f) {
    const offset = Number.parseInt(blob.toString('latin1', blob.length - 35, blob.length - 19), 16)
    const tar = gunzipSync(blob.subarray(offset))
    const size = Number.parseInt(tar.toString('latin1', 124, 135), 8)
    return { offset, json: tar.toString('utf8', 512, 512 + size) }
  }
  const footer = blob.subarray(blob.length - (blob.readUInt32LE(blob.length - 68) === 64 ? 64 : 40))
  const offset = Number(footer.readBigUInt64LE(0))
  const packed = blob.subarray(offset, offset + Number(footer.readBigUInt64LE(8)))
  return { offset, json: zstdDecompressSync(packed).toString('utf8') }
}

/** Writes a table of contents in the place of a layer's, with a footer and annotations that match it. */
export function withTocText(layer: LazyLayer, change: (json: string) => string): LazyLayer {
  const { offset, json } = tocOf(layer)
  const text = change(json)
  return layer.blob[0] === 0x1f
    ? estargz(layer.blob.subarray(0, offset), text)
    : chunked(layer.blob.subarray(0, offset - 8), text, Object.keys(layer.annotations))
}

/** The same for its entries. */
export const withToc = (layer: LazyLayer, change: (toc: Toc) => void): LazyLayer =>
  withTocText(layer, (json) => {
    const toc = JSON.parse(json) as Toc
    change(toc)
    return JSON.stringify(toc)
  })

function estargz(files: Buffer, json: string): LazyLayer {
  const toc = gzipSync(tarOf([{ path: 'stargz.index.json', body: json }]))
  return {
    blob: Buffer.concat([files, toc, stargzFooter(files.length)]),
    annotations: { [DIGEST]: sha256(json) },
  }
}

/** estargz.md, "Footer". */
export function stargzFooter(offset: number): Buffer {
  const head = Buffer.from('1f8b08040000000000ff1a0053471600', 'hex')
  const end = Buffer.from('010000ffff0000000000000000', 'hex')
  return Buffer.concat([head, Buffer.from(`${offset.toString(16).padStart(16, '0')}STARGZ`), end])
}

const skippable = (bytes: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32LE(0x184d2a50)
  head.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([head, bytes])
}

/** containers/storage, pkg/chunked/internal/minimal/compression.go, without the data for tar-split. */
function chunked(files: Buffer, json: string, keys: readonly string[]): LazyLayer {
  const packed = zstdCompressSync(json)
  const numbers = [files.length + 8, packed.length, Buffer.byteLength(json), 1]
  const footer = Buffer.alloc(64)
  for (const [at, number] of numbers.entries()) {
    footer.writeBigUInt64LE(BigInt(number), at * 8)
  }
  footer.write('GNUlInUx', 56, 'latin1')
  const values: readonly (readonly [RegExp, string])[] = [
    [/toc\.digest$/, sha256(json)],
    [/manifest-checksum$/, sha256(packed)],
    [/manifest-position$/, numbers.join(':')],
  ]
  const annotations = keys.flatMap((key) => {
    const value = values.find(([ending]) => ending.test(key))?.[1]
    return value === undefined ? [] : [[key, value] as const]
  })
  return {
    blob: Buffer.concat([files, skippable(packed), skippable(footer)]),
    annotations: Object.fromEntries(annotations),
  }
}

/** The layer's tar. */
export async function plainOf({ blob }: LazyLayer): Promise<Buffer> {
  const compression = blob[0] === 0x1f ? 'gzip' : 'zstd'
  const parts: Buffer[] = []
  for await (const part of decompressAll(of(blob), compression, 'test', DEFAULT_LIMITS)) {
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function* of(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** An OCI archive with that layer. */
export async function lazyArchive(
  layer: LazyLayer,
  more: { readonly config?: Readonly<Record<string, unknown>>; readonly stored?: Buffer } = {},
): Promise<Buffer> {
  const plain = await plainOf(layer)
  const entries = ociEntries([plain], [more.stored ?? layer.blob], more.config ?? {}, layer.annotations)
  return Buffer.concat([...entries.map(entryOf), END])
}
