/** The FROM instruction of the stage that the image is based on. */
export interface DockerfileFrom {
  /** Line where it ends, from 1. */
  readonly endLine: number
  /** The base image's user; `null` if that is root. */
  readonly user: string | null
  /**
   * Line where the instruction ends that installed a package, by `name:architecture=version`; none for those of the base
   * image, and for those whose instruction is not known.
   */
  readonly installed?: ReadonlyMap<string, number>
}

/** The Dockerfile that an image was built from, as its history proves. */
export interface DockerfileSource {
  readonly file: string
  readonly text: string
  readonly from: DockerfileFrom
}

export interface DockerfileChange {
  readonly file: string
  readonly before: string
  readonly after: string
}
