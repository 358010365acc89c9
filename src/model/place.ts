import { compareText } from './order.js'

/** A line in a file that a person can open; `line` counts from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** By file, then by line. */
export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.file, b.file) || a.line - b.line
}

/** A line of a policy as the line of what it decided about. */
export function policyLine({ file, line }: Place): Line {
  return { file, line, endLine: line, certain: true, why: 'this policy line decides it' }
}

/** The line that a finding is laid to: where a person has to look, of a Dockerfile or a policy. */
export interface Line extends Place {
  /** The last line of the instruction, which may go over several. */
  readonly endLine: number
  /** False where it is only the nearest line that is sure to be near; `why` then says so. */
  readonly certain: boolean
  /** One sentence: what is on the line, and why the finding is laid there. */
  readonly why: string
}

/** `policies/whitelist.yml:21`, as editors and terminals make it clickable. */
export function at(place: { readonly file: string; readonly line: number }): string {
  return `${place.file}:${place.line}`
}

/** The line of a finding, in words: "near" where it is not certain. */
export function atLine(line: Line): string {
  return line.certain ? at(line) : `near ${at(line)}`
}
