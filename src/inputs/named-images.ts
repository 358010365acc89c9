/** An image that a compose or bake file names, and the service or target that it belongs to. */
export interface NamedImage {
  readonly name: string
  readonly image: string
}

export interface NamedImages {
  readonly images: readonly NamedImage[]
  /** Services or targets without an image to judge. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[]
}

/** What is requested from a file: its names after `#`, and the values of its variables. */
export interface AskedOfFile {
  /** `null`: whatever is built or started by default. */
  readonly names: readonly string[] | null
  readonly lookUp: (name: string) => string | undefined
  /** The folder of the file. */
  readonly folder: string
  /** Throws, with the file's name first. */
  readonly refuse: (what: string, todo?: string) => never
}
