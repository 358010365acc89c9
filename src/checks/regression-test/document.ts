import * as z from 'zod'
import { TESTED_BY } from '../../model/index.js'

/** The documents of its evidence: `test.json`, how it ended, and its last lines as printed, masked. */
export const END_FILE = 'test.json'
export const OUTPUT_FILE = 'output.txt'

/** Replaces both documents for a platform that the engine cannot run; the run also judges the engine's platform. */
export const OTHER_PLATFORM_FILE = 'apart.json'

/** `engine`: the platform that it runs on, such as `linux/amd64`. */
export const apartSchema = z.strictObject({ engine: z.string() })

export const endSchema = z.strictObject({
  by: z.enum(TESTED_BY),
  /** `null` if a signal ended it. */
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** In words: "exit 1". */
  ended: z.string(),
  seconds: z.number(),
  /** Id of the image in the engine, and the diff_ids of its layers there: identifies what was tested. */
  imageId: z.string(),
  layers: z.array(z.string()),
  /** A container of the image that ended by itself during the test, and its last lines, masked. */
  container: z
    .strictObject({
      exitCode: z.int(),
      output: z.string(),
      /** True if it was removed when it ended (`docker run --rm`), so the engine no longer has its output. */
      isRemoved: z.literal(true).optional(),
    })
    .optional(),
  /** True if the test passed, and it is certain that nothing in the engine used the image meanwhile. */
  isImageUnused: z.literal(true).optional(),
})

export type EndDocument = z.infer<typeof endSchema>
