import * as z from 'zod'
import { SeaworthyError } from '../../../model/problem.js'
import type { ProblemCode } from '../../../model/problem-codes.js'
import { shortId } from '../builtin/go-print.js'

/** What was seen around a run of Docker Bench, kept beside its own documents as `dbs-meta.json`. */
const listingSchema = z.strictObject({
  /** What `docker images` and `docker ps` printed with the settings of the run, header included. */
  images: z.string(),
  containers: z.string(),
  /** Names of the running containers by the Engine API, in no order. */
  running: z.array(z.strictObject({ name: z.string(), id: z.string(), hides: z.boolean() })),
  /** Ids of images with the 12 digits that select ours, by the Engine API. */
  imageIds: z.array(z.string()),
})

export const metaSchema = z.strictObject({
  /** `null`: it was ended by the time limit. */
  exitCode: z.int().nullable(),
  stderr: z.string(),
  /** Unix time in seconds, by our clock. */
  started: z.number(),
  ended: z.number(),
  /** Where it came from, in words, and the hash over its files (`null` for an image). */
  source: z.string(),
  tree: z.string().nullable(),
  subject: z.strictObject({
    imageId: z.string(),
    /** Names of the image in this engine; none where it is untagged. */
    imageNames: z.array(z.string()),
    /** Its labels hide the image from Docker Bench. */
    imageHides: z.boolean(),
    container: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  }),
  before: listingSchema,
  after: listingSchema,
})

export type BenchMeta = z.infer<typeof metaSchema>
export type BenchListing = BenchMeta['before']

/** What a label must hold, name or value, for Docker Bench to take its container or image for itself. */
const HIDING_LABEL = /docker.bench.security/

/** True if Docker Bench takes the owner of these labels for itself; `map[a:b]` is how it prints them. */
export function hides(labels: Readonly<Record<string, string>> | null | undefined): boolean {
  return Object.entries(labels ?? {}).some(([name, value]) => HIDING_LABEL.test(`${name}:${value}`))
}

/** The regular expression, comma for "or", that selects this image and container and nothing else. */
export function selection(imageId: string, container: string | null): string {
  const image = ` ${shortId(imageId)}$`
  return container === null ? image : `${image},^${container.replaceAll('.', '\\.')}$`
}

/** Files of a private DOCKER_CONFIG: columns that the selection relies on, whatever the user's settings are. */
export const DOCKER_SETTINGS = JSON.stringify({
  imagesFormat: 'table {{.Repository}}\t{{.Tag}}\t{{.ID}}',
  psFormat: 'table {{.ID}}\t{{.Names}}',
})

/** Problems of an answer of Docker Bench that is none. */
export function benchFault(code: ProblemCode<'Docker Bench'>, what: string): SeaworthyError {
  const todo = `look at docs/troubleshooting.md#${code}, or use bench-engine: builtin`
  return new SeaworthyError({ code, what, where: 'Docker Bench', todo })
}
