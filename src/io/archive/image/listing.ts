import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { archiveError } from '../formats/problems.js'
import { createTarReader } from '../formats/tar-reader.js'
import { createBlobWriter } from './blob-writer.js'
import { findCandidates } from './candidates.js'
import type { ArchiveContext } from './context.js'
import type { ArchiveListing } from './found.js'
import { createArchiveEntries } from './outer.js'
import { filesOfLayout, openedFile, plainBytes, READ_BYTES, withSignal } from './source.js'

const MAX_FEED_BYTES = 256 * 1024

/** A file of an OCI image-layout, by its name in it. */
export interface ImageBlob {
  readonly name: string
  readonly size: number
  readonly body: AsyncIterable<Uint8Array>
}

type ReadListing = (
  context: ArchiveContext,
  signal: AbortSignal | undefined,
) => Promise<ArchiveListing | null>

/** Opens an archive on disk, or a directory with an OCI image-layout. */
export async function openSource(path: string): Promise<ReadListing> {
  const file = await openedFile(path)
  if (file !== null) {
    return (context, signal) => findInTar(file, context, signal)
  }
  return async (context, signal) => {
    const names = await filesOfLayout(path)
    return names.includes('index.json') ? findInBlobs(blobsIn(path, names), context, signal) : null
  }
}

async function* blobsIn(path: string, names: readonly string[]): AsyncGenerator<ImageBlob> {
  for (const name of names) {
    const { size } = await stat(join(path, name))
    yield { name, size, body: createReadStream(join(path, name), { highWaterMark: READ_BYTES }) }
  }
}

export async function findInTar(
  source: AsyncIterable<Uint8Array>,
  context: ArchiveContext,
  signal: AbortSignal | undefined,
): Promise<ArchiveListing | null> {
  const where = context.reference
  const outerEntries = createArchiveEntries(context)
  const reader = createTarReader(outerEntries.onEntry, where, context.limits)
  for await (const bytes of plainBytes(source, context, signal)) {
    try {
      await feed(context, bytes, (part) => reader.write(part))
    } catch (error) {
      // Not even the first header could be read, so this is not a tar.
      throw reader.state() === 'start' ? archiveError('archive-unreadable', where, 'not a tar', error) : error
    }
  }
  if (reader.state() === 'start') {
    throw archiveError('archive-unreadable', where, 'not a tar: it ends before the first header')
  }
  if (reader.state() !== 'ended') {
    throw archiveError('archive-truncated', where, 'the archive ends before its end marker')
  }
  const listing = findCandidates(context)
  if (listing !== null) {
    outerEntries.checkLinks()
  }
  return listing
}

export async function findInBlobs(
  blobs: AsyncIterable<ImageBlob>,
  context: ArchiveContext,
  signal: AbortSignal | undefined,
): Promise<ArchiveListing | null> {
  for await (const { name, size, body } of blobs) {
    const blob = createBlobWriter(context, name, size)
    for await (const bytes of withSignal(body, signal)) {
      await feed(context, bytes, (part) => blob.write(part))
    }
    blob.end()
    await drained(context)
  }
  return findCandidates(context)
}

/** Feeds a chunk in pieces: one chunk can begin many compressed blobs, each with an open file and a decompressor. */
async function feed(context: ArchiveContext, bytes: Buffer, write: (part: Buffer) => void): Promise<void> {
  for (let at = 0; at < bytes.length; at += MAX_FEED_BYTES) {
    write(bytes.subarray(at, at + MAX_FEED_BYTES))
    if (context.decompressors.size > 0) {
      await drained(context)
    }
  }
}

/** Waits for the decompressors, so that memory holds only one chunk and its output. */
async function drained(context: ArchiveContext): Promise<void> {
  for (const decompressor of [...context.decompressors]) {
    if (await decompressor.drained()) {
      context.decompressors.delete(decompressor)
    }
  }
}
