import type { ApplicationRecords } from '../../model/application.js'
import { mergedPath } from '../../model/interest.js'

/**
 * The lines of one of dpkg's lists about these paths, each with its sum: `/path` in a list of files, which has none,
 * `md5  path` in one of sums.
 */
export function linesOf(
  name: string,
  text: string,
  wanted: ReadonlySet<string>,
): readonly (readonly [path: string, sum: string | null])[] {
  const isPlain = name.endsWith('.list')
  const from = isPlain ? 1 : 34
  const found: (readonly [string, string | null])[] = []
  for (const line of text.split('\n')) {
    const path = mergedPath(line.slice(from))
    if (wanted.has(path)) {
      found.push([path, isPlain ? null : line.slice(0, 32)])
    }
  }
  return found
}

/**
 * dpkg-divert(1) keeps three lines each: from, to, by. There no two are about the same file. Here the
 * first counts; otherwise one file could stand for all others. `null`: the layer has no such file.
 */
export function divertedIn(
  text: string | undefined,
  wanted: ReadonlySet<string>,
): ApplicationRecords['diverted'] {
  if (text === undefined) {
    return null
  }
  const lines = text.split('\n').map((line) => mergedPath(line.replace(/^\/+/, '')))
  const found: [string, string][] = []
  const known = new Set<string>()
  for (let at = 0; at + 2 < lines.length; at += 3) {
    const [from = '', to = ''] = lines.slice(at, at + 2)
    if (wanted.has(to) && !known.has(from)) {
      known.add(from)
      found.push([to, from])
    }
  }
  return Object.fromEntries(found)
}
