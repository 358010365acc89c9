import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../../src/reports/json/schema.js'
import { BASES, CLAIR_IMAGE, lines, NO_FEEDS, POSTGRES_IMAGE, ROOT, TRACKER } from './support.js'
import { dockerOn, LABEL, leftoversOn, type TestEngine } from './test-engine.js'

/**
 * A container as GitHub's runner makes it for a `container:` job: the engine's socket mounted, no docker command in
 * it, on a network of its own; the steps are executed in it with a node that the runner brings.
 */
export interface JobContainer {
  /** Copies a file or folder of this machine into it, or out of it. */
  put(from: string, to: string): void
  get(from: string, to: string): void
  /** Runs the command; nothing but the job's own environment is there. */
  scan(image: string, ...flags: readonly string[]): Scanning
  report(): Report
  /** Names of the networks that it is on. */
  networks(): string[]
  exec(...command: readonly string[]): string
  leftovers(): string[]
  stop(): void
}

export interface Scanning {
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>
  /** Sends a signal to the command itself. */
  kill(signal: 'TERM' | 'KILL'): void
}

/** @param at where in it the engine's socket is, which the job is told by DOCKER_HOST */
export function startJob(engine: TestEngine, network: string, at = '/var/run/docker.sock'): JobContainer {
  const socket = ['-v', `${engine.socket}:${at}`, '-e', `DOCKER_HOST=unix://${at}`]
  const place = ['--label', LABEL, '--network', network, ...socket, '--entrypoint', 'tail']
  const id = dockerOn(engine, 'create', ...place, BASES.bookworm, '-f', '/dev/null').trim()
  const copy = (from: string, to: string) => dockerOn(engine, 'cp', '-L', from, `${id}:${to}`)
  copy(process.execPath, '/node24')
  copy(join(ROOT, 'dist'), '/action')
  copy(TRACKER, '/tracker.json')
  dockerOn(engine, 'start', id)
  const exec = (...command: readonly string[]) => dockerOn(engine, 'exec', id, ...command)
  const space = exec('readlink', '/proc/self/ns/pid').trim()
  return {
    exec,
    put: copy,
    get: (from, to) => void dockerOn(engine, 'cp', `${id}:${from}`, to),
    scan: (image, ...flags) => scanning(engine, id, ['scan', image, ...flags]),
    report: () => JSON.parse(exec('cat', '/report/report.json')) as Report,
    networks: () =>
      lines(
        dockerOn(
          engine,
          'inspect',
          '-f',
          '{{range $n, $_ := .NetworkSettings.Networks}}{{println $n}}{{end}}',
          id,
        ),
      ),
    leftovers: () => [
      ...leftoversOn(engine, space),
      ...lines(exec('find', '/tmp', '-mindepth', '1', '-name', 'seaworthy*')),
    ],
    stop: () => void dockerOn(engine, 'rm', '-f', '-v', id),
  }
}

function scanning(engine: TestEngine, id: string, args: readonly string[]): Scanning {
  const checks = args.includes('--checks') ? [] : ['--checks', 'clair']
  const flags = [...checks, '--tracker', '/tracker.json', ...NO_FEEDS, '--report-dir', '/report']
  const images = ['--clair-image', CLAIR_IMAGE, '--postgres-image', POSTGRES_IMAGE]
  const script = 'echo $$ >/pid; exec /node24 /action/cli.js "$@"'
  const host = engine.host === null ? [] : ['-H', engine.host]
  const command = ['sh', '-c', script, 'sh', ...args, ...flags, ...images]
  const child = spawn('docker', [...host, 'exec', id, ...command])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  }
  return {
    ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, output }))),
    kill: (signal) => void dockerOn(engine, 'exec', id, 'sh', '-c', `kill -${signal} $(cat /pid)`),
  }
}

/** Waits until that is so: two minutes at most, since a machine may be busy. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let round = 0; round < 2400; round++) {
    if (holds()) {
      return
    }
    await sleep(50)
  }
  throw new Error(`it took more than 2 min until ${what}`)
}
