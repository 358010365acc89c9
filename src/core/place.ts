/** A line in a file that a person can open; `line` counts from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}
