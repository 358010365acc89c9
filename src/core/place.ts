import { compareText } from './text-order.js'

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
  return { file, line, endLine: line, certain: true, why: 'this line of the policy decides about it' }
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
