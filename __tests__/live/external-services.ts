import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { type ClairApi, untilReady, untilUpdated } from '../../src/checks/clair/api/api.js'
import type { Advisories } from '../../src/checks/clair/applications/documents.js'
import { type ClairEcosystem, updaterOf } from '../../src/checks/clair/applications/ecosystems.js'
import { type ServedOsv, servedOsv } from '../../src/checks/clair/applications/serve.js'
import {
  CLAIR_PORT,
  CONFIG_FOLDER,
  clairConfig,
  clairFiles,
  POSTGRES_COMMAND,
  POSTGRES_PORT,
} from '../../src/checks/clair/services/config.js'
import { postgresReady } from '../../src/checks/clair/services/postgres.js'
import { startFeedServer } from '../../src/checks/clair/services/server.js'
import type { OsvRecord } from '../../src/feeds/formats/osv/record.js'
import { type TarFile, tarOf } from '../../src/io/archive/formats/tar-writer.js'
import { CLAIR_IMAGE, docker, lines, POSTGRES_IMAGE, TRACKER } from './support.js'
import { LABEL } from './test-engine.js'

/** A PostgreSQL that others run, on a network of theirs. */
export interface Neighbourhood {
  readonly network: string
  readonly gateway: string
  readonly host: string
  /** The database's container. */
  readonly databaseId: string
  /** Makes a database next to the first one. */
  addDatabase(name: string): void
  stop(): Promise<void>
  /** Called at the end, last first. */
  readonly ends: (() => Promise<void> | void)[]
}

const NETWORK = `${LABEL}-clair-`
const PASSWORD = 'not-a-secret'
const NEVER = new AbortController().signal

/** The gate's, in a folder of the container's own file system, and with a cluster that is made once. */
const LASTING_COMMAND = POSTGRES_COMMAND.map((part) =>
  part
    .replace('PGDATA=/pg/data', 'PGDATA=/tmp/data')
    .replace(/^(initdb .*)$/m, 'test -s $PGDATA/PG_VERSION || $1')
    .replace(/^echo .*$/m, 'grep -q "all all all" $PGDATA/pg_hba.conf || $&'),
)

/**
 * @param isLasting whether the database keeps its data when it is restarted, as one on a disk does; otherwise they are in
 * memory, as the gate's own
 */
export async function startNeighbourhood(isLasting = false): Promise<Neighbourhood> {
  const ends: Neighbourhood['ends'] = []
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) {
      await end()
    }
  }
  try {
    const network = docker(
      'network',
      'create',
      '--label',
      LABEL,
      `${NETWORK}${process.pid}-${randomUUID()}`,
    ).trim()
    ends.push(() => void docker('network', 'rm', network))
    const gateway = docker('network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', network).trim()
    const [entry = '', ...command] = isLasting ? LASTING_COMMAND : POSTGRES_COMMAND
    const memory = isLasting ? [] : ['--tmpfs', '/pg:rw,mode=1777']
    const options = ['--user', 'postgres', ...memory, '--entrypoint', entry]
    const files = [{ path: `${CONFIG_FOLDER.slice(1)}/password`, text: PASSWORD }]
    const database = run(network, [...options, POSTGRES_IMAGE, ...command], files)
    ends.push(() => void docker('rm', '-f', '-v', database.id))
    const waiting = { timeoutMs: 30_000, signal: NEVER, stillRunning: async () => {} }
    await postgresReady(database.address, POSTGRES_PORT, waiting)
    const psql = [
      'exec',
      '-e',
      `PGPASSWORD=${PASSWORD}`,
      database.id,
      'psql',
      '-h',
      '127.0.0.1',
      '-U',
      'postgres',
    ]
    const addDatabase = (base: string) => void docker(...psql, '-c', `create database ${base}`)
    return { network, gateway, host: database.address, databaseId: database.id, addDatabase, stop, ends }
  } catch (error) {
    await stop()
    throw error
  }
}

export interface ClairPlan {
  /** Name of its database. */
  readonly database: string
  /** The tracker's JSON that its updater gets; `null`: its updater is switched off. */
  readonly tracker: string | null
  /** Advisories of OSV that it gets; not given: its updater for these is switched off. */
  readonly records?: Records
  readonly psk?: { readonly key: string; readonly issuer: string }
}

