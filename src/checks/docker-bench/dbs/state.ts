import {
  call,
  images as engineImages,
  type ListedContainer,
  type ListedImage,
} from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { shortId } from '../builtin/go-print.js'
import { type BenchListing, type BenchSubject, benchFault, type DbsSubject, hides } from './meta.js'

/** What `docker images` and `docker ps` print with the settings of the run. */
export type Printed = readonly [
  { readonly code: number | null; readonly stdout: string },
  { readonly code: number | null; readonly stdout: string },
]

/**
 * What the engine holds at this moment, according to its API and the docker command that Docker Bench uses.
 */
export async function look(
  engine: Engine,
  subjects: readonly DbsSubject[],
  print: () => Promise<Printed>,
): Promise<{ listing: BenchListing; subjects: BenchSubject[] }> {
  const [running, images, seen, [listedImages, listedContainers]] = await Promise.all([
    call<readonly ListedContainer[]>(engine, '/containers/json'),
    call<readonly ListedImage[]>(engine, '/images/json', { query: { all: '1' } }),
    Promise.all(subjects.map((subject) => subjectOf(engine, subject))),
    print(),
  ])
  if (listedImages.code !== 0 || listedContainers.code !== 0) {
    throw benchFault('bench-no-place', 'the docker command cannot list images and containers')
  }
  const shorts = new Set(subjects.map(({ imageId }) => shortId(imageId)))
  return {
    listing: {
      images: listedImages.stdout,
      containers: listedContainers.stdout,
      running: running.map(({ Id, Names, Labels }) => ({
        id: Id,
        name: (Names?.find((name) => name.lastIndexOf('/') === 0) ?? '').slice(1),
        hides: hides(Labels),
      })),
      imageIds: images.map(({ Id }) => Id).filter((id) => shorts.has(shortId(id))),
    },
    subjects: seen,
  }
}

async function subjectOf(engine: Engine, { imageId, container }: DbsSubject): Promise<BenchSubject> {
  const image = await engineImages.inspect(engine, imageId)
  return {
    imageId: image.Id,
    imageNames: [...(image.RepoTags ?? [])],
    imageHides: hides(image.Config?.Labels),
    container,
  }
}
