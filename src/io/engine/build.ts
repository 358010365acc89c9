import type { IncomingMessage } from 'node:http'
import { SeaworthyError } from '../../model/index.js'
import { tarOf } from '../archive/formats/tar-writer.js'
import { call, inPath, stream } from './docker.js'
import type { Engine } from './engine.js'

interface BuildOptions {
  /** Repository and tag for the image. */
  readonly name?: string
  /** `none` for no network; default: the engine's. */
  readonly network?: string
  /** `os/architecture`. */
  readonly platform?: string
  /** Predefined proxy arguments: neither in the history nor in the image (Dockerfile reference, "ARG"). */
  readonly buildArgs?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** The result of a build: the image's id, or the error, and its output. */
export interface Built {
  readonly id: string | null
  readonly error: string | null
  readonly output: string
}

/**
 * Builds an image with the engine's own builder (Engine API "POST /build", the builder that every engine has). The
 * context contains the Dockerfile alone. A failing build is returned, not thrown; the engine aborts it when the signal
 * closes the connection.
 */
export async function buildImage(engine: Engine, dockerfile: string, options: BuildOptions): Promise<Built> {
  const context = tarOf([{ path: 'Dockerfile', text: dockerfile }])
  const answer = await stream(engine, '/build', {
    method: 'POST',
    query: {
      rm: '1',
      forcerm: '1',
      nocache: '1',
      t: options.name,
      networkmode: options.network,
      platform: options.platform,
      buildargs: options.buildArgs === undefined ? undefined : JSON.stringify(options.buildArgs),
    },
    body: new Uint8Array(context),
    limitMs: null,
    signal: options.signal,
  })
  return readBuild(answer)
}

/** Lines of JSON: `{"stream"}`, `{"aux":{"ID"}}`, `{"error"}`. */
async function readBuild(answer: IncomingMessage): Promise<Built> {
  let output = ''
  let id: string | null = null
  let error: string | null = null
  let rest = ''
  const read = (line: string) => {
    if (line.trim() === '') {
      return
    }
    const message = JSON.parse(line) as { stream?: string; aux?: { ID?: string }; error?: string }
    output = (output + (message.stream ?? '')).slice(-MAX_OUTPUT_LENGTH)
    id = message.aux?.ID ?? id
    error = message.error ?? error
  }
  for await (const chunk of answer) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      read(line)
    }
  }
  read(rest)
  if (id === null && error === null) {
    error = "the engine did not return the image's id"
  }
  return { id: error === null ? id : null, error, output }
}

const MAX_OUTPUT_LENGTH = 2 ** 20

/** Gives an image a name, which is taken from the image that has it. */
export async function tagImage(engine: Engine, id: string, reference: string): Promise<void> {
  const [, repo = '', tag = ''] = /^(.+?)(?::([\w][\w.-]*))?$/.exec(reference) ?? []
  if (repo === '' || tag === '') {
    const what = `${JSON.stringify(reference)} is not an image name with a tag`
    const todo = 'specify the image by repository and tag'
    throw new SeaworthyError({ code: 'bad-input', what, where: 'tag-suffix', todo })
  }
  await call(engine, `/images/${inPath(id)}/tag`, { method: 'POST', query: { repo, tag } })
}

/** Removes an image's name, or an image by id; it is no error if it is gone or used elsewhere. */
export async function removeImage(engine: Engine, reference: string): Promise<void> {
  const removal = call(engine, `/images/${inPath(reference)}`, { method: 'DELETE', query: { force: '1' } })
  await removal.catch(() => null)
}
