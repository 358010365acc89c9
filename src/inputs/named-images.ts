/** An image that a compose or bake file names, and by which service or target. */
export interface NamedImage {
  readonly name: string
  readonly image: string
}

export interface NamedImages {
  readonly images: readonly NamedImage[]
  /** Services or targets that give no image to judge. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[]
}

/** What is asked of a file: its names after `#`, and what its variables stand for. */
export interface AskedOfFile {
  /** `null`: whatever is built or started by default. */
  readonly names: readonly string[] | null
  readonly lookUp: (name: string) => string | undefined
  /** The folder of the file. */
  readonly folder: string
  /** Throws, with the file in front. */
  readonly refuse: (what: string, todo?: string) => never
}
