import { type HasTag, withBaseTag } from '../checks/base-tag.js'
import type { OriginsOf } from '../checks/check.js'
import { collectAll } from '../checks/collecting.js'
import { COLLECTORS } from '../checks/collectors.js'
import { withoutStrangers } from '../dockerfile/choose.js'
import type { Judging } from '../inputs/policies.js'
import type { Request } from '../inputs/request.js'
import { sourceOf } from '../io/archive/image/image-name.js'
import { connectEngine } from '../io/engine/engine.js'
import { labelsOf } from '../io/engine/leftovers.js'
import { sha256Of } from '../io/files/hash.js'
import { keptPlace } from '../io/files/kept-place.js'
import { makeTemporary } from '../io/files/temporary.js'
import { type OpenedPlatform, openPlatforms } from '../io/platforms/open-platforms.js'
import { dockerLogins } from '../io/registry/login.js'
import { hasTag } from '../io/registry/registry.js'
import {
  CHECK_IDS,
  type CheckId,
  type DocumentDigest,
  type Evidence,
  type KeptFiles,
  problemOf,
  runsAlways,
  runsIfRequested,
  SeaworthyError,
  type Verdict,
} from '../model/index.js'
import { refuseTies } from '../policy/dictionary/match.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import { cleanUp } from './clean-up.js'
import type { Collected } from './collected.js'
import { decideFor } from './decide.js'
import { readDockerfiles } from './dockerfiles.js'
import { saveEvidence } from './evidence/folder.js'
import { limitTime, once, type RunContext, rejectWhenAborted, sharedTracker } from './run.js'

/** What all checks cache that is verified when it is read. */
export const PROVEN_FILES: readonly KeptFiles[] = Object.values(COLLECTORS).flatMap(
  ({ cacheFiles }) => cacheFiles ?? [],
)

/** The steps: open ─► collect ─► (save) ─► decide. Everything that the run created is removed, even if a step fails. */
export async function runGate(request: Request, judging: Judging, around: RunContext): Promise<Verdict> {
  const { policy, today } = judging
  const named = request.images.map((image) => sourceOf(image).name)
  refuseTies(policy.dictionary, request.judgedAs === null ? named : [request.judgedAs.reference], today)
  const collected = await collectImages(request, policy.gate, today, around)
  return { ...decideFor(judging, collected), evidence: collected.flatMap(digestsOf) }
}

function digestsOf({ reference, platform = null, evidence }: Collected): readonly DocumentDigest[] {
  return evidence.flatMap(({ check, documents }) =>
    Object.entries(documents).map(([document, text]) => {
      return { image: reference, platform, check, document, digest: sha256Of(text) }
    }),
  )
}

/** The parts of the policy that collecting depends on. */
type Requested = Pick<GatePolicy, 'checks' | 'platform' | 'allowedBases' | 'officialMirrors'>

/** The gate without its last step: what these checks collect for each platform of each image, saved if requested. */
export async function collectImages(
  request: Request,
  { checks, platform, allowedBases, officialMirrors }: Requested,
  today: string,
  around: RunContext,
): Promise<readonly Collected[]> {
  const directory = makeTemporary(around.runId)
  const limit = limitTime(request.timeoutMs, around.signal)
  const engine = once(() => connectEngine())
  const trustedCacheDir = keptPlace(request.cacheDir)
  const resources = { ...around, signal: limit.signal, engine, directory, trustedCacheDir }
  const tracker = sharedTracker(request, checks, resources)
  try {
    const labels = labelsOf(around.runId, Math.ceil((Date.now() + request.timeoutMs) / 1000) + 300)
    const unpatched = request.judgedAs?.unpatched ?? []
    const run = { ...resources, tracker, labels, allowedBases, officialMirrors, unpatched }
    const opened = await openPlatforms(request.images, platform, run)
    const opening = opened.map((one) => one.opening)
    const dockerfiles = readDockerfiles(request.dockerfile)
    // Each check's evidence for all images: first the policy's checks in parallel, then the user's programs. Where
    // packages are from is known on the way, and is passed from the check that finds it out to those after it.
    const collect = (check: CheckId, origins: OriginsOf) =>
      COLLECTORS[check].collect(opening, request, { ...run, origins })
    const own = CHECK_IDS.filter(
      (check) => runsAlways(check) || (checks.includes(check) && !runsIfRequested(check)),
    )
    const byCheck = [
      ...(await collectAll(own, collect)),
      ...(await collectAll(requestedChecks(checks, request), collect)),
    ]
    const collected = await Promise.all(
      opened.map(async (one, index) => {
        const evidence = byCheck.flatMap((ofImages) => ofImages[index] ?? [])
        const withoutTag = await collectedOf(one, evidence, dockerfiles, run.signal)
        const collected = await withTagOf(withoutTag, run.signal)
        return request.judgedAs === null ? collected : { ...collected, reference: request.judgedAs.reference }
      }),
    )
    // After a bug of ours there is no verdict, whatever was collected.
    const { aborted, reason } = run.signal
    if (aborted && !(reason instanceof SeaworthyError)) {
      throw reason
    }
    if (request.saveEvidence !== null) {
      saveEvidence(request.saveEvidence, today, collected, request.inputs)
    }
    return collected
  } finally {
    const opened = await tracker.started()?.catch(() => null)
    await opened?.close().catch(() => undefined)
    limit.end()
    around.progress('removing everything that the run created')
    const composes = request.regressionTest.test?.kind === 'compose'
    await cleanUp({ ...around, composes }, engine.started())
  }
}

/** Checks that run a program of the user's: if an input names one, or the policy requires it. */
function requestedChecks(checks: readonly CheckId[], request: Request): readonly CheckId[] {
  return CHECK_IDS.filter(runsIfRequested).filter(
    (check) => checks.includes(check) || COLLECTORS[check].isRequested?.(request) === true,
  )
}

/** Limit in milliseconds for looking up the base's tag with a fix. A task that does not name the tag is useful too. */
const TAG_MS = 10_000

/**
 * Adds the base's tag with a fix (`withBaseTag`). It follows from the evidence of two checks, and only here all
 * evidence is there.
 */
async function withTagOf(collected: Collected, outer: AbortSignal): Promise<Collected> {
  const { image, evidence } = collected
  if (image === null) {
    return collected
  }
  const ask: HasTag = (reference) => {
    const signal = AbortSignal.any([outer, AbortSignal.timeout(TAG_MS)])
    return hasTag(reference, { logins: dockerLogins(), signal, timeoutMs: TAG_MS })
  }
  return { ...collected, evidence: await withBaseTag(evidence, image, ask) }
}

async function collectedOf(
  { opening: { reference, image }, platform, others }: OpenedPlatform,
  evidence: readonly Evidence[],
  dockerfiles: Collected['dockerfiles'],
  signal: AbortSignal,
): Promise<Collected> {
  try {
    const opened = await Promise.race([image, rejectWhenAborted(signal)])
    const ownDockerfiles = withoutStrangers(dockerfiles, opened)
    const surroundings = { platform, others: await others }
    return { reference, image: opened, problem: null, evidence, dockerfiles: ownDockerfiles, ...surroundings }
  } catch (error) {
    // An image whose reading was aborted has no error of its own.
    const reason = signal.aborted ? signal.reason : error
    const problem = problemOf(reason, reference)
    return { reference, image: null, problem, evidence, dockerfiles: [], platform, others: null }
  }
}
