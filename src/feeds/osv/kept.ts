import { randomUUID } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { hashOfFile, shortHash } from '../../io/files/hash.js'
import { isOnlyOurs } from '../../io/files/kept-place.js'
import type { Ecosystem } from '../formats/osv/ecosystem.js'
import { folderOf, keptMeta, makeKeptFolder, replace } from '../kept.js'
import { type OsvPart, openPart } from './part.js'

/** `part`: SHA-256 of the part. */
const META = keptMeta.extend({ part: z.string() })
type OsvMeta = Readonly<z.infer<typeof META>>

export interface KeptOsv {
  readonly part: OsvPart
  readonly meta: OsvMeta
}

export function osvPaths(cacheDir: string, ecosystem: Ecosystem, source: string) {
  const path = join(folderOf(cacheDir), `osv-${ecosystem}-${shortHash(source)}`)
  return { part: `${path}.part`, meta: `${path}.meta.json` }
}

/** What is known about a cached part, without reading the part. `null` if nothing counts (decision 32). */
export async function readOsvMeta(
  cacheDir: string | null,
  ecosystem: Ecosystem,
  source: string,
): Promise<OsvMeta | null> {
  if (cacheDir === null) {
    return null
  }
  const paths = osvPaths(cacheDir, ecosystem, source)
  const isOwnedByUs = [folderOf(cacheDir), paths.part, paths.meta].every((path) => isOnlyOurs(path))
  return isOwnedByUs ? metaIn(paths.meta) : null
}

/** A cached part that is what was stored; `null` if there is none. */
export async function openKept(
  cacheDir: string | null,
  ecosystem: Ecosystem,
  source: string,
): Promise<KeptOsv | null> {
  const meta = await readOsvMeta(cacheDir, ecosystem, source)
  const path = cacheDir === null ? '' : osvPaths(cacheDir, ecosystem, source).part
  return meta === null ? null : openProven(path, meta, ecosystem)
}

/** A part and its metadata in any folder, for listing and copying. */
export async function openKeptAt(part: string, about: string, ecosystem: Ecosystem): Promise<KeptOsv | null> {
  const meta = await metaIn(about)
  return meta === null ? null : openProven(part, meta, ecosystem)
}

async function openProven(path: string, meta: OsvMeta, ecosystem: Ecosystem): Promise<KeptOsv | null> {
  const isUnmodified = (await hashOfFile(path).catch(() => null)) === meta.part
  const part = isUnmodified ? await openPart(path, ecosystem) : null
  return part === null ? null : { part, meta }
}

async function metaIn(path: string): Promise<OsvMeta | null> {
  try {
    return META.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** Records that the source still says this. An unwritable cache makes the next run slower, nothing more. */
export async function keepMeta(cacheDir: string, ecosystem: Ecosystem, source: string, meta: OsvMeta) {
  const path = osvPaths(cacheDir, ecosystem, source).meta
  await replace(path, JSON.stringify(meta)).catch(() => undefined)
}

/** A file of this run, removed unless it gets its final name. `folder` is the cache's, or the system's. */
export async function makeWorkFile(cacheDir: string | null) {
  const folder = cacheDir === null ? tmpdir() : folderOf(cacheDir)
  if (cacheDir !== null) {
    await makeKeptFolder(folder)
  }
  const path = join(folder, `.osv-${randomUUID()}`)
  return { path, file: await open(path, 'wx+', 0o600) }
}
