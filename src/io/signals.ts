import { SeaworthyError } from '../core/problem.js'

/**
 * A signal that SIGINT and SIGTERM abort, so that the run can clean up; at the second one it ends at once.
 * So does a fault of ours that nobody waited for: better an unanswered check than containers left behind.
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(2)
      controller.abort(
        new SeaworthyError({
          code: 'interrupted',
          what: `the gate was ended by ${name}`,
          where: 'gate',
          todo: 'run it again; what it had started is removed',
        }),
      )
    })
  }
  process.on('unhandledRejection', (reason) => controller.abort(reason))
  return controller.signal
}
