import { type Numbering, toNewNumbering } from '../../model/bench-ids.js'
import type { BenchWord } from '../../model/finding/bench.js'
import type { Place } from '../../model/place.js'
import { policyError } from '../faults.js'
import { shapeFaults } from '../shape.js'
import { type Path, readYaml, type YamlDocument } from '../yaml/read.js'
import { dictionaryFaults } from './faults.js'
import { type DictionarySchema, dictionarySchema, type RawExpectation } from './schema.js'

/** What the items of a result must be; each is compared as `by` says, as a set. */
export interface ItemRule {
  readonly kind: 'count' | 'max' | 'equals' | 'subset_of'
  /** For `count` and `max`. */
  readonly count: number
  /** For `equals` and `subset_of`. */
  readonly values: readonly string[]
  readonly by: 'whole' | 'name' | 'port' | 'path'
}

/** What is expected of one check. What is not said is `null`. */
export interface Expectation {
  /** By the numbers of 1.6.1. */
  readonly id: string
  /** As the file writes it. */
  readonly writtenId: string
  readonly expect: readonly BenchWord[]
  readonly items: ItemRule | null
  /** A guard: words that the tool's own title of the check must hold in this order. */
  readonly title: string | null
  /** Name of another test that decides, where Docker Bench never does. */
  readonly evidence: string | null
  readonly reason: string | null
  readonly owner: string | null
  /** YYYY-MM-DD, UTC; that day still counts. */
  readonly expires: string | null
  /** A feature that the host must have for this to be asked. */
  readonly host: string | null
  /** Of `runtime_checks`: only asked where run options were given. */
  readonly runtime: boolean
  readonly place: Place
  readonly path: Path
}

export interface NotApplicable {
  /** A check by the numbers of 1.6.1, or a section. */
  readonly id: string
  readonly reason: string
  readonly place: Place
}

export interface Override {
  /** Patterns of image references; `*` only. */
  readonly images: readonly string[]
  readonly entries: readonly Expectation[]
  readonly place: Place
}

/** policies/dictionary.yml. */
export interface Dictionary {
  /** `null`: there was no file at the default path. */
  readonly file: string | null
  readonly numbering: Numbering
  readonly defaults: {
    readonly expect: readonly BenchWord[]
    readonly unlisted: 'action' | 'report'
    readonly missing: 'action' | 'report'
  }
  readonly notApplicable: readonly NotApplicable[]
  readonly entries: readonly Expectation[]
  readonly overrides: readonly Override[]
}

/**
 * Reads policies/dictionary.yml.
 * @param file as messages shall name it
 * @throws SeaworthyError `policy-invalid` with every fault of the file and its line
 */
export function readDictionary(text: string, file: string): Dictionary {
  const document = readYaml(text, file)
  const faults = [...shapeFaults(document, dictionarySchema), ...dictionaryFaults(document, file)]
  if (faults.length > 0) throw policyError(faults)
  return toDictionary(dictionarySchema.parse(document.value), document, file)
}

function toDictionary(raw: DictionarySchema, document: YamlDocument, file: string): Dictionary {
  const { numbering } = raw
  const fallback = raw.defaults?.expect ?? ['PASS']
  const entriesAt = (path: Path, entries: Readonly<Record<string, RawExpectation>> = {}) =>
    Object.entries(entries).map(([id, entry]) => {
      const here = [...path, id]
      const about = { id: toNewNumbering(id, numbering), writtenId: id, path: here }
      const runtime = path[0] === 'runtime_checks'
      return { ...about, ...toExpectation(entry, fallback), runtime, place: document.placeOf(here) }
    })
  return {
    file,
    numbering,
    defaults: {
      expect: fallback,
      unlisted: raw.defaults?.unlisted ?? 'action',
      missing: raw.defaults?.missing ?? 'action',
    },
    notApplicable: Object.entries(raw.not_applicable ?? {}).map(([id, reason]) => ({
      id: toNewNumbering(id, numbering),
      reason: reason.trim(),
      place: document.placeOf(['not_applicable', id]),
    })),
    entries: [...entriesAt(['checks'], raw.checks), ...entriesAt(['runtime_checks'], raw.runtime_checks)],
    overrides: (raw.overrides ?? []).map(({ images, checks }, index) => ({
      images,
      entries: entriesAt(['overrides', index, 'checks'], checks),
      place: document.placeOf(['overrides', index]),
    })),
  }
}

function toExpectation(
  raw: RawExpectation,
  fallback: readonly BenchWord[],
): Omit<Expectation, 'id' | 'writtenId' | 'runtime' | 'place' | 'path'> {
  return {
    expect: raw.expect ?? fallback,
    items: raw.items === undefined ? null : toItemRule(raw.items),
    title: raw.title ?? null,
    evidence: raw.evidence ?? null,
    reason: raw.reason?.trim() ?? null,
    owner: raw.owner?.trim() ?? null,
    expires: raw.expires ?? null,
    host: raw.when?.host ?? null,
  }
}

function toItemRule(raw: NonNullable<RawExpectation['items']>): ItemRule {
  const by = raw.compare ?? 'whole'
  const values = raw.equals ?? raw.subset_of ?? []
  const count = Number(raw.count ?? raw.max ?? 0)
  const kinds = ['count', 'max', 'equals', 'subset_of'] as const
  return { kind: kinds.find((kind) => raw[kind] !== undefined) ?? 'equals', count, values, by }
}
