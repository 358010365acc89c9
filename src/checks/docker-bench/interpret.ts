import {
  type Answers,
  type BenchFinding,
  benchFinding,
  countedResult,
  type Evidence,
  type Image,
  incomplete,
  isOfRun,
  isRecord,
  type Json,
  jsonIn,
  NO_RESULT,
  oneLine,
  problemOf,
  type RunService,
  START_TEST,
  textIn,
  withheldIn,
} from '../../model/index.js'
import type { Interpreter } from '../check.js'
import { IMPROVEMENTS } from './builtin/improvements.js'
import { textAt } from './builtin/json.js'
import type { EngineRecords } from './builtin/mistakes.js'
import { type BenchResult, resultOf } from './builtin/rule-result.js'
import { benchFilesOf } from './builtin/state.js'
import { strict } from './builtin/strict.js'
import { adviceOn, BENCH_CHECKS } from './builtin/table.js'
import {
  benchRunOf,
  type CombinedResult,
  combineResults,
  noContainerReason,
  optionsLimits,
  startedByBase,
} from './compare.js'
import { benchError } from './dbs/meta.js'
import { type DbsResult, readBench } from './dbs/read.js'
import { type RunDocument, runSchema, type StartReport } from './run/document.js'

/** The name for the throw-away container: its real name differs in each run. */
const CONTAINER = 'container'

/** One finding per result, including expected ones: the policy says what is expected (policy/dictionary/rules.ts). */
export const dockerBenchInterpreter: Interpreter<'docker-bench'> = {
  id: 'docker-bench',
  interpret(evidence, image) {
    try {
      return answer(evidence, image)
    } catch (error) {
      const problem = problemOf(error, "reading Docker Bench's answer")
      return { check: 'docker-bench', state: 'unanswered', problem }
    }
  },
}

function answer({ documents }: Evidence, image: Image): Answers['docker-bench'] {
  const run = runOf(documents)
  const json = (name: string) => {
    const value = parsed(documents, name)
    return isRecord(value) ? value : null
  }
  const history = parsed(documents, 'history.json')
  const records: EngineRecords = {
    info: json('info.json'),
    image: {
      inspect: json('image-inspect.json'),
      history: Array.isArray(history) ? history.filter(isRecord) : null,
      config: image.config,
      files: benchFilesOf(image),
    },
    container: run.started === null ? null : json('started.json'),
  }
  const judge = builtinRules(records, run, image.reference)
  const own = judge(run.judged, json('container.json'), null)
  const onStarted = records.container && judge(run.started, records.container, json('top.json'))
  const builtin = own.map((result) => withStarted(result, onStarted, run))
  const compared = run.isStartOfBase && onStarted ? startedByBase(run, own, onStarted) : run
  const { optionsAt } = run
  const service = run.service ?? (run.isCompose ? UNKNOWN_SERVICE : undefined)
  const findings = combineResults(builtin, dbsOf(documents, run, image.reference), compared, records)
    .map((one) => findingOf(one, run.isCompose ?? false, image.reference))
    .map((one) => {
      const isByOptions = one.id.startsWith('5.') || one.userOfOptions === true
      return optionsAt && isByOptions ? { ...one, optionsAt } : one
    })
    .map((one) => (service && isBadRun(one) ? { ...one, service } : one))
  const start = startFinding(run)
  return {
    check: 'docker-bench',
    state: 'answered',
    findings: start ? [...findings, start] : findings,
    notes: run.isStandIn && run.withoutDbs === null ? [OF_STAND_IN] : [],
    limits: limitsOf(run, image.reference),
    bench: benchRunOf(run),
  }
}

/** Of a compose file whose text the evidence says nothing about. */
const UNKNOWN_SERVICE: RunService = { name: '', indent: 4, lines: {} }

/** True for a result that a change of the run options may settle. */
function isBadRun(finding: BenchFinding): boolean {
  const status = countedResult(finding)?.word ?? 'PASS'
  return (isOfRun(finding.id) || finding.userOfOptions === true) && status !== 'PASS'
}

