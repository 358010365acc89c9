import { setTimeout as sleep } from 'node:timers/promises'
import { call, containers } from '../io/docker.js'
import type { Engine } from '../io/engine.js'
import { plain, type TestResult } from './test-command.js'

interface State {
  readonly State: {
    readonly Running: boolean
    readonly ExitCode: number
    readonly Health?: { readonly Status?: string } | null
  }
}

/** Between two looks, in ms. */
const PAUSE = 200

/**
 * Starts the image as it is, without a network, and waits for its own health check to say healthy.
 * @param labels by which the container is found again if the run is killed
 */
export async function runHealthcheck(
  engine: Engine,
  image: string,
  labels: Readonly<Record<string, string>>,
  limitMs: number,
  signal: AbortSignal,
): Promise<Omit<TestResult, 'attempt'>> {
  const began = performance.now()
  const name = `seaworthy-update-${labels['dev.seaworthy.run'] ?? 'test'}-${Math.round(began)}`
  const body = { Image: image, Labels: labels, HostConfig: { NetworkMode: 'none' } }
  const { Id } = await containers.create(engine, name, body, signal)
  try {
    const ended = await containers.start(engine, Id, signal).then(
      () => health(engine, Id, limitMs, signal),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    const seconds = Math.round(performance.now() - began) / 1000
    const output = plain(await containers.logs(engine, Id, 50).catch(() => ''))
    return { ok: ended === 'healthy', ended, seconds, output }
  } finally {
    await containers.remove(engine, Id)
  }
}

async function health(engine: Engine, id: string, limitMs: number, signal: AbortSignal): Promise<string> {
  const until = performance.now() + limitMs
  for (;;) {
    signal.throwIfAborted()
    const { State } = await call<State>(engine, `/containers/${id}/json`, { signal })
    if (!State.Running) return `ended with exit ${State.ExitCode} before it was healthy`
    const status = State.Health?.Status ?? 'none'
    if (status === 'healthy' || status === 'unhealthy') return status
    if (status === 'none') return 'the image has no health check'
    if (performance.now() > until) return `not healthy within ${limitMs / 1000} s`
    await sleep(PAUSE)
  }
}
