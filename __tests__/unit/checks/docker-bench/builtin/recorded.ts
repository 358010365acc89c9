import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../../../../src/model/json.js'
import { type BenchContainer, type BenchState, containerOf, type ListedImage } from './builders.js'

const FOLDER = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../../../support/docker-bench/recorded-state',
)

export interface RecordedResult {
  readonly id: string
  readonly result: string
  readonly items?: readonly string[]
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(FOLDER, path), 'utf8')) as T
}

export const RECORDED_RESULTS = read<RecordedResult[]>('docker-bench-results.json')

function recordedImage({ Id, RepoTags }: { Id: string; RepoTags: string[] }): ListedImage {
  const name = `${Id.replace('sha256:', '')}.json`
  return {
    id: Id,
    repoTags: RepoTags,
    inspect: read<Json>(`images/${name}`),
    history: read<Json[]>(`history/${name}`),
    config: null,
    files: { passwd: 'root:x:0:0:root:/root:/bin/bash\napp:x:10001:999::/home/app:/bin/sh\n', setuid: [] },
  }
}

function recordedContainer({ Names }: { Names: string[] }): BenchContainer {
  const name = (Names[0] ?? '').replace('/', '')
  const top = `containers/${name}.top.json`
  return containerOf(
    read<Json>(`containers/${name}.json`),
    existsSync(join(FOLDER, top)) ? read<Json>(top) : null,
  )
}

/** 16 containers and 11 images, as the engine answered. `/etc/passwd` and setuid files were not recorded: ours. */
export const RECORDED: BenchState = {
  info: read<Json>('info.json'),
  images: read<{ Id: string; RepoTags: string[] }[]>('images.json').map(recordedImage),
  containers: read<{ Names: string[] }[]>('containers.json').map(recordedContainer),
}

function named<T>(list: readonly T[], isIt: (one: T) => boolean, name: string): T {
  const found = list.find(isIt)
  if (found === undefined) {
    throw new Error(`${name} is not in the recorded state`)
  }
  return found
}

export function recordedImageNamed(tag: string): ListedImage {
  return named(RECORDED.images, ({ repoTags }) => repoTags.includes(tag), tag)
}

export function recordedContainerNamed(name: string): BenchContainer {
  return named(RECORDED.containers, (container) => container.name === name, name)
}
