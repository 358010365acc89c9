import type { CheckId, Evidence } from '../model/evidence.js'
import type { Answer } from '../model/finding/index.js'
import type { Image } from '../model/image.js'

/** The pure half of a check: what the evidence says about the image. */
export interface Interpreter {
  readonly id: CheckId
  interpret(evidence: Evidence, image: Image): Answer
}
