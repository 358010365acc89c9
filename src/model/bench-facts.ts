import type { Finding } from './finding.js'

/** The words of a Docker Bench result, from the best to the worst; there is no other. NOTE: nobody has looked. */
export const BENCH_WORDS = ['PASS', 'NOTE', 'INFO', 'WARN'] as const

/** What one engine says of a check. `word` is `null` where it says nothing. */
export interface EngineSays {
  readonly word: BenchWord | null
  readonly items: readonly string[]
}

/** A result of the Docker Bench check, as it is compared with the dictionary. */
export interface ComparedResult {
  /** By the numbers of 1.6.1. */
  readonly id: string
  readonly state: 'evaluated' | 'not-evaluated' | 'not-applicable'
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

const WORDS: readonly string[] = BENCH_WORDS

/** The facts of a finding that say the same as `result`. Lists have one member a line. */
export function factsOf(result: ComparedResult): Readonly<Record<string, string>> {
  const { builtin, dbs } = result
  const facts: Record<string, string> = { state: result.state, found: oneLine(result.why) }
  for (const [name, says] of [
    ['builtin', builtin],
    ['dbs', dbs],
  ] as const) {
    if (says === null) continue
    facts[`${name}-word`] = says.word ?? ''
    facts[`${name}-items`] = says.items.map(oneLine).join('\n')
  }
  const word = strictest(builtin, dbs)
  if (word !== null) {
    facts.word = word.word ?? ''
    facts.items = word.items.map(oneLine).join('\n')
  }
  if (result.compat !== null) facts['compat-word'] = result.compat
  if (result.dbsTitle !== null) facts['dbs-title'] = oneLine(result.dbsTitle)
  if (result.evidence.length > 0) facts.evidence = result.evidence.join('\n')
  if (result.host.length > 0) facts.host = result.host.join('\n')
  return facts
}

/** Reads what `factsOf` wrote. Anything that is not understood is not evaluated. */
export function resultOf({ id, facts }: Pick<Finding, 'id' | 'facts'>): ComparedResult {
  const list = (name: string) => (facts[name] ?? '').split('\n').filter((one) => one !== '')
  const says = (name: string): EngineSays | null =>
    facts[`${name}-word`] === undefined
      ? null
      : { word: wordOf(facts[`${name}-word`]), items: list(`${name}-items`) }
  const { state } = facts
  return {
    id,
    state: state === 'evaluated' || state === 'not-applicable' ? state : 'not-evaluated',
    why: facts.found ?? '',
    builtin: says('builtin'),
    dbs: says('dbs'),
    compat: wordOf(facts['compat-word']),
    dbsTitle: facts['dbs-title'] ?? null,
    evidence: list('evidence'),
    host: list('host'),
  }
}

/** What counts: the stricter word (PASS, NOTE, INFO, WARN in rising order); of equal ones the built-in engine's. */
export function strictest(builtin: EngineSays | null, dbs: EngineSays | null): EngineSays | null {
  if (builtin === null || builtin.word === null) return dbs?.word ? dbs : (builtin ?? dbs)
  if (dbs === null || dbs.word === null) return builtin
  return WORDS.indexOf(dbs.word) > WORDS.indexOf(builtin.word) ? dbs : builtin
}

function wordOf(text: string | undefined): BenchWord | null {
  return text !== undefined && WORDS.includes(text) ? (text as BenchWord) : null
}

/** A member of a list, which a line break would make two. */
function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim()
}

export type BenchWord = (typeof BENCH_WORDS)[number]
