import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ContainerState,
  containers,
  type EngineAnswer,
  type ImageState,
  stream,
  unlessGone,
} from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import { plain } from '../../io/process/command.js'
import { isRecord, jsonIn } from '../../model/index.js'
import { maskedOutput } from '../masked-output.js'
import type { EndDocument } from './document.js'

/** A container of the tested image that ended by itself, with an exit code that is not 0. */
type EndedContainer = NonNullable<EndDocument['container']>

interface Watched {
  readonly engine: Engine
  /** The name that the test starts the image by, or its id. */
  readonly image: string
  readonly state: ImageState
  /** The service of a compose file that is the test: its end says nothing about the application. */
  readonly tester: string | null
  readonly signal: AbortSignal
}

/** Events of the last moment take a little longer than the test's end, in ms. */
const GRACE_MS = 300
/** A live engine answers at once, in ms. */
export const CONNECT_MS = 1000
/** More containers than these are not inspected. */
const MAX_STARTED = 50
const LAST_LINES = 12
/** In characters. */
const MAX_OUTPUT_LENGTH = 2000
/** An event has a few hundred characters. */
const MAX_LINE_LENGTH = 100_000

/**
 * Runs a test, and says which container of its image ended by itself while running the image's own command: then the
 * image does not start, whatever the test says. `null` if none did, or the engine does not report events.
 */
export async function withEndedContainer<T extends { readonly ok: boolean }>(
  watched: Watched,
  run: () => Promise<T>,
): Promise<{ readonly end: T; readonly container: EndedContainer | null }> {
  const stop = new AbortController()
  const { engine, image, signal } = watched
  const filters = { type: ['container'], event: ['start', 'kill', 'die'], image: [image] }
  const events = await eventsOf(engine, filters, AbortSignal.any([stop.signal, signal]))
  const watching = events === null ? null : watch(events, watched)
  try {
    const end = await run()
    if (end.ok || watching === null) {
      return { end, container: null }
    }
    await sleep(GRACE_MS)
    return { end, container: await watching.first() }
  } finally {
    stop.abort()
  }
}

/** The engine's events; `null` if it reports none. It may answer only when there is an event. */
export async function eventsOf(engine: Engine, filters: object, signal: AbortSignal) {
  const query = { filters: JSON.stringify(filters) }
  const connecting = stream(engine, '/events', { query, signal }).catch(() => null)
  return await Promise.race([connecting, sleep(CONNECT_MS, null, { ref: false })])
}

function watch(events: AsyncIterable<Buffer>, watched: Watched) {
  const started = new Map<string, Promise<ContainerState | null>>()
  const killed = new Set<string>()
  const found: Promise<EndedContainer | null>[] = []
  const take = ({ action, id, exitCode, service }: EngineEvent) => {
    if (!/^[0-9a-f]{1,64}$/.test(id)) {
      return
    }
    if (action === 'kill') {
      killed.add(id)
    } else if (action === 'start') {
      if (started.size < MAX_STARTED && (service === null || service !== watched.tester)) {
        const inspecting = containers.inspect(watched.engine, id).catch(() => null)
        started.set(id, inspecting)
      }
    } else if (started.has(id) && !killed.has(id) && exitCode !== null && exitCode !== 0) {
      found.push(endedOf(watched, id, exitCode, started.get(id)))
    }
  }
  void eachEvent(events, take)
  return {
    first: async () => (await Promise.all(found)).find((one) => one !== null) ?? null,
  }
}

async function endedOf(
  { engine, state: { Config: config } }: Watched,
  id: string,
  exitCode: number,
  inspecting: Promise<ContainerState | null> | undefined,
): Promise<EndedContainer | null> {
  const logs = await containers
    .logs(engine, id, LAST_LINES)
    .catch(unlessGone)
    .catch(() => '')
  const { Config: own } = (await inspecting) ?? {}
  // A test may run something else in the image, which fails for its own reasons.
  if (own === undefined || own === null || commandOf(own) !== commandOf(config)) {
    return null
  }
  if (logs === null) {
    return { exitCode, output: '', isRemoved: true }
  }
  return { exitCode, output: plain(maskedOutput(logs, own.Env ?? [])).slice(-MAX_OUTPUT_LENGTH) }
}

/** What runs, of an image's configuration or of a container's. */
function commandOf(config: EngineAnswer<{ Entrypoint?: unknown; Cmd?: unknown }> | null | undefined): string {
  return JSON.stringify([config?.Entrypoint ?? [], config?.Cmd ?? []])
}

export type EngineEvent = NonNullable<ReturnType<typeof eventIn>>

/** An event as the engine's API describes it; `null` if it has another form. */
function eventIn(line: string) {
  const event = jsonIn(line)
  const { Type: type, Action: action, Actor: actor } = isRecord(event) ? event : {}
  const { ID: id, Attributes } = isRecord(actor) ? actor : {}
  const attributes = isRecord(Attributes) ? Attributes : {}
  if (typeof action !== 'string' || typeof id !== 'string') {
    return null
  }
  const code = Number(attributes.exitCode)
  const service = attributes['com.docker.compose.service']
  return {
    ...{ type, action, id },
    exitCode: attributes.exitCode === undefined || !Number.isInteger(code) ? null : code,
    service: typeof service === 'string' ? service : null,
    /** What a container was created from, as its creator named it; '' for an image. */
    image: String(attributes.image ?? ''),
    name: String(attributes.name ?? ''),
  }
}

/** The engine closes the connection, or we do: what has been seen until then counts. */
export async function eachEvent(
  source: AsyncIterable<Buffer>,
  take: (event: EngineEvent) => void,
): Promise<void> {
  let rest = ''
  try {
    for await (const chunk of source) {
      const lines = (rest + chunk.toString('utf8')).split('\n')
      rest = (lines.pop() ?? '').slice(-MAX_LINE_LENGTH)
      lines.flatMap((line) => eventIn(line) ?? []).forEach(take)
    }
  } catch {}
}
