import { chmod, copyFile, readdir, readFile, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { hashOfFile } from '../io/files/hash.js'
import { FEEDS, SeaworthyError } from '../model/index.js'
import { ECOSYSTEMS } from './formats/osv/ecosystem.js'
import { folderOf, makeKeptFolder, readKeptAt } from './kept.js'
import { readEndsAt } from './kept-ends.js'
import { openKeptAt } from './osv/kept.js'

/** A feed in a cache directory, or in a folder exported from one. */
export interface CarriedFiles {
  /** `tracker`, the name of a feed, `ends`, or `osv-` and an ecosystem. */
  readonly name: string
  /** Paths below the directory: the data, and its metadata. */
  readonly files: readonly [data: string, about: string]
  /** `false`: it is not what was stored there, and will not be used. */
  readonly whole: boolean
  /** The data's own date, ISO 8601 UTC. */
  readonly date: string | null
  /** When it was last known to be current, ISO 8601 UTC. */
  readonly fetchedAt: string | null
  readonly rows: number | null
  readonly url: string | null
}

/**
 * Everything that is cached, each part verified by hash and form; empty if there is nothing.
 * @param only the name of a feed, if no other is wanted
 */
export async function listKept(cacheDir: string, only = ''): Promise<readonly CarriedFiles[]> {
  const filesOfFeed = async (folder: string) =>
    (await namesIn(folder)).filter((name) => only === '' || name.startsWith(`${only}-`))
  const trackers = (await filesOfFeed(cacheDir)).filter((name) => /^tracker-[0-9a-f]{16}\.json$/.test(name))
  const inFolder = await filesOfFeed(folderOf(cacheDir))
  const tables = inFolder.filter((name) => /^[a-z]+-[0-9a-f]{16}\.json\.gz$/.test(name))
  const endOfLifeFiles = inFolder.filter((name) => /^ends-[0-9a-f]{16}\.txt$/.test(name))
  const parts = inFolder.filter((name) => /^osv-[A-Za-z]+-[0-9a-f]{16}\.part$/.test(name))
  const carried = await Promise.all([
    ...trackers.map((name) => trackerIn(cacheDir, name)),
    ...tables.map((name) => tableIn(cacheDir, name)),
    ...endOfLifeFiles.map((name) => endsIn(cacheDir, name)),
    ...parts.map((name) => osvIn(cacheDir, name)),
  ])
  return carried.filter((one) => one !== null)
}

/**
 * Copies everything that is cached to another directory, which can then serve as a cache directory.
 * @returns what was copied
 * @throws SeaworthyError `feeds-damaged` if there is nothing, or something is not whole
 */
export async function carry(from: string, to: string): Promise<readonly CarriedFiles[]> {
  const all = await wholeIn(from)
  await makeKeptFolder(folderOf(to))
  for (const { files } of all) {
    for (const file of files) {
      await copyFile(join(from, file), join(to, file))
      await chmod(join(to, file), 0o600)
      // Copying does not make it newer: a tracker without a date of its own is as old as its file.
      const { atime, mtime } = await stat(join(from, file))
      await utimes(join(to, file), atime, mtime)
    }
  }
  return all
}

/** Everything that is cached. @throws SeaworthyError `feeds-damaged` if there is nothing, or something is not whole */
export async function wholeIn(folder: string): Promise<readonly CarriedFiles[]> {
  const all = await listKept(folder)
  const damaged = all.filter(({ whole }) => !whole).map(({ files }) => basename(files[0]))
  if (all.length === 0) {
    throw damagedFeeds('there are no feeds', folder)
  }
  if (damaged.length > 0) {
    throw damagedFeeds(`these files have changed since they were written: ${damaged.join(', ')}`, folder)
  }
  return all
}

export function damagedFeeds(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'feeds-damaged', what, where })
}

/** The copy that was read last. */
export function newestCopyOf(all: readonly CarriedFiles[], name: string): CarriedFiles | undefined {
  const readAt = ({ fetchedAt, date }: CarriedFiles) => fetchedAt ?? date ?? ''
  return all.filter((one) => one.name === name).sort((a, b) => (readAt(a) < readAt(b) ? 1 : -1))[0]
}

async function tableIn(cacheDir: string, name: string): Promise<CarriedFiles | null> {
  const feed = FEEDS.find((one) => name.startsWith(`${one}-`))
  if (!feed) {
    return null
  }
  const files = [join('feeds', name), join('feeds', name.replace(/\.json\.gz$/, '.meta.json'))] as const
  const cached = await readKeptAt(join(cacheDir, files[0]), join(cacheDir, files[1]), feed)
  return carriedOf(feed, files, cached && { ...cached.meta, ...cached.table })
}

async function endsIn(cacheDir: string, name: string): Promise<CarriedFiles> {
  const files = [join('feeds', name), join('feeds', name.replace(/\.txt$/, '.meta.json'))] as const
  const kept = await readEndsAt(join(cacheDir, files[0]), join(cacheDir, files[1]))
  return carriedOf('ends', files, kept?.source ?? null)
}

async function osvIn(cacheDir: string, name: string): Promise<CarriedFiles | null> {
  const ecosystem = ECOSYSTEMS.find((one) => name.startsWith(`osv-${one}-`))
  if (ecosystem === undefined) {
    return null
  }
  const files = [join('feeds', name), join('feeds', name.replace(/\.part$/, '.meta.json'))] as const
  const kept = await openKeptAt(join(cacheDir, files[0]), join(cacheDir, files[1]), ecosystem)
  await kept?.part.close()
  const { newest: date = null, rows = null } = kept?.part.about ?? {}
  return carriedOf(`osv-${ecosystem}`, files, kept && { ...kept.meta, date, rows })
}

async function trackerIn(cacheDir: string, name: string): Promise<CarriedFiles> {
  const files = [name, name.replace(/\.json$/, '.validators.json')] as const
  try {
    const validators = JSON.parse(await readFile(join(cacheDir, files[1]), 'utf8')) as Record<string, unknown>
    if ((await hashOfFile(join(cacheDir, name))) !== validators.sha256) {
      return carriedOf('tracker', files, null)
    }
    const time = Date.parse(String(validators.lastModified))
    const date = Number.isNaN(time) ? null : new Date(time).toISOString()
    const rows = typeof validators.rows === 'number' ? validators.rows : null
    const url = typeof validators.url === 'string' ? validators.url : null
    return carriedOf('tracker', files, { date, fetchedAt: null, rows, url })
  } catch {
    return carriedOf('tracker', files, null)
  }
}

/** @param of what is there; `null`: it is damaged */
function carriedOf(
  name: string,
  files: CarriedFiles['files'],
  of: Pick<CarriedFiles, 'date' | 'fetchedAt' | 'rows' | 'url'> | null,
): CarriedFiles {
  const { date = null, fetchedAt = null, rows = null, url = null } = of ?? {}
  return { name, files, whole: of !== null, date, fetchedAt, rows, url }
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).then(
    (names) => names.sort(),
    () => [],
  )
}
