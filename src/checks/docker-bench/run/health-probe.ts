import { setTimeout as sleep } from 'node:timers/promises'
import { type ContainerState, containers } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { textsAt } from '../builtin/json.js'

/** Between two attempts, in ms. */
const PAUSE_MS = 500
/** The default of Docker (docs.docker.com/reference/dockerfile, HEALTHCHECK), in ns. */
const DEFAULT_TIMEOUT = 30e9

/** What the gate's own runs of a container's health check have shown so far. */
export interface HealthProbe {
  readonly isHealthy: boolean
  /** What the last one printed; `null` before the first has ended. */
  readonly output: string | null
}

/**
 * Runs the health check of a container in it, as the engine does, until it succeeds: by default the engine runs it for
 * the first time after 30 s. If the engine refuses, or a run takes longer than it may, the engine's own result is left.
 */
export function probeHealth(
  engine: Engine,
  { Id, Config }: ContainerState,
  signal: AbortSignal,
): HealthProbe {
  const probe: { isHealthy: boolean; output: string | null } = { isHealthy: false, output: null }
  const command = commandOf(Config)
  const limitMs = (Config?.Healthcheck?.Timeout || DEFAULT_TIMEOUT) / 1e6
  const run = async (parts: readonly string[]) => {
    while (!probe.isHealthy) {
      const { exitCode, output } = await containers.exec(engine, Id, parts, { limitMs, signal })
      Object.assign(probe, { isHealthy: exitCode === 0, output })
      await sleep(PAUSE_MS, undefined, { signal })
    }
  }
  if (command !== null) {
    run(command).catch(() => undefined)
  }
  return probe
}

/** A test of the form `CMD-SHELL` runs in the image's shell (docs.docker.com/reference/dockerfile, SHELL). */
function commandOf(config: ContainerState['Config']): readonly string[] | null {
  const [kind, ...parts] = (config?.Healthcheck?.Test ?? []).map(String)
  if (parts.length === 0) {
    return null
  }
  const shell = textsAt(config, 'Shell')
  const inShell = [...(shell.length > 0 ? shell : ['/bin/sh', '-c']), parts.join(' ')]
  return kind === 'CMD' ? parts : kind === 'CMD-SHELL' ? inShell : null
}
