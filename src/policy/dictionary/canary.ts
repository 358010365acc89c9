import {
  BENCH_STATUSES,
  type BenchStatus,
  type ComparedResult,
  NO_RESULT,
  type Outcome,
  type Problem,
  withAdvice,
} from '../../model/index.js'
import { type ComparisonContext, compareResults } from './compare.js'
import type { Dictionary } from './dictionary.js'
import { entryFor, expectedIds, notApplicableTo } from './match.js'

/** The result of the canary: a note if all is well, else why the comparison cannot be trusted. */
export type CanaryAnswer = { readonly note: string } | { readonly problem: Problem }

/**
 * A made-up unexpected result must be reported and block; otherwise "all as expected" proves nothing. It is one of
 * the first check for which the dictionary rules out a result for this image, else one of a check that no dictionary
 * knows. It never reaches the findings.
 * @param compare for tests
 */
export function dictionaryCanary(
  dictionary: Dictionary,
  context: ComparisonContext,
  compare: typeof compareResults = compareResults,
): CanaryAnswer {
  const { result, outcomes } = ruledOut(dictionary, context) ?? UNLISTED
  // A dictionary that only reports lets everything pass, as its owner intended.
  if (outcomes.includes('new') && dictionary.defaults.unlisted !== 'action') {
    return { note: 'no canary was used, because the dictionary does not rule out any result' }
  }
  const compared = compare([result], dictionary, context).find(({ id }) => id === result.id)
  if (compared?.blocks === true && outcomes.includes(compared.outcome)) {
    return { note: 'canary found' }
  }
  return {
    problem: withAdvice({
      code: 'dictionary-canary-not-found',
      what: `a made-up result (${result.builtin?.word}) for ${result.id} was not reported as unexpected, so this comparison cannot be trusted`,
      where: dictionary.file ?? 'the built-in dictionary',
    }),
  }
}

interface Canary {
  readonly result: ComparedResult
  readonly outcomes: readonly Outcome[]
}

function ruledOut(dictionary: Dictionary, { reference, today }: ComparisonContext): Canary | null {
  for (const id of expectedIds(dictionary, reference)) {
    const { entry } = entryFor(dictionary, id, reference, today)
    if (entry === null || entry.host !== null || notApplicableTo(dictionary, id, today) !== null) {
      continue
    }
    const status = [...BENCH_STATUSES].reverse().find((one) => !entry.expect.includes(one))
    if (status !== undefined) {
      return { result: resultOf(id, status), outcomes: ['worse', 'better'] }
    }
  }
  return null
}

const UNLISTED: Canary = { result: resultOf('0.0', 'WARN'), outcomes: ['new'] }

function resultOf(id: string, status: BenchStatus): ComparedResult {
  const reported = { word: status, items: [] }
  const counts = { by: 'agreed', whose: 'built-in' } as const
  return { ...NO_RESULT, id, state: 'evaluated', why: 'a canary', builtin: reported, dbs: reported, counts }
}
