import * as z from 'zod'

/** `run.json`: what was asked of the check, and what was made for it. */
const startSchema = z.strictObject({
  /** `running`: it has no health check, and had not ended after two seconds. */
  outcome: z.enum(['healthy', 'unhealthy', 'never-healthy', 'running', 'ended', 'not-started']),
  exitCode: z.int().nullable(),
  seconds: z.number(),
  /** Its last lines, or the engine's reason, without control characters. */
  said: z.string(),
})

export const runSchema = z.strictObject({
  engine: z.enum(['auto', 'dbs', 'builtin']),
  /** Why Docker Bench itself was not asked; `null` where it was. */
  withoutDbs: z.string().nullable(),
  /** Id of the image in the engine; `null` where it is an archive. */
  imageId: z.string().nullable(),
  imageNames: z.array(z.string()),
  /** True where run options were given. */
  hasOptions: z.boolean(),
  /** True where the image was to be started. */
  start: z.boolean(),
  /** The container that was made with exactly the given options, and never started. */
  judged: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /** The one that was started, with options changed to keep it in; ids of the checks that judge those. */
  started: z
    .strictObject({ id: z.string(), name: z.string(), changed: z.array(z.string()), report: startSchema })
    .nullable(),
  startTest: z.strictObject({ options: z.enum(['hardened', 'given']), report: startSchema }).nullable(),
})

export type RunDocument = z.infer<typeof runSchema>
export type StartReport = z.infer<typeof startSchema>
