import { which } from '@actions/io'
import { messageOf, parseReference, type Reference, SeaworthyError, untagged } from '../../model/index.js'
import { type CommandOutput, endText, execute, executePlainly } from '../process/exec.js'
import { type ImageState, images, stream, unlessStatus } from './docker.js'
import type { Engine } from './engine.js'
import { EngineError } from './engine-error.js'

/**
 * The image of that name, pulled if the engine does not have it.
 * @param pulling for a separate limit on pulling
 * @throws SeaworthyError `no-such-image`, and the engine's errors
 */
export async function presentImage(
  engine: Engine,
  reference: string,
  signal: AbortSignal,
  pulling = signal,
): Promise<ImageState> {
  const existing = await images.inspect(engine, reference, undefined, signal).catch(unlessStatus(404))
  if (existing !== null) {
    return existing
  }
  await pullImage(engine, reference, null, pulling)
  return images.inspect(engine, reference, undefined, signal)
}

/**
 * The lasting name of an image that was named by a tag, whatever happens to the tag: `postgres:17@sha256:…`, if the
 * engine got it from a registry. An image built or loaded here has its name, and the engine's own id as its hash.
 */
export function lastingName(
  reference: string,
  { Id, RepoDigests }: Pick<ImageState, 'Id' | 'RepoDigests'>,
): { readonly name: string; readonly sha256: string | null } {
  const imageReference = parseReference(reference)
  const knownReferences = (RepoDigests ?? []).map(parseReference)
  const isSame = (one: Reference | null) =>
    one?.registry === imageReference?.registry && one?.repository === imageReference?.repository
  const digest = imageReference?.digest ?? knownReferences.find(isSame)?.digest ?? null
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? Id)?.[1] ?? null
  return { name: digest === null || imageReference?.digest ? reference : `${reference}@${digest}`, sha256 }
}

/**
 * Pulls an image. Uses the docker command if there is one, since that knows the user's registry logins and credential
 * helpers; else the engine, which can then read public images only. Throws `no-such-image`.
 */
export async function pullImage(
  engine: Engine,
  reference: string,
  platform: string | null,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const docker = await which('docker', false)
  const chosen = platform === null ? [] : ['--platform', platform]
  const why = docker
    ? await runDocker(docker, engine, ['pull', '--quiet', ...chosen, '--', reference], signal)
    : await pullByEngine(engine, reference, platform, signal)
  if (why !== null) {
    throw noSuchImage(reference, engine, why)
  }
}

async function pullByEngine(engine: Engine, reference: string, platform: string | null, signal: AbortSignal) {
  const query = { fromImage: withTag(reference), platform: platform ?? undefined }
  const answer = await stream(engine, '/images/create', { method: 'POST', query, signal }).catch(messageOf)
  if (typeof answer === 'string') {
    return answer
  }
  let text = ''
  for await (const chunk of answer) {
    text = (text + String(chunk)).slice(-20_000)
  }
  // The status is 200 whatever happens; a failure is a line {"error": …} in the stream.
  const failure = /"error":"((?:[^"\\]|\\.)*)"/.exec(text)
  return failure ? (failure[1] ?? 'unknown error') : null
}

/** Without a tag the engine would pull every tag of the repository. */
function withTag(reference: string): string {
  return /(:[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(reference) ? reference : `${reference}:latest`
}

/** Go's words for a name that cannot be resolved, and for a host that does not answer. */
const UNREACHABLE = /\bdial tcp\b|\bno such host\b|\bi\/o timeout\b|request canceled while waiting/

function noSuchImage(reference: string, engine: Engine, why: string): SeaworthyError {
  return new SeaworthyError({
    code: 'no-such-image',
    what: `there is no image ${JSON.stringify(reference)}, and it can't be pulled: ${why}`,
    where: engine.host,
    ...(UNREACHABLE.test(why) && { unreachable: [parseReference(reference)?.registry ?? reference] }),
  })
}

/**
 * The engine's error about an image names neither the image nor the input that chose it, so the input is named; an
 * archive is not an alternative. Any other error is returned unchanged.
 * @param refused what a refusal means, if the engine is asked for more than the image
 */
export function blaming(
  error: unknown,
  input: string,
  wanted: string,
  refused: string | null = null,
): unknown {
  const isMissing = error instanceof SeaworthyError && error.problem.code === 'no-such-image'
  if (!isMissing && (refused === null || !(error instanceof EngineError))) {
    return error
  }
  const what = isMissing ? error.problem.what : `${refused}: ${error.problem.what}`
  const todo = `set ${input} to ${wanted} that the engine has or can pull`
  return new SeaworthyError({ ...error.problem, what, where: input, todo }, { cause: error })
}

/**
 * Pushes an image to the registry that its name states, with the docker command, which knows the user's logins and
 * credential helpers. Returns `repository@digest`. Throws `push-failed`.
 */
export async function pushImage(engine: Engine, reference: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const docker = await which('docker', false)
  if (!docker) {
    const why = 'no docker command was found; a push needs it to log in to the registry'
    throw notPushed(reference, engine, why)
  }
  const args = ['--host', engine.host, 'push', '--', withTag(reference)]
  const ended = await executePlainly(docker, args).catch((error: unknown) => {
    throw notPushed(reference, engine, messageOf(error))
  })
  if (ended.code !== 0) {
    throw notPushed(reference, engine, lastLines(ended, 'push'))
  }
  // From this push: an image has the digests of all names and transfers that it ever had.
  const digest = [...ended.stdout.text.matchAll(/ digest: (sha256:[0-9a-f]{64}) size: \d+$/gm)].at(-1)?.[1]
  if (digest === undefined) {
    throw notPushed(reference, engine, 'the engine reported no digest for the pushed image')
  }
  return `${untagged(reference)}@${digest}`
}

function notPushed(reference: string, engine: Engine, why: string): SeaworthyError {
  const what = `the image ${JSON.stringify(reference)} could not be pushed: ${why}`
  return new SeaworthyError({ code: 'push-failed', what, where: engine.host })
}

/**
 * Runs the docker command on the engine that we use: it knows the user's logins and credential helpers. `null`, or
 * why it failed, in one line.
 */
async function runDocker(
  docker: string,
  engine: Engine,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const ended = await execute(docker, ['--host', engine.host, ...args], { env: process.env, signal })
    return ended.code === 0 ? null : lastLines(ended, args[0] ?? '')
  } catch (error) {
    signal.throwIfAborted()
    return messageOf(error)
  }
}

function lastLines(ended: CommandOutput, verb: string): string {
  return ended.stderr.text.trim().split('\n').at(-1) || `docker ${verb}: ${endText(ended)}`
}
