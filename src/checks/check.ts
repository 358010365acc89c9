import type {
  AnswerOf,
  CheckId,
  Evidence,
  ForeignPackage,
  Image,
  KeptFiles,
  OpeningImage,
  RowRequest,
  Unanswers,
} from '../model/index.js'

export interface Origins {
  readonly foreign: readonly ForeignPackage[]
  /** The tracker rows that they need in addition to those of its release. */
  readonly trackerRows: readonly RowRequest[]
}
export type OriginsOf = (image: OpeningImage) => Promise<Origins>

/** A check that is collecting. Its evidence never rejects. */
export interface Collecting {
  /** One per image, in the same order. */
  readonly evidence: Promise<readonly Evidence[]>
  /** Only for a check that finds out where packages are from: resolves when its evidence is complete, or earlier. */
  readonly origins?: OriginsOf
}

/**
 * A check. `Requested` is the part of the request that it reads, `Run` is what a run provides. The two halves are
 * registered separately (index.ts, collectors.ts), so that saved evidence can be judged without the outside world.
 */
export interface Check<Requested, Run, Id extends CheckId = CheckId> {
  readonly id: Id
  /** The files in the cache folder that are verified when they are read; `null`: none. */
  readonly cacheFiles: KeptFiles | null
  /**
   * For a check that runs a program of the user's: whether the request names one. If so it runs whatever the policy
   * says, and after all other checks, because such a program may load the machine and change anything in the engine.
   */
  readonly isRequested?: (request: Requested) => boolean
  /** Only this half touches the outside world. Never throws. */
  collect(images: readonly OpeningImage[], request: Requested, run: Run): Collecting
  /**
   * What the evidence says about the image. Pure; `decide` has seen that the evidence has no problem.
   * @param foreign packages that the archive's indexes show to be from elsewhere than the image's release
   */
  interpret(evidence: Evidence, image: Image, foreign?: readonly ForeignPackage[]): AnswerOf<Id>
  /** True if `interpret` needs to know which packages are `foreign`. */
  readonly needsOrigin?: boolean
  /** What evidence with a problem still shows, if a part of it does not depend on the problem. Pure; may throw. */
  readonly interpretPartial?: (
    evidence: Evidence,
    image: Image,
    foreign: readonly ForeignPackage[],
  ) => Pick<Unanswers['clair'], 'applications'>
}

/** The pure half of a check, which interprets evidence. */
export type Interpreter<Id extends CheckId = CheckId> = Pick<
  Check<never, never, Id>,
  'id' | 'needsOrigin' | 'interpret' | 'interpretPartial'
>
/** The half of a check that collects evidence from tools, files and the network. */
export type Collector<Requested, Run> = Pick<
  Check<Requested, Run>,
  'id' | 'cacheFiles' | 'isRequested' | 'collect'
>
