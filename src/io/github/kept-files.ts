import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, lstat, mkdtemp, readdir, rename, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { type KeptFiles, problemOf } from '../../model/index.js'
import { unpackPlainFiles } from '../archive/formats/plain-files.js'
import { isFolderOrNew } from '../files/files.js'
import { makeFolders } from '../files/make-folders.js'
import { dockerLogins } from '../registry/login.js'
import {
  type CacheEntry,
  downloadEntry,
  type FoundEntry,
  findEntry,
  hasRunnerCache,
  saveEntry,
} from './runner-cache.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Increased when the format of the cached files changes. */
const FORM = 1
/** Limit for downloading and unpacking an entry, in milliseconds: beyond that, fetching from the source is faster. */
const RESTORE_MS = 30_000
/** In milliseconds: restored files are older than anything that the run uses, so only used ones are saved again. */
const DAY_MS = 86_400_000
/** In milliseconds: files get their time from the kernel's last tick, which may be before the clock's. */
const TICK_MS = 20

/**
 * True if GitHub's cache is read and written: for content of a branch, in a job that publishes nothing. Not on pull
 * requests, in merge queues, for tags and releases. A job cannot see whether GITHUB_TOKEN may write packages, but it
 * can see an OIDC token and a registry login.
 */
export function usesRunnerCache(env: Environment, isLoggedIn = dockerLogins().any): boolean {
  const { GITHUB_EVENT_NAME: event = '', GITHUB_REF: ref = '', GITHUB_REF_TYPE: type } = env
  const ofBranch = type === 'branch' && /^refs\/heads\/(?!gh-readonly-queue\/)/.test(ref)
  return (
    ofBranch &&
    ['push', 'schedule', 'workflow_dispatch'].includes(event) &&
    !env.ACTIONS_ID_TOKEN_REQUEST_URL &&
    hasRunnerCache(env) &&
    !isLoggedIn()
  )
}

/** Work alongside the run, and after it. Neither ever fails: without a cache a run is slower, nothing else. */
interface CacheTransfer {
  /** Ends restoring, if it is still in progress. */
  end(): void
  /** Saves what this run has used, if it is not there yet. */
  save(): Promise<void>
}

interface KeptWhere {
  readonly cacheDir: string
  /** Verified when it is read; nothing else goes into a cache that others write to, or comes out of it. */
  readonly proven: readonly KeptFiles[]
  readonly env: Environment
}

/**
 * Restores from GitHub's cache what can be verified, while the run continues: nothing waits for it.
 * @param isUsed false: nothing is restored, and nothing saved
 * @param warn prints a warning, which may contain text from outside
 */
export function restoreKept(kept: KeptWhere, isUsed: boolean, warn: (text: string) => void): CacheTransfer {
  if (!isUsed) {
    return { end: () => {}, save: async () => {} }
  }
  const started = Date.now() - TICK_MS
  const over = new AbortController()
  const ignoringErrors = <T>(work: Promise<T>, what: string): Promise<T | null> =>
    work.catch((error: unknown) => {
      if (!over.signal.aborted || what === 'written') {
        warn(`the runner's cache was not ${what}: ${problemOf(error, '').what}`)
      }
      return null
    })
  const restored = ignoringErrors(restore(kept, started, over.signal), 'read')
  return {
    end: () => over.abort(),
    async save() {
      over.abort()
      const found = await restored
      await ignoringErrors(save(kept, started, found?.key ?? null), 'written')
    },
  }
}

/** The entry of a job, with these files. */
function entryOf(names: readonly string[], { proven, env }: KeptWhere): CacheEntry {
  const hash = (text: string, length: number) =>
    createHash('sha256').update(text).digest('hex').slice(0, length)
  const job = hash(`${env.GITHUB_WORKFLOW ?? ''}\n${env.GITHUB_JOB ?? ''}`, 16)
  const prefix = `seaworthy-kept-${FORM}-${job}-`
  const paths = proven.map(({ folder }) => join(stageOf(env), folder, '*'))
  return { paths, prefix, key: `${prefix}${hash(names.toSorted().join('\n'), 32)}` }
}

