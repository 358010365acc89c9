import {
  type BenchTable,
  CHECK_IDS,
  CHECKS,
  CHOSEN_CHECK_IDS,
  type CheckId,
  type CheckResult,
  type ImageVerdict,
  plural,
  type RuledFinding,
} from '../../model/index.js'
import { comparisonLine, matchText } from './bench.js'

/** "2.1 s". */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** What a check found, a statement each: they contain commas, so reports put semicolons or lines between them. */
export function answerTexts({ bench, notes }: Pick<CheckResult, 'bench' | 'notes'>): string[] {
  return [...(bench === null ? [] : [comparisonLine(bench)]), ...notes]
}

/** How a check went: `good` and `bad` as its part of the verdict, `open` if it did not run. */
export interface Tile {
  readonly check: CheckId
  readonly question: string
  readonly state: 'good' | 'bad' | 'open'
  /** The state in a word, since a colour says nothing alone. */
  readonly label: 'ok' | 'act' | 'no answer' | 'not run'
  /** One number, or few words: "25 updates missing". */
  readonly number: string
  readonly took: string | null
}

/** One for each check, in their usual order, whether it ran or not. */
export function tilesOf(image: ImageVerdict): Tile[] {
  const ran = new Map(image.checks.map((result) => [result.check, result]))
  const shown = new Set([...CHOSEN_CHECK_IDS, ...ran.keys()])
  return CHECK_IDS.filter((check) => shown.has(check)).map((check) =>
    tileOf(check, ran.get(check) ?? null, image),
  )
}

function tileOf(check: CheckId, result: CheckResult | null, image: ImageVerdict): Tile {
  const { question, counts } = CHECKS[check]
  const tile = { check, question, took: result === null ? null : seconds(result.tookMs) }
  if (result === null || (counts === 'outcome' && image.regressionTest.state === 'not-run')) {
    return { ...tile, state: 'open', label: 'not run', number: '' }
  }
  if (result.problem !== null) {
    return { ...tile, state: 'bad', label: 'no answer', number: '' }
  }
  const of = image.findings.filter((finding) => finding.check === check)
  const blocking = of.filter(({ blocks }) => blocks)
  const state =
    blocking.length > 0
      ? ({ state: 'bad', label: 'act' } as const)
      : ({ state: 'good', label: 'ok' } as const)
  return { ...tile, ...state, number: NUMBERS[counts](blocking, of.length, result.bench) }
}

/** @param blocking findings of the check that block @param all its findings */
type NumberText = (blocking: readonly RuledFinding[], all: number, bench: BenchTable | null) => string

const toActOn: NumberText = (blocking, all) => `${blocking.length} of ${all} to act on`

const NUMBERS = {
  updates: (blocking) => {
    const updates = blocking.filter(({ id }) => id === 'security-update').length
    const others = blocking.length - updates
    const missing = updates === 0 ? 'none missing' : `${plural(updates, 'update')} missing`
    return others === 0 ? missing : `${missing}, ${others} more to act on`
  },
  vulnerabilities: (...of) => (of[1] === 0 ? 'none known' : toActOn(...of)),
  results: (_, all, bench) => (bench === null ? plural(all, 'result') : matchText(bench)),
  secrets: (...of) => (of[1] === 0 ? 'none found' : toActOn(...of)),
  outcome: ({ length }) => (length === 0 ? 'passed' : 'failed'),
} as const satisfies Record<(typeof CHECKS)[CheckId]['counts'], NumberText>

/** "clair: 3 of 41 to act on": a tile in words, where there are no tiles. */
export function tileText({ check, label, number }: Tile): string {
  return `${check}: ${number === '' ? label : number}`
}
