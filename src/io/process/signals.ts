import { SeaworthyError } from '../../model/index.js'

/** The part of a process that is needed here. */
type Host = Pick<NodeJS.EventEmitter, 'on'> & { exitCode?: unknown; exit(code: number): never }

/** In ms: more than a clean-up after an internal error takes; what is then still waited for is abandoned. */
const LAST = 120_000

/**
 * A signal that an unhandled internal error aborts, so that the run can clean up. Node would end at once, leave
 * containers behind, and exit with 1, which means that an image failed: here the exit code is 2.
 */
export function abortOnUncaught(host: Host = process): AbortSignal {
  const controller = new AbortController()
  const onUncaught = (reason: unknown) => {
    if (controller.signal.aborted) {
      return
    }
    controller.abort(reason)
    setTimeout(() => host.exit(2), LAST).unref()
  }
  host.on('uncaughtException', onUncaught)
  host.on('unhandledRejection', onUncaught)
  host.on('exit', () => {
    if (controller.signal.aborted) {
      host.exitCode = 2
    }
  })
  return controller.signal
}

/**
 * A signal that SIGINT, SIGTERM and internal errors abort, so that the run can clean up; the second one ends the run
 * at once.
 */
export function abortOnSignals(uncaught: AbortSignal = abortOnUncaught(), host: Host = process): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    host.on(name, () => {
      if (controller.signal.aborted) {
        host.exit(2)
      }
      const what = `the gate was stopped by ${name}`
      controller.abort(new SeaworthyError({ code: 'interrupted', what, where: 'gate' }))
    })
  }
  return AbortSignal.any([controller.signal, uncaught])
}

/** A closed reader (`seaworthy … | head`) is not an error and changes no verdict. */
export function endQuietly(stream: Pick<NodeJS.EventEmitter, 'on'>): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error
    }
  })
}
