import type { PushRequest } from '../inputs/publish.js'
import { tagImage } from '../io/engine/build.js'
import { connectEngine } from '../io/engine/engine.js'
import { findInRegistry, pushJudged, type ToPush } from '../io/platforms/push.js'
import {
  type InRegistry,
  type Problem,
  parseReference,
  problemOf,
  SeaworthyError,
  untagged,
  type Verdict,
} from '../model/index.js'
import { patchedName } from '../update/name.js'
import type { Updated } from '../update/plan/outcome.js'
import type { PlannedUpdate } from '../update/plan-update.js'
import type { RunContext } from './run.js'

/** What became of images in their registry. */
export interface RegistryStep {
  readonly inRegistry: readonly InRegistry[]
  /** Why something was not pushed as requested, or not proven. */
  readonly problem: Problem | null
}

const NOTHING_PUSHED: RegistryStep = { inRegistry: [], problem: null }

/**
 * After the verdict: pushes what was judged, if requested and it passed; else looks up the manifest of an
 * image that is in its registry or named by digest, so that the verdict can name it (decision 64). Never throws.
 */
export async function publishImages(
  verdict: Verdict,
  { push, full, published, isOffline }: PushRequest & { readonly isOffline: boolean },
  around: RunContext,
): Promise<RegistryStep> {
  const references = [...new Set(verdict.images.map(({ reference }) => reference))]
  const options = { full, signal: around.signal }
  if (push !== 'judged') {
    const withTags = references.filter(
      (reference) => published.includes(reference) || parseReference(reference)?.digest != null,
    )
    return isOffline || withTags.length === 0 ? NOTHING_PUSHED : lookUp(withTags, verdict, options, around)
  }
  const inRegistry: InRegistry[] = []
  try {
    refuse(verdict)
    const engine = await connectEngine()
    for (const reference of references) {
      around.progress(`pushing ${reference}`)
      inRegistry.push(await pushJudged(engine, reference, judgedOf(verdict, reference), options))
    }
    return { inRegistry, problem: null }
  } catch (error) {
    return { inRegistry, problem: problemOf(error, 'push') }
  }
}

/** For people: one line for each image that was pushed. An image that was only looked up has none. */
export function pushedLines(
  { push }: Pick<PushRequest, 'push'>,
  { inRegistry }: Pick<RegistryStep, 'inRegistry'>,
): readonly string[] {
  return push === 'judged'
    ? inRegistry.map(({ repository, digest }) => `pushed: ${repository}@${digest}`)
    : []
}

/** Names the patched image of an update, and pushes it if that is requested. */
export async function publishPatched(
  { request, trial }: Pick<PlannedUpdate, 'request' | 'trial'>,
  { outcome, verdict }: Updated,
): Promise<Updated> {
  const { patched } = outcome
  if (patched === null) {
    const isDiscarded = outcome.outcome === 'worse'
    const name = `${request.image} with the update (discarded)`
    return { outcome, verdict: isDiscarded ? withImageName(verdict, name) : verdict }
  }
  const { engine, signal, progress } = trial
  const name = patchedName(request.image, request.tagSuffix)
  await tagImage(engine, patched.id, name)
  const named = withImageName(verdict, name)
  let pushed: string | null = null
  // What may not be released must not get into a registry.
  if (request.push !== null && verdict.verdict === 'pass') {
    progress(`pushing ${name}`)
    const { digest } = await pushJudged(engine, name, judgedOf(named, name), { ...request.push, signal })
    pushed = `${untagged(name)}@${digest}`
  }
  return { outcome: { ...outcome, patched: { ...patched, name, pushed } }, verdict: named }
}

/**
 * It was judged under the name of the original image, which the policies know; reports must not show its verdict as
 * that of the original, which still exists.
 */
function withImageName(verdict: Verdict, reference: string): Verdict {
  return { ...verdict, images: verdict.images.map((image) => ({ ...image, reference })) }
}

async function lookUp(
  references: readonly string[],
  verdict: Verdict,
  options: { readonly full: boolean; readonly signal: AbortSignal },
  around: RunContext,
): Promise<RegistryStep> {
  const inRegistry: InRegistry[] = []
  for (const reference of references) {
    const name = parseReference(reference)
    try {
      if (name !== null) {
        inRegistry.push(await findInRegistry(reference, name, judgedOf(verdict, reference), options))
      }
    } catch (error) {
      const { what, where } = problemOf(error, reference)
      around.warn(`the verdict does not identify the image's manifest: ${what} (${where})`)
    }
  }
  return { inRegistry, problem: null }
}

function judgedOf({ images }: Verdict, wanted: string): readonly ToPush[] {
  return images.flatMap(({ reference, digest, layers }) =>
    reference === wanted && digest !== null ? [{ digest, diffIds: layers.map(({ diffId }) => diffId) }] : [],
  )
}

/** What may not be released must not get into a registry. */
function refuse(verdict: Verdict): void {
  const refused = (what: string, todo: string) =>
    new SeaworthyError({ code: 'push-refused', what: `nothing was pushed: ${what}`, where: 'push', todo })
  if (verdict.verdict !== 'pass') {
    const todo = 'do the tasks in the report, and judge the rebuilt image'
    throw refused(`the verdict is ${verdict.verdict}`, todo)
  }
  const notFullyExamined = verdict.images.find(({ others }) => (others?.notExamined.length ?? 0) > 0)
  if (notFullyExamined !== undefined) {
    const todo = 'list them in the "platform" input, or set platform: all'
    throw refused(`${notFullyExamined.reference} has platforms that were not examined`, todo)
  }
}
