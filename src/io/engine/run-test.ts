import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RequestedTest, SeaworthyError, withLabels } from '../../model/index.js'
import { type CommandEnd, runCommand, testEnvironment } from '../process/command.js'
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
  { runId, signal, directory, limitMs }: TestRun,
): Promise<CommandEnd> {
  // In our folder: next to the file, Docker Compose would read a .env.
  const file = join(directory(), 'compose.json')
  const deadline = Math.ceil((Date.now() + limitMs) / 1000) + TAKEN_DOWN_S
  const labels = labelsOf(runId, deadline)
  writeFileSync(file, withLabels(document, labels, labelsOfBuilt(labels)))
  const args = [...(await composeCommand(signal)), '-p', `seaworthy-${runId}`, '-f', file]
  try {
    const up = ['up', '--abort-on-container-exit', '--exit-code-from', service]
    return await tested([...args, ...up], env, limitMs, signal)
  } finally {
    const down = [...args, 'down', '-v', '--rmi', 'local', '--timeout', '5']
    await tested(down, env, 60_000, AbortSignal.timeout(60_000)).catch(() => null)
  }
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
