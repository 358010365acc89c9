import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasEnded } from '../../src/io/process/owner.js'
import type { Report } from '../../src/reports/json/schema.js'
import { keys, setsKey, withPolicies } from '../support/policies.js'
import { CLAIR_FLAGS } from './shared-clair.js'

/** Images that script/setup has made or pulled; .cache/env names them. */
export const CLAIR_IMAGE = process.env.SEAWORTHY_CLAIR_IMAGE ?? 'seaworthy-dev/clair:4.9.0'
export const POSTGRES_IMAGE = process.env.SEAWORTHY_POSTGRES_IMAGE ?? 'seaworthy-dev/postgres:15'
export const BASES = {
  bullseye: process.env.SEAWORTHY_BASE_BULLSEYE ?? 'seaworthy-dev/debian:bullseye',
  bookworm: process.env.SEAWORTHY_BASE_BOOKWORM ?? 'seaworthy-dev/debian:bookworm',
  trixie: process.env.SEAWORTHY_BASE_TRIXIE ?? 'seaworthy-dev/debian:trixie',
} as const
/** Bookworm's package database and configuration with a shell and some commands: an eighth as large (script/lib/bases.sh). */
export const SMALL = process.env.SEAWORTHY_SMALL_BOOKWORM ?? 'seaworthy-dev/debian-small:bookworm'
/** The same of trixie. */
export const SMALL_TRIXIE = process.env.SEAWORTHY_SMALL_TRIXIE ?? 'seaworthy-dev/debian-small:trixie'
/** Bookworm that lacks four security updates, perl-base's among them; its apt reads one small index (script/lib/bases.sh). */
export const UPDATABLE = process.env.SEAWORTHY_UPDATABLE_BOOKWORM ?? 'seaworthy-dev/debian-updatable:bookworm'

export const ROOT = new URL('../..', import.meta.url).pathname
export const TRACKER = join(ROOT, '__tests__/support/feeds/tracker.json')
// A file is as old as its last change, and the gate refuses an old tracker: the sample shall pass for today's.
utimesSync(TRACKER, new Date(), new Date())

/** What a run of the command gave. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Its folder for reports, evidence and temporary files. */
  readonly folder: string
}

/** Their servers are not reached from a machine without a way out. */
export const NO_FEEDS = ['--cvss', 'none', '--epss', 'none', '--kev', 'none'] as const

/** Docker Bench where it cannot be fetched: what a test expects does not depend on whether GitHub is reached. */
export const NO_BENCH = 'https://localhost:1/docker-bench.tar.gz'

/** Below the folder of the test file, which the next file removes, or the end of the run (support/jest/globals.mjs). */
export function newFolder(): string {
  return mkdtempSync(join(process.env.SEAWORTHY_LIVE_FOLDER ?? tmpdir(), 'run-'))
}

/**
 * Starts `seaworthy`, with the images and the sample tracker of this machine unless the flags say otherwise.
 * @param via a command that runs it, such as `nsenter`
 */
export function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  via: readonly string[] = [],
): { child: ChildProcess; ended: Promise<Ran> } {
  const folder = newFolder()
  const has = (flag: string) => args.includes(flag)
  const isScan = ['scan', 'update', 'attest'].includes(args[0] ?? '')
  const defaults =
    args[0] === 'verify'
      ? []
      : [
          ...(has('--checks') ? [] : ['--checks', 'clair']),
          ...(isScan && !has('--tracker') ? ['--tracker', TRACKER] : []),
          ...(isScan && !has('--kev') ? NO_FEEDS : []),
          ...(isScan && !has('--osv') ? ['--osv', 'none'] : []),
          ...(isScan && !has('--bench-source') ? ['--bench-source', NO_BENCH] : []),
          // The test's own key of the scan, if it was not `--osv none` that turned applications off.
          ...(args[0] === 'replay' && !setsKey(args, 'application') && !savesOsv(args[1] ?? '')
            ? [keys({ application: 'off' })]
            : []),
          ...(isScan && sharesClair(args, env, via) ? CLAIR_FLAGS : []),
          ...(isScan && !has('--clair-image') ? ['--clair-image', CLAIR_IMAGE] : []),
          ...(isScan && !has('--postgres-image') ? ['--postgres-image', POSTGRES_IMAGE] : []),
          ...(has('--report-dir') ? [] : ['--report-dir', join(folder, 'report')]),
        ]
  const [command = '', ...rest] = [
    ...via,
    process.execPath,
    join(ROOT, 'dist/cli.js'),
    ...withPolicies([...args, ...defaults], folder),
  ]
  const child = spawn(command, rest, {
    cwd: folder,
    env: { ...process.env, RUNNER_TEMP: folder, ...env },
  })
  mine.add(child.pid ?? 0)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  const ended = new Promise<Ran>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr, folder }))
  })
  return { child, ended }
}

/** Flags of a gate that starts a Clair of its own, as users have by default. */
export const OWN_CLAIR = ['--clair-image', CLAIR_IMAGE, '--postgres-image', POSTGRES_IMAGE] as const