const OF_STAND_IN = 'Docker Bench judged the configuration and the history of the image, without its files'

function builtinRules({ info, image }: EngineRecords, run: RunDocument, imageName: string) {
  const cgroupns = run.cgroupns ?? null
  return (made: { readonly id: string } | null, inspect: Json | null, top: Json | null) => {
    const isCreatedContainer = inspect !== null && textAt(inspect, 'Id') === made?.id
    const requestedRun = { name: CONTAINER, inspect: isCreatedContainer ? inspect : null, top, cgroupns }
    return strict({ info, image, imageName, run: run.hasOptions ? requestedRun : null })
  }
}

/** Only a started container has processes; everything else is judged on the unchanged container. */
function withStarted(
  result: BenchResult,
  onStarted: readonly BenchResult[] | null,
  run: RunDocument,
): BenchResult {
  if (result.id === '5.27') {
    return withStartedHealth(result, run)
  }
  if (result.id !== '5.7' || result.state !== 'not-evaluated' || !run.hasOptions) {
    return result
  }
  if (!run.start) {
    const why = `No container was started (${noContainerReason(run)}), so there are no processes to inspect.`
    return { ...result, state: 'not-applicable', why }
  }
  const found = onStarted?.find(({ id }) => id === '5.7') ?? result
  return run.isStartOfBase && found.word === 'PASS'
    ? { ...result, state: 'not-applicable', why: PROCESSES_OF_BASE }
    : found
}

const PROCESSES_OF_BASE =
  "The container was started with the base branch's options, so its processes are not those of this pull request's."

/**
 * The health check of a container that had to start has to succeed: one that names a missing program is none. With
 * `start: auto`, what it needs may be missing on the closed network.
 */
function withStartedHealth(result: BenchResult, { started, isStartOptional }: RunDocument): BenchResult {
  const { outcome, seconds, health } = started?.report ?? {}
  if (!isUnhealthy(outcome) || isStartOptional === true || result.word !== 'PASS') {
    return result
  }
  const output = health === undefined ? '' : `; its last output: ${shortOutput(health)}`
  return {
    ...result,
    ...resultOf(
      'WARN',
      [CONTAINER],
      `The health check of the started container did not succeed within ${seconds} s${output}`,
      'health-of-started',
    ),
    advice:
      'Make the health check succeed in the started container: its command, its interval, its start period.',
  }
}

const isUnhealthy = (outcome: StartReport['outcome'] | undefined) =>
  outcome === 'unhealthy' || outcome === 'never-healthy'

/** The end of an output, in one line, from the beginning of a word. */
function shortOutput(text: string): string {
  const line = oneLine(text)
  const end = line.slice(-300)
  return end === line ? line : `…${end.replace(/^\S*\s(?=.)/, '')}`
}

function dbsOf(
  documents: Evidence['documents'],
  run: RunDocument,
  reference: string,
): readonly DbsResult[] | null {
  if (run.withoutDbs !== null) {
    return null
  }
  const { 'dbs.json': json = '', 'dbs.log': log = '', 'dbs-meta.json': meta = '' } = documents
  const container = (run.started ?? run.waiter)?.name
  const named = (item: string) => {
    if (run.isStandIn && run.imageNames.includes(item)) {
      return reference
    }
    return container !== undefined && (item === container || item.startsWith(`${container}:`))
      ? `${CONTAINER}${item.slice(container.length)}`
      : item
  }
  return readBench(json, log, meta).map((one) => ({ ...one, items: one.items.map(named) }))
}

function findingOf(
  { ours, improvement, compared }: CombinedResult,
  isCompose: boolean,
  imageName: string,
): BenchFinding {
  const [title] = BENCH_CHECKS[ours.id]
  const advice = ours.advice ?? adviceOn(ours.id, isCompose, { ...ours, imageName })
  return benchFinding(compared, {
    ours: { title, advice },
    subject: ours.subject,
    improvement: improvement === null ? null : `${improvement}: ${IMPROVEMENTS[improvement]}`,
    places: ours.places,
    ...(ours.uid === undefined ? {} : { uid: ours.uid }),
    ...(ours.userOfOptions === undefined ? {} : { userOfOptions: ours.userOfOptions }),
    ...(ours.health === undefined ? {} : { health: ours.health }),
    ...(ours.bindings === undefined ? {} : { bindings: ours.bindings }),
  })
}

