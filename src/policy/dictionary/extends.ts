import { isWithin, type Place, type PolicyNotice } from '../../model/index.js'
import { mappingOf } from '../shape.js'
import type { YamlDocument } from '../yaml/read.js'
import { BUILTIN_FILE, type Builtins, newestOf } from './builtins.js'
import type { Dictionary, Expectation, NotApplicable } from './dictionary.js'

export type ExtendedBuiltin = NonNullable<ReturnType<typeof extendedBy>>

/** What the file extends, such as `builtin/1`, and the newest one there is; `null` if it stands alone, or names nothing known. */
export function extendedBy({ value }: YamlDocument, builtins: Builtins) {
  const name = mappingOf(value)?.extends
  if (typeof name !== 'string') {
    return null
  }
  const number = Number(/^builtin\/([1-9]\d{0,3})$/.exec(name)?.[1] ?? 0)
  const text = Object.hasOwn(builtins, number) ? builtins[number] : undefined
  return text === undefined ? null : { name, text, file: BUILTIN_FILE, newest: newestOf(builtins), number }
}

/**
 * A file combined with the built-in dictionary that it extends (docs/decisions/0029-dictionary-extends.md). A line
 * of the file replaces the built-in one for that id as a whole, so that no reason outlives its purpose; only the guard
 * of the title stays. An id for which the file expects a result applies, even if the built-in dictionary excludes it.
 * An id that the file excludes is expected again once that line has expired.
 * @param at where the file states what it extends
 */
export function mergeOnto(base: Dictionary, own: Dictionary, named: ExtendedBuiltin, at: Place): Dictionary {
  const ownEntryOf = (id: string) => own.entries.find((one) => one.id === id)
  const baseEntries = base.entries.map((entry): Expectation => {
    const replacement = ownEntryOf(entry.id)
    return replacement === undefined ? entry : { ...replacement, title: replacement.title ?? entry.title }
  })
  const more = own.entries.filter(({ id }) => !base.entries.some((one) => one.id === id))
  const notApplicable = base.notApplicable
    .filter(({ id }) => ownEntryOf(id) === undefined)
    .map((line): NotApplicable => {
      return { ...line, except: own.entries.flatMap(({ id }) => (isWithin(id, line.id) ? [id] : [])) }
    })
  return {
    ...own,
    extended: base,
    notices: [...newer(named, at), ...repeatedLines(base, own, named)],
    entries: [...baseEntries, ...more],
    // The first of several for one id counts.
    notApplicable: [...own.notApplicable, ...notApplicable],
    overrides: [...base.overrides, ...own.overrides],
  }
}

function newer({ name, number, newest }: ExtendedBuiltin, place: Place): PolicyNotice[] {
  if (newest <= number) {
    return []
  }
  const text = `extends ${name}, but the newer builtin/${newest} exists: review what it expects, and extend it instead`
  return [{ kind: 'newer', place, text }]
}

function repeatedLines(base: Dictionary, own: Dictionary, { name }: ExtendedBuiltin): PolicyNotice[] {
  const notice = (id: string, place: Place): PolicyNotice => ({
    kind: 'duplicate',
    place,
    text: `${id} is the same as in ${name}, so it can be removed`,
  })
  const entries = own.entries.flatMap((entry) => {
    const baseEntry = base.entries.find(({ id }) => id === entry.id)
    return baseEntry !== undefined && isSameExpectation(entry, baseEntry)
      ? [notice(entry.writtenId, entry.place)]
      : []
  })
  const outside = own.notApplicable.flatMap(({ id, reason, place }) =>
    base.notApplicable.some((one) => one.id === id && one.reason === reason) ? [notice(id, place)] : [],
  )
  return [...entries, ...outside]
}

/** True if both expect the same. Owners are not compared, since they change nothing. */
function isSameExpectation(entry: Expectation, inBase: Expectation): boolean {
  const fieldsOf = ({ expect, items, title, evidence, host }: Expectation) =>
    JSON.stringify([[...expect].sort(), items, title ?? inBase.title, evidence, host])
  return fieldsOf(entry) === fieldsOf(inBase) && (entry.reason === null || entry.reason === inBase.reason)
}
