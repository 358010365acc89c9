import type { Engine } from '../io/engine/engine.js'
import type { DockerfileSource } from '../model/dockerfile-change.js'
import type { TestEnd } from '../model/regression-test.js'
import type { Verdict } from '../model/verdict.js'
import type { TestSpec } from './test.js'

export interface UpdateRequest {
  readonly image: string
  /** `null`: the image's own health check, if it has one. */
  readonly test: TestSpec | null
  /** Milliseconds for one attempt. */
  readonly testLimitMs: number
  readonly testRetries: number
  /** Added to the image's tag. */
  readonly tagSuffix: string
  /** The patched image goes to its registry, if it passes, and each layer is read back where `full`; `null`: it stays. */
  readonly push: { readonly full: boolean } | null
  /** For all of it, in milliseconds. */
  readonly limitMs: number
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
  /** Judges an image as the one that is updated: by its name, its policies, its day. `tested`: what its test has given. */
  readonly judge: (image: string, tested: TestEnd | null) => Promise<Verdict>
}
