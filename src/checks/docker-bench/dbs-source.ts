import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EngineError, images } from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import { pullImage } from '../../io/engine/pull.js'
import { type DbsDocuments, type DbsSubject, runOnMachine } from './dbs.js'
import { fetchBench, PINNED_BENCH, type PinnedBench } from './dbs-fetch.js'
import { type BenchMeta, benchFault } from './dbs-meta.js'
import { runInContainer } from './dbs-service.js'
import { treeHash } from './dbs-tree.js'

/** Where Docker Bench itself comes from. */
export type BenchSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'download' }

interface SourceOptions {
  readonly benchEngine: 'auto' | 'dbs' | 'builtin'
  readonly source: BenchSource
  readonly directory: string
  /** Where the pinned one is kept between runs. */
  readonly cacheDir: string
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** Why Docker Bench itself is not asked; `null` where it is. */
export function whyWithoutDbs({
  benchEngine,
  source,
}: Pick<SourceOptions, 'benchEngine' | 'source'>): string | null {
  if (benchEngine === 'builtin') return 'bench-engine is builtin'
  if (source.kind !== 'none') return null
  if (benchEngine === 'auto') return 'neither bench-image nor bench-source was given'
  throw benchFault(
    'bench-no-source',
    'Docker Bench was asked for, and neither bench-image nor bench-source was given',
  )
}

/**
 * Runs Docker Bench, wherever it comes from. It looks at all images and containers of the engine, for one of its own:
 * where something was taken away between its listing and that look, it complains, and is run once more.
 */
export async function runDbs(
  subject: DbsSubject,
  engine: Engine,
  options: SourceOptions,
): Promise<DbsDocuments> {
  const documents = await runOnce(subject, engine, options)
  const { stderr }: Pick<BenchMeta, 'stderr'> = JSON.parse(documents['dbs-meta.json'])
  return /\bno such (object|image|container|network)\b/i.test(stderr)
    ? runOnce(subject, engine, options)
    : documents
}

async function runOnce(subject: DbsSubject, engine: Engine, options: SourceOptions): Promise<DbsDocuments> {
  const { source, signal } = options
  const directory = mkdtempSync(join(options.directory, 'bench-'))
  const run = { engine, directory, signal }
  try {
    switch (source.kind) {
      case 'image':
        await ensureImage(engine, source.image, signal)
        return await runInContainer(subject, {
          ...run,
          runId: options.runId,
          labels: options.labels,
          image: source.image,
        })
      case 'folder':
        return await runOnMachine({ folder: source.folder, words: `folder ${source.folder}` }, subject, run)
      case 'download': {
        const limits = { directory, signal, timeoutMs: 60_000 }
        const folder = await pinnedBench(PINNED_BENCH, options.cacheDir, limits)
        return await runOnMachine({ folder, words: `commit ${PINNED_BENCH.commit}` }, subject, run)
      }
      case 'none':
        throw benchFault('bench-no-source', 'Docker Bench is not there')
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function ensureImage(engine: Engine, reference: string, signal: AbortSignal): Promise<void> {
  try {
    await images.inspect(engine, reference, undefined, signal)
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 404)) throw error
    await pullImage(engine, reference, null, signal)
  }
}

/**
 * A copy of the pinned Docker Bench in a new folder: from the cache where that holds it, else fetched and kept.
 * The cache is not trusted (a job of a pull request may have filled it): the copy is hashed each time.
 * @returns the folder, below `directory`
 * @throws SeaworthyError `bench-not-fetched`
 */
export async function pinnedBench(
  pinned: PinnedBench,
  cacheDir: string,
  options: { readonly directory: string; readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<string> {
  const kept = join(cacheDir, 'docker-bench', pinned.commit)
  const cached = copyOf(kept, options.directory)
  if (cached !== null && treeHash(cached) === pinned.tree) return cached
  const fetched = mkdtempSync(join(options.directory, 'fetched-'))
  await fetchBench(pinned, fetched, options)
  keep(fetched, kept)
  return fetched
}

/** Copied before it is hashed: what is run later is what was looked at. */
function copyOf(kept: string, directory: string): string | null {
  if (!existsSync(kept)) return null
  const copy = mkdtempSync(join(directory, 'cached-'))
  try {
    cpSync(kept, copy, { recursive: true })
    return copy
  } catch {
    // Another run is putting it there, or it can't be read.
    return null
  }
}

/** Whole or not at all. A cache that can't be written costs the next run a download, and this one nothing. */
function keep(folder: string, kept: string): void {
  let staged: string | null = null
  try {
    mkdirSync(dirname(kept), { recursive: true })
    staged = mkdtempSync(`${kept}.`)
    cpSync(folder, staged, { recursive: true })
    rmSync(kept, { recursive: true, force: true })
    renameSync(staged, kept)
  } catch {
    if (staged !== null) rmSync(staged, { recursive: true, force: true })
  }
}
