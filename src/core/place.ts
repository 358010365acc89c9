/** A line in a file that a person can open; `line` counts from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** By file (code units), then by line. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line
}
