import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { BASES, lines, newFolder, type Ran, ROOT, start } from './support.js'

/** An engine to test with, and where its bridges are. */
export interface TestEngine {
  /** As in DOCKER_HOST; `null`: this machine's own. */
  readonly host: string | null
  /** A process in whose network the gate runs: that of its bridges, or one that has none. `null`: this machine's. */
  readonly pid: number | null
  /** Path of its socket where it runs: what can be mounted in its containers. */
  readonly socket: string
  /** How the gate is to reach it, if not as the tests do. */
  readonly env?: NodeJS.ProcessEnv
}

const ours = process.env.DOCKER_HOST?.replace(/^unix:\/\//, '') || '/var/run/docker.sock'
export const HERE: TestEngine = { host: null, pid: null, socket: ours }

/** The label of containers and networks that tests make next to the gate's. */
export const LABEL = 'seaworthy-test'

const flags = ({ host }: TestEngine) => (host === null ? [] : ['-H', host])

export function dockerOn(engine: TestEngine, ...args: readonly string[]): string {
  return execFileSync('docker', [...flags(engine), ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 })
}

/** The words before a command that make it run in the network of the engine. */
export function within({ pid }: TestEngine): string[] {
  return pid === null ? [] : ['nsenter', '-t', String(pid), '-n']
}

/** Starts the gate as someone on that engine's machine would. */
export function startOn(
  engine: TestEngine,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ReturnType<typeof start> {
  const host = engine.host === null ? {} : { DOCKER_HOST: engine.host }
  // Not the user's: what is kept there of one run would be found by the next.
  const cache = args.includes('--cache-dir') ? [] : ['--cache-dir', join(newFolder(), 'cache')]
  return start([...args, ...cache], { ...host, ...engine.env, ...env }, within(engine))
}

/** A run that has ended, and what it cost. */
export interface Done extends Ran {
  readonly tookMs: number
  /** What is left of it, in the engine and among its temporary files. */
  readonly left: readonly string[]
  /** Containers that it made. */
  readonly made: readonly string[]
}

/** Runs the gate to its end. Other gates may run at the same time: only its own things are counted. */
export async function runOn(
  engine: TestEngine,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Done> {
  const started = Date.now()
  const { child, ended } = startOn(engine, args, env)
  const ran = await ended
  const now = Date.now()
  const seconds = (ms: number) => (ms / 1000).toFixed(3)
  const during = ['--since', seconds(started), '--until', seconds(now + 1)]
  const made = lines(dockerOn(engine, 'events', ...during, '--filter', 'event=create'))
  return {
    ...ran,
    tookMs: now - started,
    left: [...leftoversOn(engine, `${child.pid}`), ...filesLeft(ran.folder)],
    made: made.filter((line) => new RegExp(`dev\\.seaworthy\\.owner=[^,]* ${child.pid}[,)]`).test(line)),
  }
}

/** Containers and networks of gates whose owner's label has these words. */
export function leftoversOn(engine: TestEngine, owner: string): string[] {
  const all = (...list: readonly string[]) =>
    lines(dockerOn(engine, ...list, '--format', '{{.ID}} {{.Label "dev.seaworthy.owner"}}'))
      .filter((line) => ` ${line} `.includes(` ${owner} `))
      .map((line) => `${list[0]} ${line}`)
  return [...all('ps', '-a'), ...all('network', 'ls')]
}

function filesLeft(folder: string): string[] {
  const ours = /^seaworthy-[0-9a-f]{12}-|^seaworthy-tracker-/
  return readdirSync(folder).filter((name) => ours.test(name))
}

/** What a bash script prints in a new container, to both outputs, whatever its end. */
export async function runIn(engine: TestEngine, options: readonly string[], script: string): Promise<string> {
  const args = ['run', '--rm', '--label', LABEL, ...options, BASES.bookworm, 'bash', '-c', script]
  return printed('docker', [...flags(engine), ...args])
}

/** What a command prints, to both outputs, whatever its end. Asynchronous: the test may have to serve it. */
export async function printed(command: string, args: readonly string[]): Promise<string> {
  const run = promisify(execFile)(command, args, { encoding: 'latin1', maxBuffer: 2 ** 28 })
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error)
  return `${stdout}${stderr}`
}

export function needRoot(why: string): void {
  if (process.getuid?.() === 0) {
    return
  }
  throw new Error(`this test needs root, for ${why}: run script/test as root`)
}

/**
 * A second engine next to the first; `down` removes it with all that it holds.
 * @param release 29 wants `script/setup engine29`, which takes minutes
 */
export function secondEngine(
  name: string,
  store: 'classic' | 'ctrd',
  release: '26' | '29' = '26',
): TestEngine & { down(): void } {
  needRoot('a second Docker engine in namespaces of its own')
  const script = (...args: string[]) =>
    execFileSync('bash', [join(ROOT, 'script/lib/second-engine.sh'), ...args], { encoding: 'utf8' }).trim()
  const socket = script('up', name, store, release)
  return {
    host: `unix://${socket}`,
    pid: Number(script('pid', name)),
    socket,
    down: () => void script('down', name),
  }
}

/** The same engine, for a gate on a network without its bridges, or any other: only the socket reaches the engine. */
export function fromElsewhere(engine: TestEngine): TestEngine & { down(): void } {
  needRoot('a network of its own')
  const child = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' })
  const pid = child.pid ?? 0
  while (readlinkSync(`/proc/${pid}/ns/net`) === readlinkSync('/proc/self/ns/net')) {
    execFileSync('sleep', ['0.05'])
  }
  return { ...engine, pid, down: () => void child.kill() }
}

/**
 * An engine whose containers a gate does not reach by address (script/lib/other-engines.sh). The gate uses it as its
 * users do, a remote one with TLS from another machine; the tests use its socket.
 */
export function otherEngine(
  name: string,
  kind: 'podman' | 'rootless' | 'remote',
): TestEngine & { down(): void } {
  needRoot('another engine in namespaces of its own')
  const script = (...args: string[]) =>
    execFileSync('bash', [join(ROOT, 'script/lib/other-engines.sh'), ...args], { encoding: 'utf8' }).trim()
  const socket = script('up', name, kind)
  const remote = {
    DOCKER_HOST: 'tcp://198.51.100.2:2376',
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: join(dirname(socket), 'certificates'),
  }
  return {
    host: `unix://${socket}`,
    pid: kind === 'remote' ? Number(script('client', name)) : null,
    socket,
    ...(kind === 'remote' && { env: remote }),
    down: () => void script('down', name),
  }
}

/** Copies images of this machine's engine to others. They are saved once, which takes longest. */
export async function load(engines: readonly TestEngine[], images: readonly string[]): Promise<void> {
  const save = spawn('docker', ['save', ...images], { stdio: ['ignore', 'pipe', 'inherit'] })
  const loads = engines.map((engine) =>
    spawn('docker', [...flags(engine), 'load', '-q'], { stdio: ['pipe', 'ignore', 'inherit'] }),
  )
  // A stream that is read by several goes at the pace of the slowest.
  for (const { stdin } of loads) {
    save.stdout.pipe(stdin)
  }
  const ends = await Promise.all([save, ...loads].map(async (child) => (await once(child, 'close'))[0]))
  if (ends.some((code) => code !== 0)) {
    throw new Error(`could not load ${images.join(' ')}: ${ends.join()}`)
  }
}
