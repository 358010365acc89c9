import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { which } from '@actions/io'
import type { Engine } from '../../../io/engine/engine.js'
import { execute } from '../../../io/process/exec.js'
import { SeaworthyError } from '../../../model/problem.js'
import { type BenchMeta, benchFault, DOCKER_SETTINGS, selection } from './meta.js'
import { look } from './state.js'
import { treeHash } from './tree.js'

/** What Docker Bench is run over. */
export interface DbsSubject {
  /** Id of the image in the engine. */
  readonly imageId: string
  /** A running container; `null`: none, and only what it says of the image can be taken. */
  readonly container: { readonly id: string; readonly name: string } | null
}

export interface DbsOptions {
  readonly engine: Engine
  /** A folder of the run; what is made in it is made new. */
  readonly directory: string
  readonly signal: AbortSignal
  /** Milliseconds; by the number of containers if not given. */
  readonly limitMs?: number
}

/** `dbs.json`, `dbs.log` and `dbs-meta.json`, as read.ts reads them. */
export type DbsDocuments = Readonly<Record<'dbs.json' | 'dbs.log' | 'dbs-meta.json', string>>

export const SCRIPT = 'docker-bench-security.sh'
/** Sections in the order that it needs: another check before 4 takes the list of images away from it. */
export const SECTIONS = 'container_images,container_runtime'
/** Ours first: what it calls must not come from a folder that a job has put into PATH. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** Of each output, in characters: the end of it. */
const KEEP = { part: 'tail', most: 4 * 2 ** 20 } as const

/** Milliseconds: it starts the docker command some 35 times for a container it judges, and once for any other. */
export function timeLimit(containers: number): number {
  return (60 + 2 * containers) * 1000
}

/**
 * Runs a copy of Docker Bench on this machine: bash, a folder of its own, an environment with nothing in it but
 * where the engine is (no token of the job), and settings of the docker command on which its selection relies.
 */
export async function runOnMachine(
  source: { readonly folder: string; readonly words: string },
  subject: DbsSubject,
  options: DbsOptions,
): Promise<DbsDocuments> {
  const { engine, directory } = options
  if (!existsSync(join(source.folder, SCRIPT))) {
    throw new SeaworthyError({
      code: 'bench-no-source',
      what: `there is no ${SCRIPT} in it`,
      where: source.folder,
      todo: 'name the folder of a checkout of docker/docker-bench-security as bench-source',
    })
  }
  const docker = await which('docker', false)
  const bash = await which('bash', false)
  if (!docker || !bash) throw benchFault('bench-failed', 'Docker Bench needs bash and the docker command')
  const [home, config, out] = ['bench', 'docker', 'out'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ]
  // A fresh copy: its log is appended to from run to run, and its lists are file patterns for the shell.
  cpSync(source.folder, home, { recursive: true, filter: (path) => !/\/(\.git|log)$/.test(path) })
  for (const folder of [config, out]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(config, 'config.json'), DOCKER_SETTINGS)
  const tree = treeHash(home)
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
  const listing = () => look(engine, subject.imageId, () => Promise.all([list(['images']), list(['ps'])]))

  const before = await listing()
  const started = Date.now() / 1000
  const log = join(out, 'dbs.log')
  const args = [
    SCRIPT,
    '-b',
    '-c',
    SECTIONS,
    '-i',
    selection(subject.imageId, subject.container?.name ?? null),
  ]
  const ended = await run(
    bash,
    [...args, '-l', log],
    options.limitMs ?? timeLimit(before.listing.running.length),
  )
  const meta: BenchMeta = {
    ...{ exitCode: ended.code, stderr: ended.stderr.slice(-10_000), started, ended: Date.now() / 1000 },
    ...{ source: source.words, tree, subject: { ...before.image, container: subject.container } },
    ...{ before: before.listing, after: (await listing()).listing },
  }
  return {
    'dbs.json': readOr(`${log}.json`),
    'dbs.log': readOr(log),
    'dbs-meta.json': JSON.stringify(meta),
  }
}

/** DOCKER_CONFIG hides the user's contexts: where the engine is has to be said. */
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
