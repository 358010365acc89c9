import { compareText } from './text.js'

/** A line in a file that a person can open; `line` counts from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.file, b.file) || a.line - b.line
}

/** Makes a policy's line the line of a finding that it decided. */
export function policyLine({ file, line }: Place): Line {
  return { file, line, endLine: line, certain: true, why: 'this policy line decides the ruling' }
}

/** The line that a finding is attributed to: where a person has to look, in a Dockerfile or a policy. */
export interface Line extends Place {
  /** The last line of the instruction, which may have several. */
  readonly endLine: number
  /** False if the exact line is not known, only a nearby one; `why` then says so. */
  readonly certain: boolean
  /** The instruction copies files of the build context: .dockerignore keeps one out. */
  readonly isCopy?: true
  /** One sentence: what is on the line, and why the finding is attributed to it. */
  readonly why: string
}

/** `policies/whitelist.yml:21`, which editors and terminals make clickable. */
export function at(place: { readonly file: string; readonly line: number }): string {
  return `${place.file}:${place.line}`
}

/** The line of a finding, in words: "near" if it is not certain. */
export function atLine(line: Line): string {
  return line.certain ? at(line) : `near ${at(line)}`
}