function startFinding({ startTest }: RunDocument): BenchFinding | null {
  if (startTest === null) {
    return null
  }
  const { options, report, without } = startTest
  const withheld = without.length === 0 ? '' : ` but without ${without.join(', ')}`
  const under = `with the ${options} options${withheld}`
  const statusAndReason = {
    healthy: ['PASS', `the container became healthy after ${report.seconds} s ${under}`],
    unhealthy: ['WARN', `the container's health check failed ${under}`],
    'never-healthy': ['WARN', `the container was not healthy after ${report.seconds} s ${under}`],
    running: [null, `the container has no health check; it ran for ${report.seconds} s ${under}`],
    ended: ['WARN', `the container exited with code ${report.exitCode} after ${report.seconds} s ${under}`],
    'not-started': ['WARN', `the container could not be started ${under}`],
  } as const satisfies Record<typeof report.outcome, readonly ['PASS' | 'WARN' | null, string]>
  const [status, why] = statusAndReason[report.outcome]
  const state = status === null ? 'not-evaluated' : 'evaluated'
  const counts = status === null ? null : ({ by: 'only', whose: 'built-in' } as const)
  const output = shortOutput(report.health ?? report.said)
  return benchFinding(
    { ...NO_RESULT, id: START_TEST, state, why, builtin: { word: status, items: [] }, counts },
    {
      ours: {
        title: 'The image starts and becomes healthy',
        advice: `${report.outcome === 'running' ? 'Add a health check, and make' : 'Make'} sure that the image ${options === 'given' ? 'runs with its run options, and becomes healthy' : 'can run without root, without capabilities and with a read-only root file system'}.`,
      },
      output: output === '' ? null : output,
    },
  )
}

function limitsOf(run: RunDocument, reference: string): string[] {
  const { hasOptions, started, apart } = run
  const withheld = withheldIn(started?.differs ?? []).join(', ')
  return [
    ...(apart === null ? [] : [apart]),
    ...(hasOptions || apart !== null ? [] : ['section 5 is not applicable, because no run options were set']),
    ...optionsLimits(run, reference),
    ...(withheld === '' ? [] : [`the container was started without ${withheld}`]),
    ...(started && started.report.outcome !== 'healthy' ? [stateOfStarted(started, run)] : []),
  ]
}

function stateOfStarted({ report }: NonNullable<RunDocument['started']>, run: RunDocument): string {
  const { outcome, seconds, health, said, isUnchecked } = report
  const output =
    health !== undefined
      ? `; last output of its health check: ${shortOutput(health)}`
      : said === ''
        ? ''
        : `; end of its output: ${shortOutput(said)}`
  if (run.isStartOptional !== true || !isUnhealthy(outcome)) {
    return `state of the started container: ${outcome}${output}`
  }
  const isError = 'with start: true in gate.yml, this is an error'
  if (isUnchecked) {
    return `the container started, but its health check did not run within ${seconds} s, so it is not known whether it succeeds; ${isError}`
  }
  const where = run.isCompose ? 'the compose file' : 'the run options'
  return `the container started, but its health check did not succeed within ${seconds} s${output}. Fix it, or set what it needs in ${where}; ${isError}`
}

function runOf(documents: Evidence['documents']): RunDocument {
  const read = runSchema.safeParse(parsed(documents, 'run.json'))
  if (read.success) {
    return read.data
  }
  throw benchError('bench-doubtful', 'run.json, which records the request, is missing or unreadable')
}

function parsed(documents: Evidence['documents'], name: string): unknown {
  const text = textIn(documents, name)
  if (text === null) {
    return null
  }
  const value = jsonIn(text)
  if (value === undefined) {
    throw incomplete(`${name} is not JSON`, name)
  }
  return value
}
