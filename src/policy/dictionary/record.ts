import {
  becauseText,
  type ComparedResult,
  compareIds,
  type EngineResult,
  fromNewNumbering,
  type Numbering,
  SeaworthyError,
  START_TEST,
} from '../../model/index.js'
import { usualEnd } from '../whitelist/change.js'
import type { SpanLimit } from '../whitelist/read.js'
import {
  addBlock,
  append,
  memberOf,
  type NewMember,
  put,
  remove,
  type Splice,
  splice,
  yamlText,
} from '../yaml/edit.js'
import { readYaml } from '../yaml/read.js'
import { acceptsMore } from './accepting.js'
import { BUILTIN_FILE } from './builtins.js'
import { type Comparison, type ComparisonContext, compareResults } from './compare.js'
import type { Dictionary, ItemRule } from './dictionary.js'
import { compareItems, itemSet } from './items.js'
import { entryFor } from './match.js'
import { readDictionary } from './read.js'
import { isWorse } from './rules.js'

export interface Recorded {
  readonly text: string
  /** The changes, one line each, for the reviewer; none of an id in `accepted`. */
  readonly changes: readonly string[]
  /** Differences that are left to people, one line each. */
  readonly left: readonly string[]
  /**
   * Changes to a result that is worse than the built-in dictionary expects, one line each, if owner or reason is still
   * to be filled in.
   */
  readonly accepted: readonly string[]
}

/** The basis of the comparison, as in the gate, and the source of a line of the file. */
export interface Recorder extends ComparisonContext, SpanLimit {
  readonly file: string
  /** Who answers for worse results, and why they are expected; '' is to be filled in. */
  readonly owner: string
  readonly reason: string
}

/**
 * A dictionary that expects today's results of this image, for review. In an existing file only lines that do not
 * match are changed, and missing ones added: comments, order and everything else stay as they are. In one that
 * extends a built-in dictionary only differences from that are listed. Unexamined results are never recorded as
 * expected, and expired entries are left to people. A result that is worse than the built-in dictionary expects gets
 * the owner and the reason: the file is invalid as long as one of them is empty.
 * @param text of the file; if there is none, of the initial file
 */
export function recordDictionary(
  text: string,
  results: readonly ComparedResult[],
  about: Recorder,
): Recorded {
  const dictionary = readDictionary(text, about.file, { limit: about })
  const all = compareResults(results, dictionary, about)
  // What an expired exception covered must not become the expectation for every image.
  const isWithoutExpired = (id: string) =>
    entryFor(dictionary, id, about.reference, about.today).expired === null
  const compared = all.filter(isDifference).filter(({ id }) => isWithoutExpired(id))
  const freed = withoutNeedless(text, compared, dictionary, about)
  const unresolved = compared.filter(({ id }) => !freed.ids.has(id))
  const { owner, reason } = about
  const edit = (worse: ReadonlySet<string>, signed: Signed) =>
    withResults(freed.text, unresolved, dictionary, about, { worse, ...signed })
  const worse = worseIn(
    edit(new Set(unresolved.map(({ id }) => id)), SOMEBODY),
    unresolved,
    dictionary,
    about,
  )
  // With a placeholder, to be valid: the written line may have no owner yet.
  const filled = edit(worse, SOMEBODY)
  const recorded = readDictionary(filled, about.file, { limit: about })
  const blocking = compareResults(results, recorded, about).filter(({ blocks }) => blocks)
  const unfit = blocking.filter(
    ({ id, outcome }) => CHANGED.has(outcome) && compared.some((one) => one.id === id),
  )
  if (unfit.length > 0) {
    throw notExpected(unfit, about.file)
  }
  const unchangedTexts = blocking.map((one) => `${one.id} is left unchanged: ${becauseText(one)}`)
  const empty = [...(owner === '' ? ['owner'] : []), ...(reason === '' ? ['reason'] : [])].join(' and ')
  const isOpen = (one: Difference) => empty !== '' && worse.has(one.id) && unresolved.includes(one)
  const accepted = compared.filter(isOpen).map((one) => {
    const line = entryFor(recorded, one.id, about.reference, about.today).entry?.place.line
    return `${changeOf(one)}; fill in ${empty} (${about.file}:${line})`
  })
  const changes = compared.filter((one) => !isOpen(one)).map(changeOf)
  return { text: edit(worse, { owner, reason }), changes, left: unchangedTexts, accepted }
}

