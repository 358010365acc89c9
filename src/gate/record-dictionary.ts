import { dirname, join } from 'node:path'
import { answerOf } from '../checks/index.js'
import type { Request } from '../inputs/request.js'
import { sourceOf } from '../io/archive/image/image-name.js'
import { exists, readPolicy } from '../io/files/files.js'
import { type BenchFinding, isBench, isDate, KINDS, SeaworthyError } from '../model/index.js'
import { evidenceOf } from '../policy/dictionary/compare.js'
import { DICTIONARY_SCHEMA, STARTER_DICTIONARY } from '../policy/dictionary/default.js'
import { refuseTies } from '../policy/dictionary/match.js'
import { readDictionary } from '../policy/dictionary/read.js'
import { type Recorded, recordDictionary } from '../policy/dictionary/record.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import { judgedBy } from '../reports/view/bench.js'
import type { Collected } from './collected.js'
import { collectImages } from './gate.js'
import type { RunContext } from './run.js'

/** What `seaworthy dictionary record` would write. */
export interface Recording extends Omit<Recorded, 'text'> {
  readonly file: string
  /** `null` if there is no file yet. */
  readonly before: string | null
  readonly after: string
  /** The check's own notes: which rules judged, what was not examined. */
  readonly notes: readonly string[]
}

/** Which results are recorded in which file, judged as by the gate. */
export interface RecordRequest {
  readonly file: string
  /** YYYY-MM-DD, UTC. */
  readonly today: string
  /** Which other checks provide evidence, and how long an exception may hold. */
  readonly gate: Pick<GatePolicy, 'checks' | 'maxSpan' | 'platform' | 'allowedBases' | 'officialMirrors'>
  /** Who answers for worse results, and why they are expected; '' is to be filled in. */
  readonly owner: string
  readonly reason: string
}

/**
 * Collects for one image what the gate collects for docker-bench, compares it as the gate does, and puts the
 * results into the dictionary. Writes nothing.
 * @throws SeaworthyError if the check has no answer, or the file can't be read: nothing is recorded then
 */
export async function recordImage(
  request: Request,
  { file, today, gate, owner, reason }: RecordRequest,
  around: RunContext,
): Promise<Recording> {
  if (!isDate(today)) {
    throw badInput(`today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`, 'correct it')
  }
  const before = readPolicy(file)
  // A file that is not a dictionary is reported before anything is collected.
  const { maxSpan } = gate
  if (before !== null) {
    const dictionary = readDictionary(before, file, { limit: { today, maxSpan } })
    const names = request.images.map((image) => sourceOf(image).name)
    refuseTies(dictionary, names, today)
  }
  const requested = { ...gate, checks: [KINDS['bench-result'].check] } as const
  const [collected, ...more] = await collectImages(request, requested, today, around)
  if (!collected) {
    throw new Error('nothing was collected')
  }
  if (more.length > 0) {
    const what = `platform: ${more.length + 1} platforms were requested, but only the results of one can be recorded`
    throw badInput(what, 'specify one with --platform')
  }
  const { results, notes } = resultsOf(collected)
  const { reference } = collected
  const recording = { file, reference, today, maxSpan, evidence: evidenceOf(gate.checks), owner, reason }
  const { text: after, ...recorded } = recordDictionary(before ?? starterFor(file), results, recording)
  return { file, before, after, ...recorded, notes }
}

/** An editor would complain about a missing schema. */
function starterFor(file: string): string {
  const hasSchema = exists(join(dirname(file), DICTIONARY_SCHEMA))
  return hasSchema ? STARTER_DICTIONARY : STARTER_DICTIONARY.replace(/^.*\n#\n/, '')
}

function resultsOf({ image, problem, evidence: [evidence] }: Collected): {
  readonly results: readonly BenchFinding[]
  readonly notes: readonly string[]
} {
  if (problem !== null) {
    throw new SeaworthyError(problem)
  }
  if (!evidence) {
    throw new Error('nothing was collected')
  }
  const answer = answerOf(evidence, image)
  if (answer.state === 'unanswered') {
    throw new SeaworthyError(answer.problem)
  }
  const judges = 'bench' in answer ? [judgedBy(answer.bench)] : []
  return {
    results: answer.findings.filter((one) => isBench(one)),
    notes: [...judges, ...answer.notes, ...answer.limits],
  }
}

function badInput(what: string, todo: string): SeaworthyError {
  return new SeaworthyError({ code: 'bad-input', what, where: 'inputs', todo })
}