/** Files are copied here to be saved: an entry is found again by its paths, so they are the same in each job. */
function stageOf(env: Environment): string {
  return join(env.RUNNER_TEMP || tmpdir(), 'seaworthy-kept')
}

async function restore(kept: KeptWhere, started: number, signal: AbortSignal): Promise<FoundEntry | null> {
  const { cacheDir, proven, env } = kept
  const found = await findEntry(entryOf([], kept), env, signal)
  if (found === null) {
    return null
  }
  const restoreFolder = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'seaworthy-restored-'))
  try {
    const body = await downloadEntry(found, { timeoutMs: RESTORE_MS, signal })
    // @actions/cache names files relative to the work tree.
    const stage = relative(env.GITHUB_WORKSPACE ?? process.cwd(), stageOf(env))
    const prefix = `${stage.replaceAll(sep, '/')}/`
    const names = await unpackPlainFiles(body, restoreFolder, {
      nameOf: (path) => (path.startsWith(prefix) ? flatName(path.slice(prefix.length), proven) : null),
      maxFiles: proven.reduce((sum, { maxEntries: most }) => sum + most, 0),
      maxTotalBytes: proven.reduce((sum, { mostBytes }) => sum + mostBytes, 0),
      where: "the runner's cache",
    })
    const age = new Date(started - DAY_MS)
    for (const name of names) {
      await place(join(restoreFolder, name), join(cacheDir, name.replace(' ', '/')), age)
    }
    return found
  } finally {
    await rm(restoreFolder, { recursive: true, force: true })
  }
}

/** "indexes/<hash>.zst" as one name, which no file of ours has on its own; `null` if no check keeps such a file. */
function flatName(path: string, proven: readonly KeptFiles[]): string | null {
  const [folder, name, more] = path.split('/')
  const isOurs = proven.some((one) => one.folder === folder && one.names.test(name ?? ''))
  return isOurs && more === undefined ? `${folder} ${name}` : null
}

/** Puts a restored file in its place, if nothing exists there yet: what a run has fetched in the meantime is newer. */
async function place(from: string, to: string, age: Date): Promise<void> {
  const exists = await lstat(to).then(
    () => true,
    () => false,
  )
  const folder = join(to, '..')
  if (!exists && isFolderOrNew(folder)) {
    const staged = `${to}.${randomUUID()}.tmp`
    makeFolders(folder, 0o700)
    await copyFile(from, staged, constants.COPYFILE_EXCL)
    await utimes(staged, age, age)
    await rename(staged, to)
  }
}

async function save(kept: KeptWhere, started: number, restoredKey: string | null): Promise<void> {
  const { cacheDir, proven, env } = kept
  const usedFiles = (await Promise.all(proven.map((one) => usedOf(cacheDir, one, started)))).flat()
  const entry = entryOf(usedFiles, kept)
  if (usedFiles.length === 0 || entry.key === restoredKey) {
    return
  }
  const stage = stageOf(env)
  try {
    await rm(stage, { recursive: true, force: true })
    for (const path of usedFiles) {
      makeFolders(join(stage, path, '..'))
      await copyFile(join(cacheDir, path), join(stage, path))
    }
    await saveEntry(entry)
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/** What the run has used, each by its path in the cache folder; nothing if that is more than may be restored. */
async function usedOf(
  cacheDir: string,
  { folder, names, maxEntries: most, mostBytes }: KeptFiles,
  started: number,
): Promise<string[]> {
  const folderPath = join(cacheDir, folder)
  const all = isFolderOrNew(folderPath) ? await readdir(folderPath).catch(() => []) : []
  const fileHashes = await Promise.all(
    all
      .filter((name) => names.test(name))
      .map(async (name) => ({ path: `${folder}/${name}`, state: await lstat(join(folderPath, name)) })),
  )
  // What is saved is read by others: a link would bring along what it leads to.
  const used = fileHashes.flatMap(({ path, state }) =>
    state.isFile() && state.mtimeMs >= started ? [{ path, size: state.size }] : [],
  )
  const bytes = used.reduce((sum, { size }) => sum + size, 0)
  return used.length > most || bytes > mostBytes ? [] : used.map(({ path }) => path)
}