type Signed = Pick<Recorder, 'owner' | 'reason'>

const SOMEBODY: Signed = { owner: 'somebody', reason: 'somebody' }

const CHANGED: ReadonlySet<string> = new Set(['worse', 'better', 'new'])

/** What may be recorded: a result that was examined. */
type Difference = Comparison & {
  readonly result: ComparedResult
  readonly reported: { readonly [Key in keyof EngineResult]: NonNullable<EngineResult[Key]> }
}

function isDifference(one: Comparison): one is Difference {
  const { id, blocks, outcome, reported } = one
  return id !== START_TEST && blocks && CHANGED.has(outcome) && reported?.word != null
}

function changeOf(comparison: Difference): string {
  const { id, reported, outcome } = comparison
  return outcome === 'new' ? `${id}: added, ${reported.word}` : `${id}: ${becauseText(comparison)}`
}

/** Ids whose line needs an owner: the result, or the line that expects it, is worse than the built-in one. */
function worseIn(
  text: string,
  compared: readonly Difference[],
  dictionary: Dictionary,
  about: Recorder,
): ReadonlySet<string> {
  const recorded = readDictionary(text, about.file)
  const isLine = (id: string) => {
    const entry = recorded.entries.find((one) => one.id === id)
    const baseEntry = recorded.extended?.entries.find((one) => one.id === id)
    return entry !== undefined && baseEntry !== undefined && acceptsMore(entry, baseEntry)
  }
  return new Set(
    compared.flatMap(({ id, result }) => (isWorse(result, dictionary, about) || isLine(id) ? [id] : [])),
  )
}

/** Lines that differ from the built-in dictionary, which matches now, are removed: no reason outlives its purpose. */
function withoutNeedless(
  text: string,
  compared: readonly Difference[],
  { extended }: Dictionary,
  about: Recorder,
): { readonly text: string; readonly ids: ReadonlySet<string> } {
  const { root } = readYaml(text, about.file)
  const fits = ({ result, entry }: Difference) =>
    extended !== null &&
    isOwnLine(entry) &&
    compareResults([result], extended, about).some(
      ({ id, outcome }) => id === result.id && outcome === 'match',
    )
  const redundant = compared.filter(fits)
  const ids = new Set(redundant.map(({ id }) => id))
  if (root === null || ids.size === 0) {
    return { text, ids: new Set() }
  }
  const redundantIds = redundant.map(({ entry }) => entry?.writtenId)
  const members = memberOf(root, ['checks'])?.value.members ?? []
  const indexes = members.flatMap(({ key }, index) => (redundantIds.includes(key?.text) ? [index] : []))
  const withoutChecks = remove(text, root, ['checks'], new Set(indexes))
  return withoutChecks === null ? { text, ids: new Set() } : { text: splice(text, withoutChecks), ids }
}

function isOwnLine(entry: Comparison['entry']): boolean {
  return entry !== null && entry.place.file !== BUILTIN_FILE && entry.path[0] !== 'overrides'
}

/** The text with lines for these; for worse results, with owner and reason. */
function withResults(
  text: string,
  compared: readonly Difference[],
  { numbering }: Dictionary,
  about: Recorder,
  { worse, owner, reason }: Signed & { readonly worse: ReadonlySet<string> },
): string {
  const { root } = readYaml(text, about.file)
  const splices: Splice[] = []
  const accepting = (id: string): readonly Pair[] =>
    worse.has(id)
      ? [
          ['owner', JSON.stringify(owner)],
          ['reason', JSON.stringify(reason)],
          ['expires', usualEnd(about)],
        ]
      : []
  const isInFile = ({ entry }: Comparison) => entry !== null && entry.place.file !== BUILTIN_FILE
  for (const comparison of compared.filter(isInFile)) {
    const { id, entry } = comparison
    const currentNode = root === null || entry === null ? undefined : memberOf(root, entry.path)?.value
    if (root === null || entry === null || currentNode === undefined) {
      continue
    }
    const table = memberOf(root, entry.path.slice(0, -1))?.value
    // Nothing is left to accept: owner and reason are removed too.
    if (table !== undefined && isOwnLine(entry) && entry.expires !== null && !worse.has(id)) {
      splices.push(...put(text, table, [[entry.writtenId, flowOf(pairsOf(comparison))]]))
      continue
    }
    splices.push(...put(text, currentNode, [...wantedOf(comparison), ...accepting(id)]))
  }
  const added = compared.filter((one) => !isInFile(one)).sort((a, b) => compareIds(a.id, b.id))
  if (added.length > 0) {
    const members = added.map((one) => newMember(one, accepting(one.id), numbering))
    const inBase = root === null ? null : append(text, root, ['checks'], members)
    splices.push(...(inBase ?? [addBlock(text, 'checks', members)]))
  }
  return splice(text, splices)
}

