import type { CheckId } from '../core/evidence.js'
import type { Interpreter } from './check.js'
import { clairInterpreter } from './clair/interpret.js'
import { securityUpdatesInterpreter } from './security-updates/interpret.js'

/** The checks that this version has. */
export type AvailableCheck = Extract<CheckId, 'security-updates' | 'clair'>

export const INTERPRETERS = {
  'security-updates': securityUpdatesInterpreter,
  clair: clairInterpreter,
} as const satisfies Record<AvailableCheck, Interpreter>

export function isAvailable(check: CheckId): check is AvailableCheck {
  return check in INTERPRETERS
}
