import { isWithin } from '../../model/bench-ids.js'
import type { Place } from '../../model/place.js'
import type { PolicyNotice } from '../../model/verdict.js'
import { mappingOf } from '../shape.js'
import type { YamlDocument } from '../yaml/read.js'
import { BUILTIN_FILE, type Builtins, newestOf } from './builtins.js'
import type { Dictionary, Expectation, NotApplicable } from './dictionary.js'

/** A built-in dictionary, as a file names it. */
export interface ExtendedName {
  /** `builtin/1` */
  readonly name: string
  readonly text: string
  /** As messages name it. */
  readonly file: string
  /** The newest one that there is, by its number. */
  readonly newest: number
  readonly number: number
}

/** What the file extends; `null` where it stands alone, or names nothing that is known. */
export function extendedBy({ value }: YamlDocument, builtins: Builtins): ExtendedName | null {
  const name = mappingOf(value)?.extends
  if (typeof name !== 'string') {
    return null
  }
  const number = Number(/^builtin\/([1-9]\d{0,3})$/.exec(name)?.[1] ?? 0)
  const text = Object.hasOwn(builtins, number) ? builtins[number] : undefined
  return text === undefined ? null : { name, text, file: BUILTIN_FILE, newest: newestOf(builtins), number }
}

/**
 * A file laid upon the built-in dictionary that it extends. Its line takes the place of the built-in one's for that id
 * as a whole, so that no reason outlives what it was given for; only the guard of the title stays. What it expects is
 * applicable, and what it takes out is not expected.
 * @param at where the file says what it extends
 */
export function mergeOnto(base: Dictionary, own: Dictionary, named: ExtendedName, at: Place): Dictionary {
  const ofOwn = (id: string) => own.entries.find((one) => one.id === id)
  const isOut = (id: string) => own.notApplicable.some((one) => isWithin(id, one.id))
  const kept = base.entries.flatMap((entry): Expectation[] => {
    const instead = ofOwn(entry.id)
    if (instead !== undefined) {
      return [{ ...instead, title: instead.title ?? entry.title }]
    }
    return isOut(entry.id) ? [] : [entry]
  })
  const more = own.entries.filter(({ id }) => !base.entries.some((one) => one.id === id))
  const notApplicable = base.notApplicable.flatMap((line): NotApplicable[] => {
    if (isOut(line.id) || ofOwn(line.id) !== undefined) {
      return []
    }
    return [{ ...line, except: own.entries.flatMap(({ id }) => (isWithin(id, line.id) ? [id] : [])) }]
  })
  return {
    ...own,
    extended: base,
    notices: [...newer(named, at), ...idle(base, own, named)],
    entries: [...kept, ...more],
    notApplicable: [...notApplicable, ...own.notApplicable],
    overrides: [...base.overrides, ...own.overrides],
  }
}

function newer({ name, number, newest }: ExtendedName, place: Place): PolicyNotice[] {
  if (newest <= number) {
    return []
  }
  const text = `extends ${name}, but builtin/${newest} exists: read what it expects, and extend it instead`
  return [{ kind: 'newer', place, text }]
}

/** Lines that say what the built-in dictionary says. */
function idle(base: Dictionary, own: Dictionary, { name }: ExtendedName): PolicyNotice[] {
  const say = (id: string, place: Place): PolicyNotice => ({
    kind: 'duplicate',
    place,
    text: `${id} says what ${name} says; it can be removed`,
  })
  const entries = own.entries.flatMap((entry) => {
    const there = base.entries.find(({ id }) => id === entry.id)
    return there !== undefined && saysTheSame(entry, there) ? [say(entry.writtenId, entry.place)] : []
  })
  const outside = own.notApplicable.flatMap(({ id, reason, place }) =>
    base.notApplicable.some((one) => one.id === id && one.reason === reason) ? [say(id, place)] : [],
  )
  return [...entries, ...outside]
}

/** But for who answers for it, which changes nothing. */
function saysTheSame(entry: Expectation, there: Expectation): boolean {
  const told = ({ expect, items, title, evidence, host, runtime }: Expectation) =>
    JSON.stringify([[...expect].sort(), items, title ?? there.title, evidence, host, runtime])
  return told(entry) === told(there) && (entry.reason === null || entry.reason === there.reason)
}
