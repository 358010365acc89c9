import { createKnownPaths } from '../../../model/known-paths.js'
import type { Limits, Usage } from '../limits.js'
import { relativePath, symlinkTarget } from '../path.js'
import type { TarEntry } from '../tar-header.js'
import { formOf, mayBeLoose } from './forms.js'
import type { Extent } from './stored.js'

/** A layer's symbolic links, and the files that may be packages by what is around them, or because a link leads there. */
export interface PackageLinks {
  /** With the paths that they lead to. */
  readonly symlinks: ReadonlyMap<string, string>
  /** Each `package.json`, `METADATA` and `RECORD` whose own path does not make it (part of) a package. */
  readonly candidates: ReadonlyMap<string, Extent>
  /** Whether the limit left some of these out. */
  readonly isCut: boolean
  /** The first that it left out and that is or makes a package, as far as its path says; `null`: none. */
  readonly cutAt: string | null
}

const CANDIDATE_PATH = /(?:^|\/)(?:package\.json|METADATA|(?<!\.dist-info\/)RECORD)$/
const PYTHON_METADATA = /\/(?:METADATA|RECORD)$/

/**
 * How many folders a `package.json` is below what a link leads to, if the link makes it a package: the file itself, its
 * folder, the folder of its scope, or all of `node_modules`.
 */
export function levelsBelow(link: string): readonly number[] {
  const suffixes = ['', '/package.json', '/x/package.json', '/@x/x/package.json']
  return [...suffixes.keys()].filter((level) => formOf(link + suffixes[level]) === 'npm')
}

/** Finds these as a layer passes. Only when all layers are known, it is known where the links lead. */
export function createLinkedPackages(limits: Limits, usage: Usage) {
  const symlinks = new Map<string, string>()
  const candidates = new Map<string, Extent>()
  const known = createKnownPaths([symlinks, candidates])
  let isCut = false
  let cutAt: string | null = null

  function noteWithinLimit<Value>(target: Map<string, Value>, path: string, value: Value): void {
    usage.packageLinks++
    if (usage.packageLinks <= limits.packageLinks) {
      known.note(target, path, value)
      return
    }
    isCut = true
    if (levelsBelow(path).length > 0 || mayBeLoose(path) || PYTHON_METADATA.test(path)) {
      cutAt ??= path
    }
  }

  return {
    entry(path: string, { type, linkPath, offset, size }: TarEntry): void {
      if (type === 'symlink') {
        noteWithinLimit(symlinks, path, symlinkTarget(path, linkPath))
      } else if (!CANDIDATE_PATH.test(path) || formOf(path) !== null) {
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
    forget: known.forget,
    finish: (): PackageLinks => ({ symlinks, candidates, isCut, cutAt }),
  }
}
