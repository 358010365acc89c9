import type { RunContext } from '../gate/run.js'
import { refuseUntested, runUpdate, type UpdateEnd } from '../gate/update.js'
import type { Judging } from '../inputs/policies.js'
import type { PolicySource } from '../inputs/policy-files.js'
import type { Request } from '../inputs/request.js'
import type { ReadInput } from '../inputs/row.js'
import { readUpdateMode, readUpdateRequest } from '../inputs/update.js'
import { problemOf, SeaworthyError } from '../model/problem.js'
import type { Verdict } from '../model/verdict.js'
import { escapeTerminal } from '../reports/escape.js'
import { renderUpdate } from '../reports/update/terminal.js'
import type { UpdateRequest } from '../update/request.js'

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

/**
 * What the action should update, read before any check starts; `null` if nothing is built. Throws `bad-input`.
 * @param base the base of a pull request; in other runs the work tree is read
 */
export function readUpdatePlan(
  images: readonly string[],
  inputs: ReadInput,
  base?: PolicySource,
): UpdateRequest | null {
  const mode = readUpdateMode(inputs)
  const builds = mode === 'prove' || mode === 'pull-request'
  if (!builds && inputs('push').trim() === 'patched') {
    throw new SeaworthyError({
      code: 'bad-input',
      what: '"push: patched" needs an update that builds an image, so set "update: prove" or "update: pull-request"',
      where: 'inputs',
    })
  }
  return builds ? readUpdateRequest(images, inputs, base) : null
}

/** Warns before the scan if it is already known that no update can be proven. The verdict is still wanted. */
export async function warnUntested(build: UpdateRequest | null, around: RunContext): Promise<void> {
  if (build === null) {
    return
  }
  await refuseUntested(build, around.signal).catch((error: unknown) => around.progress(noUpdate(error)))
}

/**
 * The update after a verdict. Never throws and never changes the verdict; it reports what could not be done.
 */
export async function updateStep(
  build: UpdateRequest | null,
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
