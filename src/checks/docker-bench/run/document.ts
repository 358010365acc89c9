import * as z from 'zod'
import { RunServiceSchema } from '../../../model/index.js'

/** `run.json`: what was requested, and what was created for it. */
const startSchema = z.strictObject({
  /** `running`: it has no health check, and had not ended after two seconds. */
  outcome: z.enum(['healthy', 'unhealthy', 'never-healthy', 'running', 'ended', 'not-started']),
  exitCode: z.int().nullable(),
  seconds: z.number(),
  /** The container's last lines, or why the engine did not start it, without control characters. */
  said: z.string(),
  /** The last output of a health check that did not succeed, likewise; omitted if there is none. */
  health: z.string().optional(),
  /** True if its health check did not run in this time. */
  isUnchecked: z.literal(true).optional(),
})

export const runSchema = z.strictObject({
  engine: z.enum(['both', 'both-required', 'builtin']),
  /** Why Docker Bench itself was not asked; `null` if it was. */
  withoutDbs: z.string().nullable(),
  /** Id of the image in the engine; `null` if it is an archive. */
  imageId: z.string().nullable(),
  imageNames: z.array(z.string()),
  /** True if Docker Bench judged an image with this one's configuration and history, and without its files. */
  isStandIn: z.literal(true).optional(),
  /** True if run options were set. */
  hasOptions: z.boolean(),
  /** The line that sets them, if it is known. */
  optionsAt: z.strictObject({ file: z.string(), line: z.int().min(1) }).optional(),
  /** The service of the compose file that sets them, if its place is known. */
  service: RunServiceSchema.optional(),
  /** The image that this service runs, if the file shows it; absent for an archive, which has no name. */
  serviceImage: z.string().optional(),
  /** True if a compose file sets them. */
  isCompose: z.literal(true).optional(),
  /** The cgroup namespace that the options ask for, if they name one. */
  cgroupns: z.string().optional(),
  /** True if the image was to be started, and either runs or had to. */
  start: z.boolean(),
  /** True if what is started has other options than those that are judged: those of a pull request's base. */
  isStartOfBase: z.literal(true).optional(),
  /** True if an image that does not run, or is not healthy, is judged by its declared options (`start: auto`). */
  isStartOptional: z.literal(true).optional(),
  /** Why it was not started, although that was tried. */
  notStarted: z.string().optional(),
  /** The same in short: what became of its container, and the last line that this printed, if it printed any. */
  ended: z.strictObject({ why: z.string(), lastLine: z.string().nullable() }).optional(),
  /** The container created with exactly the requested options, and never started. */
  judged: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /**
   * The one that was started, and how it differs from the requested options to isolate it; `changed`: ids of
   * the checks that judge these options.
   */
  started: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      differs: z.array(
        z.strictObject({ kind: z.enum(['without', 'with']), what: z.string(), ids: z.array(z.string()) }),
      ),
      changed: z.array(z.string()),
      report: startSchema,
    })
    .nullable(),
  /** The container in which Seaworthy's own program waited in place of the image's. */
  waiter: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /** Why no container was created for this platform, although one was for another platform; else `null`. */
  apart: z.string().nullable(),
  /** What Docker Bench could not judge about this image although it was asked, by id. */
  notAsked: z.array(z.strictObject({ id: z.string(), why: z.string() })),
  /** The Docker Bench that ran. */
  dbs: z.strictObject({ source: z.string(), tree: z.string() }).nullable(),
  /** `without`: options that were withheld. */
  startTest: z
    .strictObject({
      options: z.enum(['hardened', 'given']),
      without: z.array(z.string()),
      report: startSchema,
    })
    .nullable(),
})

export type RunDocument = z.infer<typeof runSchema>
/** Why an image was not started, although that was tried: in full, and in short. */
export interface NotStarted {
  readonly why: string
  readonly ended?: NonNullable<RunDocument['ended']>
}
export type StartReport = z.infer<typeof startSchema>
