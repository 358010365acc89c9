import { setTimeout as sleep } from 'node:timers/promises'
import { tagImage } from '../../io/engine/build.js'
import { containers, type ImageState, images } from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import type { RequestedTest } from '../../model/index.js'
import { CONNECT_MS, type EngineEvent, eachEvent, eventsOf } from './ended-container.js'

interface Watched {
  readonly engine: Engine
  readonly test: RequestedTest
  /** The temporary name that the test gets the image by; `null` if it gets the id. */
  readonly name: string | null
  readonly state: ImageState
  readonly signal: AbortSignal
}

/** More containers than these are not inspected. */
const MAX_CREATED = 50

/**
 * Runs a test, and says whether it is certain that the image had no part in it: then a test that passes shows nothing
 * about the image. A test that does not name $IMAGE itself may be a script that does, so what counts is what the engine
 * reports: no container was created from the image meanwhile, or from one that is built on it, and it got no name and
 * was not saved or pushed. Never certain if the engine does not report all events.
 */
export async function withImageUse<T extends { readonly end: { readonly ok: boolean } }>(
  watched: Watched,
  run: () => Promise<T>,
): Promise<T & { readonly isImageUnused: boolean }> {
  const { name, test, signal } = watched
  if (name === null || /IMAGE/.test(test.kind === 'command' ? test.command : test.document)) {
    return { ...(await run()), isImageUnused: false }
  }
  const stop = new AbortController()
  const filters = { type: ['container', 'image'], event: ['create', 'tag', 'save', 'push'] }
  const events = await eventsOf(watched.engine, filters, AbortSignal.any([stop.signal, signal]))
  const use = events && useOf(events, { ...watched, name })
  try {
    const result = await run()
    return { ...result, isImageUnused: result.end.ok && use !== null && (await use.isUnused()) }
  } finally {
    stop.abort()
  }
}

function useOf(events: AsyncIterable<Buffer>, { engine, name, state }: Watched & { readonly name: string }) {
  const names = [name, state.Id, ...(state.RepoTags ?? []), ...(state.RepoDigests ?? [])]
  const created: Promise<boolean>[] = []
  const ownTag = Promise.withResolvers<boolean>()
  let isUsed = false
  let isOver = false
  const take = ({ type, action, id, image, name: named }: EngineEvent) => {
    if (isOver && action === 'tag' && named === name) {
      ownTag.resolve(true)
    } else if (type === 'image' ? names.includes(id) || names.includes(named) : names.includes(image)) {
      isUsed = true
    } else if (type === 'container' && created.length < MAX_CREATED) {
      created.push(isOf(engine, id, state))
    } else if (type === 'container') {
      isUsed = true
    }
  }
  void eachEvent(events, take).then(() => ownTag.resolve(false))
  return {
    isUnused: async () => {
      if (isUsed) {
        return false
      }
      isOver = true
      // The name stays as it is, and the engine reports this: after that, everything before it has been reported too.
      const isTagged = await tagImage(engine, state.Id, name).then(
        () => true,
        () => false,
      )
      const isWhole = isTagged && (await Promise.race([ownTag.promise, sleep(CONNECT_MS, false)]))
      return isWhole && !(await Promise.all(created)).includes(true) && !isUsed
    },
  }
}

/** True if a container is one of this image, or of one that is built on it, or if that is not known. */
async function isOf(engine: Engine, container: string, { Id, RootFS }: ImageState): Promise<boolean> {
  try {
    const { Image } = await containers.inspect(engine, container)
    if (Image == null || Image === Id) {
      return true
    }
    const layers = (await images.inspect(engine, Image)).RootFS?.Layers ?? []
    const own = RootFS?.Layers ?? []
    return layers.length === 0 || own.every((layer, index) => layers[index] === layer)
  } catch {
    return true
  }
}
