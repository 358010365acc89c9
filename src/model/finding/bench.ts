import type { Place } from '../place.js'
import { BARE, type Common } from './common.js'

/** The words of a Docker Bench result, from the best to the worst; there is no other. NOTE: nobody has looked. */
export const BENCH_WORDS = ['PASS', 'NOTE', 'INFO', 'WARN'] as const
export type BenchWord = (typeof BENCH_WORDS)[number]

export const BENCH_STATES = ['evaluated', 'not-evaluated', 'not-applicable'] as const

/**
 * - `evaluated`: a word is the answer.
 * - `not-evaluated`: nobody looked (no subject, an answer of the engine is missing); never a pass.
 * - `not-applicable`: the question does not arise, for the reason in `why`.
 */
export type BenchResultState = (typeof BENCH_STATES)[number]

/** What one engine says of a check. `word` is `null` where it says nothing. */
export interface EngineSays {
  readonly word: BenchWord | null
  readonly items: readonly string[]
}

/** A line of the image's history that a result is owed to. The text is left out: it can hold secrets. */
export interface HistoryPlace {
  /** Index in the image's history, oldest first, from 0. */
  readonly line: number
  /** The Dockerfile instruction's keyword, such as `RUN`. */
  readonly instruction: string
}

/** A result of the Docker Bench check, as it is compared with the dictionary. */
export interface ComparedResult {
  /** By the numbers of 1.6.1. */
  readonly id: string
  readonly state: BenchResultState
  /** One sentence: what was seen, or why nothing was. */
  readonly why: string
  /** `null` where that engine was not asked. */
  readonly builtin: EngineSays | null
  readonly dbs: EngineSays | null
  /** What Docker Bench's own rule gives, by the built-in engine. */
  readonly compat: BenchWord | null
  /** Docker Bench's own title of the check, `null` where it was not asked. */
  readonly dbsTitle: string | null
  /** Names of the tests whose findings are the items, where Docker Bench itself looks at nothing. */
  readonly evidence: readonly string[]
  /** What the host's kernel offers: `apparmor`, `selinux`, `seccomp`. */
  readonly host: readonly string[]
}

/**
 * What came of holding a result against the dictionary.
 * - `worse`, `better`: not what is expected; a better one means that the entry is outdated, and would hide it if
 *   the result became bad again.
 * - `missing`: expected, and there is no result. `new`: a result that the dictionary does not know.
 * - `vacuous`: nobody looked at anything. `not-evaluated`: it cannot be told whether it is as expected.
 */
export const OUTCOMES = [
  'match',
  'worse',
  'better',
  'missing',
  'new',
  'vacuous',
  'not-applicable',
  'not-evaluated',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A result that is worse than the built-in dictionary expects, and that an entry of the file accepts. */
export interface AcceptedResult {
  readonly place: Place
  readonly owner: string
  readonly reason: string
  /** YYYY-MM-DD, UTC; that day still counts. */
  readonly expires: string
}

export interface HeldAgainst {
  readonly outcome: Outcome
  /** What was expected, in words; empty where nothing was. */
  readonly expected: string
  /** What was compared: of the engine that the dictionary names, else the stricter word. */
  readonly says: EngineSays | null
  /** Items that the entry does not allow, where the word is the expected one. */
  readonly unexpected: readonly string[]
  /** Who answers for it, where it is as expected and yet worse than it should be. */
  readonly accepted: AcceptedResult | null
}

/** A result of Docker Bench or of the built-in rules, one for each id. */
export interface BenchFinding extends Common, ComparedResult {
  readonly check: 'docker-bench'
  /** How it should be, and what to do, in our words; `null` where there is no such result. */
  readonly ours: { readonly title: string; readonly advice: string } | null
  /** Name of the image or container that was judged; `null` where there was none, or several. */
  readonly subject: string | null
  /** Why the answer of the built-in rules differs from Docker Bench's, in words; `null` where it does not. */
  readonly improvement: string | null
  /** Lines of the history to blame, as far as they are known. */
  readonly places: readonly HistoryPlace[]
  /** The last words of the container that was started. */
  readonly said: string | null
  /** `null` until the dictionary has spoken. */
  readonly held: HeldAgainst | null
}

type More = Partial<Pick<BenchFinding, 'ours' | 'subject' | 'improvement' | 'places' | 'said' | 'held'>>

/** The finding of a result. Words from outside lose their line breaks, members of lists that are empty are none. */
export function benchFinding(result: ComparedResult, more: More = {}): BenchFinding {
  const { id, state, why, builtin, dbs, compat, dbsTitle, evidence, host } = result
  return {
    check: 'docker-bench',
    id,
    state,
    why: plain(why),
    builtin: plainly(builtin),
    dbs: plainly(dbs),
    compat,
    dbsTitle: dbsTitle === null ? null : plain(dbsTitle),
    evidence,
    host,
    ours: null,
    subject: null,
    improvement: null,
    places: [],
    said: null,
    held: null,
    ...more,
    ...BARE,
  }
}

/** What counts: what was compared, else the stricter word. */
export function saysOf({ held, builtin, dbs }: BenchFinding): EngineSays | null {
  return held?.says ?? strictest(builtin, dbs)
}

/** The stricter word (PASS, NOTE, INFO, WARN in rising order); of equal ones the built-in engine's. */
export function strictest(builtin: EngineSays | null, dbs: EngineSays | null): EngineSays | null {
  if (builtin === null || builtin.word === null) return dbs?.word ? dbs : (builtin ?? dbs)
  if (dbs === null || dbs.word === null) return builtin
  return BENCH_WORDS.indexOf(dbs.word) > BENCH_WORDS.indexOf(builtin.word) ? dbs : builtin
}

function plainly(says: EngineSays | null): EngineSays | null {
  return says === null ? null : { word: says.word, items: says.items.map(plain).filter((one) => one !== '') }
}

function plain(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim()
}
