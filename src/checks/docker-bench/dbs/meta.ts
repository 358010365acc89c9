import * as z from 'zod'
import { type ProblemCode, SeaworthyError } from '../../../model/index.js'

/** The engine's state before and after a run of Docker Bench, stored with its own documents as `dbs-meta.json`. */
const listingSchema = z.strictObject({
  /** What `docker images` and `docker ps` printed with the settings of the run, header included. */
  images: z.string(),
  containers: z.string(),
  /** Names of the running containers according to the Engine API, in no particular order. */
  running: z.array(z.strictObject({ name: z.string(), id: z.string(), hides: z.boolean() })),
  /** Ids of images whose first 12 digits are those of the judged images, according to the Engine API. */
  imageIds: z.array(z.string()),
})

const subjectSchema = z.strictObject({
  imageId: z.string(),
  /** Names of the image in this engine; empty if it is untagged. */
  imageNames: z.array(z.string()),
  /** True if the image's labels hide it from Docker Bench. */
  imageHides: z.boolean(),
  container: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
})

/** Docker Bench's sections in the order that it needs: a check before section 4 makes it lose the list of images. */
export const SECTIONS = {
  images: 'container_images',
  all: 'container_images,container_runtime',
} as const

export const metaSchema = z.strictObject({
  /** `null`: the time limit ended it. */
  exitCode: z.int().nullable(),
  stderr: z.string(),
  /** Unix time in seconds, by our clock. */
  started: z.number(),
  ended: z.number(),
  /** Where Docker Bench came from and where it ran, in words, and the hash over its files. */
  source: z.string(),
  tree: z.string(),
  /** `images`: section 4 alone. */
  sections: z.enum(['images', 'all']),
  /** All images and containers that this run covered; `subject` is the index of the one in this evidence. */
  subjects: z.array(subjectSchema).min(1),
  subject: z.int(),
  before: listingSchema,
  after: listingSchema,
})

export type BenchMeta = z.infer<typeof metaSchema>
export type BenchSubject = z.infer<typeof subjectSchema>
export type BenchListing = BenchMeta['before']

/** An image, and its container if there is one, that Docker Bench checks. */
export interface DbsSubject {
  readonly imageId: string
  /** A running container; `null`: none, so that only its results about the image can be used. */
  readonly container: { readonly id: string; readonly name: string } | null
}

export interface DbsRun {
  readonly json: string
  readonly log: string
  readonly meta: Omit<BenchMeta, 'subject'>
}

/** The documents of one image of the run: the same for all images, apart from which image they are about. */
export function documentsOf(
  { json, log, meta }: DbsRun,
  subject: number,
): Record<'dbs.json' | 'dbs.log' | 'dbs-meta.json', string> {
  return { 'dbs.json': json, 'dbs.log': log, 'dbs-meta.json': JSON.stringify({ ...meta, subject }) }
}

/** The short form of an id: 12 digits, without the algorithm. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}

/** Text in a label, name or value, that makes Docker Bench take a container or image for itself. */
const HIDING_LABEL = /docker.bench.security/

/** True if Docker Bench would skip an object with these labels, since they look like its own (`map[a:b]`). */
export function isHiddenByLabel(
  labels: Readonly<Record<string, string | null | undefined>> | null | undefined,
): boolean {
  return Object.entries(labels ?? {}).some(([name, value]) => HIDING_LABEL.test(`${name}:${value}`))
}

/** The regular expression, with commas for "or", that selects exactly these images and containers. */
export function selection(subjects: readonly DbsSubject[]): string {
  const images = subjects.map(({ imageId }) => ` ${shortId(imageId)}$`)
  const containerNames = subjects.flatMap(({ container }) => container?.name ?? [])
  const names = containerNames.map((name) => `^${name.replaceAll('.', '\\.')}$`)
  return [...new Set([...images, ...names])].join(',')
}

const IMAGE_COLUMNS = '{{.Repository}}\t{{.Tag}}\t{{.ID}}'
const CONTAINER_COLUMNS = '{{.ID}}\t{{.Names}}'

/** Files of a private DOCKER_CONFIG: columns that the selection relies on, whatever the user's settings are. */
export const DOCKER_SETTINGS = settings(IMAGE_COLUMNS, CONTAINER_COLUMNS)

/**
 * Like `DOCKER_SETTINGS`, with empty lines for everything but the subjects. Docker Bench inspects every image and
 * container of the engine before it selects, with one command each; on an engine that holds many, that is most of its
 * cost.
 */
export function dockerSettings(subjects: readonly DbsSubject[]): string {
  const only = (columns: string, ids: readonly string[]) =>
    ids.length === 0
      ? '{{if false}}{{end}}'
      : `{{if or ${[...new Set(ids)].map((id) => `(eq .ID "${shortId(id)}")`).join(' ')}}}${columns}{{end}}`
  const imageIds = subjects.map(({ imageId }) => imageId)
  const containerIds = subjects.flatMap(({ container }) => container?.id ?? [])
  return settings(only(IMAGE_COLUMNS, imageIds), only(CONTAINER_COLUMNS, containerIds))
}

function settings(images: string, running: string): string {
  return JSON.stringify({ imagesFormat: `table ${images}`, psFormat: `table ${running}` })
}

/** Milliseconds: it starts the docker command some 35 times for each container it judges, and once for any other. */
export function dbsLimit(containers: number): number {
  return (60 + 2 * containers) * 1000
}

/** Problems of a Docker Bench answer that cannot be used. */
export function benchError(code: ProblemCode<'Docker Bench'>, what: string): SeaworthyError {
  const advice = `see docs/troubleshooting.md#${code}, or use bench-engine: builtin`
  return new SeaworthyError({ code, what, where: 'Docker Bench', todo: advice })
}
