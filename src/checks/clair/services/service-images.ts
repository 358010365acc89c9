import type { ImageState } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { blaming, lastingName, presentImage } from '../../../io/engine/transfer.js'
import { joinedError, type Source } from '../../../model/index.js'

export interface ServiceOptions {
  readonly engine: Engine
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  readonly clairImage: string
  readonly postgresImage: string
  readonly signal: AbortSignal
}

/** The images that the services run. A tag may be moved afterwards, so they are identified by their ids. */
export interface ServiceImages {
  readonly clair: ImageState
  readonly postgres: ImageState
}

/** Both images, pulled in parallel if the engine lacks them. @param pulling aborts what is not needed any more */
export async function pullMissingImages(
  options: ServiceOptions,
  pulling: AbortSignal,
): Promise<ServiceImages> {
  const { engine, signal } = options
  const present = (reference: string) => presentImage(engine, reference, signal, pulling)
  const [postgres, clair] = await allSettled([
    withInputName('postgres-image', options, present(options.postgresImage)),
    withInputName('clair-image', options, present(options.clairImage)),
  ])
  return { postgres, clair }
}

export function serviceSources(
  { clairImage, postgresImage }: ServiceOptions,
  { clair, postgres }: ServiceImages,
): readonly Source[] {
  const sourceOf = (name: string, reference: string, state: ImageState): Source => {
    const lasting = lastingName(reference, state)
    return { name, url: lasting.name, fetchedAt: null, date: null, sha256: lasting.sha256, rows: null }
  }
  return [sourceOf('clair-image', clairImage, clair), sourceOf('postgres-image', postgresImage, postgres)]
}

const EXPECTED_IMAGES = {
  'clair-image': 'a Clair 4.9 image',
  'postgres-image': 'a PostgreSQL image (with initdb and a user "postgres")',
} as const

/** Adds the input that chose the image to the engine's error, which names neither. */
export async function withInputName<T>(
  input: keyof typeof EXPECTED_IMAGES,
  { clairImage, postgresImage, signal }: Pick<ServiceOptions, 'clairImage' | 'postgresImage' | 'signal'>,
  work: Promise<T>,
  expectedImage: string = EXPECTED_IMAGES[input],
): Promise<T> {
  const image = input === 'clair-image' ? clairImage : postgresImage
  return work.catch((error: unknown) => {
    throw signal.aborted
      ? error
      : blaming(error, input, expectedImage, `a container created from ${image} does not start`)
  })
}

/** All results, or an error once nothing is in progress any more; several are reported as one. */
export async function allSettled<T extends readonly unknown[]>(
  work: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(work)
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  if (errors.length > 0) {
    throw joinedError(errors)
  }
  return Promise.all(work)
}
