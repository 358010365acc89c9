import { which } from '@actions/io'
import { SeaworthyError } from '../../model/problem.js'
import { images } from './docker.js'
import { runDocker } from './docker-command.js'
import type { Engine } from './engine.js'

/**
 * Pushes an image to the registry that its name says, by the docker command, which knows the user's logins and
 * credential helpers. Gives `repository@digest`. Throws `push-failed`.
 */
export async function pushImage(engine: Engine, reference: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const docker = await which('docker', false)
  if (!docker) throw failed(reference, engine, 'there is no docker command, which knows the logins')
  const why = await runDocker(docker, engine, ['push', '--quiet', '--', reference], signal)
  if (why !== null) throw failed(reference, engine, why)
  const repository = reference.replace(/:[^:/]+$/, '')
  const { RepoDigests } = (await images.inspect(engine, reference, undefined, signal)) as {
    RepoDigests?: readonly string[] | null
  }
  const digest = RepoDigests?.find((one) => one.startsWith(`${repository}@`))
  if (digest === undefined) throw failed(reference, engine, 'the engine names no digest of it')
  return digest
}

function failed(reference: string, engine: Engine, why: string): SeaworthyError {
  return new SeaworthyError({
    code: 'push-failed',
    what: `the patched image ${JSON.stringify(reference)} could not be pushed: ${why}`,
    where: engine.host,
    todo: 'log in to its registry with docker login before, or push it in a step of its own: it is in the engine',
  })
}
