import { type ClairOptions, collectClair } from '../checks/clair/collect.js'
import { collectBench } from '../checks/docker-bench/collect.js'
import { collectSecurityUpdates } from '../checks/security-updates/collect.js'
import { openFeeds, withFeeds } from '../feeds/rate.js'
import { type OpenTracker, openTracker } from '../feeds/tracker.js'
import type { Judging } from '../inputs/policies.js'
import type { Request } from '../inputs/request.js'
import { openImage } from '../io/archive/open-image.js'
import { connectEngine, type Engine } from '../io/engine/engine.js'
import { labelsOf } from '../io/engine/leftovers.js'
import { makeTemporary } from '../io/files/temporary.js'
import { isFork } from '../io/github/environment.js'
import type { CheckId, Evidence } from '../model/evidence.js'
import type { OpeningImage } from '../model/opening.js'
import { problemOf, SeaworthyError } from '../model/problem.js'
import type { Verdict } from '../model/verdict.js'
import { refuseTies } from '../policy/dictionary/match.js'
import type { GatePolicy } from '../policy/policy.js'
import { cleanUp } from './clean-up.js'
import { type Collected, decideFor } from './decide.js'
import { readDockerfiles } from './dockerfiles.js'
import { saveEvidence } from './evidence/folder.js'

/** What a run needs of the world around it. */
export interface Surroundings {
  readonly runId: string
  /** Aborted by a signal, with the reason as a `SeaworthyError`. */
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  readonly warn: (text: string) => void
}

/** The story: open ─► collect ─► (save) ─► decide. Whatever happens, nothing of the run is left behind. */
export async function runGate(request: Request, judging: Judging, around: Surroundings): Promise<Verdict> {
  const { policy, today } = judging
  refuseTies(policy.dictionary, request.judgedAs === null ? request.images : [request.judgedAs], today)
  return decideFor(judging, await collectImages(request, policy.gate, today, around))
}

/** What of the policy collecting depends on. */
type Asked = Pick<GatePolicy, 'checks' | 'allowedBases'>

/** The story without its end: what these checks collect of each image, saved where that was asked for. */
export async function collectImages(
  request: Request,
  asked: Asked,
  today: string,
  around: Surroundings,
): Promise<readonly Collected[]> {
  const directory = makeTemporary(around.runId)
  const limit = timeLimit(request.timeoutMs, around.signal)
  const engine = once(() => connectEngine())
  try {
    const run = { ...around, signal: limit.signal, engine, directory }
    const opening = request.images.map((name, index) =>
      openImage(name, index, { ...run, platform: request.platform }),
    )
    const dockerfiles = readDockerfiles(request.dockerfile)
    const evidence = await collect(request, asked, opening, run)
    const collected = await Promise.all(
      opening.map(async (one, index) => {
        const collected = await collectedOf(one, evidence[index] ?? [], dockerfiles, run.signal)
        return request.judgedAs === null ? collected : { ...collected, reference: request.judgedAs }
      }),
    )
    // A fault of ours is no answer, whatever was collected.
    const { aborted, reason } = run.signal
    if (aborted && !(reason instanceof SeaworthyError)) throw reason
    if (request.saveEvidence !== null) saveEvidence(request.saveEvidence, today, collected)
    return collected
  } finally {
    limit.end()
    around.progress('removing what the run made')
    await cleanUp(around, engine.started())
  }
}

interface Run extends Surroundings {
  readonly engine: () => Promise<Engine>
  readonly directory: string
}

