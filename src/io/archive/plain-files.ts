import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { withHead } from '../files/with-head.js'
import { compressionOf, decompressAll, MAGIC_BYTES } from './decompress.js'
import { DEFAULT_LIMITS } from './limits.js'
import { shownName } from './path.js'
import { archiveError } from './problems.js'
import type { TarEntry } from './tar-header.js'
import { type Body, createTarReader } from './tar-reader.js'

/** Which files are taken, and how much of them. */
export interface FilesWanted {
  /** By name in the archive, the name of the new file in the folder; `null`: this one was not requested. */
  readonly nameOf: (path: string) => string | null
  readonly most: number
  /** Of all files together. */
  readonly mostBytes: number
  /** For messages. */
  readonly where: string
}

/** What tar adds to each file and at the end: a header, extended ones, padding, a zero record. */
const AROUND_FILE = 4096
const AROUND_ALL = 65536

/**
 * Unpacks a tar of plain files into a new folder that nobody else writes to. If one entry is not a plain file, has an
 * unrequested name, or a name that occurred before, everything is refused; whoever created the folder removes it.
 * @param body compressed with gzip or zstd; its first bytes show which
 * @returns names of the files, in their order
 * @throws SeaworthyError `archive-hostile`, `archive-too-large`, `archive-truncated`, `archive-unreadable`
 */
export async function unpackPlainFiles(
  body: AsyncIterable<Uint8Array>,
  folder: string,
  wanted: FilesWanted,
): Promise<readonly string[]> {
  const { where, most, mostBytes } = wanted
  const packed = await withHead(body, MAGIC_BYTES)
  const compression = compressionOf(packed.head)
  if (compression === null) {
    throw archiveError('archive-unreadable', where, 'it is compressed with neither gzip nor zstd')
  }
  const files = plainFiles(folder, wanted)
  const reader = createTarReader(files.onEntry, where, { extendedHeaderBytes: AROUND_ALL })
  let left = mostBytes + most * AROUND_FILE + AROUND_ALL
  try {
    for await (const chunk of decompressAll(packed.body, compression, where, DEFAULT_LIMITS)) {
      left -= chunk.length
      if (left < 0) {
        throw tooLarge(wanted)
      }
      reader.write(chunk)
    }
  } finally {
    files.close()
  }
  if (reader.state() !== 'ended') {
    throw archiveError('archive-truncated', where, 'it ends too early')
  }
  return files.names
}

function plainFiles(folder: string, { nameOf, most, mostBytes, where }: FilesWanted) {
  const names: string[] = []
  let bytes = 0
  let open: number | null = null
  const close = () => {
    if (open !== null) {
      closeSync(open)
      open = null
    }
  }
  const onEntry = ({ path, type, size }: TarEntry): Body => {
    const name = type === 'file' ? nameOf(path) : null
    if (name === null || names.includes(name)) {
      const what = name === null ? 'was not requested' : 'appears twice'
      throw archiveError('archive-hostile', where, `it contains ${shownName(path)} (${type}), which ${what}`)
    }
    names.push(name)
    bytes += size
    if (names.length > most || bytes > mostBytes) {
      throw tooLarge({ most, mostBytes, where })
    }
    // Never over an existing file, and never through a link.
    const file = openSync(join(folder, name), 'wx', 0o600)
    open = file
    return { write: (chunk) => writeAll(file, chunk), end: close }
  }
  return { names, onEntry, close }
}

function writeAll(file: number, chunk: Buffer): void {
  for (let at = 0; at < chunk.length; ) {
    at += writeSync(file, chunk, at)
  }
}

function tooLarge({ most, mostBytes, where }: Omit<FilesWanted, 'nameOf'>): Error {
  const what = `it contains more than ${most} files, or more than ${Math.floor(mostBytes / 2 ** 20)} MiB`
  return archiveError('archive-too-large', where, what)
}