type Pair = readonly [key: string, value: string]

/** By id, what to compare of an item, for checks whose items say more than which image or container was affected. */
const ITEM_PARTS: Readonly<Record<string, ItemRule['by']>> = {
  '4.7': 'whole',
  '4.8': 'whole',
  '4.9': 'whole',
  '4.10': 'whole',
  '4.11': 'whole',
  '5.6': 'path',
  '5.8': 'port',
  '5.9': 'port',
  '5.14': 'whole',
}

/** Members of an entry that expects exactly this: the result, and no more than the items found. */
function wantedOf({ id, entry, reported, result }: Difference): readonly Pair[] {
  const status = reported.word
  const evidence = entry === null && status === 'NOTE' ? result.evidence[0] : undefined
  const items = itemsOf(id, reported.items, entry?.items ?? null)
  // Without evidence nobody examines a NOTE, so there is nothing to compare either.
  const isRecorded = status !== 'PASS' && (status !== 'NOTE' || result.evidence.length > 0)
  return [
    ...(entry?.expect.includes(status) ? [] : [['expect', `[${status}]`] as const]),
    ...(evidence === undefined ? [] : [['evidence', evidence] as const]),
    ...(items === null || (entry?.items == null && !isRecorded) ? [] : [['items', items] as const]),
  ]
}

/** The rule for items, unchanged, or rewritten if it is violated; `null` if none is needed. */
function itemsOf(id: string, items: readonly string[], rule: ItemRule | null): string | null {
  if (rule !== null && compareItems(items, rule) === null) {
    return null
  }
  const comparedBy = rule?.by ?? ITEM_PARTS[id]
  if (comparedBy === undefined || (rule === null && items.length === 0)) {
    return null
  }
  const found = itemSet(items, comparedBy)
  const isCounted = rule?.kind === 'count' || rule?.kind === 'max'
  const text = isCounted
    ? `${rule.kind}: ${found.length}`
    : `${rule?.kind ?? 'subset_of'}: [${found.map((item) => yamlText(item, false)).join(', ')}]`
  return `{${text}${comparedBy === 'whole' ? '' : `, compare: ${comparedBy}`}}`
}

/** A separate line. If it replaces a built-in one, it allows only what was found. */
function newMember(comparison: Difference, accepting: readonly Pair[], numbering: Numbering): NewMember {
  const pairs = [...pairsOf(comparison), ...accepting]
  const flow = `"${fromNewNumbering(comparison.id, numbering)}": ${flowOf(pairs)}`
  return { lines: [`${flow}  # recorded, to be reviewed`], flow }
}

function pairsOf(comparison: Difference): readonly Pair[] {
  const { entry } = comparison
  const host: readonly Pair[] = entry?.host == null ? [] : [['when', `{host: ${entry.host}}`]]
  return [...wantedOf({ ...comparison, entry: null }), ...host]
}

function flowOf(pairs: readonly Pair[]): string {
  return `{${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')}}`
}

/** The written file must expect what was recorded; otherwise it is a bug of ours. */
function notExpected(unfit: readonly Comparison[], file: string): SeaworthyError {
  return new SeaworthyError({
    code: 'internal',
    what: `the recorded dictionary does not expect the results that were found: ${unfit.map(({ id }) => id).join(', ')}`,
    where: file,
    todo: 'report this bug, and attach the file and the evidence',
  })
}
