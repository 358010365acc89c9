import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../../src/reports/json/schema.js'

/** Images that script/setup has made or pulled; .cache/env names them. */
export const CLAIR_IMAGE = process.env.SEAWORTHY_CLAIR_IMAGE ?? 'seaworthy-dev/clair:4.9.0'
export const POSTGRES_IMAGE = process.env.SEAWORTHY_POSTGRES_IMAGE ?? 'seaworthy-dev/postgres:15'
export const BASES = {
  bullseye: process.env.SEAWORTHY_BASE_BULLSEYE ?? 'seaworthy-dev/debian:bullseye',
  bookworm: process.env.SEAWORTHY_BASE_BOOKWORM ?? 'seaworthy-dev/debian:bookworm',
  trixie: process.env.SEAWORTHY_BASE_TRIXIE ?? 'seaworthy-dev/debian:trixie',
} as const

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

/** Below the folder of the whole run, which is removed at its end (folders.mjs). */
export function newFolder(): string {
  return mkdtempSync(join(process.env.SEAWORTHY_LIVE_FOLDER ?? tmpdir(), 'sw-live-'))
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
  const isScan = args[0] === 'scan' || args[0] === 'update'
  const defaults = [
    ...(has('--checks') ? [] : ['--checks', 'clair']),
    ...(isScan && !has('--tracker') ? ['--tracker', TRACKER] : []),
    ...(isScan && !has('--kev') ? NO_FEEDS : []),
    ...(isScan && !has('--osv') ? ['--osv', 'none'] : []),
    ...(isScan && !has('--clair-image') ? ['--clair-image', CLAIR_IMAGE] : []),
    ...(isScan && !has('--postgres-image') ? ['--postgres-image', POSTGRES_IMAGE] : []),
    ...(has('--report-dir') ? [] : ['--report-dir', join(folder, 'report')]),
  ]
  const [command = '', ...words] = [...via, process.execPath, join(ROOT, 'dist/cli.js'), ...args, ...defaults]
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...process.env, RUNNER_TEMP: folder, ...env },
  })
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

export function seaworthy(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return start(args, env).ended
}

export function reportOf(ran: Ran): Report {
  return JSON.parse(readFileSync(join(ran.folder, 'report/report.json'), 'utf8')) as Report
}

const LISTS = {
  container: ['ps', '-aq'],
  network: ['network', 'ls', '-q'],
  volume: ['volume', 'ls', '-q'],
} as const

/**
 * What is left of runs in the engine and in the folder for temporary files: nothing, if all is well. Runs of other
 * processes that are still alive don't count: something else may use the engine beside the tests.
 */
export function leftovers(ran?: Ran): readonly string[] {
  const names = ran ? readdirSync(ran.folder) : []
  const files = names.filter((name) => name.startsWith('seaworthy-') && name !== 'seaworthy-report')
  const made = Object.entries(LISTS).flatMap(([kind, list]) =>
    lines(docker(...list, '--filter', 'label=dev.seaworthy.run'))
      .filter((id) => !isOfAnotherRun(kind, id))
      .map((id) => `${kind} ${id}`),
  )
  return [...made, ...files.map((name) => `file ${name}`)]
}

/** The last word of the owner's label is the process id (src/io/process/owner.ts). Gone meanwhile: not left. */
function isOfAnotherRun(kind: string, id: string): boolean {
  try {
    const [about] = JSON.parse(docker(kind, 'inspect', id)) as [Inspected]
    const pid = (about.Config?.Labels ?? about.Labels)?.['dev.seaworthy.owner']?.split(' ').at(-1) ?? 'none'
    return pid !== String(process.pid) && existsSync(`/proc/${pid}`)
  } catch {
    return true
  }
}

interface Inspected {
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> }
  readonly Labels?: Readonly<Record<string, string>>
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
