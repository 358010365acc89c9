import {
  copyFileSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { TarEntry } from '../../../io/archive/formats/tar-header.js'
import { type Body, collectBody, createTarReader } from '../../../io/archive/formats/tar-reader.js'
import { listFolder } from '../../../io/files/files.js'
import { makeFolders } from '../../../io/files/make-folders.js'
import { getStream } from '../../../io/http/http.js'
import { bodyOf } from '../../../io/http/plain-http.js'
import { type KeptFiles, messageOf, problemOf, SeaworthyError } from '../../../model/index.js'
import { treeHash } from './tree.js'

/** A commit of Docker Bench for Security, and the hash over its files (tree.ts). */
export interface PinnedBench {
  readonly commit: string
  readonly tree: string
  /** URL of its tarball, as GitHub makes it: one folder around all files. */
  readonly url: string
}

const COMMIT = 'ff26d67f25be60fc2d82a01710ee14570b2cb9db'

/** The last commit of master (21 October 2024), which was read and run for this project. */
export const PINNED_BENCH: PinnedBench = {
  commit: COMMIT,
  tree: 'sha256:723ab2874ff628324fb9359507cfa76d1b73d35586bb3e6cf17ed6b7dc834860',
  url: `https://codeload.github.com/docker/docker-bench-security/tar.gz/${COMMIT}`,
}

const MAX_BYTES = 32 * 2 ** 20

/**
 * Fetches Docker Bench and unpacks it into a new folder. Nothing of it runs before its hash was checked.
 * @returns its tarball
 * @throws SeaworthyError `bench-not-fetched`; `bench-not-genuine` if its files are not the pinned ones
 */
export async function fetchBench(
  pinned: PinnedBench,
  folder: string,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<Buffer> {
  const answer = await getStream(pinned.url, { ...options, mayBePrivate: () => true }).catch(
    (error: unknown) => {
      options.signal.throwIfAborted()
      const { what, unreachable } = problemOf(error, pinned.url)
      const { problem } = notFetched(pinned, what)
      throw new SeaworthyError(unreachable === undefined ? problem : { ...problem, unreachable })
    },
  )
  if (answer.status !== 200) {
    throw notFetched(pinned, `the server returned HTTP ${answer.status}`)
  }
  const tarball = await bodyOf(answer.body, pinned.url, MAX_BYTES).catch((error: unknown) => {
    options.signal.throwIfAborted()
    throw notFetched(pinned, problemOf(error, pinned.url).what)
  })
  await layOut(tarball, folder, pinned)
  return tarball
}

/**
 * Unpacks a tarball into the folder if its files are the pinned ones.
 * @throws SeaworthyError `bench-not-fetched`, `bench-not-genuine`
 */
async function layOut(tarball: Buffer, folder: string, pinned: PinnedBench): Promise<void> {
  const files = await unpack(Readable.from([tarball]), pinned)
  for (const [path, { bytes, mode }] of files) {
    const full = join(folder, path)
    makeFolders(dirname(full))
    writeFileSync(full, bytes, { mode: mode & 0o100 ? 0o755 : 0o644, flag: 'wx' })
  }
  const tree = treeHash(folder)
  if (tree !== pinned.tree) {
    throw notGenuine(pinned, `its files have the hash ${tree}, not ${pinned.tree}`)
  }
}

/**
 * The pinned Docker Bench in a new folder, from its tarball on this machine.
 * @returns the folder, below `directory`
 * @throws SeaworthyError `bench-not-fetched`, `bench-not-genuine`
 */
export async function benchOfTarball(
  path: string,
  directory: string,
  pinned: PinnedBench = PINNED_BENCH,
): Promise<string> {
  const { size } = statSync(path)
  if (size > MAX_BYTES) {
    throw notFetched({ url: path }, `the file is larger than ${MAX_BYTES / 2 ** 20} MiB`)
  }
  const folder = mkdtempSync(join(directory, 'tarball-'))
  await layOut(readFileSync(path), folder, { ...pinned, url: path })
  return folder
}

interface UnpackedTree {
  readonly bytes: Buffer
  readonly mode: number
}

/** Unpacks only plain files, without the enclosing folder; paths that lead outside are refused. */
async function unpack(
  body: AsyncIterable<Uint8Array>,
  pinned: PinnedBench,
): Promise<Map<string, UnpackedTree>> {
  const files = new Map<string, UnpackedTree>()
  let total = 0
  const onEntry = (entry: TarEntry): Body | null => {
    if (entry.type === 'directory') {
      return null
    }
    const path = entry.path.split('/').slice(1).join('/')
    const isPlain =
      entry.type === 'file' && path !== '' && !path.split('/').some((part) => /^\.{0,2}$/.test(part))
    if (!isPlain) {
      throw notGenuine(pinned, `its tarball contains ${JSON.stringify(entry.path)} (${entry.type})`)
    }
    total += entry.size
    if (total > MAX_BYTES) {
      throw notGenuine(pinned, 'its tarball is too large')
    }
    return collectBody((bytes) => files.set(path, { bytes, mode: entry.mode }))
  }
  const reader = createTarReader(onEntry, pinned.url, { extendedHeaderBytes: 65536 })
  try {
    await pipeline(body, createGunzip(), async (plain: AsyncIterable<Buffer>) => {
      for await (const chunk of plain) {
        reader.write(chunk)
      }
    })
  } catch (error) {
    if (error instanceof SeaworthyError) {
      throw error
    }
    throw notFetched(pinned, messageOf(error))
  }
  if (reader.state() === 'start' || reader.state() === 'inside') {
    throw notFetched(pinned, 'its tarball is truncated')
  }
  return files
}

function notFetched({ url }: Pick<PinnedBench, 'url'>, why: string): SeaworthyError {
  const what = `Docker Bench could not be fetched: ${why}`
  return new SeaworthyError({ code: 'bench-not-fetched', what, where: url })
}

function notGenuine({ url, commit }: PinnedBench, why: string): SeaworthyError {
  const what = `the tarball is not Docker Bench at commit ${commit.slice(0, 12)}: ${why}`
  return new SeaworthyError({ code: 'bench-not-genuine', what, where: url })
}

/** The pinned tarball in the cache folder: one file, which is verified by the hash over its content. */
export const KEPT_BENCH: KeptFiles = {
  folder: 'docker-bench',
  names: new RegExp(`^${COMMIT}\\.tar\\.gz$`),
  maxEntries: 1,
  mostBytes: MAX_BYTES,
}

/**
 * The pinned Docker Bench in a new folder: from the tarball in the cache, else fetched and cached. The cache
 * is not trusted (a job of a pull request may have filled it): its content is hashed each time.
 * @returns the folder, below `directory`
 * @throws SeaworthyError `bench-not-fetched`, `bench-not-genuine`
 */
export async function pinnedBench(
  pinned: PinnedBench,
  cacheDir: string,
  options: { readonly directory: string; readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<string> {
  const kept = join(cacheDir, KEPT_BENCH.folder, `${pinned.commit}.tar.gz`)
  const cached = mkdtempSync(join(options.directory, 'cached-'))
  try {
    await layOut(readKept(kept), cached, pinned)
    return cached
  } catch {
    // The cache has no tarball, or not the pinned one.
    rmSync(cached, { recursive: true, force: true })
  }
  const fetched = mkdtempSync(join(options.directory, 'fetched-'))
  const tarball = await fetchBench(pinned, fetched, options)
  keep(tarball, kept)
  return fetched
}

/** Puts the pinned Docker Bench into the cache folder, unless it is there. Throws as `pinnedBench` does. */
export async function cacheBench(cacheDir: string, directory: string, signal: AbortSignal): Promise<string> {
  await pinnedBench(PINNED_BENCH, cacheDir, { directory, signal, timeoutMs: 60_000 })
  return PINNED_BENCH.commit
}

/** Copies the tarball from one cache folder to another; it is verified when it is used. @returns commits */
export function carryBench(from: string, to: string): readonly string[] {
  const { folder, names } = KEPT_BENCH
  const found = listFolder(join(from, folder)).filter((name) => names.test(name))
  for (const name of found) {
    makeFolders(join(to, folder), 0o700)
    copyFileSync(join(from, folder, name), join(to, folder, name))
  }
  return found.map((name) => name.replace(/\.tar\.gz$/, ''))
}

/** Reads a cached file, and marks it as used: only those are kept for the next run. Throws if it is not usable. */
function readKept(path: string): Buffer {
  const stats = lstatSync(path)
  if (!stats.isFile() || stats.size > MAX_BYTES) {
    throw new Error('it is not a tarball that Seaworthy saved')
  }
  const now = new Date()
  utimesSync(path, now, now)
  return readFileSync(path)
}

/** Caches the tarball, whole or not at all. An unwritable cache costs the next run a download, and this one nothing. */
function keep(tarball: Buffer, kept: string): void {
  let staged: string | null = null
  try {
    makeFolders(dirname(kept))
    rmSync(kept, { recursive: true, force: true })
    staged = mkdtempSync(`${kept}.`)
    writeFileSync(join(staged, 'tarball'), tarball)
    renameSync(join(staged, 'tarball'), kept)
  } catch {
    // The next run downloads it again.
  }
  if (staged !== null) {
    rmSync(staged, { recursive: true, force: true })
  }
}