/**
 * Whether the run's Clair is good enough for a gate: it has the sample tracker, no advisories, and is in the network of
 * this machine's engine.
 */
function sharesClair(args: readonly string[], env: NodeJS.ProcessEnv, via: readonly string[]): boolean {
  const own = ['--clair-url', '--clair-image', '--postgres-image', '--tracker', '--layers-from']
  const flagValue = (flag: string, usual: string) =>
    args.includes(flag) ? (args[args.indexOf(flag) + 1] ?? '') : usual
  return (
    flagValue('--checks', 'clair').split(',').includes('clair') &&
    flagValue('--osv', 'none') === 'none' &&
    !own.some((flag) => args.includes(flag)) &&
    env.DOCKER_HOST === undefined &&
    via.length === 0
  )
}

export function seaworthy(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return start(args, env).ended
}

function savesOsv(evidence: string): boolean {
  const path = join(evidence, 'evidence.json')
  const index = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { inputs?: object }) : {}
  return 'osv' in (index.inputs ?? {})
}

export function reportOf(ran: Ran): Report {
  return JSON.parse(readFileSync(join(ran.folder, 'report/report.json'), 'utf8')) as Report
}

const LISTS = {
  container: ['ps', '-aq'],
  network: ['network', 'ls', '-q'],
  volume: ['volume', 'ls', '-q'],
  image: ['images', '-q', '--no-trunc'],
} as const

/** Labels of images that a gate builds end differently, so that a container does not inherit its own (leftovers.ts). */
const endingOf = (kind: string) => (kind === 'image' ? '.built' : '')

/** Ids of the processes whose things are this file's: those it has started, and jest's own. */
const mine = new Set([process.pid])

/**
 * What is left in the engine of the gates that this file has started, or has run in its own process, and in the folder
 * for temporary files: nothing, if all is well. Whatever else uses the engine next to the tests does not count.
 */
export function leftovers(ran?: Ran): readonly string[] {
  const names = ran ? readdirSync(ran.folder) : []
  const files = names.filter((name) => name.startsWith('seaworthy-') && name !== 'seaworthy-report')
  return [...made((owner) => isMine(owner)), ...files.map((name) => `file ${name}`)]
}

/**
 * The same for gates that something else has started, such as a workflow runner: what no process owns any more. Other
 * tests kill gates, and take away what these leave, so it has to stay to count.
 */
export async function leftoversOfEnded(): Promise<readonly string[]> {
  let left = made((owner) => !isMine(owner) && hasEnded(owner))
  for (let round = 0; round < 90 && left.length > 0; round++) {
    await sleep(1000)
    const still = made((owner) => !isMine(owner) && hasEnded(owner))
    left = left.filter((one) => still.includes(one))
  }
  return left
}

function made(counts: (owner: string) => boolean): string[] {
  return Object.entries(LISTS).flatMap(([kind, list]) =>
    lines(docker(...list, '--filter', `label=dev.seaworthy.run${endingOf(kind)}`))
      .filter((id) => counts(ownerIn(kind, id)))
      .map((id) => `${kind} ${id}`),
  )
}

/** An owner is "boot-id pid-namespace start-time pid" (src/io/process/owner.ts). */
function isMine(owner: string): boolean {
  const [, space, , pid] = owner.split(' ')
  return space === readlinkSync('/proc/self/ns/pid') && mine.has(Number(pid))
}

/** The label of the owner; empty where there is none, or where the thing is gone meanwhile. */
function ownerIn(kind: string, id: string): string {
  try {
    const [about] = JSON.parse(docker(kind, 'inspect', id)) as [Inspected]
    return (about.Config?.Labels ?? about.Labels)?.[`dev.seaworthy.owner${endingOf(kind)}`] ?? ''
  } catch {
    return ''
  }
}

interface Inspected {
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> }
  readonly Labels?: Readonly<Record<string, string>>
}

/** The ids of containers of a gate that this file has started, by a part of their names. */
export function containersOf(pid: number | undefined, name: string): string[] {
  const listed = ['ps', '-q', '--no-trunc', '--filter', 'label=dev.seaworthy.run', '--filter', `name=${name}`]
  return lines(docker(...listed)).filter((id) => ownerIn('container', id).endsWith(` ${pid}`))
}

export function volumes(): readonly string[] {
  return lines(docker('volume', 'ls', '-q'))
}

export function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', maxBuffer: 2 ** 30 })
}

export function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** (package, CVE) pairs of the first image of a report, sorted. */
export function pairsOf(report: Report, index = 0): string[] {
  const findings = report.images[index]?.findings ?? []
  return findings.map(({ package: name, id }) => `${name} ${id}`).sort()
}

/** A dictionary for a gate that asks Docker Bench alone: what nobody else decides is an exception, for a month. */
export function benchAlone(ids: readonly string[] = ['4.2', '4.4']): string {
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const line = `{reason: a person looks at it, owner: platform, expires: ${expires}}`
  return `extends: builtin/3\nversion: 1\nnot_applicable:\n${ids.map((id) => `  "${id}": ${line}\n`).join('')}`
}
