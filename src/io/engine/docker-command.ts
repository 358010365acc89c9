import { endInWords, execute } from '../process/exec.js'
import type { Engine } from './engine.js'

/**
 * Runs the docker command on the engine that we speak to: it knows the user's logins and credential helpers.
 * `null`, or why it failed, in one line.
 */
export async function runDocker(
  docker: string,
  engine: Engine,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const ended = await execute(docker, ['--host', engine.host, ...args], { env: process.env, signal })
    if (ended.code === 0) return null
    return ended.stderr.text.trim().split('\n').at(-1) || `docker ${args[0]}: ${endInWords(ended)}`
  } catch (error) {
    signal.throwIfAborted()
    return error instanceof Error ? error.message : String(error)
  }
}
