import { createTarReader } from '../../../io/archive/tar-reader.js'
import { tarOf } from '../../../io/archive/tar-writer.js'
import { call, containers, stream } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import {
  type DbsDocuments,
  type DbsOptions,
  type DbsSubject,
  SCRIPT,
  SECTIONS,
  timeLimit,
} from './machine.js'
import { type BenchListing, type BenchMeta, benchFault, DOCKER_SETTINGS, hides, selection } from './meta.js'
import { look, type Printed } from './state.js'

const FOLDER = '/seaworthy'

/**
 * What runs in the container. Its shell is bash where the image has one; dash cannot run all of Docker Bench, and
 * its complaints on stderr are then the end of it. The image's own start is not used: it prints to where nobody looks.
 */
const START = [
  `[ -f ${SCRIPT} ] || for d in /usr/local/bin /docker-bench-security /opt/docker-bench-security /usr/libexec/docker-bench-security; do [ -f "$d/${SCRIPT}" ] && cd "$d" && break; done`,
  `shell=sh; command -v bash >/dev/null 2>&1 && shell=bash`,
  `list() { docker images >${FOLDER}/images-$1 && docker ps >${FOLDER}/ps-$1; }`,
  'list before',
  `$shell ${SCRIPT} -b -c ${SECTIONS} -i "$SELECTION" -l ${FOLDER}/dbs.log >/dev/null 2>${FOLDER}/stderr`,
  `echo $? >${FOLDER}/code`,
  'list after',
].join('\n')

export interface BenchServiceOptions extends DbsOptions {
  /** An image that holds Docker Bench, and is in the engine. */
  readonly image: string
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
}

/**
 * Runs Docker Bench in a container of its own. It gets the engine's socket, which is the whole engine, and nothing
 * else: sections 4 and 5 need neither the host's namespaces nor its files, and no network.
 */
export async function runInContainer(
  subject: DbsSubject,
  options: BenchServiceOptions,
): Promise<DbsDocuments> {
  const { engine, signal } = options
  if (!engine.host.startsWith('unix://'))
    throw benchFault('bench-failed', `bench-image needs an engine behind a socket, and not ${engine.host}`)
  const socket = engine.host.slice('unix://'.length)
  const { Id: id } = await containers.create(engine, `seaworthy-${options.runId}-bench`, {
    Image: options.image,
    Entrypoint: ['sh', '-c', START],
    Cmd: [],
    User: '0',
    Env: [
      `DOCKER_CONFIG=${FOLDER}`,
      'DOCKER_HOST=unix:///var/run/docker.sock',
      `SELECTION=${selection(subject.imageId, subject.container?.name ?? null)}`,
    ],
    Labels: options.labels,
    HostConfig: {
      ...{ Binds: [`${socket}:/var/run/docker.sock`], NetworkMode: 'none', PidsLimit: 512 },
      ...{ CapDrop: ['ALL'], CapAdd: ['DAC_OVERRIDE'], SecurityOpt: ['no-new-privileges'] },
    },
  })
  try {
    const settings = [
      { path: `${FOLDER.slice(1)}/`, text: null },
      { path: `${FOLDER.slice(1)}/config.json`, text: DOCKER_SETTINGS },
    ]
    await containers.put(engine, id, '/', tarOf(settings))
    const nothingPrinted = async (): Promise<Printed> => [SILENT, SILENT]
    const before = await look(engine, subject.imageId, nothingPrinted)
    const own = await itself(engine, id)
    const started = Date.now() / 1000
    await containers.start(engine, id)
    const late = !(await ended(engine, id, timeLimit(before.listing.running.length + 1), signal))
    const after = await look(engine, subject.imageId, nothingPrinted)
    const finished = Date.now() / 1000
    const files = late ? new Map<string, string>() : await filesOf(engine, id, signal)
    const file = (name: string) => files.get(name) ?? ''
    const printed = (when: string) => ({ images: file(`images-${when}`), containers: file(`ps-${when}`) })
    const code = /^\d+\s*$/.test(file('code')) ? Number(file('code')) : 1
    const stderr = file('stderr') || (files.has('code') || late ? '' : await containers.logs(engine, id, 5))
    const meta: BenchMeta = {
      ...{ exitCode: late ? null : code, stderr: stderr.slice(-10_000), started, ended: finished },
      ...{ source: `image ${options.image}`, tree: null },
      ...{ subject: { ...before.image, container: subject.container } },
      before: { ...before.listing, running: [...before.listing.running, own], ...printed('before') },
      after: { ...after.listing, ...printed('after') },
    }
    return {
      'dbs.json': file('dbs.log.json'),
      'dbs.log': file('dbs.log'),
      'dbs-meta.json': JSON.stringify(meta),
    }
  } finally {
    await containers.remove(engine, id)
  }
}

/** The lists are printed in the container, and put in afterwards. */
const SILENT = { code: 0, stdout: '' }

/** It runs as soon as anything is looked at, and hides others where its image has the label. */
async function itself(engine: Engine, id: string): Promise<BenchListing['running'][number]> {
  const state = await call<{ Name: string; Config?: { Labels?: Record<string, string> | null } }>(
    engine,
    `/containers/${id}/json`,
  )
  return { id, name: state.Name.replace(/^\//, ''), hides: hides(state.Config?.Labels) }
}

/** False where it did not end in time. */
async function ended(engine: Engine, id: string, ms: number, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.timeout(ms)
  try {
    const both = AbortSignal.any([signal, limit])
    await call(engine, `/containers/${id}/wait`, { method: 'POST', signal: both, limitMs: null })
    return true
  } catch (error) {
    signal.throwIfAborted()
    if (limit.aborted) return false
    throw error
  }
}

/** The texts that it has left, by their names. */
async function filesOf(engine: Engine, id: string, signal: AbortSignal): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const answer = await stream(engine, `/containers/${id}/archive`, { query: { path: FOLDER }, signal })
  const reader = createTarReader(
    ({ path, type, size }) => {
      if (type !== 'file' || size > 16 * 2 ** 20) return null
      const chunks: Buffer[] = []
      const name = path.slice(path.lastIndexOf('/') + 1)
      return {
        write: (bytes) => chunks.push(Buffer.from(bytes)),
        end: () => files.set(name, Buffer.concat(chunks).toString('utf8')),
      }
    },
    `container ${id.slice(0, 12)}`,
    { extendedHeaderBytes: 65536 },
  )
  for await (const chunk of answer) reader.write(chunk as Buffer)
  return files
}
