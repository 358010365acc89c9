import { which } from '@actions/io'
import { SeaworthyError } from '../../model/problem.js'
import { stream } from './docker.js'
import { runDocker } from './docker-command.js'
import type { Engine } from './engine.js'

/**
 * Pulls an image. Through the docker command where there is one, since that knows the user's registry
 * logins and credential helpers; else through the engine, which can then read public images only.
 * Throws `no-such-image`.
 */
export async function pullImage(
  engine: Engine,
  reference: string,
  platform: string | null,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const docker = await which('docker', false)
  const why = docker
    ? await byCommand(docker, engine, reference, platform, signal)
    : await byEngine(engine, reference, platform, signal)
  if (why !== null) throw noSuchImage(reference, engine, why)
}

function byCommand(
  docker: string,
  engine: Engine,
  reference: string,
  platform: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const chosen = platform === null ? [] : ['--platform', platform]
  return runDocker(docker, engine, ['pull', '--quiet', ...chosen, '--', reference], signal)
}

async function byEngine(engine: Engine, reference: string, platform: string | null, signal: AbortSignal) {
  const answer = await stream(engine, '/images/create', {
    method: 'POST',
    query: { fromImage: withTag(reference), platform: platform ?? undefined },
    signal,
  }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  if (typeof answer === 'string') return answer
  let text = ''
  for await (const chunk of answer) text = (text + String(chunk)).slice(-20_000)
  // The status is 200 whatever happens; a failure is a line {"error": …} in the stream.
  const failure = /"error":"((?:[^"\\]|\\.)*)"/.exec(text)
  return failure ? (failure[1] ?? 'unknown error') : null
}

/** Without a tag the engine would pull every tag of the repository. */
function withTag(reference: string): string {
  return /(:[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(reference) ? reference : `${reference}:latest`
}

function noSuchImage(reference: string, engine: Engine, why: string): SeaworthyError {
  return new SeaworthyError({
    code: 'no-such-image',
    what: `there is no image ${JSON.stringify(reference)}, and it can't be pulled: ${why}`,
    where: engine.host,
    todo: 'build or pull it before the gate, log in to its registry, or give the path of a docker save or OCI archive',
  })
}
