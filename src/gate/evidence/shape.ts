import * as z from 'zod'
import type { DockerfileDocument } from '../../dockerfile/choose.js'
import {
  CHECK_IDS,
  isDate,
  OtherPlatformsSchema,
  PROBLEM_CODES,
  ProblemSchema,
  SourceSchema,
  type TypeOf,
} from '../../model/index.js'

const textShape = z.string()
const problemShape = z.object({
  ...ProblemSchema.shape,
  code: z.enum(PROBLEM_CODES, 'this version of Seaworthy does not recognize the problem code'),
})
const evidenceShape = z.object({
  check: z.enum(CHECK_IDS),
  documents: z.array(textShape),
  sources: z.array(z.object(SourceSchema.shape)),
  problem: problemShape.nullable(),
  tookMs: z.number(),
})

/** evidence.json: what was collected, without the documents themselves. */
export const indexShape = z.object({
  format: z.literal(1),
  today: textShape.refine(isDate, 'it is not a date (YYYY-MM-DD)'),
  /** Of the run's policy, by name. */
  inputs: z.record(textShape, textShape).optional(),
  images: z
    .array(
      z.object({
        reference: textShape,
        /** The requested platform, and the other ones. */
        platform: textShape.nullable(),
        others: z.object(OtherPlatformsSchema.shape).nullable(),
        problem: problemShape.nullable(),
        opened: z.boolean(),
        evidence: z
          .array(evidenceShape)
          .refine(
            (all) => new Set(all.map(({ check }) => check)).size === all.length,
            'a check appears twice',
          ),
        /** How many are in dockerfiles.json. */
        dockerfiles: z.int().min(0),
      }),
    )
    .min(1, 'there are no images'),
})
export type Index = TypeOf<typeof indexShape>

/** dockerfiles.json: Dockerfiles that were considered for the image. */
export const dockerfilesShape = z.array(
  z.object({
    file: textShape,
    text: textShape.nullable(),
    named: z.boolean(),
    problem: textShape.nullable(),
    note: textShape.optional(),
  }),
) satisfies z.ZodType<DockerfileDocument[]>
