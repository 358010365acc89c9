import type { DockerfileChange } from '../../model/dockerfile-change.js'
import type { TestEnd } from '../../model/regression-test.js'
import type { RuledFinding, VerdictWord } from '../../model/verdict.js'
import type { AptChange } from './apt-output.js'
import type { PlannedPackage } from './plan.js'

/** How a test of the application ended. */
export interface TestOutcome extends TestEnd {
  /** The attempt that was the last one, from 1: a test that passes at the second one fails sometimes. */
  readonly attempt: number
}

export interface LeftOut {
  readonly package: PlannedPackage
  /**
   * `apt`: it cannot be brought up with the rest; `build`: the image cannot be built with it; `files`: its files alone
   * cannot be laid over the image; `test`: the application's test fails with it; `hold`: it is on hold in the image,
   * and was not tried.
   */
  readonly by: 'apt' | 'build' | 'files' | 'test' | 'hold'
  /** What apt or the test said, or why not. */
  readonly said: string
}

const UPDATE_WORDS = [
  /** Nothing that an update of packages would take away blocks. */
  'nothing-to-do',
  /** The Dockerfile as it is gives an image that passes, on today's base: nothing but a rebuild is needed. */
  'rebuild',
  /** All packages are up to date, the test passes, and nothing is worse. */
  'updated',
  /** The same, but some packages had to be left out. */
  'partly-updated',
  /** The test fails on the image as it is: it can prove nothing. */
  'broken-before',
  /** No package can be brought up so that the test passes. */
  'breaks',
  /** The patched image is worse by one of the checks. */
  'worse',
] as const
export type UpdateWord = (typeof UPDATE_WORDS)[number]

/** What came of an update, and what it rests on. */
export interface UpdateOutcome {
  readonly outcome: UpdateWord
  /** As the user named the image, and its id in the engine. */
  readonly image: string
  readonly id: string
  /** `os/architecture[/variant]`, as the engine calls it: all that is said here is said of it alone. */
  readonly platform: string
  readonly before: VerdictWord
  /** Verdict on the patched image; `null` where there is none. */
  readonly after: VerdictWord | null
  /** What was brought up. */
  readonly packages: readonly PlannedPackage[]
  readonly leftOut: readonly LeftOut[]
  /** What apt brought along: packages that no finding asked for. */
  readonly along: readonly AptChange[]
  /** Blocking findings that no update takes away. */
  readonly others: readonly RuledFinding[]
  /** What the test was: "test-command", "test-compose", "the image's health check"; `null` where nothing was to be tested. */
  readonly test: string | null
  readonly testBefore: TestOutcome | null
  readonly testAfter: TestOutcome | null
  /** The patched image: its id, its name if it was given one, and by how many bytes it is larger. */
  readonly patched: {
    readonly id: string
    readonly name: string | null
    /** `repository@digest` in the registry; `null` where it was not pushed. */
    readonly pushed: string | null
    readonly grewBytes: number
  } | null
  /** The change of the Dockerfile that the image was built from; `null` where it was patched by a layer. */
  readonly dockerfile: DockerfileChange | null
  /** What is worse than before; the image is not given then. */
  readonly worse: readonly string[]
  /** Lines of the whitelist that cover nothing any more once the patched image is released. */
  readonly needless: readonly string[]
}
