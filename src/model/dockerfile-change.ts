/** The Dockerfile that an image was built from, as its history proves. */
export interface DockerfileSource {
  readonly file: string
  readonly text: string
  /** Line where FROM of the image's stage ends, from 1. */
  readonly fromLine: number
  /** The base image's user; `null` if that is root. */
  readonly baseUser: string | null
}

export interface DockerfileChange {
  readonly file: string
  readonly before: string
  readonly after: string
}
