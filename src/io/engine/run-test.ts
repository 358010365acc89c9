import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord, jsonIn, type RequestedTest, SeaworthyError, withLabels } from '../../model/index.js'
import { bodyOf } from '../http/plain-http.js'
import { type CommandEnd, runCommand, testEnvironment } from '../process/command.js'
import { call, containers, type ListedContainer, stream, unlessStatus } from './docker.js'
import type { Engine } from './engine.js'
import { labelsOf, labelsOfBuilt } from './leftovers.js'

interface TestRun {
  readonly engine: Engine
  /** Name or id of the image, in $IMAGE. */
  readonly image: string
  readonly runId: string
  /** Our folder for temporary files. */
  readonly directory: () => string
  readonly limitMs: number
  readonly signal: AbortSignal
}

/**
 * Runs a test of the application once: the user's shell command, or a compose file. Its environment has no token and
 * no input of ours. Throws `no-compose`.
 */
export function runTest(test: RequestedTest, run: TestRun): Promise<CommandEnd> {
  const env = { IMAGE: run.image, DOCKER_HOST: run.engine.host }
  return test.kind === 'command'
    ? // In one stream, or the order of its lines would be lost.
      tested(['sh', '-c', `exec 2>&1\n${test.command}`], env, run.limitMs, run.signal)
    : compose(test, env, run)
}

type Env = Readonly<Record<string, string>>

const tested = (args: readonly string[], env: Env, limitMs: number, signal: AbortSignal) =>
  runCommand(args, env, limitMs, signal, testEnvironment())

/** The services are started; the named one must exit with 0. They are stopped and removed whatever happens. */
async function compose(
  { document, service }: Extract<RequestedTest, { kind: 'compose' }>,
  env: Env,
  { engine, runId, signal, directory, limitMs }: TestRun,
): Promise<CommandEnd> {
  // In our folder: next to the file, Docker Compose would read a .env.
  const file = join(directory(), 'compose.json')
  const deadline = Math.ceil((Date.now() + limitMs) / 1000) + TAKEN_DOWN_S
  const labels = labelsOf(runId, deadline)
  writeFileSync(file, withLabels(document, labels, labelsOfBuilt(labels)))
  const project = `seaworthy-${runId}`
  const args = [...(await composeCommand(signal)), '-p', project, '-f', file]
  try {
    const up = ['up', '--abort-on-container-exit', '--exit-code-from', service]
    const end = await tested([...args, ...up], env, limitMs, signal)
    const other = end.ok ? await otherEnd(engine, project, service, signal) : null
    return other === null ? end : { ...end, ...other, ok: false }
  } finally {
    const down = [...args, 'down', '-v', '--rmi', 'local', '--timeout', '5']
    await tested(down, env, 60_000, AbortSignal.timeout(60_000)).catch(() => null)
  }
}

type End = Pick<CommandEnd, 'ended' | 'how'>

/**
 * How the service ended according to the engine, if that is not by itself and with 0. When another service ends first,
 * Docker Compose stops all of them, and returns 0 in some versions, whatever became of the named one
 * (docker/compose, issues 5966 and 9778).
 */
async function otherEnd(
  engine: Engine,
  project: string,
  service: string,
  signal: AbortSignal,
): Promise<End | null> {
  const label = [`com.docker.compose.project=${project}`, `com.docker.compose.service=${service}`]
  const query = { all: '1', filters: JSON.stringify({ label }) }
  const listed = await call<readonly ListedContainer[]>(engine, '/containers/json', { query, signal })
  const notRun = (what: string): End => ({ ended: `Docker Compose returned 0, but ${what}`, how: null })
  if (listed.length === 0) {
    return notRun(`the engine has no container of the service ${service}`)
  }
  for (const { Id } of listed) {
    const { State } = await containers.inspect(engine, Id, signal)
    const [code, from, to] = [
      State?.ExitCode,
      Date.parse(State?.StartedAt ?? ''),
      Date.parse(State?.FinishedAt ?? ''),
    ]
    // One that was created only has the exit code 0, and Go's zero time. One that ends at once may have its end noted
    // before its start.
    if (State?.Running !== false || typeof code !== 'number' || !(from > 0 && to > 0)) {
      return notRun(`the service ${service} did not run to its end`)
    }
    if (code !== 0) {
      return { ended: `exit ${code}`, how: { code, signal: null, late: false } }
    }
    if (await wasStopped(engine, Id, { from, to }, signal)) {
      return notRun(`the service ${service} was stopped, because another one ended first`)
    }
  }
  return null
}

/** Whether the engine sent a signal to a container: it may have ended with 0 because of that. False if it does not say. */
async function wasStopped(
  engine: Engine,
  id: string,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<boolean> {
  // The event may be a little later than the end.
  const [since, until] = [Math.floor(Math.min(from, to) / 1000), Math.ceil(Math.max(from, to) / 1000) + 1]
  const filters = JSON.stringify({ type: ['container'], event: ['kill'], container: [id] })
  const query = { since: String(since), until: String(until), filters }
  const answer = await stream(engine, '/events', { query, signal }).catch(unlessStatus(403, 404))
  const text = answer === null ? '' : (await bodyOf(answer, '/events')).toString('utf8')
  return text.split('\n').some((line) => isRecord(jsonIn(line)))
}

/** Seconds for stopping and removing what a test created, and more. */
const TAKEN_DOWN_S = 300

/** The docker command's plugin, else the older separate program. */
async function composeCommand(signal: AbortSignal): Promise<readonly string[]> {
  for (const args of [['docker', 'compose'], ['docker-compose']]) {
    if ((await tested([...args, 'version'], {}, 60_000, signal)).ok) {
      return args
    }
  }
  const what = 'neither docker compose nor docker-compose can be run here'
  throw new SeaworthyError({ code: 'no-compose', what, where: 'test' })
}
