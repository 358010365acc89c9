import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { which } from '@actions/io'
import type { Engine } from '../../../io/engine/engine.js'
import { execute } from '../../../io/process/exec.js'
import {
  benchFault,
  type DbsRun,
  type DbsSubject,
  dbsLimit,
  dockerSettings,
  SECTIONS,
  selection,
} from './meta.js'
import { type BenchTree, SCRIPT } from './source.js'
import { look } from './state.js'

export interface DbsOptions {
  readonly engine: Engine
  /** A folder of the run; everything in it is created fresh. */
  readonly directory: string
  readonly signal: AbortSignal
  readonly sections: keyof typeof SECTIONS
  /** Milliseconds; by default it depends on the number of containers. */
  readonly limitMs?: number
}

/** Our path first: the commands it calls must not come from a folder that a job put into PATH. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** Characters of each output that are kept, from its end. */
const KEEP = { part: 'tail', most: 4 * 2 ** 20 } as const

/**
 * Runs a copy of Docker Bench on this machine: bash, a folder of its own, an environment that contains only
 * the engine's address (no token of the job), and settings of the docker command that its selection relies
 * on.
 */
export async function runOnMachine(
  { folder, words, tree }: BenchTree,
  subjects: readonly DbsSubject[],
  options: DbsOptions,
): Promise<DbsRun> {
  const { engine, directory, sections } = options
  const docker = await which('docker', false)
  const bash = await which('bash', false)
  if (!docker || !bash) {
    throw benchFault('bench-no-place', `there is no ${docker ? 'bash' : 'docker command'} on this machine`)
  }
  const [home, config, out] = ['bench', 'docker', 'out'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ]
  // A fresh copy: it appends to its log from run to run, and its lists are file patterns for the shell.
  cpSync(folder, home, { recursive: true })
  for (const folder of [config, out]) {
    mkdirSync(folder, { recursive: true })
  }
  writeFileSync(join(config, 'config.json'), dockerSettings(subjects))
  const env = {
    PATH: `${PATH}:${dirname(docker)}`,
    HOME: out,
    LC_ALL: 'C',
    DOCKER_CONFIG: config,
    ...engineEnv(engine),
  }
  const run = async (command: string, args: readonly string[], limitMs: number) => {
    const where = { cwd: home, env, signal: options.signal }
    const { code, late, stdout, stderr } = await execute(command, args, { ...where, limitMs, keep: KEEP })
    return { code: late ? null : (code ?? 128), stdout: stdout.text, stderr: stderr.text }
  }
  const list = (args: readonly string[]) => run(docker, args, 30_000)
  const listing = () => look(engine, subjects, () => Promise.all([list(['images']), list(['ps'])]))

  const before = await listing()
  const started = Date.now() / 1000
  const log = join(out, 'dbs.log')
  const ended = await run(
    bash,
    [SCRIPT, '-b', '-c', SECTIONS[sections], '-i', selection(subjects), '-l', log],
    options.limitMs ?? dbsLimit(before.listing.running.length),
  )
  const meta: DbsRun['meta'] = {
    exitCode: ended.code,
    stderr: ended.stderr.slice(-10_000),
    started,
    ended: Date.now() / 1000,
    source: `${words}, with bash on this machine`,
    tree,
    sections,
    subjects: before.subjects,
    before: before.listing,
    after: (await listing()).listing,
  }
  return { json: readOr(`${log}.json`), log: readOr(log), meta }
}

/** DOCKER_CONFIG hides the user's contexts, so the engine's address has to be passed. */
function engineEnv({ host, tls }: Engine): Record<string, string> {
  const { DOCKER_CERT_PATH: certificates, DOCKER_TLS_VERIFY: verify } = process.env
  return {
    DOCKER_HOST: host,
    ...(tls && verify ? { DOCKER_TLS_VERIFY: verify } : {}),
    ...(tls && certificates ? { DOCKER_CERT_PATH: certificates } : {}),
  }
}

function readOr(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
