import { type Built, buildImage, removeImage, tagImage } from '../io/engine/build.js'
import { images, unlessStatus } from '../io/engine/docker.js'
import type { Engine } from '../io/engine/engine.js'
import { EngineError } from '../io/engine/engine-error.js'
import { trialName } from '../io/engine/trials.js'
import { makeTemporary } from '../io/files/temporary.js'
import { SeaworthyError } from '../model/index.js'
import { failureOf } from './plan/apt-output.js'
import type { ExtraSources } from './plan/apt-script.js'
import { changedConfig, type ImageConfig, patchDockerfile } from './plan/patch-file.js'
import { throughMirror, type UpdatePlan } from './plan/plan.js'

/** Where images are patched and tried. Everything created is recorded, so that it can be removed. */
export interface TrialContext {
  readonly engine: Engine
  /** The image's id in the engine. */
  readonly id: string
  readonly config: ImageConfig
  readonly bytes: number
  /** `os/architecture`. */
  readonly platform: string
  /** The image's architecture in dpkg's notation; `null`: not known. */
  readonly native: string | null
  readonly runId: string
  readonly extra: ExtraSources
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  /** A folder for temporary files; created on first request. */
  readonly directory: () => string
  /** Names of images, all in our own repository: an image's other names are not ours to remove. */
  readonly createdImages: Set<string>
}

export interface InspectedImage {
  readonly Id: string
  readonly Os: string
  readonly Architecture: string
  /** For ARM: v6, v7, v8. */
  readonly Variant?: string
  readonly Size: number
  readonly Config?: ImageConfig | null
}

/** A workshop for one image. Nothing is created yet. */
export function openWorkshop(
  { securityMirror, native }: { readonly securityMirror: string } & Pick<TrialContext, 'native'>,
  state: InspectedImage,
  { addSecurity, sources }: Pick<UpdatePlan, 'addSecurity' | 'sources'>,
  { engine, runId, signal, progress }: Pick<TrialContext, 'engine' | 'runId' | 'signal' | 'progress'>,
): TrialContext {
  const suite = addSecurity === null ? null : `${addSecurity}-security`
  let folder: string | null = null
  return {
    engine,
    runId,
    native,
    signal,
    progress,
    id: state.Id,
    bytes: state.Size,
    config: state.Config ?? {},
    createdImages: new Set<string>(),
    platform: `${state.Os}/${state.Architecture}`,
    extra: {
      security: suite === null ? null : { url: securityMirror, suite },
      others: throughMirror(sources, securityMirror),
    },
    directory: () => {
      folder ??= makeTemporary(runId)
      return folder
    },
  }
}

/** Throws `no-such-image`, since the image to patch must be in the engine: an archive has to be loaded first. */
export async function inspectImage(
  engine: Engine,
  reference: string,
  signal: AbortSignal,
): Promise<InspectedImage> {
  const state = await images.inspect(engine, reference, undefined, signal).catch(unlessStatus(404))
  if (state === null) {
    const what = `the image ${JSON.stringify(reference)} is not in the Docker engine`
    throw new SeaworthyError({ code: 'update-not-in-engine', what, where: engine.host })
  }
  const { Id, Os, Architecture, Variant, Size, Config } = state
  const about = { Id, Os: Os ?? '', Architecture: Architecture ?? '', Size: Size ?? 0 }
  return { ...about, ...(Variant && { Variant }), Config: Config as ImageConfig | null }
}

/**
 * Builds `script` on top of an image. The result is removed with the workshop, unless it got a name. Throws `no-space`:
 * no choice of packages fixes that, and none of them is to blame.
 */
export async function buildOn(
  trial: TrialContext,
  from: string,
  script: string,
  access: 'network' | 'no-network',
): Promise<Built> {
  // The builder itself names it: a run that is killed at any time leaves nothing without a name.
  const name = trialName(trial.runId, `${trial.createdImages.size}`)
  trial.createdImages.add(name)
  const { platform, signal } = trial
  const network = access === 'no-network' ? { network: 'none' } : {}
  const options = { name, ...network, platform, buildArgs: proxies(process.env), signal }
  const dockerfile = patchDockerfile(from, trial.config, script)
  const built = await buildImage(trial.engine, dockerfile, options).catch((error: unknown) => {
    if (error instanceof EngineError) {
      refuseNoSpace(error.problem.what)
    }
    throw error
  })
  if (built.id === null) {
    refuseNoSpace(`${built.output}\n${built.error ?? ''}`)
  }
  return built
}

/** Throws `no-space` if a build's output says so. */
export function refuseNoSpace(message: string): void {
  if (failureOf(message) === 'no-space') {
    const what = 'the engine has no space left for the update'
    const todo = 'free some space where the engine keeps its images (see docker system df)'
    throw new SeaworthyError({ code: 'no-space', what, where: 'docker build', todo })
  }
}

/** The engine's builder sets these for a RUN, and keeps them out of the image and its history. */
function proxies(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
  // In a container, loopback is not the host's.
  const isLoopback = (url: string) => /\/\/(?:[^/]*@)?(?:localhost|127\.|\[::1\])/.test(url)
  const values = names.map((name) => [name, env[name] ?? ''] as const)
  return Object.fromEntries(values.filter(([name, url]) => env[name] !== undefined && !isLoopback(url)))
}

/** Size of a patched image, in bytes. Throws `update-refused` if its config differs from the image's own. */
export async function sizeIfConfigKept(trial: TrialContext, id: string): Promise<number> {
  const after = await inspectImage(trial.engine, id, trial.signal)
  const changed = changedConfig(trial.config, after.Config ?? {})
  if (changed.length === 0) {
    return after.Size
  }
  const what = `the engine's builder changed ${changed.join(', ')} in the image's config`
  const todo = 'update the Dockerfile and build the image again'
  throw new SeaworthyError({ code: 'update-refused', what, where: trial.id, todo })
}

/** A name for an image while it is tried, since not every tool takes an id. */
export async function nameForTrial(trial: TrialContext, id: string): Promise<string> {
  const name = trialName(trial.runId, `${trial.createdImages.size}`)
  await tagImage(trial.engine, id, name)
  trial.createdImages.add(name)
  return name
}

/** Removes everything created; an image with a name of the user's loses only ours. Children before their parents. */
export async function closeWorkshop(trial: TrialContext): Promise<void> {
  const { signal: _, ...engine } = trial.engine
  for (const name of [...trial.createdImages].reverse()) {
    await removeImage(engine, name)
  }
}
