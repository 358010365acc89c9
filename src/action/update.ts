import type { RunContext } from '../gate/run.js'
import { forEnginePlatform, refuseUnanswered, refuseUntested, runUpdate } from '../gate/update.js'
import type { Judging } from '../inputs/policies.js'
import type { PolicySource } from '../inputs/policy-files.js'
import type { Request } from '../inputs/request.js'
import type { ReadInput } from '../inputs/row.js'
import { type BuildRequest, readUpdateMode, readUpdateRequest, type UpdateMode } from '../inputs/update.js'
import { connectGitHub } from '../io/github/client.js'
import { readGitHubRun } from '../io/github/run.js'
import { problemOf, SeaworthyError } from '../model/problem.js'
import type { Verdict } from '../model/verdict.js'
import { proposeUpdate, type UpdatePullRequest } from '../publish/update-pull-request.js'
import { escapeTerminal } from '../reports/escape.js'
import { renderUpdate } from '../reports/update/terminal.js'
import type { UpdateOutcome } from '../update/plan/outcome.js'

/** What the action should do about updates, read before any check starts. */
export interface UpdateIntent {
  readonly mode: UpdateMode
  /** `null` if nothing is built. */
  readonly build: BuildRequest | null
}

export interface UpdateStep {
  /** `null` if no update was tried, or none was possible. */
  readonly outcome: UpdateOutcome | null
  /** For the log and the summary; '' if there is nothing to report. */
  readonly text: string
  /** Why no update could be tried. */
  readonly notes: readonly string[]
  /** The update's pull request; `null` if none was requested. */
  readonly pull: UpdatePullRequest | null
}

/** @param base the base of a pull request; in other runs the work tree is read. Throws `bad-input`. */
export function readUpdatePlan(
  images: readonly string[],
  inputs: ReadInput,
  base?: PolicySource,
): UpdateIntent {
  const mode = readUpdateMode(inputs)
  const builds = mode === 'prove' || mode === 'pull-request'
  if (!builds && inputs('push').trim() === 'patched') {
    throw new SeaworthyError({
      code: 'bad-input',
      what: '"push: patched" needs an update that builds an image, so set "update: prove" or "update: pull-request"',
      where: 'inputs',
    })
  }
  return { mode, build: builds ? readUpdateRequest(images, inputs, base) : null }
}

/** Warns before the scan if it is already known that no update can be proven. The verdict is still wanted. */
export async function warnUntested({ build }: UpdateIntent, around: RunContext): Promise<void> {
  if (build === null) {
    return
  }
  await refuseUntested(build, around.signal).catch((error: unknown) => around.progress(noUpdate(error)))
}

/**
 * The update after a verdict. Never throws and never changes the verdict; it reports what could not be done.
 */
export async function updateStep(
  { build, mode }: UpdateIntent,
  verdict: Verdict,
  request: Request,
  judging: Judging,
  around: RunContext,
): Promise<UpdateStep> {
  if (build === null) {
    return NO_UPDATE
  }
  try {
    const before = await forEnginePlatform(verdict, build, around.signal)
    refuseUnanswered(before)
    const { outcome } = await runUpdate(build, before, request, judging, around)
    const pull = mode === 'pull-request' ? await publishUpdate(outcome, before, request) : null
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

/** Time limit for all of its requests, in milliseconds. */
const GITHUB_MS = 120_000

/** Opens a pull request with the change, if the run has a repository and a token. */
async function publishUpdate(
  outcome: UpdateOutcome,
  verdict: Verdict,
  { publish }: Request,
): Promise<UpdatePullRequest> {
  const run = readGitHubRun()
  const none = (note: string): UpdatePullRequest => ({ state: 'none', number: null, url: null, note })
  if (run === null) {
    return none('no pull request was created, because this is not a GitHub Actions run')
  }
  if (publish.token === null) {
    return none('no pull request was created, because github-token is not set')
  }
  const api = await connectGitHub({ token: publish.token, apiUrl: run.apiUrl, timeoutMs: GITHUB_MS })
  const { image, dockerfile } = outcome
  const file = dockerfile?.file ?? verdict.images[0]?.dockerfile.file ?? null
  if (file === null) {
    return none("did not look for a pull request, because the image's Dockerfile is not known")
  }
  return proposeUpdate(api, run, dockerfile === null ? null : { image, ...dockerfile }, outcome, file)
}
