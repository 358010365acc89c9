import { randomBytes } from 'node:crypto'
import { tarOf } from '../../../io/archive/formats/tar-writer.js'
import { createClosedNetwork } from '../../../io/engine/closed-network.js'
import { type ContainerState, containers, onlyAddress, unlessStatus } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import type { Dial } from '../../../io/http/plain-http.js'
import { jsonIn, SeaworthyError } from '../../../model/index.js'
import {
  CLAIR_PORT,
  CONFIG_FOLDER,
  clairConfig,
  clairFiles,
  POSTGRES_COMMAND,
  POSTGRES_PORT,
} from './config.js'
import { postgresReady } from './postgres.js'
import { withoutSecrets } from './server.js'
import { type ServiceImages, type ServiceOptions, withInputName } from './service-images.js'

/** An isolated network, and a database on it that accepts logins. */
export interface Backend {
  readonly images: ServiceImages
  readonly network: string
  readonly database: { readonly id: string; readonly host: string; readonly password: string }
}

/**
 * No privileges, and a DNS server that does not exist: engines before 23.0.11, 25.0.4 and 26.0 forward DNS queries on
 * an internal network to the host's resolver (CVE-2024-29018). The services reach each other by IP address.
 */
export const CONTAINER_LIMITS = { CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'], Dns: ['0.0.0.0'] }

/**
 * Creates the network and PostgreSQL's container, and starts it. Calls that create things are never aborted:
 * whatever the engine creates after we stopped waiting would be left behind.
 */
export async function startBackend(options: ServiceOptions, images: ServiceImages): Promise<Backend> {
  const { engine, runId, labels, signal } = options
  const { postgres } = images
  signal.throwIfAborted()
  const name = `seaworthy-${runId}`
  const network = await createClosedNetwork(engine, name, labels)
  const password = randomBytes(24).toString('hex')
  const creating = createPostgres(options, postgres.Id, network, password)
  const id = await withInputName('postgres-image', options, creating)
  signal.throwIfAborted()
  await withInputName('postgres-image', options, containers.start(engine, id))
  return {
    images,
    network,
    database: { id, host: await serviceAddress(engine, id, 'PostgreSQL'), password },
  }
}

export async function untilDatabaseReady(
  { engine, signal }: ServiceOptions,
  { database }: Backend,
  timeoutMs: number,
  { dial, check }: { readonly dial: Dial | null; check(): Promise<void> },
): Promise<void> {
  await postgresReady(database.host, POSTGRES_PORT, {
    timeoutMs,
    signal,
    ...(dial && { dial }),
    stillRunning: async () => {
      await check()
      await assertRunning(engine, database.id, 'PostgreSQL')
    },
  })
}

async function createPostgres(
  options: ServiceOptions,
  image: string,
  network: string,
  password: string,
): Promise<string> {
  const { engine } = options
  const { Id: id } = await containers.create(engine, `seaworthy-${options.runId}-postgres`, {
    Image: image,
    User: 'postgres',
    Entrypoint: POSTGRES_COMMAND,
    Cmd: [],
    Labels: options.labels,
    HostConfig: {
      ...CONTAINER_LIMITS,
      NetworkMode: network,
      // Any user may create its own folder there: the image's `postgres` has a different uid in each
      // distribution.
      Tmpfs: { '/pg': 'rw,nosuid,nodev,noexec,mode=1777,size=1g' },
      PidsLimit: 256,
    },
  })
  const file = [
    { path: `${CONFIG_FOLDER.slice(1)}/`, text: null },
    { path: `${CONFIG_FOLDER.slice(1)}/password`, text: password },
  ]
  await containers.put(engine, id, '/', tarOf(file))
  return id
}

const clairName = ({ runId }: ServiceOptions) => `seaworthy-${runId}-clair`

/** Removes Clair's container, so that another one can take its place. */
export const removeClair = (options: ServiceOptions) => containers.remove(options.engine, clairName(options))

/** Creates Clair's container, possibly before PostgreSQL is ready. */
export async function createClair(
  options: ServiceOptions,
  backend: Backend,
  feedUrl: string,
  applications: boolean,
): Promise<string> {
  const { engine } = options
  const creating = containers.create(engine, clairName(options), {
    Image: backend.images.clair.Id,
    User: '65534:65534',
    Env: [`CLAIR_CONF=${CONFIG_FOLDER}/config.yaml`, 'CLAIR_MODE=combo', 'TMPDIR=/tmp'],
    Labels: options.labels,
    HostConfig: {
      ...CONTAINER_LIMITS,
      NetworkMode: backend.network,
      PidsLimit: 512,
    },
  })
  const { Id: id } = await withInputName('clair-image', options, creating)
  const config = clairConfig(feedUrl, backend.database, applications)
  await containers.put(engine, id, '/', tarOf(clairFiles(config)))
  return id
}

export async function startClair(options: ServiceOptions, id: string) {
  const { engine } = options
  await withInputName('clair-image', options, containers.start(engine, id))
  const address = await serviceAddress(engine, id, 'Clair')
  return { id, address, url: `http://${address}:${CLAIR_PORT}` }
}

export async function serviceAddress(engine: Engine, id: string, name: string): Promise<string> {
  const address = onlyAddress(await containers.inspect(engine, id))
  if (address !== null) {
    return address
  }
  await assertRunning(engine, id, name)
  throw new Error(`container ${id.slice(0, 12)} has no address on its network`)
}

/**
 * Throws `service-ended` with the last log lines if the container is no longer running.
 * @param lastOutput its last output, if the engine keeps no log of it
 */
export async function assertRunning(
  engine: Engine,
  id: string,
  name: string,
  lastOutput?: string,
): Promise<void> {
  const state = await containers.inspect(engine, id).catch(unlessStatus(404))

  if (state?.State?.Running) {
    return
  }
  const logs = lastOutput ?? (state ? await containers.logs(engine, id, 12).catch(() => '') : '')
  const lastLines = lastLogLines(withoutSecrets(logs), state?.State?.ExitCode === KILLED_EXIT_CODE)
  const what = `${name} ${exitText(state === null ? null : (state.State ?? {}))}${lastLines === '' ? '' : `; it said: ${lastLines}`}`
  throw new SeaworthyError({ code: 'service-ended', what, where: `container ${id.slice(0, 12)}` })
}

/** 128 + SIGKILL: the kernel, the engine or a person has killed the process. */
const KILLED_EXIT_CODE = 137

function exitText(state: NonNullable<ContainerState['State']> | null): string {
  if (state === null) {
    return 'no longer exists, although Seaworthy did not remove it'
  }
  const { ExitCode: code, OOMKilled: isMemory } = state
  const why = isMemory ? ', killed because memory ran out' : ''
  return code === KILLED_EXIT_CODE && !isMemory
    ? `was killed by SIGKILL (exit code ${code})`
    : `exited with code ${code}${why}`
}

/** How many lines of a log are quoted, and how much of each. */
const LOG_TAIL_LIMITS = { lines: 4, letters: 300 }

/**
 * The last lines of a service's log as sentences in one line: its errors if it has any, else all; of a service that was
 * killed only errors, because it did not see its end.
 */
function lastLogLines(logs: string, wasKilled: boolean): string {
  const lines = logs.split('\n').flatMap((line) => (line.trim() === '' ? [] : [logLine(line.trim())]))
  const errorLines = lines.filter(({ isError }) => isError)
  return (errorLines.length > 0 || wasKilled ? errorLines : lines)
    .slice(-LOG_TAIL_LIMITS.lines)
    .map(({ text }) => text.slice(0, LOG_TAIL_LIMITS.letters))
    .join('; ')
}

/** One line of Clair's log (JSON, of zerolog or slog), or of any other. */
function logLine(line: string): { readonly text: string; readonly isError: boolean } {
  const entries = Object.entries(jsonIn(line) ?? {})
  const fields: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    entries.filter(([, value]) => typeof value === 'string'),
  )
  const message = fields.message ?? fields.msg
  if (message === undefined) {
    return { text: line, isError: /\b(?:error|fatal|panic)\b/i.test(line) }
  }
  const cause = fields.error ?? fields.reason
  const text = [message, cause].filter((part) => part !== undefined).join(': ')
  return { text: text.replaceAll(/\s+/g, ' '), isError: /^(?:error|fatal|panic)$/i.test(fields.level ?? '') }
}
