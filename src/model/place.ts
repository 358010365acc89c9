import * as z from 'zod'
import { count, PlaceSchema, type TypeOf, text } from './schemas.js'
import { compareText } from './text.js'

/** A line in a file that a person can open. */
export type Place = TypeOf<typeof PlaceSchema>

export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.file, b.file) || a.line - b.line
}

/** Makes a policy's line the line of a finding that it decided. */
export function policyLine({ file, line }: Place): Line {
  return { file, line, endLine: line, certain: true, why: 'this policy line decides the ruling' }
}

export const LineSchema = z.strictObject({
  ...PlaceSchema.shape,
  /** The last line of the instruction, which may have several. */
  endLine: count,
  certain: z
    .boolean()
    .describe(
      'False: the exact line is not known, and this is the closest known line; `why` explains the uncertainty',
    ),
  /** One sentence: what is on the line, and why the finding is attributed to it. */
  why: text,
})
/** The line that a finding is attributed to: where a person has to look, in a Dockerfile or a policy. */
export interface Line extends TypeOf<typeof LineSchema> {
  /** The instruction copies files of the build context: .dockerignore keeps one out. */
  readonly isCopy?: true
}

/** `policies/whitelist.yml:21`, which editors and terminals make clickable. */
export function at({ file, line }: Place): string {
  return `${file}:${line}`
}

/** The line of a finding, in words: "near" if it is not certain. */
export function atLine(line: Line): string {
  return line.certain ? at(line) : `near ${at(line)}`
}
