import { dirname, join } from 'node:path'
import { answerOf } from '../checks/index.js'
import type { Request } from '../inputs/request.js'
import { isThere, readText } from '../io/files/files.js'
import { isDate } from '../model/dates.js'
import type { BenchFinding } from '../model/finding/bench.js'
import { isBench } from '../model/finding/index.js'
import { SeaworthyError } from '../model/problem.js'
import { DICTIONARY_SCHEMA, STARTER_DICTIONARY } from '../policy/dictionary/default.js'
import { recordDictionary } from '../policy/dictionary/record.js'
import type { Collected } from './decide.js'
import { collectImages } from './gate.js'
import type { Surroundings } from './run.js'

/** What `seaworthy dictionary record` would write. */
export interface Recording {
  readonly file: string
  /** `null` where there is no file yet. */
  readonly before: string | null
  readonly after: string
  /** What was changed, one line each. */
  readonly changes: readonly string[]
  /** What differs and was left to people, one line each. */
  readonly left: readonly string[]
  /** What the check says of itself: who was asked, what was not looked at. */
  readonly notes: readonly string[]
}

/**
 * Judges one image by the check docker-bench alone, and lays what it gives into the dictionary. Writes nothing.
 * @param today YYYY-MM-DD, UTC
 * @throws SeaworthyError where the check gave no answer, or the file can't be read: nothing is recorded then
 */
export async function recordImage(
  request: Request,
  file: string,
  today: string,
  around: Surroundings,
): Promise<Recording> {
  if (!isDate(today)) throw noDate(today)
  const before = readText(file)
  // A file that is no dictionary is told before anything is collected.
  if (before !== null) recordDictionary(before, [], { file, reference: '', today })
  const asked = { checks: ['docker-bench'], allowedBases: null } as const
  const [collected] = await collectImages(request, asked, today, around)
  if (!collected) throw new Error('nothing was collected')
  const { results, notes } = resultsOf(collected)
  const about = { file, reference: collected.reference, today }
  const { text, changes, left } = recordDictionary(before ?? starterFor(file), results, about)
  return { file, before, after: text, changes, left, notes }
}

/** An editor would report a schema that is not there. */
function starterFor(file: string): string {
  const hasSchema = isThere(join(dirname(file), DICTIONARY_SCHEMA))
  return hasSchema ? STARTER_DICTIONARY : STARTER_DICTIONARY.replace(/^.*\n#\n/, '')
}

function resultsOf({ image, problem, evidence: [evidence] }: Collected): {
  readonly results: readonly BenchFinding[]
  readonly notes: readonly string[]
} {
  if (problem !== null) throw new SeaworthyError(problem)
  if (!evidence) throw new Error('nothing was collected')
  const answer = answerOf(evidence, image)
  if (answer.state === 'unanswered') throw new SeaworthyError(answer.problem)
  return { results: answer.findings.filter((one) => isBench(one)), notes: answer.notes }
}

function noDate(today: string): SeaworthyError {
  return new SeaworthyError({
    code: 'bad-input',
    what: `today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`,
    where: 'inputs',
    todo: 'correct it',
  })
}
