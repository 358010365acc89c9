import type { CheckId } from '../model/evidence.js'
import type { Interpreter } from './check.js'
import { clairInterpreter } from './clair/interpret.js'
import { dockerBenchInterpreter } from './docker-bench/interpret.js'
import { securityUpdatesInterpreter } from './security-updates/interpret.js'

/** The pure half of each check. A new one: its folder, a line here, and one in collectors.ts. */
export const INTERPRETERS = {
  'security-updates': securityUpdatesInterpreter,
  clair: clairInterpreter,
  'docker-bench': dockerBenchInterpreter,
} as const satisfies Record<CheckId, Interpreter>
