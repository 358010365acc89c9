import {
  NO_OPTIONS,
  oneLine,
  problemOf,
  type RunSpec,
  SeaworthyError,
  withheldIn,
} from '../../../model/index.js'
import {
  makeStarted,
  type StartedContainer,
  type SubjectOptions,
  type TestContainer,
  unmake,
} from './containers.js'
import type { NotStarted, StartReport } from './document.js'

/** The part of the check's options that decides whether an image that does not run is a problem. */
interface Starting {
  readonly spec: RunSpec | null
  readonly isStartOptional: boolean
  readonly benchEngine: 'both' | 'both-required' | 'builtin'
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
}

type StartAttempt =
  | { readonly started: StartedContainer; readonly notStarted: null }
  | { readonly started: null; readonly notStarted: NotStarted }

/** @throws SeaworthyError if the image must run and does not */
export async function startedFor(
  options: Starting,
  about: SubjectOptions,
  keep: <T extends TestContainer>(one: T) => T,
): Promise<StartAttempt> {
  options.progress('starting the image to inspect it while it runs')
  const { spec, isStartOptional, benchEngine, signal } = options
  try {
    const started = await makeStarted(spec ?? NO_OPTIONS, 'started', about, keep)
    if (
      RUNNING_OUTCOMES.includes(started.report.outcome) ||
      (benchEngine === 'builtin' && !isStartOptional)
    ) {
      return { started, notStarted: null }
    }
    if (!isStartOptional) {
      throw notRunning(endOf(started), started.report, started.differs)
    }
    await unmake(about.engine, started)
    return { started: null, notStarted: notStartedOf(endOf(started), started.report) }
  } catch (error) {
    signal.throwIfAborted()
    if (!isStartOptional) {
      throw error
    }
    // The request to the engine and the engine's address do not help the reader here.
    const what = oneLine(problemOf(error, 'docker-bench').what).replace(/ \(\/\S+ on [^)]*\)/, '')
    const why = `the container could not be started: ${what.slice(0, 300)}`
    return { started: null, notStarted: { why, ended: { why, lastLine: null } } }
  }
}

/** @param end what became of the container, whose output is in `report` */
export function notStartedOf(end: string, report: Pick<StartReport, 'said'>): NotStarted {
  const lastLine = linesOf(report.said).at(-1)?.slice(-200) ?? null
  return { why: `${end}; ${lastOutputOf(report)}`, ended: { why: end, lastLine } }
}

const RUNNING_OUTCOMES: readonly StartReport['outcome'][] = [
  'healthy',
  'unhealthy',
  'never-healthy',
  'running',
]

const linesOf = (text: string) => {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '')
}

/** @param end what became of the container, whose output is in `report` */
export function notRunning(
  end: string,
  report: Pick<StartReport, 'said'>,
  differs: StartedContainer['differs'],
): SeaworthyError {
  const withheld = withheldIn(differs)
  const without = withheld.length === 0 ? '' : `; it was started without ${withheld.join(', ')}`
  return new SeaworthyError({
    code: 'bench-subject-ended',
    what: `${end}, but Docker Bench judges only running containers; ${lastOutputOf(report)}${without}`,
    where: 'docker-bench',
    ...(READ_ONLY.test(report.said) ? { todo: WRITABLE } : {}),
  })
}

/** By errno(3): its name, or its text. */
const READ_ONLY = /\bEROFS\b|read-only file system/i
const WRITABLE =
  'list the folder that the image writes to under tmpfs, with the id of its user: /app/log:uid=1000'

function endOf({ report: { outcome, exitCode, seconds } }: StartedContainer): string {
  return outcome === 'not-started'
    ? 'the container could not be started'
    : `the container exited with code ${exitCode} after ${seconds} s`
}

function lastOutputOf({ said }: Pick<StartReport, 'said'>): string {
  const lastLines = linesOf(said).join(' / ').slice(-600)
  return lastLines === '' ? 'it printed nothing' : `its output ends with: ${lastLines}`
}
