import type { LineError } from '../../model/index.js'
import { policyError, shown } from '../errors.js'
import { readWhitelistFile, type SpanLimit, type WhitelistFile } from './read.js'
import type { Whitelist } from './schema.js'

/** The text of a policy file, `null` if there is none. Throws if that can't be determined. */
export type ReadPolicy = (path: string) => string | null

/** Maximum depth of nested files, and their maximum number. More is a mistake. */
const MAX_DEPTH = 5
const MAX_FILES = 100

/**
 * The whitelist in `text` with everything that it includes.
 * @param file its path, relative to the working directory if it is inside
 * @param read for the included files; the paths passed to it never lead outside (`includedPath`)
 * @param limit `null`: how long entries hold is not checked
 * @throws SeaworthyError `policy-invalid` with every error of all files and its line
 */
export function loadWhitelist(
  file: string,
  text: string,
  read: ReadPolicy,
  limit: SpanLimit | null,
): Whitelist {
  const walk = walkFiles(file, text, limit)
  let step = walk.next()
  while (!step.done) {
    step = walk.next(read(step.value))
  }
  const { files, errors } = step.value
  if (errors.length > 0) {
    throw policyError(errors)
  }
  return { file, entries: files.flatMap(({ entries }) => entries) }
}

/**
 * The texts of all files that a whitelist includes, by path, for an asynchronous reader (GitHub's API): they are
 * fetched first, and `loadWhitelist` then reads them with `(path) => texts.get(path) ?? null`. Errors are left to
 * that.
 */
export async function includedTexts(
  file: string,
  text: string,
  read: (path: string) => Promise<string | null>,
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>()
  const walk = walkFiles(file, text, null)
  let step = walk.next()
  while (!step.done) {
    const path = step.value
    const found = await read(path)
    texts.set(path, found)
    step = walk.next(found)
  }
  return texts
}

interface IncludedFile {
  readonly files: WhitelistFile[]
  readonly errors: LineError[]
}

/** Requests one path after the other; each file is read once, whoever includes it. */
function* walkFiles(
  file: string,
  text: string,
  limit: SpanLimit | null,
): Generator<string, IncludedFile, string | null> {
  const files: WhitelistFile[] = []
  const errors: LineError[] = []
  const base = baseOf(file)
  const visited = new Set<string>()

  function* visit(path: string, name: string, content: string, trail: readonly string[]): Walk {
    visited.add(name)
    const read = readWhitelistFile(content, path, limit)
    files.push(read)
    errors.push(...read.errors)
    const nextTrail = [...trail, name]
    for (const [index, include] of read.includes.entries()) {
      const add = (text: string) =>
        errors.push({ place: include.place, text: `include[${index}]: ${shown(include.path)} ${text}` })
      const target = includedPath(name, include.path, base)
      if (target === null) {
        add(`is not a path to a file inside ${base === '' ? 'the working directory' : base}`)
      } else if (nextTrail.includes(target)) {
        add(`includes itself: ${[...nextTrail.slice(nextTrail.indexOf(target)), target].join(' → ')}`)
      } else if (visited.has(target)) {
        if (read.includes.findIndex((one) => includedPath(name, one.path, base) === target) !== index) {
          add('appears twice')
        }
      } else if (nextTrail.length >= MAX_DEPTH) {
        add(`is nested more than ${MAX_DEPTH} levels deep`)
      } else if (visited.size >= MAX_FILES) {
        add(`exceeds the limit of ${MAX_FILES} files`)
      } else {
        const found = yield target
        if (found === null) {
          add('does not exist')
        } else {
          yield* visit(target, target, found, nextTrail)
        }
      }
    }
  }

  yield* visit(
    file,
    base + (walkPath([], file.slice(base.length))?.join('/') ?? file.slice(base.length)),
    text,
    [],
  )
  return { files, errors }
}

type Walk = Generator<string, void, string | null>

/**
 * The folder that included files may not leave, '' for the working directory, else with a trailing `/`: the working
 * directory, or the folder of the first file if that is elsewhere.
 */
export function baseOf(file: string): string {
  const inside = !file.startsWith('/') && !/^[A-Za-z]:|\\/.test(file) && walkPath([], file) !== null
  return inside ? '' : file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
}

/** The path that an `include` of the file `from` names, or `null` if it leaves `base` or names no file. */
export function includedPath(from: string, path: string, base: string): string | null {
  // A Windows path, a URL, or a control character cannot name an existing file.
  if (path.startsWith('/') || /(?:^|\/)\.{0,2}$|[\\\p{Cc}]|^[A-Za-z]:|:\/\//u.test(path)) {
    return null
  }
  const folder = walkPath([], from.slice(base.length))?.slice(0, -1) ?? []
  const steps = walkPath(folder, path)
  return steps === null || steps.length === 0 ? null : base + steps.join('/')
}

/** The names after following `path` from a folder; `null` if it leads above the first of them. */
function walkPath(folder: readonly string[], path: string): string[] | null {
  const steps = [...folder]
  for (const step of path.split('/')) {
    if (step === '..' && steps.pop() === undefined) {
      return null
    }
    if (step !== '..' && step !== '.' && step !== '') {
      steps.push(step)
    }
  }
  return steps
}
