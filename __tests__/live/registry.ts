import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tarOf } from '../../src/io/archive/formats/tar-writer.js'
import { freePort } from '../support/free-port.js'
import { docker, newFolder } from './support.js'

/** Debian's package docker-registry, distribution's own server, as `script/setup registry` brings it. */
const PROGRAM = process.env.SEAWORTHY_REGISTRY ?? '/usr/bin/docker-registry'
const USER = 'gate'
const PASSWORD = 'live-test-only'
/** As `htpasswd -nbB` made it: a hash of it, cost 5. */
const BCRYPT = '$2y$05$N.1RdsjrQ9VeFx.HVvnBLudbAQzIvTamalR42A97GX1c4.6KSV7gK'

export interface LiveRegistry {
  /** `127.0.0.1:port`, which Docker speaks to without TLS. */
  readonly host: string
  /** A folder for DOCKER_CONFIG with a login; one without any. */
  readonly login: string
  readonly noLogin: string
  /** What it wants where it is guarded. */
  readonly user: string
  readonly password: string
  /** Where it keeps its blobs. */
  readonly data: string
  stop(): Promise<void>
}

/** Starts a registry on a free port of this machine; with `guarded`, it wants a login. */
export async function startRegistry(guarded = false): Promise<LiveRegistry> {
  if (!existsSync(PROGRAM)) {
    throw new Error(`no registry at ${PROGRAM}: run script/setup registry`)
  }
  const folder = newFolder()
  const htpasswd = join(folder, 'htpasswd')
  if (guarded) {
    writeFileSync(htpasswd, `${USER}:${BCRYPT}\n`)
  }
  const auth = guarded ? `auth:\n  htpasswd:\n    realm: live\n    path: ${htpasswd}\n` : ''
  const { host, server } = await started((host) => {
    const config = `version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: ${folder}/data\nhttp:\n  addr: ${host}\n${auth}`
    writeFileSync(join(folder, 'config.yml'), config)
    return spawn(PROGRAM, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  })
  const basic = Buffer.from(`${USER}:${PASSWORD}`).toString('base64')
  const write = (name: string, content: unknown) => {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'config.json'), JSON.stringify(content))
    return join(folder, name)
  }
  return {
    host,
    login: write('login', { auths: { [host]: { auth: basic } } }),
    noLogin: write('none', {}),
    user: USER,
    password: PASSWORD,
    data: join(folder, 'data'),
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) {
        return
      }
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A registry that has the referrers API (script/images/referrers-registry), without logins. */
export async function startReferrersRegistry(): Promise<Pick<LiveRegistry, 'host' | 'noLogin' | 'stop'>> {
  const program = process.env.SEAWORTHY_REFERRERS_REGISTRY ?? ''
  if (!existsSync(program)) {
    throw new Error('no registry with a referrers API: run script/setup act')
  }
  const { host, server } = await started((host) => spawn(program, [host], { stdio: 'ignore' }))
  return {
    host,
    noLogin: newFolder(),
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
    },
  }
}

/** On a free port; on another one if somebody else took it before the server did. */
async function started(start: (host: string) => ChildProcess) {
  for (let left = 3; left > 0; left--) {
    const host = `127.0.0.1:${await freePort()}`
    const server = start(host)
    if (await isAnswering(`http://${host}/v2/`, server)) {
      return { host, server }
    }
    server.kill()
  }
  throw new Error('the registry did not start')
}

async function isAnswering(url: string, server: ChildProcess): Promise<boolean> {
  for (let left = 300; left > 0 && server.exitCode === null; left--) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    )
    // Whoever has the port may answer too.
    if ((status === 200 || status === 401) && server.exitCode === null) {
      return true
    }
    await sleep(100)
  }
  return false
}

const built: string[] = []

/** Takes away what `buildOn` made, also what lost its tag. */
export function removeBuilt(): void {
  for (const id of new Set(built.splice(0).reverse())) {
    docker('rmi', '--force', id)
  }
}

/** One more layer with these files, and labels, on an image of the engine. */
export function buildOn(
  base: string,
  tag: string,
  files: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> = {},
): string {
  const id = docker('create', base, 'true').trim()
  const tar = tarOf(Object.entries(files).map(([path, text]) => ({ path, text })))
  execFileSync('docker', ['cp', '-', `${id}:/`], { input: tar })
  const changes = Object.entries(labels).flatMap(([name, value]) => ['--change', `LABEL ${name}=${value}`])
  built.push(docker('commit', ...changes, id, tag).trim())
  docker('rm', id)
  return tag
}

/** Pushes, and tells the digest of the manifest. */
export function push(tag: string, config: string): string {
  docker('--config', config, 'push', '--quiet', tag)
  const digests = JSON.parse(docker('image', 'inspect', '--format', '{{json .RepoDigests}}', tag)) as string[]
  const name = tag.slice(0, tag.lastIndexOf(':'))
  const found = digests.find((one) => one.startsWith(`${name}@`))
  if (found === undefined) {
    throw new Error(`no digest of ${tag}`)
  }
  return found.slice(found.indexOf('@') + 1)
}
