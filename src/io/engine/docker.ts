import type { IncomingMessage } from 'node:http'
import type Dockerode from 'dockerode'
import { SeaworthyError } from '../../model/index.js'
import { bodyOf } from '../http/plain-http.js'
import { type Call, compareApi, type Engine, exchange } from './engine.js'
import { callPlace, EngineError, errorAnswer } from './engine-error.js'

/** The longest that a live engine takes for a call, in ms, even if it has to stop a container first. */
const CALL_LIMIT = 30_000

/**
 * A call whose answer is JSON, or nothing. Throws `EngineError` on a status of 400 or more, `engine-silent`,
 * `answer-too-large`.
 */
export async function call<T>(engine: Engine, path: string, options: Call = {}): Promise<T> {
  const text = (await whole(engine, path, options)).toString('utf8')
  return (text === '' ? null : JSON.parse(text)) as T
}

/** A call whose answer is read whole, within its limit. */
async function whole(engine: Engine, path: string, options: Call): Promise<Buffer> {
  const { limitMs = CALL_LIMIT, signal } = options
  const limit = limitMs === null ? null : AbortSignal.timeout(limitMs)
  const signals = [limit ?? undefined, signal].filter((one) => one !== undefined)
  try {
    const answer = await stream(engine, path, { ...options, signal: AbortSignal.any(signals) })
    return await bodyOf(answer, callPlace(engine.host, path))
  } catch (error) {
    if (!limit?.aborted || signal?.aborted || engine.signal?.aborted) {
      throw error
    }
    const what = `the Docker engine did not respond within ${(limitMs ?? 0) / 1000} s`
    throw new SeaworthyError({ code: 'engine-silent', what, where: callPlace(engine.host, path) })
  }
}

/** A call whose answer is a stream. Throws `EngineError` on a status of 400 or more. */
export async function stream(engine: Engine, path: string, options: Call = {}): Promise<IncomingMessage> {
  const answer = await exchange(engine, path, options)
  const status = answer.statusCode ?? 0
  if (status < 400) {
    return answer
  }
  const text = (await bodyOf(answer, callPlace(engine.host, path))).toString('utf8')
  throw errorAnswer(engine, path, status, text)
}

/**
 * An engine's answer. The names and types of its members come from others, and none is guaranteed to be there: older
 * and newer engines leave some out, or send `null` (decision 93).
 */
export type EngineAnswer<T> = T extends readonly (infer One)[]
  ? readonly EngineAnswer<One>[]
  : T extends object
    ? { readonly [Name in keyof T]?: EngineAnswer<T[Name]> | null }
    : T

/** The id, without which nothing more can be requested about a container, an image or a network. */
interface Identified {
  readonly Id: string
}

/**
 * @throws EngineError for an empty answer, which engines give for a name that is a path (they redirect it)
 * @throws TypeError, a bug of ours: no version of the Engine API omits the id
 */
async function identified<T extends { readonly Id?: string | null }>(
  engine: Engine,
  path: string,
  options: Call,
) {
  const found = await call<T | null>(engine, path, options)
  if (found === null) {
    throw new EngineError(404, 'there is nothing with that name', path, engine.host)
  }
  const { Id } = found
  if (typeof Id !== 'string') {
    throw new TypeError('the Docker engine returned no Id')
  }
  return { ...found, Id }
}

export type ContainerState = EngineAnswer<Dockerode.ContainerInspectInfo> & Identified

