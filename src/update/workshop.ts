import { SeaworthyError } from '../core/problem.js'
import type { ExtraSource } from '../core/update/apt-script.js'
import { changedConfig, type ImageConfig, patchDockerfile } from '../core/update/patch-file.js'
import { type Built, buildImage, removeImage, tagImage } from '../io/build.js'
import { call, containers, EngineError, images } from '../io/docker.js'
import type { Engine } from '../io/engine.js'

/** Where images are patched and tried. Everything that is made is known, so that it can be removed. */
export interface Workshop {
  readonly engine: Engine
  /** The image's id in the engine. */
  readonly id: string
  readonly config: ImageConfig
  readonly bytes: number
  /** `os/architecture`. */
  readonly platform: string
  readonly runId: string
  readonly extra: ExtraSource | null
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  /** A folder for temporary files; made when it is first asked for. */
  readonly directory: () => string
  readonly made: Set<string>
  /** Containers to remove, by id. */
  readonly containers: Set<string>
}

export interface InspectedImage {
  readonly Id: string
  readonly Os: string
  readonly Architecture: string
  readonly Size: number
  readonly Config?: ImageConfig | null
}

/** Throws `no-such-image`, since what is patched must be in the engine: an archive has to be loaded first. */
export async function inspectImage(
  engine: Engine,
  reference: string,
  signal: AbortSignal,
): Promise<InspectedImage> {
  try {
    return (await images.inspect(engine, reference, undefined, signal)) as unknown as InspectedImage
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error
    throw new SeaworthyError({
      code: 'update-not-in-engine',
      what: `${JSON.stringify(reference)} is not an image of the Docker engine`,
      where: engine.host,
      todo: 'build, pull or docker load it first: the update is built on it',
    })
  }
}

/** Builds `script` onto an image. What is made is removed with the workshop, unless `keep` takes it out. */
export async function buildOn(
  shop: Workshop,
  from: string,
  script: string,
  way: 'network' | 'no-network',
): Promise<Built> {
  return make(shop, patchDockerfile(from, shop.config, script), {}, way)
}

/** Builds any Dockerfile; what is made is removed with the workshop. */
export async function make(
  shop: Workshop,
  dockerfile: string,
  files: Readonly<Record<string, Buffer>>,
  way: 'network' | 'no-network',
): Promise<Built> {
  const built = await buildImage(shop.engine, dockerfile, files, {
    ...(way === 'no-network' ? { network: 'none' } : {}),
    platform: shop.platform,
    buildArgs: proxies(process.env),
    signal: shop.signal,
  })
  if (built.id !== null) shop.made.add(built.id)
  return built
}

/** The engine's builder gives these to a RUN, and keeps them out of the image and its history. */
function proxies(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name]
      // The host's own loopback is another one in a container.
      return value === undefined || /\/\/(?:[^/]*@)?(?:localhost|127\.|\[::1\])/.test(value)
        ? []
        : [[name, value]]
    }),
  )
}

/** Size of a patched image, in bytes. Throws `update-refused` where its config is not the image's own. */
export async function sameConfig(shop: Workshop, id: string): Promise<number> {
  const after = await inspectImage(shop.engine, id, shop.signal)
  const changed = changedConfig(shop.config, after.Config ?? {})
  if (changed.length === 0) return after.Size
  throw new SeaworthyError({
    code: 'update-refused',
    what: `the engine's builder changed ${changed.join(', ')} of the image's config`,
    where: shop.id,
    todo: 'update the Dockerfile and build the image again',
  })
}

/** Names that runs have left which were killed: no run lasts so long. In seconds. */
const STALE = 24 * 60 * 60
const TRIALS = 'seaworthy-update'

/** Removes images that killed runs have left. What can't be removed is left to the next one. */
export async function sweepTrials(engine: Engine, now: number = Date.now()): Promise<void> {
  const query = { filters: JSON.stringify({ reference: [TRIALS] }) }
  type Listed = readonly { readonly RepoTags?: readonly string[] | null; readonly Created: number }[]
  const listed = await call<Listed>(engine, '/images/json', { query }).catch((): Listed => [])
  const stale = listed.filter(({ Created }) => Created < now / 1000 - STALE)
  for (const name of stale.flatMap(({ RepoTags }) => RepoTags ?? [])) {
    if (name.startsWith(`${TRIALS}:`)) await removeImage(engine, name)
  }
}

/** A name for an image while it is tried: a test gets a name, since not every tool takes an id. */
export async function nameForTrial(shop: Workshop, id: string): Promise<string> {
  const name = `${TRIALS}:${shop.runId}`
  await tagImage(shop.engine, id, name)
  shop.made.add(name)
  return name
}

/** Removes what was made, but for `keep`; children before their parents. */
export async function closeWorkshop(shop: Workshop, keep: string | null): Promise<void> {
  const { signal: _, ...engine } = shop.engine
  for (const id of shop.containers) await containers.remove(engine, id)
  const all = [...shop.made].reverse()
  const names = all.filter((one) => !one.startsWith('sha256:'))
  for (const name of names) await removeImage(engine, name)
  for (const id of all) if (id !== keep && !names.includes(id)) await removeImage(engine, id)
}
