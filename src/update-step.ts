import { problemOf } from './core/problem.js'
import type { UpdateOutcome } from './core/update/outcome.js'
import type { Verdict } from './core/verdict.js'
import type { Surroundings } from './gate.js'
import type { Given } from './inputs.js'
import type { Judging } from './judging.js'
import { renderUpdate } from './reports/update.js'
import type { Request } from './request.js'
import { refuseUnanswered, runUpdate } from './run-update.js'
import { type AskedUpdate, readUpdateMode, readUpdateRequest, type UpdateMode } from './update-request.js'

/** What the action is to do about updates, read before any check is started. */
export interface UpdatePlan {
  readonly mode: UpdateMode
  /** `null` where nothing is built. */
  readonly asked: AskedUpdate | null
}

export interface UpdateStep {
  /** `null` where none was tried, or none could be. */
  readonly outcome: UpdateOutcome | null
  /** For the log and the summary; '' where there is nothing to say. */
  readonly text: string
  /** Why none could be tried. */
  readonly notes: readonly string[]
}

/** Throws `bad-input`. */
export function readUpdatePlan(images: readonly string[], given: Given): UpdatePlan {
  const mode = readUpdateMode(given)
  const builds = mode === 'prove' || mode === 'pull-request'
  return { mode, asked: builds ? readUpdateRequest(images, given) : null }
}

/** The update after a verdict. Never throws, and never changes the verdict: what could not be done is said. */
export async function updateStep(
  { asked }: UpdatePlan,
  verdict: Verdict,
  request: Request,
  judging: Judging,
  around: Surroundings,
): Promise<UpdateStep> {
  if (asked === null) return NOTHING
  try {
    refuseUnanswered(verdict)
    const { outcome } = await runUpdate(asked, verdict, request, judging, around)
    return { outcome, text: renderUpdate(outcome), notes: [] }
  } catch (error) {
    const { what, where, todo } = problemOf(error, 'update')
    return { ...NOTHING, notes: [`No update was made: ${what} (${where}). To do: ${todo}`] }
  }
}

const NOTHING: UpdateStep = { outcome: null, text: '', notes: [] }
