import type { DockerfileChange, RuledFinding, TestEnd, Verdict, VerdictStatus } from '../../model/index.js'
import type { AptChange } from './apt-output.js'
import type { PlannedPackage } from './plan.js'

export interface TestOutcome extends TestEnd {
  /** Which attempt was the last, from 1: a test that passes only at the second attempt is flaky. */
  readonly attempt: number
}

export interface OmittedPackage {
  readonly package: PlannedPackage
  /**
   * `apt`: it cannot be updated with the rest; `build`: the image cannot be built with it; `test`: the application's
   * test fails with it; `hold`: it is on hold in the image, and was not tried.
   */
  readonly by: 'apt' | 'build' | 'test' | 'hold'
  /** The output of apt or the test, or why not. */
  readonly message: string
}

export type UpdateResult =
  /** Nothing blocks that an update of packages would resolve. */
  | 'nothing-to-do'
  /** The unchanged Dockerfile gives a passing image on today's base: only a rebuild is needed. */
  | 'rebuild'
  /** All packages are up to date, the test passes, and nothing is worse. */
  | 'updated'
  /** As `updated`, but some packages had to be left out. */
  | 'partly-updated'
  /** The test fails on the unchanged image, so it can prove nothing. */
  | 'broken-before'
  /** No package can be updated so that the test passes. */
  | 'breaks'
  /** The patched image is worse by one of the checks. */
  | 'worse'

export interface UpdateOutcome {
  readonly outcome: UpdateResult
  /** The user's name for the image, and its id in the engine. */
  readonly image: string
  readonly id: string
  /** `os/architecture[/variant]`, from the engine: everything here is only about that platform. */
  readonly platform: string
  readonly before: VerdictStatus
  /** Verdict on the patched image; `null` if there is none. */
  readonly after: VerdictStatus | null
  readonly packages: readonly PlannedPackage[]
  readonly leftOut: readonly OmittedPackage[]
  /** What apt added: packages that no finding required. */
  readonly along: readonly AptChange[]
  /** Blocking findings that no update resolves. */
  readonly others: readonly RuledFinding[]
  /** The kind of test: "command", "compose", "the image's health check"; `null` if nothing was to be tested. */
  readonly test: string | null
  readonly testBefore: TestOutcome | null
  readonly testAfter: TestOutcome | null
  /** The patched image: its id, its name if it got one, and by how many bytes it is larger. */
  readonly patched: {
    readonly id: string
    readonly name: string | null
    /** `repository@digest` in the registry; `null` if it was not pushed. */
    readonly pushed: string | null
    readonly grewBytes: number
  } | null
  /** The change of the Dockerfile that the image was built from; `null` if it was patched by a layer. */
  readonly dockerfile: DockerfileChange | null
  /** What is worse than before; the image is not delivered then. */
  readonly worse: readonly string[]
  /** Lines of the whitelist that cover nothing once the patched image is released. */
  readonly needless: readonly string[]
}

/** How an update ended. */
export interface Updated {
  readonly outcome: UpdateOutcome
  /** The verdict on the patched image; if there is none, the verdict on the unchanged one. */
  readonly verdict: Verdict
}
