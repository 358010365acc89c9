import type { ComposeFile } from './compose.js'
import { isRunKey } from './run-service.js'

/**
 * Where a service and its keys are. Keys in braces, or from an anchor, have no line. The service's own one is that of
 * `services` if it has none.
 */
export function serviceLines({ lines: all }: ComposeFile, name: string) {
  const first = all.findIndex((line) => line.startsWith('services'))
  const own = all.findIndex(
    (line, at) => at > first && /^\s+["']?([^"':]+)["']?\s*:/.exec(line)?.[1] === name,
  )
  const at = Math.max(first, own, 0)
  const outer = own === -1 ? 0 : indentOf(all[own] ?? '')
  const members = own === -1 ? [] : membersBelow(all, own, outer)
  const [firstKey] = members.filter(({ key }) => key !== null)
  return {
    name,
    line: at + 1,
    indent: firstKey?.indent ?? outer + 2,
    lines: Object.fromEntries(pathsOf(members).filter(([path]) => isRunKey(path))),
  }
}

interface Member {
  readonly line: number
  readonly indent: number
  /** `null`: an item of a list. */
  readonly key: string | null
  readonly item: string
}

function membersBelow(all: readonly string[], start: number, outer: number): readonly Member[] {
  const rest = all.slice(start + 1)
  const end = rest.findIndex((line) => isText(line) && indentOf(line) <= outer)
  return (end === -1 ? rest : rest.slice(0, end)).flatMap((text, index): Member[] => {
    const [, item] = /^\s*-\s+["']?([^"'\s]+)/.exec(text) ?? []
    const [, key] = /^\s*["']?([\w.-]+)["']?\s*:(?:\s|$)/.exec(text) ?? []
    return isText(text) && (item ?? key) !== undefined
      ? [{ line: start + index + 2, indent: indentOf(text), key: key ?? null, item: item ?? '' }]
      : []
  })
}

/** The path of each member below the service with its line. */
function pathsOf(members: readonly Member[]): readonly (readonly [string, number])[] {
  const open: { readonly indent: number; readonly path: string }[] = []
  return members.map(({ line, indent, key, item }) => {
    // A list may begin in the column of its own key.
    const isInside = (outer: number) => (key === null ? outer <= indent : outer < indent)
    while (open.length > 0 && !isInside(open.at(-1)?.indent ?? 0)) {
      open.pop()
    }
    const name = key ?? item.split(/[=:]/)[0] ?? ''
    const parent = open.at(-1)
    const path = parent === undefined ? name : `${parent.path}.${name}`
    if (key !== null) {
      open.push({ indent, path })
    }
    return [path, line]
  })
}

const isText = (line: string) => /^\s*[^\s#]/.test(line)
const indentOf = (line: string) => line.length - line.trimStart().length
