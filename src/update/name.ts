import { tagImage } from '../io/engine/build.js'
import { pushJudged } from '../io/platforms/push.js'
import { untagged } from '../model/image/reference.js'
import { SeaworthyError } from '../model/problem.js'
import type { Verdict } from '../model/verdict.js'
import type { Updated } from './plan/outcome.js'
import type { PlannedUpdate } from './plan-update.js'
import type { TrialContext } from './workshop.js'

/** Gives the patched image its name, and pushes it if that is requested. */
export async function nameAndPush(
  { request, trial }: Pick<PlannedUpdate, 'request' | 'trial'>,
  { outcome, verdict }: Updated,
): Promise<Updated> {
  const { patched } = outcome
  if (patched === null) {
    const isDiscarded = outcome.outcome === 'worse'
    const shown = isDiscarded
      ? withImageName(verdict, `${request.image} with the update (discarded)`)
      : verdict
    return { outcome, verdict: shown }
  }
  const name = patchedName(request.image, request.tagSuffix)
  await tagImage(trial.engine, patched.id, name)
  // What may not be released must not get into a registry.
  const push = verdict.verdict === 'pass' ? request.push : null
  const pushed = push === null ? null : await pushPatched(name, verdict, push, trial)
  return {
    outcome: { ...outcome, patched: { ...patched, name, pushed } },
    verdict: withImageName(verdict, name),
  }
}

/**
 * It was judged under the name of the original image, which the policies know; reports must not show its verdict as
 * that of the original, which still exists.
 */
function withImageName(verdict: Verdict, reference: string): Verdict {
  return { ...verdict, images: verdict.images.map((image) => ({ ...image, reference })) }
}

async function pushPatched(
  name: string,
  { images }: Verdict,
  { full }: { readonly full: boolean },
  { engine, signal, progress }: TrialContext,
): Promise<string> {
  progress(`pushing ${name}`)
  const judged = images.flatMap(({ digest, layers }) =>
    digest === null ? [] : [{ digest, diffIds: layers.map(({ diffId }) => diffId) }],
  )
  const { digest } = await pushJudged(engine, name, judged, { full, signal })
  return `${untagged(name)}@${digest}`
}

/**
 * The patched image's name: that of the image with the suffix appended to its tag. `app:1.4.0` → `app:1.4.0-patched`.
 * An image that is named by digest or without a tag gets `latest`. Throws `bad-input` if that is not a valid name.
 */
export function patchedName(reference: string, suffix: string): string {
  const [bare = ''] = reference.split('@')
  const colon = bare.indexOf(':', bare.lastIndexOf('/') + 1)
  const repository = colon < 0 ? bare : bare.slice(0, colon)
  const tag = `${colon < 0 ? 'latest' : bare.slice(colon + 1)}${suffix}`
  // Grammar of tags: github.com/distribution/reference. An image named by id alone has no repository.
  const isId = /^sha256$|^[0-9a-f]{12,64}$/.test(repository)
  if (suffix === '' || isId || repository === '' || !/^[\w][\w.-]{0,127}$/.test(tag)) {
    throw new SeaworthyError({
      code: 'bad-input',
      what: isId
        ? `an image specified only by its id (${reference}) has no name to add a suffix to`
        : `${JSON.stringify(tag)} is not a valid image tag`,
      where: 'tag-suffix',
      todo: 'specify the image by repository and tag, and set a suffix such as -patched',
    })
  }
  return `${repository}:${tag}`
}
