import { createKnownPaths } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { relativePath, symlinkTarget } from '../../formats/path.js'
import type { TarEntry } from '../../formats/tar-header.js'
import { formOf, isCachedZip, isPlugAndPlayManifest, mayBeLoose } from './forms.js'
import type { Extent } from './stored.js'

/** A layer's symbolic links, and files that may be packages by the files around them or a link to them. */
export interface PackageLinks {
  /** Path of the link -> path of its target. */
  readonly symlinks: ReadonlyMap<string, string>
  /**
   * Each `package.json`, `METADATA` and `RECORD` whose own path does not make it (part of) a package, and the files of
   * Yarn's Plug'n'Play.
   */
  readonly candidates: ReadonlyMap<string, Extent>
  /** Whether some of these were left out because of the limit. */
  readonly isCut: boolean
  /** The first path that was left out and that, by its name, is or makes a package; `null`: none. */
  readonly cutAt: string | null
}

const CANDIDATE_PATH = /(?:^|\/)(?:package\.json|METADATA|(?<!\.dist-info\/)RECORD)$/
const PYTHON_METADATA = /\/(?:METADATA|RECORD)$/

/**
 * The levels at which a `package.json` below the link's target is a package because of the link: 0 is the
 * target itself; 1 a file in it, if it is a package's folder; 2 if it is a scope's folder or `node_modules`;
 * 3 for a scoped package in `node_modules`.
 */
export function levelsBelow(link: string): readonly number[] {
  const suffixes = ['', '/package.json', '/x/package.json', '/@x/x/package.json']
  return [...suffixes.keys()].filter((level) => formOf(link + suffixes[level]) === 'npm')
}

function isOfPlugAndPlay(path: string): boolean {
  return isPlugAndPlayManifest(path) || isCachedZip(path)
}

function isCandidate(path: string): boolean {
  return (CANDIDATE_PATH.test(path) && formOf(path) === null) || isOfPlugAndPlay(path)
}

/** Collects links and candidates of a layer. Where links lead is known only when all layers are. */
export function createLinkedPackages(limits: Limits, usage: Usage) {
  const symlinks = new Map<string, string>()
  const candidates = new Map<string, Extent>()
  const knownPaths = createKnownPaths([symlinks, candidates])
  let isCut = false
  let cutAt: string | null = null

  function noteWithinLimit<Value>(target: Map<string, Value>, path: string, value: Value): void {
    usage.packageLinks++
    if (usage.packageLinks <= limits.packageLinks) {
      knownPaths.note(target, path, value)
      return
    }
    isCut = true
    if (
      levelsBelow(path).length > 0 ||
      mayBeLoose(path) ||
      PYTHON_METADATA.test(path) ||
      isOfPlugAndPlay(path)
    ) {
      cutAt ??= path
    }
  }

  return {
    entry(path: string, { type, linkPath, offset, size }: TarEntry): void {
      if (type === 'symlink') {
        noteWithinLimit(symlinks, path, symlinkTarget(path, linkPath))
      } else if (!isCandidate(path)) {
        return
      } else if (type === 'file') {
        noteWithinLimit(candidates, path, { offset, size })
      } else if (type === 'hardlink') {
        const target = candidates.get(relativePath(linkPath) ?? '')
        if (target !== undefined) {
          noteWithinLimit(candidates, path, target)
        }
      }
    },
    forget: knownPaths.forget,
    finish: (): PackageLinks => ({ symlinks, candidates, isCut, cutAt }),
  }
}
