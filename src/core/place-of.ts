import type { Place } from './place.js'
import type { RuledFinding } from './verdict.js'

/** Where a person looks to settle a finding; `null` where no line stands for it. */
export function placeOf({ policy }: RuledFinding): Place | null {
  return policy
}
