import { becauseText } from '../../model/because/words.js'
import { compareIds, fromNewNumbering, START_TEST } from '../../model/bench-ids.js'
import type { ComparedResult } from '../../model/finding/bench.js'
import { SeaworthyError } from '../../model/problem.js'
import {
  addBlock,
  append,
  memberOf,
  type NewMember,
  put,
  type Splice,
  splice,
  yamlText,
} from '../yaml/edit.js'
import { readYaml } from '../yaml/read.js'
import { type Comparison, compareResults } from './compare.js'
import { compareItems, itemSet } from './items.js'
import { entryFor } from './match.js'
import { type Dictionary, type ItemRule, readDictionary } from './read.js'

export interface Recorded {
  readonly text: string
  /** What was changed, one line each, for whoever reviews it. */
  readonly changes: readonly string[]
  /** What differs and was left to people, one line each. */
  readonly left: readonly string[]
}

/**
 * A dictionary that expects what this image gives today, for review. Of a file that is there, only what does not
 * fit is changed, and what it lacks is added: comments, order and all else stay as they are.
 *
 * What nobody looked at is never written down as expected, and expired entries are left to people.
 * @param text of the file; where there is none, of what is begun with
 * @param file as messages shall name it
 */
export function recordDictionary(
  text: string,
  results: readonly ComparedResult[],
  about: { readonly file: string; readonly reference: string; readonly today: string },
): Recorded {
  const dictionary = readDictionary(text, about.file)
  const context = { ...about, evidence: new Set(EVIDENCE) }
  const all = compareResults(results, dictionary, context).filter(({ id }) => id !== START_TEST)
  // What an exception covered that has expired must not become what is expected of every image.
  const isLeft = ({ id }: Comparison) =>
    entryFor(dictionary, id, about.reference, about.today).expired !== null
  const differing = all.filter(({ outcome, says }) => CHANGED.has(outcome) && says?.word != null)
  const left = differing.filter(isLeft).map((one) => `${one.id} is left as it is: ${becauseText(one)}`)
  const compared = differing.filter((one) => !isLeft(one))
  const { root } = readYaml(text, about.file)
  const changes: string[] = []
  const splices: Splice[] = []
  for (const comparison of compared) {
    const { id, outcome, entry } = comparison
    if (outcome === 'new' || entry === null || root === null) continue
    const here = memberOf(root, entry.path)?.value
    if (here === undefined) continue
    changes.push(`${id}: ${becauseText(comparison)}`)
    splices.push(...put(text, here, wantedOf(comparison)))
  }
  const added = compared.filter(({ outcome }) => outcome === 'new')
  for (const section of ['checks', 'runtime_checks'] as const) {
    const own = added.filter(({ id }) => (section === 'runtime_checks') === isOfRun(id))
    if (own.length === 0) continue
    const members = own.sort((a, b) => compareIds(a.id, b.id)).map((one) => newMember(one, dictionary))
    const there = root === null ? null : append(text, root, [section], members)
    splices.push(...(there ?? [addBlock(text, section, members)]))
    changes.push(...own.map(({ id, says }) => `${id}: added, ${says?.word}`))
  }
  const recorded = splice(text, splices)
  prove(
    recorded,
    results.filter(({ id }) => compared.some((one) => one.id === id)),
    about,
  )
  return { text: recorded, changes, left }
}

const CHANGED: ReadonlySet<string> = new Set(['worse', 'better', 'new'])

/** Of a container, and only asked where run options are given; 5.1 is of the daemon. */
function isOfRun(id: string): boolean {
  return id.startsWith('5.') && id !== '5.1'
}

/** Recording is about Docker Bench alone: what other checks decide is not known here, and does not matter. */
const EVIDENCE = ['vulnerability-scan', 'setuid-scan', 'secret-scan', 'apt-signature-check']

/** Which part of an item says what was found, where it is more than that the image or container was. */
const TELLING: Readonly<Record<string, ItemRule['by']>> = {
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

/** Members of an entry that expects just this: the word, and with it no more than what was found. */
function wantedOf({ id, entry, says, result }: Comparison): readonly (readonly [string, string])[] {
  if (says === null) return []
  const word = says.word ?? ''
  const evidence = entry === null && word === 'NOTE' ? result?.evidence[0] : undefined
  const items = itemsOf(id, says.items, entry?.items ?? null)
  // Nobody looks at a NOTE without evidence, so that nothing can be compared either.
  const isTold = word !== 'PASS' && (word !== 'NOTE' || (result?.evidence.length ?? 0) > 0)
  return [
    ...(entry?.expect.some((one) => one === word) ? [] : [['expect', `[${word}]`] as const]),
    ...(evidence === undefined ? [] : [['evidence', evidence] as const]),
    ...(items === null || (entry?.items == null && !isTold) ? [] : [['items', items] as const]),
  ]
}

/** The rule for items, as it is or where it is broken anew; `null` where none is needed. */
function itemsOf(id: string, items: readonly string[], rule: ItemRule | null): string | null {
  if (rule !== null && compareItems(items, rule) === null) return null
  const by = rule?.by ?? TELLING[id]
  if (by === undefined || (rule === null && items.length === 0)) return null
  const found = itemSet(items, by)
  const isCounted = rule?.kind === 'count' || rule?.kind === 'max'
  const text = isCounted
    ? `${rule.kind}: ${found.length}`
    : `${rule?.kind ?? 'subset_of'}: [${found.map((item) => yamlText(item, false)).join(', ')}]`
  return `{${text}${by === 'whole' ? '' : `, compare: ${by}`}}`
}

function newMember(comparison: Comparison, { numbering }: Dictionary): NewMember {
  const entry = wantedOf(comparison).map(([key, value]) => `${key}: ${value}`)
  const flow = `"${fromNewNumbering(comparison.id, numbering)}": {${entry.join(', ')}}`
  return { lines: [`${flow}  # recorded, to be reviewed`], flow }
}

/** What was written must be readable, and expect what was recorded; else it is a fault of ours. */
function prove(
  text: string,
  results: readonly ComparedResult[],
  about: { readonly file: string; readonly reference: string; readonly today: string },
): void {
  const context = { ...about, evidence: new Set(EVIDENCE) }
  const again = compareResults(results, readDictionary(text, about.file), context)
  const wrong = again.filter(
    ({ id, outcome, says }) =>
      id !== START_TEST && says?.word != null && ['worse', 'better', 'new'].includes(outcome),
  )
  if (wrong.length === 0) return
  throw new SeaworthyError({
    code: 'internal',
    what: `the recorded dictionary does not expect what was found: ${wrong.map(({ id }) => id).join(', ')}`,
    where: about.file,
    todo: 'report it with the file and the evidence',
  })
}