export const containers = {
  create: (engine: Engine, name: string, body: object, signal?: AbortSignal) =>
    call<{ Id: string }>(engine, '/containers/create', { method: 'POST', query: { name }, body, signal }),
  /** Unpacks a tar into the container's file system, as `docker cp` does. */
  put: (engine: Engine, id: string, path: string, tar: Uint8Array, signal?: AbortSignal) =>
    call<null>(engine, `/containers/${id}/archive`, { method: 'PUT', query: { path }, body: tar, signal }),
  start: (engine: Engine, id: string, signal?: AbortSignal) =>
    call<null>(engine, `/containers/${id}/start`, { method: 'POST', signal }),
  inspect: (engine: Engine, id: string, signal?: AbortSignal) =>
    identified<EngineAnswer<Dockerode.ContainerInspectInfo>>(engine, `/containers/${id}/json`, { signal }),

  /** Removes it with its volumes, running or not; it is no error if it is already gone. */
  remove: (engine: Engine, id: string) =>
    call<null>(engine, `/containers/${id}`, { method: 'DELETE', query: { force: '1', v: '1' } }).catch(
      unlessGone,
    ),
  list: (engine: Engine, label: string) =>
    call<ListedContainer[]>(engine, '/containers/json', { query: { all: '1', ...labelled(label) } }),

  /**
   * Runs a command in it, with its user, its variables and its working directory, and waits until it has ended.
   * @returns its exit code, `null` if the engine does not know it, and what it printed
   */
  exec: async (
    engine: Engine,
    id: string,
    command: readonly string[],
    { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
  ): Promise<{ readonly exitCode: number | null; readonly output: string }> => {
    const body = { Cmd: command, AttachStdout: true, AttachStderr: true }
    const created = await call<Identified>(engine, `/containers/${id}/exec`, { method: 'POST', body, signal })
    const at = `/exec/${inPath(created.Id)}`
    const start = { method: 'POST', body: { Detach: false, Tty: false }, limitMs, signal } as const
    const output = demultiplex(await whole(engine, `${at}/start`, start))
    const ended = await call<{ readonly ExitCode?: number | null }>(engine, `${at}/json`, { signal })
    return { exitCode: ended.ExitCode ?? null, output }
  },

  /** Its last output lines, without the stream headers (Engine API, "attach"). */
  logs: async (engine: Engine, id: string, lines = 20): Promise<string> => {
    const query = { stdout: '1', stderr: '1', tail: String(lines) }
    return demultiplex(await whole(engine, `/containers/${id}/logs`, { query }))
  },
}

/** The address of a container on a network; `null` if it has none. */
export function addressOn({ NetworkSettings }: ContainerState, network: string): string | null {
  const all = Object.values(NetworkSettings?.Networks ?? {})
  return all.find((one) => one?.NetworkID === network)?.IPAddress || null
}

/** The address of a container that is on one network. Podman reports the network's name as its id. */
export function onlyAddress({ NetworkSettings }: ContainerState): string | null {
  const [one, ...more] = Object.values(NetworkSettings?.Networks ?? {})
  return more.length > 0 ? null : one?.IPAddress || null
}

/** An entry of a list that was requested by label. */
export type Labelled = Readonly<Pick<Dockerode.ContainerInfo, 'Id' | 'Labels'>>
export type ListedContainer = Labelled &
  EngineAnswer<Pick<Dockerode.ContainerInfo, 'Names' | 'Image' | 'ImageID'>>
export type ListedImage = EngineAnswer<Dockerode.ImageInfo> & Identified
type ListedVolume = Pick<Dockerode.VolumeInspectInfo, 'Name'> & {
  readonly Labels?: Dockerode.VolumeInspectInfo['Labels'] | null
}
type ListedNetwork = Labelled & EngineAnswer<Pick<Dockerode.NetworkInspectInfo, 'Name'>>

export const networks = {
  create: (engine: Engine, name: string, body: object, signal?: AbortSignal) =>
    call<{ Id: string }>(engine, '/networks/create', {
      method: 'POST',
      body: { Name: name, ...body },
      signal,
    }),
  inspect: (engine: Engine, id: string, signal?: AbortSignal) =>
    call<EngineAnswer<Dockerode.NetworkInspectInfo>>(engine, `/networks/${id}`, { signal }),
  connect: (engine: Engine, id: string, container: string) =>
    call<null>(engine, `/networks/${id}/connect`, { method: 'POST', body: { Container: container } }),
  disconnect: (engine: Engine, id: string, container: string) =>
    call<null>(engine, `/networks/${id}/disconnect`, {
      method: 'POST',
      body: { Container: container, Force: true },
    }).catch(unlessGone),
  remove: (engine: Engine, id: string) =>
    call<null>(engine, `/networks/${id}`, { method: 'DELETE' }).catch(unlessGone),
  list: (engine: Engine, label: string) =>
    call<ListedNetwork[]>(engine, '/networks', { query: labelled(label) }),
}

/** Named volumes (`docker volume`). An engine behind a proxy may refuse the list: then there are none of ours. */
export const volumes = {
  list: async (engine: Engine, label: string) => {
    type Answer = { readonly Volumes?: readonly ListedVolume[] | null }
    const answer = await call<Answer>(engine, '/volumes', { query: labelled(label) }).catch(unlessRefused)
    return answer?.Volumes ?? []
  },
  remove: (engine: Engine, name: string) =>
    call<null>(engine, `/volumes/${inPath(name)}`, { method: 'DELETE' }).catch(unlessGone),
}

export type ImageState = EngineAnswer<Dockerode.ImageInspectInfo> & Identified

/** A manifest of an index (ManifestSummary). */
export type ListedManifest = EngineAnswer<NonNullable<Dockerode.ImageInfo['Manifests']>[number]>

export const images = {
  inspect: (engine: Engine, reference: string, platform?: string, signal?: AbortSignal) =>
    identified<EngineAnswer<Dockerode.ImageInspectInfo>>(engine, `/images/${inPath(reference)}/json`, {
      query: { platform },
      signal,
    }),

  /** What the containerd store has, by platform (Engine API 1.48); `null`: older engine, or other store. */
  manifests: async (engine: Engine, reference: string, signal?: AbortSignal) => {
    if (compareApi(engine.apiVersion, '1.48') < 0) {
      return null
    }
    type Answer = { readonly Manifests?: readonly ListedManifest[] | null } | null
    const options = { query: { manifests: '1' }, signal }
    const answer = await call<Answer>(engine, `/images/${inPath(reference)}/json`, options)
    return answer?.Manifests ?? null
  },
  /** Named images, newest first; layers of builds without a name are left out. */
  list: (engine: Engine, signal?: AbortSignal) =>
    call<readonly ListedImage[]>(engine, '/images/json', { signal }),
  labelled: async (engine: Engine, label: string) => {
    const query = labelled(label)
    return (await call<readonly ListedImage[]>(engine, '/images/json', { query }).catch(unlessRefused)) ?? []
  },
  /** The image as written by `docker save`. */
  save: (engine: Engine, reference: string, platform?: string, signal?: AbortSignal) =>
    stream(engine, `/images/${inPath(reference)}/get`, { query: { platform }, signal }),
  /** Several images in one stream, in which a shared layer is sent once. */
  saveAll: (engine: Engine, references: readonly string[], signal?: AbortSignal) =>
    stream(engine, '/images/get', { query: { names: references }, signal }),
}

/** A name in a path: its slashes stay, and none of it can be a query. */
export function inPath(reference: string): string {
  return encodeURI(reference).replace(/[?#]/g, encodeURIComponent)
}

function labelled(label: string) {
  return { filters: JSON.stringify({ label: [label] }) }
}

/** `null` for an error of the engine with one of these statuses. */
export function unlessStatus(...statuses: readonly number[]): (error: unknown) => null {
  return (error) => {
    if (error instanceof EngineError && statuses.includes(error.status)) {
      return null
    }
    throw error
  }
}

/** Handles the error of a call about something that others may remove at any time: `null` if it is gone, or going. */
export const unlessGone = unlessStatus(404, 409)
const unlessRefused = unlessStatus(403)

/** @throws SeaworthyError `image-changed` if the engine's image has other layers than the one that was read */
export function refuseChanged(
  { RootFS }: Pick<ImageState, 'RootFS'>,
  diffIds: readonly string[],
  where: string,
): void {
  if ((RootFS?.Layers ?? []).join() !== diffIds.join()) {
    const what = 'the image in the engine is not the one that was read: their layers differ'
    throw new SeaworthyError({ code: 'image-changed', what, where })
  }
}

/** Strips the 8-byte header before each piece of a container's log. */
function demultiplex(bytes: Buffer): string {
  const pieces: string[] = []
  let at = 0
  while (at + 8 <= bytes.length && (bytes[at] ?? 3) <= 2) {
    const size = bytes.readUInt32BE(at + 4)
    pieces.push(bytes.toString('utf8', at + 8, at + 8 + size))
    at += 8 + size
  }
  return at === 0 ? bytes.toString('utf8') : pieces.join('')
}
