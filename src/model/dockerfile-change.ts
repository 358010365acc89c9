/** The Dockerfile that an image was built from, as the history proves it. */
export interface DockerfileSource {
  /** Path of the Dockerfile, as it is shown. */
  readonly file: string
  readonly text: string
  /** Line where FROM of the image's stage ends, from 1. */
  readonly fromLine: number
  /** Who the base image runs as; `null` where that is root. */
  readonly baseUser: string | null
}

/** What was changed in a Dockerfile. */
export interface DockerfileChange {
  readonly file: string
  readonly before: string
  readonly after: string
}
