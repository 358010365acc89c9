import { call } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { shortId } from '../builtin/go-print.js'
import { type BenchListing, type BenchMeta, benchFault, hides } from './meta.js'

interface RunningContainer {
  readonly Id: string
  readonly Names?: readonly string[]
  readonly Labels?: Readonly<Record<string, string>> | null
}

interface ImageSummary {
  readonly Id: string
}

interface ImageAnswer {
  readonly Id: string
  readonly RepoTags?: readonly string[] | null
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null } | null
}

/** What `docker images` and `docker ps` print with the settings of the run. */
export type Printed = readonly [
  { readonly code: number | null; readonly stdout: string },
  { readonly code: number | null; readonly stdout: string },
]

/** What lies in the engine at this moment, by its API and by the docker command that Docker Bench uses. */
export async function look(
  engine: Engine,
  imageId: string,
  print: () => Promise<Printed>,
): Promise<{ listing: BenchListing; image: Omit<BenchMeta['subject'], 'container'> }> {
  const [running, images, image, [listedImages, listedContainers]] = await Promise.all([
    call<readonly RunningContainer[]>(engine, '/containers/json'),
    call<readonly ImageSummary[]>(engine, '/images/json', { query: { all: '1' } }),
    call<ImageAnswer>(engine, `/images/${imageId}/json`),
    print(),
  ])
  if (listedImages.code !== 0 || listedContainers.code !== 0)
    throw benchFault('bench-failed', 'the docker command could not list images and containers')
  const short = shortId(imageId)
  return {
    listing: {
      images: listedImages.stdout,
      containers: listedContainers.stdout,
      running: running.map(({ Id, Names, Labels }) => ({
        ...{ id: Id, name: (Names?.find((name) => name.lastIndexOf('/') === 0) ?? '').slice(1) },
        hides: hides(Labels),
      })),
      imageIds: images.map(({ Id }) => Id).filter((id) => shortId(id) === short),
    },
    image: {
      imageId: image.Id,
      imageNames: [...(image.RepoTags ?? [])],
      imageHides: hides(image.Config?.Labels),
    },
  }
}
