import { type Difference, type RunSpec, startable } from '../../model/index.js'
import { createClosedNetwork } from './closed-network.js'
import { containers } from './docker.js'
import type { Engine } from './engine.js'

interface StartRequest {
  /** Of the container, and of its network. */
  readonly name: string
  /** Id in the engine, or a name of our own. */
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
  readonly spec: RunSpec
  readonly signal?: AbortSignal | undefined
}

/**
 * Creates a container of a judged image that may be started. Of its options, whoever set them, only allowed ones are
 * used (src/model/run/start-options.ts), on an isolated network or on none. Every container of such an image that is
 * started is created here.
 */
export async function createToStart(
  engine: Engine,
  { name, image, labels, spec, signal }: StartRequest,
): Promise<{ readonly id: string; readonly differs: readonly Difference[] }> {
  const { config, hostConfig, network, differs } = startable(spec)
  const mode = network === 'none' ? 'none' : await createClosedNetwork(engine, name, labels)
  const body = {
    ...config,
    Image: image,
    Labels: { ...(config.Labels as object | undefined), ...labels },
    // A resolver that leads nowhere: see CONTAINER_LIMITS of src/checks/clair/services/services.ts.
    HostConfig: { ...hostConfig, NetworkMode: mode, Dns: ['0.0.0.0'] },
  }
  const { Id: id } = await containers.create(engine, name, body, signal)
  return { id, differs }
}
