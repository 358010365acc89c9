import {
  call,
  images as engineImages,
  type ListedContainer,
  type ListedImage,
} from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { type BenchListing, type BenchSubject, type DbsSubject, isHiddenByLabel, shortId } from './meta.js'

/** The engine's containers and images at this moment, according to its API. */
export async function readEngineState(
  engine: Engine,
  subjects: readonly DbsSubject[],
): Promise<{ listing: Pick<BenchListing, 'running' | 'imageIds'>; subjects: BenchSubject[] }> {
  const [running, images, examined] = await Promise.all([
    call<readonly ListedContainer[]>(engine, '/containers/json'),
    call<readonly ListedImage[]>(engine, '/images/json', { query: { all: '1' } }),
    Promise.all(subjects.map((subject) => subjectOf(engine, subject))),
  ])
  const shorts = new Set(subjects.map(({ imageId }) => shortId(imageId)))
  return {
    listing: {
      running: running.map(({ Id, Names, Labels }) => ({
        id: Id,
        name: (Names?.find((name) => name.lastIndexOf('/') === 0) ?? '').slice(1),
        hides: isHiddenByLabel(Labels),
      })),
      imageIds: images.map(({ Id }) => Id).filter((id) => shorts.has(shortId(id))),
    },
    subjects: examined,
  }
}

async function subjectOf(engine: Engine, { imageId, container }: DbsSubject): Promise<BenchSubject> {
  const image = await engineImages.inspect(engine, imageId)
  return {
    imageId: image.Id,
    imageNames: [...(image.RepoTags ?? [])],
    imageHides: isHiddenByLabel(image.Config?.Labels),
    container,
  }
}
