import type { RunContext } from '../gate/run.js'
import { refuseUntested, runUpdate, type UpdateEnd } from '../gate/update.js'
import type { Judging } from '../inputs/policies.js'
import type { Request } from '../inputs/request.js'
import type { RequestedUpdate } from '../inputs/update.js'
import { problemOf, type Verdict } from '../model/index.js'
import { escapeTerminal } from '../reports/escape.js'
import { renderUpdate } from '../reports/update/terminal.js'

export interface UpdateStep {
  /** `null` if no update was tried, or none was possible. */
  readonly outcome: UpdateEnd['outcome'] | null
  /** For the log and the summary; '' if there is nothing to report. */
  readonly text: string
  /** Why no update could be tried. */
  readonly notes: readonly string[]
  /** The update's pull request; `null` if none was requested. */
  readonly pull: UpdateEnd['pull']
}

/** Warns before the scan if it is already known that no update can be proven. The verdict is still wanted. */
export async function warnUntested(build: RequestedUpdate, around: RunContext): Promise<void> {
  if (build !== null) {
    await refuseUntested(build, around.signal).catch((error: unknown) => around.progress(noUpdate(error)))
  }
}

/** The update after a verdict. Never throws and never changes the verdict; it reports what could not be done. */
export async function updateStep(
  build: RequestedUpdate,
  verdict: Verdict,
  request: Request,
  judging: Judging,
  around: RunContext,
): Promise<UpdateStep> {
  if (build === null) {
    return NO_UPDATE
  }
  try {
    const { outcome, pull } = await runUpdate(build, verdict, request, judging, around)
    const notes = pull === null || pull.note === null ? [] : [escapeTerminal(pull.note, 1000)]
    return { outcome, text: renderUpdate(outcome), notes, pull }
  } catch (error) {
    return { ...NO_UPDATE, notes: [noUpdate(error)] }
  }
}

function noUpdate(error: unknown): string {
  const { what, where, todo } = problemOf(error, 'update')
  return escapeTerminal(`No update was made: ${what} (${where}). To do: ${todo}`, 1000)
}

const NO_UPDATE: UpdateStep = { outcome: null, text: '', notes: [], pull: null }
