import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fetchBench, type PinnedBench } from './dbs-fetch.js'
import { treeHash } from './dbs-tree.js'

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
