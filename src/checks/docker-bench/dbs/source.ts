import { cpSync, existsSync, mkdtempSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SeaworthyError } from '../../../model/index.js'
import { benchOfTarball, PINNED_BENCH, pinnedBench } from './fetch.js'
import { treeHash } from './tree.js'

/** Where Docker Bench itself comes from. */
export type BenchSource =
  /** The pinned version, from this URL; `null`: from its authors. */
  | { readonly kind: 'download'; readonly url: string | null }
  /**
   * A folder, or a tarball, which is always verified. A folder is used as it is, unless a pull request may have written
   * it (`mustBePinned`): then only the pinned version is run.
   */
  | { readonly kind: 'folder'; readonly folder: string; readonly mustBePinned?: boolean }

export const SCRIPT = 'docker-bench-security.sh'

/** A private copy of Docker Bench, which no other process writes to. */
export interface BenchTree {
  readonly folder: string
  /** A text about the copy's origin, such as the commit. */
  readonly version: string
  /** Hash over its files. */
  readonly tree: string
}

/**
 * Puts Docker Bench into a new folder below `directory`. The pinned version is verified, whatever its source.
 * @throws SeaworthyError `bench-no-source`, `bench-not-fetched`, `bench-not-genuine`
 */
export async function benchTree(
  source: BenchSource,
  options: { readonly directory: string; readonly cacheDir: string; readonly signal: AbortSignal },
): Promise<BenchTree> {
  if (source.kind === 'download') {
    const pinned = { ...PINNED_BENCH, url: source.url ?? PINNED_BENCH.url }
    const folder = await pinnedBench(pinned, options.cacheDir, { ...options, timeoutMs: 30_000 })
    return { folder, version: `commit ${pinned.commit}`, tree: pinned.tree }
  }
  // A tarball is always verified, whoever wrote it.
  if (statSync(source.folder, { throwIfNoEntry: false })?.isFile()) {
    const folder = await benchOfTarball(source.folder, options.directory)
    return { folder, version: `commit ${PINNED_BENCH.commit}`, tree: PINNED_BENCH.tree }
  }
  if (!existsSync(join(source.folder, SCRIPT))) {
    const what = `this folder does not contain ${SCRIPT}`
    const todo =
      'set bench-source to the folder of a checkout of docker/docker-bench-security, or to its tarball'
    throw new SeaworthyError({ code: 'bench-no-source', what, where: source.folder, todo })
  }
  const folder = mkdtempSync(join(options.directory, 'tree-'))
  cpSync(source.folder, folder, { recursive: true, filter: (path) => !/\/(\.git|log)$/.test(path) })
  const tree = treeHash(folder)
  if (source.mustBePinned === true && tree !== PINNED_BENCH.tree) {
    throw new SeaworthyError({
      code: 'bench-not-genuine',
      what: `this folder in the checkout does not contain Docker Bench at commit ${PINNED_BENCH.commit.slice(0, 12)}: its files have the hash ${tree}. On a pull request, the gate runs a copy of Docker Bench from the checkout only if the copy is identical to that commit`,
      where: source.folder,
      todo: 'set "bench-source: download", or set bench-source to a folder outside the checkout',
    })
  }
  return { folder, version: `folder ${source.folder}`, tree }
}
