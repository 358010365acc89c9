import {
  type Answer,
  type CheckId,
  type Evidence,
  type ForeignPackage,
  type Image,
  problemOf,
  readOrNull,
} from '../model/index.js'
import type { Interpreter } from './check.js'
import { clairInterpreter } from './clair/interpret.js'
import { credentialsInterpreter } from './credentials/check.js'
import { dockerBenchInterpreter } from './docker-bench/interpret.js'
import { regressionTestInterpreter } from './regression-test/interpret.js'
import { securityUpdatesInterpreter } from './security-updates/interpret.js'

/** The pure half of each check. To add one: its folder, a line here, and one in collectors.ts. */
export const INTERPRETERS = {
  'security-updates': securityUpdatesInterpreter,
  clair: clairInterpreter,
  'docker-bench': dockerBenchInterpreter,
  credentials: credentialsInterpreter,
  'regression-test': regressionTestInterpreter,
} as const satisfies { readonly [Id in CheckId]: Interpreter<Id> }

/**
 * What a check concludes from its evidence.
 * @param foreign as `interpret` takes it; none if no foreign packages are known
 */
export function answerOf(
  evidence: Evidence,
  image: Image | null,
  foreign: readonly ForeignPackage[] = [],
): Answer {
  const { check, problem } = evidence
  if (problem !== null) {
    return { check, state: 'unanswered', problem, ...partialAnswerOf(evidence, image, foreign) }
  }
  try {
    if (image !== null) {
      return INTERPRETERS[check].interpret(evidence, image, foreign)
    }
    throw new Error('the image was not opened')
  } catch (error) {
    return { check, state: 'unanswered', problem: problemOf(error, check) }
  }
}

/** True if what the check says depends on where packages are from: it is interpreted when that is known. */
export function needsOrigin({ check }: Evidence): boolean {
  // Saved evidence may be of a check that does not exist.
  const interpreter: Pick<Interpreter, 'needsOrigin'> | undefined = INTERPRETERS[check]
  return interpreter?.needsOrigin ?? false
}

function partialAnswerOf(evidence: Evidence, image: Image | null, foreign: readonly ForeignPackage[]) {
  const { interpretPartial }: Pick<Interpreter, 'interpretPartial'> = INTERPRETERS[evidence.check]
  // If this throws, the check's problem says enough.
  return (image && readOrNull(() => interpretPartial?.(evidence, image, foreign))) ?? {}
}
