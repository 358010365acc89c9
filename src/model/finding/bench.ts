import type { Place } from '../place.js'
import { BARE, type Common } from './common.js'

/** The words of a Docker Bench result, from the best to the worst; there is no other. NOTE: not examined. */
export const BENCH_WORDS = ['PASS', 'NOTE', 'INFO', 'WARN'] as const
export type BenchWord = (typeof BENCH_WORDS)[number]

export const BENCH_STATES = ['evaluated', 'not-evaluated', 'not-applicable'] as const

/**
 * - `evaluated`: a word is the answer.
 * - `not-evaluated`: not examined (no subject, an answer of the engine is missing); never a pass.
 * - `not-applicable`: the question does not arise, for the reason in `why`.
 */
export type BenchResultState = (typeof BENCH_STATES)[number]

/** What one engine says of a check. `word` is `null` where it says nothing. */
export interface EngineSays {
  readonly word: BenchWord | null
  readonly items: readonly string[]
}

/** Who looked: Docker Bench itself, or the built-in rules. */
export const BENCH_RULES = ['docker-bench', 'built-in'] as const
export type BenchRules = (typeof BENCH_RULES)[number]

/** Docker Bench as it ran beside the built-in rules; or why these alone judge. */
export type BenchRun =
  | {
      readonly ran: true
      /** Which one, and where it ran, in words; `null` where the evidence does not say. */
      readonly source: string | null
      /** Hash over its files. */
      readonly tree: string | null
      /** Why it did not run where it was to run first; `null` where it did. */
      readonly fellBack: string | null
    }
  | { readonly ran: false; readonly why: string }

/** Why a result counts where there may be two (docs/decisions/0028-two-results-one-that-counts.md). */
export const COUNTED_BY = ['agreed', 'known-wrong', 'stricter', 'only'] as const
export type CountedBy = (typeof COUNTED_BY)[number]

/** Which of the two results counts, and why. */
export type Counts =
  /** `agreed`: both say it, and what the built-in rules name is told. `only`: the other one has no result. */
  | { readonly by: Exclude<CountedBy, 'known-wrong'>; readonly whose: BenchRules }
  /** Docker Bench's verdict is known to be wrong: `reason` says in what, `page` tells more. */
  | {
      readonly by: 'known-wrong'
      readonly whose: 'built-in'
      readonly reason: string
      readonly page: string
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
  /** Why Docker Bench, which was asked, has no result here that can be taken; `null` where there is nothing to say. */
  readonly whyNoDbs: string | null
  /** `null` where neither has a result that could count. */
  readonly counts: Counts | null
  /** What Docker Bench's own rule gives, by the built-in rules. */
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
 * - `vacuous`: not examined. `not-evaluated`: it cannot be told whether it is as expected.
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
  /** What was compared: the result that counts. */
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
  /** The base whose layers all that it is owed to lies in; `null` where some is the image's own, or not known. */
  readonly ofBase: string | null
  /** `null` until the dictionary has spoken. */
  readonly held: HeldAgainst | null
}

type More = Partial<
  Pick<BenchFinding, 'ours' | 'subject' | 'improvement' | 'places' | 'said' | 'ofBase' | 'held'>
>

/** The finding of a result. Words from outside lose their line breaks, members of lists that are empty are none. */
export function benchFinding(result: ComparedResult, more: More = {}): BenchFinding {
  const { id, state, why, builtin, dbs, whyNoDbs, counts, compat, dbsTitle, evidence, host } = result
  return {
    check: 'docker-bench',
    id,
    state,
    why: plain(why),
    builtin: plainly(builtin),
    dbs: plainly(dbs),
    whyNoDbs: whyNoDbs === null ? null : plain(whyNoDbs),
    counts,
    compat,
    dbsTitle: dbsTitle === null ? null : plain(dbsTitle),
    evidence,
    host,
    ours: null,
    subject: null,
    improvement: null,
    places: [],
    said: null,
    ofBase: null,
    held: null,
    ...more,
    ...BARE,
  }
}

/** What counts: what was compared, else the result that counts. */
export function saysOf(finding: BenchFinding): EngineSays | null {
  return finding.held?.says ?? resultThatCounts(finding)
}

/** The one of the two results that counts; where none does, what the built-in rules have to say. */
export function resultThatCounts({
  builtin,
  dbs,
  counts,
}: Pick<ComparedResult, 'builtin' | 'dbs' | 'counts'>): EngineSays | null {
  if (counts === null) {
    return builtin
  }
  return counts.whose === 'docker-bench' ? dbs : builtin
}

/** True if the one word is stricter than the other: PASS, NOTE, INFO, WARN in rising order. */
export function isStricter(one: BenchWord, other: BenchWord): boolean {
  return BENCH_WORDS.indexOf(one) > BENCH_WORDS.indexOf(other)
}

function plainly(says: EngineSays | null): EngineSays | null {
  return says === null ? null : { word: says.word, items: says.items.map(plain).filter((one) => one !== '') }
}

function plain(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim()
}
