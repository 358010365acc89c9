import { containers } from '../io/engine/docker.js'
import type { Engine } from '../io/engine/engine.js'
import { type WatchedContainer, watchContainer } from '../io/engine/watch-container.js'
import { plain, type TestResult } from './test-command.js'

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
      () => watchContainer(engine, Id, signal, (state, ms) => endOf(state, ms, limitMs)),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    const seconds = Math.round(performance.now() - began) / 1000
    const output = plain(await containers.logs(engine, Id, 50).catch(() => ''))
    return { ok: ended === 'healthy', ended, seconds, output }
  } finally {
    await containers.remove(engine, Id)
  }
}

/** How it ended, in words; `null` while that is open. */
function endOf({ running, exitCode, health }: WatchedContainer, ms: number, limitMs: number): string | null {
  if (!running) return `ended with exit ${exitCode} before it was healthy`
  if (health === 'healthy' || health === 'unhealthy') return health
  if (health === 'none') return 'the image has no health check'
  return ms > limitMs ? `not healthy within ${limitMs / 1000} s` : null
}
