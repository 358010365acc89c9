import { SeaworthyError } from '../problem.js'

/** How an image is run: the parts of the Engine API's "create a container" that run options set. */
export interface RunSpec {
  /** Members outside HostConfig: User, Env, Cmd, Entrypoint, Healthcheck, Volumes … */
  readonly config: Readonly<Record<string, unknown>>
  readonly hostConfig: Readonly<Record<string, unknown>>
  /** What a compose file asks for and no run option does; never passed on. */
  readonly withheld?: readonly string[]
}

export const NO_OPTIONS: RunSpec = { config: {}, hostConfig: {} }

export function badOptions(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'bad-run-options', what, where })
}
