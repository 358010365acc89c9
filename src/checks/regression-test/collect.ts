import { removeImage, tagImage } from '../../io/engine/build.js'
import { call, type ImageState, images, refuseChanged } from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import { runTest } from '../../io/engine/run-test.js'
import { removeTrialContainers, sweepTrials, trialName } from '../../io/engine/trials.js'
import type { CommandEnd } from '../../io/process/command.js'
import {
  type Evidence,
  type Image,
  type OpeningImage,
  type Problem,
  platformName,
  type RequestedTest,
  SeaworthyError,
  type TestEnd,
  withAdvice,
} from '../../model/index.js'
import type { Collector } from '../check.js'
import { type CheckContext, type CollectedEvidence, collecting } from '../collecting.js'
import { END_FILE, type EndDocument, OTHER_PLATFORM_FILE, OUTPUT_FILE } from './document.js'
import { withEndedContainer } from './ended-container.js'
import { withImageUse } from './image-use.js'

export interface RegressionTestRequest {
  /** `null`: none is set. */
  readonly test: RequestedTest | null
  /** In milliseconds. */
  readonly limitMs: number
  /** The result of the test that an update has just run on this image: then the check does not run it again. */
  readonly earlierResult: TestEnd | null
}

export interface RegressionTestCheckRequest {
  readonly regressionTest: RegressionTestRequest
}

export const regressionTestCollector: Collector<RegressionTestCheckRequest, CheckContext> = {
  id: 'regression-test',
  cacheFiles: null,
  isRequested: ({ regressionTest }) => regressionTest.test !== null,
  collect: (openings, { regressionTest }, run) => ({
    evidence: collecting('regression-test', openings, run.signal, async (evidenceOf) => {
      const evidence: Evidence[] = []
      // One after the other: they may use the same port.
      for (const opening of openings) {
        evidence.push(await evidenceOf(() => testedEvidence(opening, evidence.length, regressionTest, run)))
      }
      return evidence
    }),
  }),
}

async function testedEvidence(
  opening: OpeningImage,
  index: number,
  { test, limitMs, earlierResult }: RegressionTestRequest,
  run: CheckContext,
): Promise<CollectedEvidence> {
  const { reference } = opening
  if (test === null) {
    const what = 'the policy requires a regression test, but no test is set'
    throw new SeaworthyError({ code: 'test-not-given', what, where: reference })
  }
  if (opening.source !== 'engine') {
    throw new SeaworthyError({
      code: 'test-needs-engine',
      what: `a regression test needs an image in a Docker engine, but this image is in ${opening.source === 'archive' ? 'an archive' : 'a registry'}`,
      where: reference,
    })
  }
  if (opening.apart?.isJudgedInEngine) {
    // The test runs only on the platform of the engine; the same verdict has that platform's result.
    const documents = { [OTHER_PLATFORM_FILE]: JSON.stringify({ engine: opening.apart.engine }) }
    return { documents, sources: [] }
  }
  const image = await opening.image
  const engine = await run.engine()
  await refuseForeign(engine, image, run.signal)
  const state = await images.inspect(engine, image.reference, undefined, run.signal)
  const diffIds = image.layers.map(({ diffId }) => diffId)
  refuseChanged(state, diffIds, image.reference)
  const testKind = test.kind
  const runFacts = { by: testKind, imageId: state.Id, layers: [...(state.RootFS?.Layers ?? [])] }
  if (earlierResult !== null) {
    const code = /^exit (\d+)$/.exec(earlierResult.ended)?.[1]
    const end = { code: code === undefined ? null : Number(code), signal: null, late: false }
    const { isImageUnused } = earlierResult
    const facts = { ...runFacts, ...(isImageUnused && { isImageUnused }) }
    return testEvidence(facts, { ...earlierResult, how: end })
  }
  run.progress(`running the regression test (${testKind})`)
  const name = await temporaryName(engine, state, run.runId, index)
  const parent = process.ppid
  try {
    const { signal, runId, directory } = run
    const running = { engine, image: name ?? state.Id, runId, directory: () => directory, limitMs, signal }
    const tester = test.kind === 'compose' ? test.service : null
    const watched = { engine, image: running.image, state, tester, signal }
    const { end, container, isImageUnused } = await withImageUse({ engine, test, name, state, signal }, () =>
      withEndedContainer(watched, () => runTest(test, running)),
    )
    const facts = {
      ...runFacts,
      ...(container === null ? {} : { container }),
      ...(isImageUnused ? { isImageUnused } : {}),
    }
    return testEvidence(facts, end, problemOfEnd(end, testKind, process.ppid !== parent))
  } finally {
    if (name !== null) {
      await removeTrialContainers(engine, name).catch(() => null)
      await removeImage(engine, name)
    }
  }
}

function testEvidence(
  about: Pick<EndDocument, 'by' | 'imageId' | 'layers' | 'container' | 'isImageUnused'>,
  { ended, seconds, output, how }: CommandEnd,
  problem: Problem | null = null,
): CollectedEvidence {
  const { code: exitCode = null, signal = null } = how ?? {}
  const end: EndDocument = { ...about, exitCode, signal, ended, seconds }
  const documents = { [END_FILE]: JSON.stringify(end), [OUTPUT_FILE]: output }
  return { documents, sources: [], problem }
}

/** Why it is not known whether the application works; `null` if the test has shown it. */
function problemOfEnd({ ended, how }: CommandEnd, where: string, isParentGone: boolean): Problem | null {
  if (how === null) {
    return withAdvice({ code: 'test-not-run', what: `the test could not be run: ${ended}`, where })
  }
  if (how.late) {
    return withAdvice({ code: 'test-timeout', what: `the test was stopped: ${ended}`, where })
  }
  if (isParentGone) {
    const what = "the gate's parent process ended while the test was running"
    return withAdvice({ code: 'test-reached-out', what, where })
  }
  return null
}

/**
 * Refuses an image for another architecture: under emulation an application may fail, or be slower than on any machine
 * that it is built for.
 */
async function refuseForeign(engine: Engine, { platform, reference }: Image, signal: AbortSignal) {
  type Version = { readonly Os?: string; readonly Arch?: string }
  const { Os = '', Arch = '' } = await call<Version>(engine, '/version', { signal })
  // A kernel for amd64 runs programs for 386.
  const native = Arch === 'amd64' ? ['amd64', '386'] : [Arch]
  if (Os === platform.os && native.includes(platform.architecture)) {
    return
  }
  const what = `the image is for ${platformName(platform)}, but the engine's platform is ${Os || '?'}/${Arch || '?'}`
  throw new SeaworthyError({ code: 'test-foreign-platform', what, where: reference })
}

/**
 * A temporary name for the image, since not every tool takes an id, and the user's tag may be moved meanwhile; `null`
 * for an image without a name, which the engine would remove together with the temporary one.
 */
async function temporaryName(
  engine: Engine,
  { Id, RepoTags, RepoDigests }: ImageState,
  runId: string,
  index: number,
): Promise<string | null> {
  await sweepTrials(engine)
  if ((RepoTags ?? []).length === 0 && (RepoDigests ?? []).length === 0) {
    return null
  }
  const name = trialName(runId, `test-${index}`)
  await tagImage(engine, Id, name)
  return name
}
