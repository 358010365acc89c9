import type { Engine } from '../io/engine/engine.js'
import type { DockerfileSource } from '../model/dockerfile-change.js'
import type { TestEnd } from '../model/run/regression-test.js'
import type { Verdict } from '../model/verdict.js'
import type { TestSpec } from './test.js'

export interface UpdateRequest {
  readonly image: string
  /** `null`: the image's own health check, if it has one. */
  readonly test: TestSpec | null
  /** Milliseconds per attempt. */
  readonly testLimitMs: number
  readonly testRetries: number
  /** Added to the image's tag. */
  readonly tagSuffix: string
  /**
   * The patched image is pushed to its registry, if it passes, and with `full` each layer is read back; `null`: it is
   * not pushed.
   */
  readonly push: { readonly full: boolean } | null
  /** The mirror of the security archive for images whose own sources lack it. */
  readonly securityMirror: string
  /** How the image is built from its Dockerfile; `null`: a layer is added to the image. */
  readonly build: {
    readonly source: DockerfileSource
    readonly command: string
    readonly limitMs: number
  } | null
}

export interface UpdateSurroundings {
  readonly engine: Engine
  readonly runId: string
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  /**
   * Judges an image like the one that is updated: by its name, its policies, its day. `tested`: its test's result.
   */
  readonly judge: (image: string, tested: TestEnd | null) => Promise<Verdict>
}
