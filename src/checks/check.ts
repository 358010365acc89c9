import type { CheckId, Evidence } from '../core/evidence.js'
import type { Answer } from '../core/finding.js'
import type { Image } from '../core/image.js'

/** The pure half of a check: what the evidence says about the image. */
export interface Interpreter {
  readonly id: CheckId
  interpret(evidence: Evidence, image: Image): Answer
}
