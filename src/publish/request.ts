export const COMMENT_MODES = ['changes', 'always', 'failure', 'never'] as const
export type CommentMode = (typeof COMMENT_MODES)[number]

/** What to publish on GitHub, and with whose token. */
export interface PublishRequest {
  /** How the images are judged, as one text: by it, jobs of one run that judge images of the same names are told apart. */
  readonly settings: string
  /** What the inputs say of which job of its workflow this is, the same in each attempt of a run. */
  readonly job: string
  /** The same for code scanning, which compares runs: the same in each run. */
  readonly analysis: string
  /** `null`: nothing can be published. */
  readonly token: string | null
  readonly checkRun: boolean
  /** `null`: made from the images' names. */
  readonly checkName: string | null
  readonly comment: CommentMode
  /** Whether a scheduled run keeps an issue open while images may not be released. */
  readonly issue: boolean
  /** The line of releases that the images belong to: each has its own issue. */
  readonly line: string | null
}