/** The checks that the policy asks for, side by side; for each image the evidence of each. */
async function collect(
  request: Request,
  asked: Asked,
  opening: readonly OpeningImage[],
  run: Run,
): Promise<readonly (readonly Evidence[])[]> {
  const { tracker: source, cacheDir, clairTimeoutMs: timeoutMs } = request
  const { directory: tempDir, signal } = run
  // Without Clair's check it only names the CVEs of updates: not worth a long wait.
  const patience = asked.checks.includes('clair')
    ? { timeoutMs }
    : { timeoutMs: Math.min(timeoutMs, 60_000), retries: 0 }
  const { offline } = request.feeds
  const tracker = once(() => openTracker({ source, tempDir, cacheDir, offline, signal, ...patience }))
  const collectors = collectorsOf(request, asked, opening, tracker, run)
  const byCheck = await Promise.all(asked.checks.map((check) => collectors[check]())).finally(async () => {
    await tracker
      .started()
      ?.then((it) => it.close())
      .catch(() => undefined)
  })
  return opening.map((_, index) => byCheck.flatMap((evidence) => evidence[index] ?? []))
}

function collectorsOf(
  request: Request,
  asked: Asked,
  opening: readonly OpeningImage[],
  tracker: () => Promise<OpenTracker>,
  run: Run,
) {
  const { debianMirror, debianSecurityMirror, cacheDir, changelogs, clairTimeoutMs: timeoutMs } = request
  return {
    'security-updates': () =>
      collectSecurityUpdates(opening, {
        ...{
          ...run,
          debianMirror,
          debianSecurityMirror,
          tracker,
          changelogs,
          allowedBases: asked.allowedBases ?? [],
          cacheDir,
          timeoutMs,
          now: new Date(),
        },
      }),
    'docker-bench': () =>
      collectBench(opening, {
        ...{ ...run, ...request.bench, cacheDir, labels: labelsFor(request, run), fork: isFork() },
      }),
    clair: async () => {
      // Beside Clair: which CVEs are in question is known when it has answered.
      const feeds = openFeeds(request.feeds, { ...run, ...request.feeds, cacheDir, now: new Date() })
      feeds.catch(() => undefined) // whoever waits for it sees the error
      const evidence = await collectClair(opening, {
        ...run,
        clair: clairOf(request, run),
        tracker,
        timeoutMs,
      })
      return withFeeds(evidence, feeds)
    },
  } as const satisfies Record<CheckId, () => Promise<readonly Evidence[]>>
}

function clairOf(request: Request, run: Run): ClairOptions['clair'] {
  const { clairUrl: url, layerUrl, clairPsk: psk, clairImage, postgresImage } = request
  if (url !== null && layerUrl !== null) return { url, psk, layerUrl }
  const { engine, runId } = run
  return { engine, runId, labels: labelsFor(request, run), clairImage, postgresImage }
}

function labelsFor(request: Request, run: Run): Readonly<Record<string, string>> {
  return labelsOf(run.runId, Math.ceil((Date.now() + request.timeoutMs) / 1000) + 300)
}

async function collectedOf(
  opening: OpeningImage,
  evidence: readonly Evidence[],
  dockerfiles: Collected['dockerfiles'],
  signal: AbortSignal,
): Promise<Collected> {
  const { reference } = opening
  try {
    const image = await Promise.race([opening.image, whenAborted(signal)])
    return { reference, image, problem: null, evidence, dockerfiles }
  } catch (error) {
    // An image that was cut off has no fault of its own.
    const reason = signal.aborted ? signal.reason : error
    return { reference, image: null, problem: problemOf(reason, reference), evidence, dockerfiles }
  }
}

/** Rejects with the signal's reason: what is waited for may never come. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** A signal that is aborted when the outer one is, or when the time is over. */
function timeLimit(timeoutMs: number, outer: AbortSignal): { signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  const problem = {
    code: 'timeout',
    what: `the gate did not end within ${timeoutMs / 1000} s`,
    where: 'gate',
    todo: 'raise timeout, or look at what was waited for with debug',
  }
  const timer = setTimeout(() => controller.abort(new SeaworthyError(problem)), timeoutMs)
  return { signal: AbortSignal.any([outer, controller.signal]), end: () => clearTimeout(timer) }
}

/** Calls `make` at the first use only; `started` tells what came of it. */
function once<T>(make: () => Promise<T>): (() => Promise<T>) & { started(): Promise<T> | null } {
  let made: Promise<T> | null = null
  const get = () => {
    made ??= make()
    return made
  }
  return Object.assign(get, { started: () => made })
}
