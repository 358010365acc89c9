import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectBody, createTarReader } from '../../../io/archive/formats/tar-reader.js'
import { type TarMember, tarOf, tarOfMembers } from '../../../io/archive/formats/tar-writer.js'
import { call, containers, type ImageState, stream } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { blaming, lastingName, presentImage } from '../../../io/engine/transfer.js'
import { oneLine, problemOf } from '../../../model/index.js'
import {
  benchError,
  type DbsRun,
  type DbsSubject,
  DOCKER_SETTINGS,
  dbsLimit,
  dockerSettings,
  SECTIONS,
  selection,
} from './meta.js'
import { type BenchTree, SCRIPT } from './source.js'
import { readEngineState } from './state.js'
import { filesOf } from './tree.js'

const FOLDER = '/seaworthy'

/**
 * The script in the container. The image provides only the shell and the docker command; whatever they cannot
 * do is reported in `unfit`. The shell is bash if the image has one: dash cannot run all of Docker Bench,
 * whose complaints on stderr then end the run.
 */
const START = [
  `cd ${FOLDER}/tree || exit 1`,
  'unset DOCKER_CONTEXT DOCKER_API_VERSION DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_CONTENT_TRUST',
  `PATH="$PATH:${FOLDER}/bin"`,
  // Docker Bench writes to /tmp.
  '[ -d /tmp ] || mkdir /tmp',
  `out=${FOLDER}/out`,
  `command -v docker >/dev/null 2>&1 || { echo 'the image has no docker command' >$out/unfit; exit 0; }`,
  // The gate, which sends the list of subjects, may have been killed: the container ends after half an hour.
  `n=0; until [ -e ${FOLDER}/go ]; do n=$((n + 1)); [ $n -lt 9000 ] || exit 1; sleep 0.2 2>/dev/null || sleep 1; done`,
  `SELECTION=$(cat ${FOLDER}/selection)`,
  'list() { docker images >$out/images-$1 && docker ps >$out/ps-$1; }',
  `list before 2>$out/said || { echo "the image's docker command failed: $(cat $out/said)" >$out/unfit; exit 0; }`,
  'shell=sh; command -v bash >/dev/null 2>&1 && shell=bash',
  `$shell ${SCRIPT} -b -c "$SECTIONS" -i "$SELECTION" -l $out/dbs.log >$out/stdout 2>$out/stderr`,
  'echo $? >$out/code',
  'list after',
].join('\n')

/** Milliseconds for pulling the image, which is not worth more of a run's time. */
const PULL_LIMIT = 180_000

export interface BenchServiceOptions {
  readonly engine: Engine
  readonly signal: AbortSignal
  readonly sections: keyof typeof SECTIONS
  /** Milliseconds; by default it depends on the number of containers. */
  readonly limitMs?: number
  /** An image with a shell and the docker command. */
  readonly image: string
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
}

/** A running container that waits for the list of images and containers that Docker Bench should check. */
export interface BenchService {
  readonly id: string
  /** The container's image, in words. */
  readonly image: string
}

/**
 * Starts a container for Docker Bench and copies it in. The container gets the engine's socket, which is the
 * whole engine, and nothing else: sections 4 and 5 need neither the host's namespaces nor its files, and no
 * network (decision 27). That takes a while, and can be done before it is known what to check.
 */
export async function startService(tree: Promise<BenchTree>, options: BenchServiceOptions) {
  const { engine, image, sections } = options
  if (!engine.host.startsWith('unix://')) {
    throw noPlace(`the engine has no socket on this machine; its address is ${engine.host}`)
  }
  const noTree = new AbortController()
  tree.catch(() => noTree.abort())
  const pulling = AbortSignal.any([options.signal, noTree.signal])
  const [bench, present] = await Promise.all([tree, benchImage(engine, image, pulling)])
  const { Id: id } = await containers
    .create(engine, `seaworthy-${options.runId}-bench`, {
      Image: present.Id,
      Entrypoint: ['sh', '-c', START],
      Cmd: [],
      User: '0',
      Healthcheck: { Test: ['NONE'] },
      Env: [
        `DOCKER_CONFIG=${FOLDER}`,
        'DOCKER_HOST=unix:///var/run/docker.sock',
        `SECTIONS=${SECTIONS[sections]}`,
      ],
      Labels: options.labels,
      HostConfig: {
        // Not as a bind in Binds: if there is no such socket, the engine would create a folder of that name.
        Mounts: [
          { Type: 'bind', Source: engine.host.slice('unix://'.length), Target: '/var/run/docker.sock' },
        ],
        NetworkMode: 'none',
        PidsLimit: 512,
        CapDrop: ['ALL'],
        CapAdd: ['DAC_OVERRIDE'],
        SecurityOpt: ['no-new-privileges'],
      },
    })
    .catch((error: unknown) => {
      throw noPlace(`no container can be created from the image: ${errorText(error)}`)
    })
  try {
    await containers.put(engine, id, '/', tarFor(bench))
    await containers.start(engine, id).catch((error: unknown) => {
      throw noPlace(`the image's shell does not start: ${errorText(error)}`)
    })
    return { id, image: imageStateText(image, present) }
  } catch (error) {
    await containers.remove(engine, id)
    throw error
  }
}

