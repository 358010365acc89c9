import { containers } from '../../../io/engine/docker.js'
import { createToStart } from '../../../io/engine/start-image.js'
import { WAITER_PATH, waiterFor, waiterTar } from '../../../io/engine/waiter.js'
import { oneLine, problemOf, type RunSpec } from '../../../model/index.js'
import type { SubjectOptions, TestContainer } from './containers.js'

/** The kernel's name for its machine → Docker's. */
const MACHINES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', arm64: 'arm64' }

const WAITING_SPEC: RunSpec = {
  config: { Entrypoint: [WAITER_PATH], Cmd: [], WorkingDir: '/', Healthcheck: { Test: ['NONE'] } },
  hostConfig: {
    NetworkMode: 'none',
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
    Init: false,
    Memory: 64 * 2 ** 20,
    PidsLimit: 16,
    LogConfig: { Type: 'none' },
  },
}

/**
 * Creates a container of the image in which our own program waits, and nothing of the image runs: Docker
 * Bench judges 4.1 only on running containers. It has the image's user, and no options except those that
 * isolate it.
 * @param machine the engine's, as its kernel names it
 * @returns the container; or why there is none
 */
export async function makeWaiter(
  { architecture, machine }: { readonly architecture: string; readonly machine: string },
  options: SubjectOptions,
  keep: <T extends TestContainer>(one: T) => T,
): Promise<{ waiter: TestContainer } | { waiter: null; why: string }> {
  const { engine, runId, index, labels, imageId, signal } = options
  const none = (why: string) => ({
    waiter: null,
    why: `Docker Bench has no running container of this image to judge: ${why}.`,
  })
  if (MACHINES[machine] !== undefined && MACHINES[machine] !== architecture) {
    return none(`the image is for ${architecture}, but the engine runs on ${machine}`)
  }
  const program = waiterFor(architecture)
  if (program === null) {
    return none(`Seaworthy has no placeholder program for ${architecture}`)
  }
  const name = `seaworthy-${runId}-${index}-waiter`
  try {
    const { id } = await createToStart(engine, { name, image: imageId, labels, spec: WAITING_SPEC, signal })
    const waiter = keep({ id, name })
    await containers.put(engine, id, '/', waiterTar(program), signal)
    await containers.start(engine, id, signal)
    return { waiter }
  } catch (error) {
    signal.throwIfAborted()
    return none(oneLine(problemOf(error, name).what).replace(/\.$/, '').slice(0, 300))
  }
}
