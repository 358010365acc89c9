import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { withHead } from '../../files/with-head.js'
import { compressionOf, decompressAll, MAGIC_BYTES } from './decompress.js'
import { DEFAULT_LIMITS } from './limits.js'
import { shownName } from './path.js'
import { archiveError } from './problems.js'
import type { TarEntry } from './tar-header.js'
import { type Body, createTarReader } from './tar-reader.js'

export interface PlainFileOptions {
  /** Maps a name in the archive to the name of the new file; `null`: the file was not requested. */
  readonly nameOf: (path: string) => string | null
  readonly maxFiles: number
  readonly maxTotalBytes: number
  readonly where: string
}

/** Bytes that tar adds to each file and at its end: a header, extended headers, padding, zero blocks. */
const FILE_OVERHEAD_BYTES = 4096
const TAR_OVERHEAD_BYTES = 65536

/**
 * Unpacks a tar of regular files into a new folder that nobody else writes to. If an entry is not a regular
 * file, has a name that was not requested, or a name that occurred before, the whole tar is refused; whoever
 * created the folder removes it.
 * @param body compressed with gzip or zstd, detected by its first bytes
 * @returns names of the files, in their order
 * @throws SeaworthyError `archive-hostile`, `archive-too-large`, `archive-truncated`, `archive-unreadable`
 */
export async function unpackPlainFiles(
  body: AsyncIterable<Uint8Array>,
  folder: string,
  options: PlainFileOptions,
): Promise<readonly string[]> {
  const { where, maxFiles, maxTotalBytes } = options
  const compressed = await withHead(body, MAGIC_BYTES)
  const compression = compressionOf(compressed.head)
  if (compression === null) {
    throw archiveError('archive-unreadable', where, 'it is compressed with neither gzip nor zstd')
  }
  const files = plainFiles(folder, options)
  const reader = createTarReader(files.onEntry, where, { extendedHeaderBytes: TAR_OVERHEAD_BYTES })
  let remainingBytes = maxTotalBytes + maxFiles * FILE_OVERHEAD_BYTES + TAR_OVERHEAD_BYTES
  try {
    for await (const chunk of decompressAll(compressed.body, compression, where, DEFAULT_LIMITS)) {
      remainingBytes -= chunk.length
      if (remainingBytes < 0) {
        throw tooLarge(options)
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

function plainFiles(folder: string, { nameOf, maxFiles, maxTotalBytes, where }: PlainFileOptions) {
  const names: string[] = []
  let bytes = 0
  let openDescriptor: number | null = null
  const close = () => {
    if (openDescriptor !== null) {
      closeSync(openDescriptor)
      openDescriptor = null
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
    if (names.length > maxFiles || bytes > maxTotalBytes) {
      throw tooLarge({ maxFiles, maxTotalBytes, where })
    }
    // Never over an existing file, and never through a link.
    const descriptor = openSync(join(folder, name), 'wx', 0o600)
    openDescriptor = descriptor
    return { write: (chunk) => writeAll(descriptor, chunk), end: close }
  }
  return { names, onEntry, close }
}

function writeAll(file: number, chunk: Buffer): void {
  for (let at = 0; at < chunk.length; ) {
    at += writeSync(file, chunk, at)
  }
}

function tooLarge({ maxFiles, maxTotalBytes, where }: Omit<PlainFileOptions, 'nameOf'>): Error {
  const what = `it contains more than ${maxFiles} files, or more than ${Math.floor(maxTotalBytes / 2 ** 20)} MiB`
  return archiveError('archive-too-large', where, what)
}
