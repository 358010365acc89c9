import type { DockerfileDocument } from '../dockerfile/choose.js'
import type { Evidence, Image, OtherPlatforms, Problem } from '../model/index.js'

/** What was collected for one platform of an image. */
export interface Collected {
  readonly reference: string
  /** `null` if it could not be opened; `problem` then says why. */
  readonly image: Image | null
  readonly problem: Problem | null
  readonly evidence: readonly Evidence[]
  /** Dockerfiles that the image may have been built from. */
  readonly dockerfiles: readonly DockerfileDocument[]
  /** The requested platform; `null` if none was named. */
  readonly platform: string | null
  /** The rest of its index, the same value for all of its platforms; `null` if it was not opened. */
  readonly others: OtherPlatforms | null
}
