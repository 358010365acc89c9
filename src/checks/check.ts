import type { CheckId } from '../model/checks.js'
import type { Evidence } from '../model/evidence.js'
import type { Answer } from '../model/finding/index.js'
import type { Image } from '../model/image.js'
import type { OpeningImage } from '../model/opening.js'

/**
 * What a check is. `Asked` are the groups of the request that it reads, `Run` what a run lends to it.
 * Its halves are registered apart (index.ts, collectors.ts): what is saved is judged again without the world.
 */
export interface Check<Asked, Run> {
  readonly id: CheckId
  /** `null`: nothing. */
  readonly kept: KeptFiles | null
  /** Images → evidence, one for each, in the same order. All that touches the world is here. Never throws. */
  collect(images: readonly OpeningImage[], asked: Asked, run: Run): Promise<readonly Evidence[]>
  /** What the evidence says about the image. Pure; `decide` has seen that the evidence has no problem. */
  interpret(evidence: Evidence, image: Image): Answer
}

/**
 * What a check keeps in a folder of the cache directory that proves itself when it is read, by something outside the
 * cache: a hash that is signed or pinned. Only this may be carried by a cache that others write to.
 */
export interface KeptFiles {
  /** Below the cache directory. */
  readonly folder: string
  readonly names: RegExp
  /** How many there may be, and bytes of all of them. */
  readonly most: number
  readonly mostBytes: number
}

/** The pure half. */
export type Interpreter = Pick<Check<never, never>, 'id' | 'interpret'>
/** The half that touches the world. */
export type Collector<Asked, Run> = Pick<Check<Asked, Run>, 'id' | 'kept' | 'collect'>