/** Runs Docker Bench on these in the container that waits for it, and removes that container. */
export async function runInService(
  { id, image }: BenchService,
  bench: BenchTree,
  subjects: readonly DbsSubject[],
  options: BenchServiceOptions,
): Promise<DbsRun> {
  const { engine, signal, sections } = options
  try {
    // The container of Docker Bench itself is one of the running ones.
    const before = await readEngineState(engine, subjects)
    const started = Date.now() / 1000
    await containers.put(engine, id, '/', orderFor(subjects))
    const limitMs = options.limitMs ?? dbsLimit(before.listing.running.length)
    const isTimedOut = !(await ended(engine, id, limitMs, signal))
    const after = await readEngineState(engine, subjects)
    const finished = Date.now() / 1000
    const files = isTimedOut ? new Map<string, string>() : await outputOf(engine, id, signal)
    const file = (name: string) => files.get(name) ?? ''
    if (!isTimedOut && !files.has('code') && file('unfit') !== '') {
      throw noPlace(shortLine(file('unfit')))
    }
    const printed = (when: string) => ({ images: file(`images-${when}`), containers: file(`ps-${when}`) })
    const code = /^\d+\s*$/.test(file('code')) ? Number(file('code')) : 1
    // Some of Docker Bench's own error messages go to stdout.
    const stderr =
      file('stderr') ||
      (code === 0 || isTimedOut ? '' : file('stdout').slice(-1000)) ||
      (files.has('code') || isTimedOut ? '' : await containers.logs(engine, id, 5).catch(() => ''))
    return {
      json: file('dbs.log.json'),
      log: file('dbs.log'),
      meta: {
        exitCode: isTimedOut ? null : code,
        stderr: stderr.slice(-10_000),
        started,
        ended: finished,
        source: `${bench.version}, in a container of ${image}`,
        tree: bench.tree,
        sections,
        subjects: before.subjects,
        before: { ...before.listing, ...printed('before') },
        after: { ...after.listing, ...printed('after') },
      },
    }
  } finally {
    await containers.remove(engine, id)
  }
}

const EXPECTED_IMAGE = 'an image with a shell and the docker command'

async function benchImage(engine: Engine, reference: string, signal: AbortSignal): Promise<ImageState> {
  const limit = AbortSignal.timeout(PULL_LIMIT)
  const pulling = AbortSignal.any([signal, limit])
  return await presentImage(engine, reference, signal, pulling).catch((reason: unknown) => {
    signal.throwIfAborted()
    throw limit.aborted
      ? noPlace(`the image was not pulled within ${PULL_LIMIT / 1000} s`)
      : blaming(reason, 'bench-image', EXPECTED_IMAGE)
  })
}

/** The image by its digest, or by its id if no registry has named it. */
function imageStateText(image: string, state: ImageState): string {
  const { name, sha256 } = lastingName(image, state)
  return name.includes('@') || sha256 === null ? name : `${name} (sha256:${sha256})`
}

/** The list of subjects to check; the file that starts the run comes last. */
function orderFor(subjects: readonly DbsSubject[]): Buffer {
  const at = FOLDER.slice(1)
  return tarOf([
    { path: `${at}/config.json`, text: dockerSettings(subjects) },
    { path: `${at}/selection`, text: selection(subjects) },
    { path: `${at}/go`, text: '' },
  ])
}

/** Docker Bench, unmodified, with the files that it needs. */
function tarFor({ folder }: BenchTree): Buffer {
  const own = { uid: 0, gid: 0, link: '', bytes: NONE }
  const member = (path: string, about: Pick<TarMember, 'type' | 'mode'> & Partial<TarMember>): TarMember => {
    return { ...own, ...about, path: `${FOLDER.slice(1)}/${path}` }
  }
  const folders = ['', 'tree/', 'bin/', 'out/'].map((path) =>
    member(path, { type: 'directory', mode: 0o755 }),
  )
  const file = (path: string, mode: number, bytes: Buffer) => member(path, { type: 'file', mode, bytes })
  const tree = filesOf(folder).map(({ path, isExecutable, link }) =>
    link === null
      ? file(`tree/${path}`, isExecutable ? 0o755 : 0o644, readFileSync(join(folder, path)))
      : member(`tree/${path}`, { type: 'symlink', mode: 0o777, link }),
  )
  // Docker Bench looks for these programs, and does not need them for sections 4 and 5. A real pgrep would search for
  // the daemon's options, which no container can see.
  const stubs = ['ss', 'pgrep'].map((name) => file(`bin/${name}`, 0o755, Buffer.from('#!/bin/sh\nexit 1\n')))
  const config = file('config.json', 0o644, Buffer.from(DOCKER_SETTINGS))
  return tarOfMembers([...folders, ...tree, ...stubs, config])
}

const NONE = Buffer.alloc(0)

/** False if it did not end in time. */
async function ended(engine: Engine, id: string, ms: number, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.timeout(ms)
  try {
    const both = AbortSignal.any([signal, limit])
    await call(engine, `/containers/${id}/wait`, { method: 'POST', signal: both, limitMs: null })
    return true
  } catch (error) {
    signal.throwIfAborted()
    if (limit.aborted) {
      return false
    }
    throw error
  }
}

/** The files that Docker Bench wrote, as texts by name. */
async function outputOf(engine: Engine, id: string, signal: AbortSignal): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const answer = await stream(engine, `/containers/${id}/archive`, {
    query: { path: `${FOLDER}/out` },
    signal,
  })
  const reader = createTarReader(
    ({ path, type, size }) => {
      if (type !== 'file' || size > 16 * 2 ** 20) {
        return null
      }
      const name = path.slice(path.lastIndexOf('/') + 1)
      return collectBody((bytes) => files.set(name, bytes.toString('utf8')))
    },
    `container ${id.slice(0, 12)}`,
    { extendedHeaderBytes: 65536 },
  )
  for await (const chunk of answer) {
    reader.write(chunk as Buffer)
  }
  return files
}

function noPlace(why: string): Error {
  return benchError('bench-no-place', why)
}

function errorText(error: unknown): string {
  return shortLine(problemOf(error, 'Docker Bench').what)
}

function shortLine(text: string): string {
  return oneLine(text).slice(0, 300)
}
