import { readCompose, serviceFor } from '../../src/model/run/compose.js'
import { runSpecOf } from '../../src/model/run/compose-service.js'
import type { RunSpec } from '../../src/model/run/spec.js'

/** The run options of a service of a compose file; `null`: of the only one, or of the one that runs a judged image. */
export function readService(
  yaml: string,
  file: string,
  service: string | null,
  judged: readonly string[] = [],
): RunSpec {
  const compose = readCompose(yaml, file)
  return runSpecOf(compose, serviceFor(compose, service, judged))
}
