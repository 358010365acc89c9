import { hash } from 'node:crypto'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { LayerToc } from '../../../model/index.js'
import type { Compression } from '../formats/decompress.js'
import type { Limits } from '../formats/limits.js'
import { archiveError, nodeCode } from '../formats/problems.js'
import { BLOCK_BYTES, decodeHeader } from '../formats/tar-header.js'
import type { Tail } from './tail.js'

/** A layer's table of contents (TOC) with its text. */
export interface StoredToc extends LayerToc {
  readonly json: Buffer
}

export const TOC_NAME = 'stargz.index.json'
/** Magic of an eStargz or stargz footer; before it are the 16 digits of the offset, and after it 13 bytes. */
const STARGZ_MAGIC = 'STARGZ'
/** The last 8 bytes of a zstd:chunked footer; the second one is that of older writers. */
const CHUNKED_MAGICS = ['GNUlInUx', 'GnUlInUx']
/** A zstd:chunked footer is a skippable frame of one of these sizes; older writers use the smaller one. */
const SKIPPABLE_MAGIC = 0x184d2a50
const CHUNKED_FOOTER_SIZES = [64, 40]
const FRAME_HEADER_BYTES = 8
const FOOTER_BYTES = 64 + FRAME_HEADER_BYTES
/** More than the tar adds to the JSON: a header, padding and the end marker. */
const JSON_OVERHEAD_BYTES = 64 * 1024

/**
 * Finds the TOC that an engine which pulls lazily reads instead of the layer's tar, at the offset in the
 * layer's last bytes; so it is read in the same way here. One that is further from the end than any tool writes it is
 * too large. eStargz: stargz-snapshotter,
 * estargz.md, "Footer"; zstd:chunked: containers/storage, pkg/chunked.
 * @throws SeaworthyError archive-hostile, archive-too-large
 */
export function findToc(
  tail: Tail,
  compression: Compression,
  where: string,
  limits: Limits,
): StoredToc | null {
  const end = tail.size()

  function tooLarge(): Error {
    const what = `the layer's table of contents is larger than ${limits.tocBytes} bytes, or ${limits.packedTocBytes} bytes as it is stored`
    return archiveError('archive-too-large', where, what)
  }

  function brokenToc(why: string, cause?: unknown): Error {
    const what = `the layer ends like one with a table of contents for lazy pulling, but ${why}`
    return archiveError('archive-hostile', where, what, cause)
  }

  function slice(from: number, to: number): Buffer {
    if (from < 0 || from >= to || to > end) {
      throw brokenToc('its offset leads outside the layer')
    }
    const bytes = to - from > limits.packedTocBytes ? null : tail.slice(from, to)
    if (bytes === null) {
      throw tooLarge()
    }
    return bytes
  }

  function unpacked(unpack: (options: { maxOutputLength: number }) => Buffer): Buffer {
    try {
      return unpack({ maxOutputLength: limits.tocBytes + JSON_OVERHEAD_BYTES })
    } catch (error) {
      throw nodeCode(error) === 'ERR_BUFFER_TOO_LARGE'
        ? tooLarge()
        : brokenToc('there is no compressed data at its offset', error)
    }
  }

  function tocOf(format: LayerToc['format'], json: Buffer, packed: Buffer, position: string): StoredToc {
    if (json.length > limits.tocBytes) {
      throw tooLarge()
    }
    const digest = `sha256:${hash('sha256', json)}`
    return { format, digest, packed: `sha256:${hash('sha256', packed)}`, position, json }
  }

  function estargz(footer: Buffer): StoredToc | null {
    if (footer.toString('latin1', footer.length - 19, footer.length - 13) !== STARGZ_MAGIC) {
      return null
    }
    const digits = footer.toString('latin1', footer.length - 35, footer.length - 19)
    if (!/^[0-9a-f]{16}$/.test(digits)) {
      throw brokenToc('its offset is not a number')
    }
    const offset = Number.parseInt(digits, 16)
    const packed = slice(offset, end)
    const tar = unpacked((options) => gunzipSync(packed, options))
    const header = tar.length < BLOCK_BYTES ? null : decodeHeader(tar.subarray(0, BLOCK_BYTES), where)
    if (header?.type !== 'file' || header.path !== TOC_NAME || tar.length < BLOCK_BYTES + header.size) {
      throw brokenToc(`there is no ${TOC_NAME} at its offset`)
    }
    const json = tar.subarray(BLOCK_BYTES, BLOCK_BYTES + header.size)
    return tocOf('eStargz', json, packed, `${offset}`)
  }

  function chunked(footer: Buffer): StoredToc | null {
    if (!CHUNKED_MAGICS.includes(footer.toString('latin1', footer.length - 8))) {
      return null
    }
    const size = CHUNKED_FOOTER_SIZES.find((bytes) => {
      const at = footer.length - bytes - FRAME_HEADER_BYTES
      return at >= 0 && footer.readUInt32LE(at) === SKIPPABLE_MAGIC && footer.readUInt32LE(at + 4) === bytes
    })
    if (size === undefined) {
      throw brokenToc('its footer is of an unknown form')
    }
    const [offset = -1, length = -1, unpackedLength = -1, type] = [0, 8, 16, 24].map((at) =>
      Number(footer.readBigUInt64LE(footer.length - size + at)),
    )
    if (type !== 1) {
      throw brokenToc('its table of contents is of an unknown form')
    }
    const packed = slice(offset, offset + length)
    const json = unpacked((options) => zstdDecompressSync(packed, options))
    if (json.length !== unpackedLength) {
      throw brokenToc('its table of contents does not have the size that the footer states')
    }
    return tocOf('zstd:chunked', json, packed, `${offset}:${length}:${unpackedLength}:${type}`)
  }

  const footer = tail.slice(Math.max(0, end - FOOTER_BYTES), end) ?? Buffer.alloc(0)
  return footer.length < 40 ? null : compression === 'gzip' ? estargz(footer) : chunked(footer)
}