/** Starts a Clair as others would run it, and waits until its updater has done its work. */
export async function startNeighbour(
  place: Neighbourhood,
  plan: ClairPlan,
): Promise<{ url: string; id: string }> {
  const { tracker, psk = null, records = null } = plan
  const releases = new Map([
    ['bullseye', '11'],
    ['bookworm', '12'],
    ['trixie', '13'],
  ])
  const served = {
    layer: () => Promise.reject(new Error('this one serves no layers')),
    tracker: Promise.resolve(tracker ?? '{}'),
    releases: Promise.resolve(releases),
    osv: records === null ? null : bucketOf(records),
  }
  const feed = await startFeedServer(place.gateway, 0, served, true)
  place.ends.push(() => feed.close())
  const login = { host: place.host, password: PASSWORD }
  const usual = clairConfig(feed.url, login, records !== null)
  const config = {
    ...(JSON.parse(usual.replaceAll('dbname=postgres', `dbname=${plan.database}`)) as object),
    ...(psk && { auth: { psk: { key: psk.key, iss: [psk.issuer] } } }),
    ...(tracker === null && { updaters: { sets: [] } }),
    // One line for each layer that it fetches.
    log_level: 'debug',
  }
  const options = [
    '--user',
    '65534:65534',
    '-e',
    `CLAIR_CONF=${CONFIG_FOLDER}/config.yaml`,
    '-e',
    'CLAIR_MODE=combo',
  ]
  const { id, address } = run(place.network, [...options, CLAIR_IMAGE], clairFiles(JSON.stringify(config)))
  place.ends.push(() => void docker('rm', '-f', '-v', id))
  const api: ClairApi = { url: `http://${address}:${CLAIR_PORT}`, psk, signal: NEVER }
  await untilReady(api, 30_000, async () => {})
  if (tracker !== null) {
    await untilUpdated(api, feed.fingerprint, 60_000, async () => {})
    for (const ecosystem of records?.keys() ?? []) {
      await untilUpdated(api, feed.tag, 60_000, async () => {}, updaterOf(ecosystem))
    }
  }
  return { url: api.url, id }
}

/** Removes what a run left that was killed: its networks name the process that made them. */
function sweep(): void {
  const listed = lines(docker('network', 'ls', '--filter', `label=${LABEL}`, '--format', '{{.Name}}'))
  const dead = listed.filter(
    (name) =>
      name.startsWith(NETWORK) && !existsSync(`/proc/${Number.parseInt(name.slice(NETWORK.length), 10)}`),
  )
  for (const name of dead) {
    const format = '{{range $id, $_ := .Containers}}{{println $id}}{{end}}'
    for (const id of lines(docker('network', 'inspect', '-f', format, name))) {
      docker('rm', '-f', '-v', id)
    }
    docker('network', 'rm', name)
  }
}

/** For all gates of a run of the tests that are not about Clair itself; it has the sample tracker. */
export async function startSharedClair(): Promise<{
  readonly inputs: Readonly<Record<'clair-url' | 'layer-url', string>>
  stop(): Promise<void>
}> {
  sweep()
  const place = await startNeighbourhood()
  const plan = { database: 'postgres', tracker: readFileSync(TRACKER, 'utf8') }
  const { url } = await startNeighbour(place, plan)
  return { inputs: { 'clair-url': url, 'layer-url': `http://${place.gateway}` }, stop: place.stop }
}

export type Records = ReadonlyMap<ClairEcosystem, readonly OsvRecord[]>

/** A bucket with records as the gate would serve them, under the names that they have. */
function bucketOf(records: Records): ServedOsv {
  const advisories: Advisories = new Map(
    [...records].map(([ecosystem, own]) => {
      return [ecosystem, { state: 'read', why: '', names: [], records: own }] as const
    }),
  )
  const packages = [...records].flatMap(([ecosystem, own]) =>
    own.flatMap(({ affected }) => affected.map(({ name }) => ({ ecosystem, name, version: '1.0' }))),
  )
  return servedOsv(
    { evidence: Promise.resolve([{ advisories }]), jars: Promise.resolve([]) },
    Promise.resolve(packages),
  )
}

function run(
  network: string,
  args: readonly string[],
  files: readonly TarFile[],
): { id: string; address: string } {
  const id = docker('create', '--label', LABEL, '--network', network, ...args).trim()
  execFileSync('docker', ['cp', '-', `${id}:/`], { input: tarOf(files) })
  docker('start', id)
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
  return { id, address: docker('inspect', '-f', format, id).trim() }
}
