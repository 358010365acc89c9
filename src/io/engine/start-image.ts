import { startable } from '../../model/start-options.js'
import type { Difference, RunSpec } from '../../model/start-rules.js'
import { createClosedNetwork } from './closed-network.js'
import { containers } from './docker.js'
import type { Engine } from './engine.js'

export interface ToStart {
  /** Of the container, and of its network. */
  readonly name: string
  /** Id in the engine, or a name of our own. */
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
  readonly spec: RunSpec
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes a container of an image that is judged, which may be started: of the options, whoever gave them, only those that
 * may be (src/model/start-options.ts), on an isolated network, or on none. Every container that is started of
 * such an image is made here.
 */
export async function createToStart(
  engine: Engine,
  { name, image, labels, spec, signal }: ToStart,
): Promise<{ readonly id: string; readonly differs: readonly Difference[] }> {
  const { config, hostConfig, network, differs } = startable(spec)
  const mode = network === 'none' ? 'none' : await createClosedNetwork(engine, name, labels)
  const body = {
    ...config,
    Image: image,
    Labels: { ...(config.Labels as object | undefined), ...labels },
    // A resolver that is nowhere: see GUARDS of src/checks/clair/services/services.ts.
    HostConfig: { ...hostConfig, NetworkMode: mode, Dns: ['0.0.0.0'] },
  }
  const { Id: id } = await containers.create(engine, name, body, signal)
  return { id, differs }
}
