import type { Engine } from '../io/engine/engine.js'
import type { TestSpec } from './test.js'

/** The requested update of one image. The Dockerfile that it was built from is known only after judging. */
export interface UpdateRequest {
  readonly image: string
  /** `layer`: one more layer on the image; `dockerfile`: a line in the Dockerfile, and the image built from it. */
  readonly by: 'layer' | 'dockerfile'
  /** Shell command that builds the image from its Dockerfile. */
  readonly buildCommand: string
  /** Milliseconds for each build with that command. */
  readonly buildLimitMs: number
  /** `null`: the image's own health check, if it has one. */
  readonly test: TestSpec | null
  readonly testRetries: number
  /** Added to the image's tag. */
  readonly tagSuffix: string
  /**
   * The patched image is pushed to its registry, if it passes, and with `full` each layer is read back; `null`: it is
   * not pushed.
   */
  readonly push: { readonly full: boolean } | null
  /** Whether the change of the Dockerfile is proposed in a pull request. */
  readonly pullRequest: boolean
  /** The mirror of the security archive for images whose own sources lack it. */
  readonly securityMirror: string
}

export interface UpdateSurroundings {
  readonly engine: Promise<Engine>
  readonly runId: string
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  /** Milliseconds per attempt of the test. */
  readonly testLimitMs: number
}
