import {
  isCheckId,
  isIdOrSection,
  isWithin,
  type LineError,
  NUMBERINGS,
  toNewNumbering,
} from '../../model/index.js'
import { shown } from '../errors.js'
import { errorAt, listOf, type Mapping, mappingOf, valueAt } from '../shape.js'
import type { Path, YamlDocument } from '../yaml/read.js'
import type { YamlNode } from '../yaml/walk.js'
import { type Builtins, newestOf } from './builtins.js'
import type { Dictionary } from './dictionary.js'

/** Errors that a schema cannot detect: invalid ids, conflicting keys, and lines that contradict each other. */
export function dictionaryErrors(
  document: YamlDocument,
  file: string,
  { base, builtins }: { readonly base: Dictionary | null; readonly builtins: Builtins },
): LineError[] {
  const root = mappingOf(document.value)
  if (root === null) {
    return []
  }
  const errors: LineError[] = unquotedIds(document, file)
  const add = (path: Path, text: string) => {
    if (!document.hasErrors(path)) {
      errors.push(errorAt(document, path, text))
    }
  }
  extendsErrors(document, root, base, builtins, add)
  // Without a numbering the valid ids are not known.
  const ownNumbering = root.numbering ?? base?.numbering
  const numbering = NUMBERINGS.find((one) => one === ownNumbering)
  const overrides = listOf(root.overrides).map((_, index): Path => ['overrides', index, 'checks'])
  const tables: Path[] = [['checks'], ...overrides]
  const excluded = Object.keys(mappingOf(root.not_applicable) ?? {})
  if (numbering) {
    for (const id of excluded) {
      if (!isIdOrSection(id, numbering)) {
        add(['not_applicable', id], `${shown(id)} is not an id in ${numbering}`)
      }
    }
  }
  for (const path of tables) {
    const isOverride = path[0] === 'overrides'
    for (const [id, value] of Object.entries(mappingOf(valueAt(root, path)) ?? {})) {
      const entryPath = [...path, id]
      if (numbering && !isCheckId(id, numbering)) {
        add(entryPath, `${shown(id)} is not a check in ${numbering}`)
      } else if (numbering) {
        const canonical = (one: string) => toNewNumbering(one, numbering)
        const other = excluded.find((one) => isWithin(canonical(id), canonical(one)))
        if (other !== undefined) {
          const line = document.placeOf(['not_applicable', other]).line
          add(
            entryPath,
            `has an expected result here, but line ${line} (${shown(other)}) makes it not applicable; keep only one of them`,
          )
        }
      }
      if (isOverride && numbering && isOutside(toNewNumbering(id, numbering))) {
        add(entryPath, `is not applicable in ${root.extends}; add its expected result under "checks" first`)
      }
      entryErrors(mappingOf(value), entryPath, isOverride, add)
    }
  }
  return [...errors, ...sameOverrides(root, document)]

  /**
   * True if the built-in dictionary makes the id not applicable, and the file has no expected result for it in
   * `checks`.
   */
  function isOutside(id: string): boolean {
    const isCyclic =
      numbering !== undefined &&
      Object.keys(mappingOf(root?.checks) ?? {}).some((one) => toNewNumbering(one, numbering) === id)
    return !isCyclic && (base?.notApplicable.some((one) => isWithin(id, one.id)) ?? false)
  }
}

function extendsErrors(
  { root: node }: YamlDocument,
  root: Mapping,
  base: Dictionary | null,
  builtins: Builtins,
  add: (path: Path, text: string) => void,
): void {
  const { extends: name } = root
  if (name === undefined) {
    if (root.numbering === undefined) {
      add(
        ['extends'],
        `is missing: add "extends: builtin/${newestOf(builtins)}" to change only what this file lists, or a "numbering" key to start from an empty dictionary`,
      )
    }
    return
  }
  if (node?.members[0]?.key?.text !== 'extends') {
    add(['extends'], 'must be the first key in the file')
  }
  if (base === null && typeof name === 'string' && /^builtin\/[1-9]\d{0,3}$/.test(name)) {
    const builtinNames = Object.keys(builtins).map((number) => `builtin/${number}`)
    const those =
      builtinNames.length === 0
        ? 'a built-in dictionary cannot extend another one'
        : `known: ${builtinNames.join(', ')}`
    add(['extends'], `there is no ${name} (${those})`)
  }
}

function entryErrors(
  entry: Mapping | null,
  path: Path,
  isOverride: boolean,
  add: (path: Path, text: string) => void,
): void {
  if (entry === null) {
    return
  }
  if (isOverride) {
    for (const key of ['reason', 'owner', 'expires']) {
      if (entry[key] === undefined) {
        add([...path, key], 'is missing; an exception requires it')
      }
    }
  }
  const items = mappingOf(entry.items)
  if (items === null) {
    return
  }
  const rules = ['count', 'max', 'equals', 'subset_of'].filter((rule) => items[rule] !== undefined)
  if (rules.length === 1) {
    return
  }
  const found = rules.length === 0 ? 'none' : rules.join(' and ')
  add([...path, 'items'], `expected exactly one of count, max, equals, subset_of; found ${found}`)
}

/** Two overrides with the same pattern for the same id would tie for every image. */
function sameOverrides(root: Mapping, document: YamlDocument): LineError[] {
  const firstLines = new Map<string, number>()
  return listOf(root.overrides).flatMap((override, index) => {
    const found = mappingOf(override)
    const keys = listOf(found?.images).flatMap((image) =>
      Object.keys(mappingOf(found?.checks) ?? {}).map((id) => [image, id] as const),
    )
    return keys.flatMap(([image, id]): LineError[] => {
      const key = JSON.stringify([image, id])
      const first = firstLines.get(key)
      firstLines.set(key, first ?? index)
      if (first === undefined || first === index) {
        return []
      }
      const line = document.placeOf(['overrides', first, 'checks', id]).line
      const text = `${id} for ${shown(image)} appears twice, first on line ${line}`
      return [{ place: document.placeOf(['overrides', index, 'checks', id]), text }]
    })
  })
}

/**
 * Keys that look like an id and are not quoted. `4.10` is then the number 4.1 to every other YAML reader, and
 * replaces `4.1`. Our own reader does not guess types, so only the notation shows it.
 */
function unquotedIds({ root, lineOf }: YamlDocument, file: string): LineError[] {
  return (root === null ? [] : keysOf(root)).flatMap(({ style, text, start }): LineError[] => {
    if (style !== 'plain' || !/^[\d.]+$/.test(text)) {
      return []
    }
    const why = `${text} must be quoted ("${text}"), because without quotes it is a number in YAML, and 4.10 equals 4.1`
    return [{ place: { file, line: lineOf(start) }, text: why }]
  })
}

function keysOf({ members }: YamlNode): readonly YamlNode[] {
  return members.flatMap(({ key, value }) => [
    ...(key === null ? [] : [key, ...keysOf(key)]),
    ...keysOf(value),
  ])
}
