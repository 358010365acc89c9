import type { Image, SetuidFile } from '../../../model/image.js'
import { mergeLayers } from '../../../model/layers.js'
import { isRecord, type Json, memberAt, textAt, textsAt } from './json.js'

/** What the image's own files say, for the strict rules. `null`: could not be read. */
export interface BenchFiles {
  /** Text of `/etc/passwd`; empty where the image has none. */
  readonly passwd: string | null
  readonly setuid: readonly SetuidFile[] | null
}

export interface BenchImage {
  /** As the caller names it: an engine's image id, or the digest of the config. */
  readonly id: string
  /** Tags that point at it (`name:tag`). */
  readonly repoTags: readonly string[]
  /** GET /images/{id}/json; `null` where no engine was asked. */
  readonly inspect: Json | null
  /** GET /images/{id}/history, newest first; `null` where no engine was asked. */
  readonly history: readonly Json[] | null
  /** The OCI image config; `null` where only the engine was asked. */
  readonly config: Json | null
  readonly files: BenchFiles
}

export interface BenchContainer {
  readonly id: string
  readonly name: string
  /** GET /containers/{id}/json; `null` where it failed, or the container changed while we looked. */
  readonly inspect: Json | null
  /** GET /containers/{id}/top?ps_args=-el; `null` where there is none (not running). */
  readonly top: Json | null
}

/** All that the built-in engine judges by, as the Engine API answers (API 1.24 and later). */
export interface BenchState {
  /** GET /info; `null` where no engine was asked. */
  readonly info: Json | null
  readonly images: readonly BenchImage[]
  /** In the order of GET /containers/json. */
  readonly containers: readonly BenchContainer[]
  /** GET /networks/{id} of each network; `null` where they were not read. */
  readonly networks: readonly Json[] | null
  /** DOCKER_CONTENT_TRUST of the process; `null` where it is not set. Of use to `compat` only. */
  readonly contentTrust: string | null
}

/** A container from its inspect answer. */
export function containerOf(inspect: Json, top: Json | null): BenchContainer {
  return { id: textAt(inspect, 'Id'), name: textAt(inspect, 'Name').replace(/^\//, ''), inspect, top }
}

/** What a container of this image starts with (`User`, `Env`, `Healthcheck` …), from whoever was asked. */
export function imageConfigOf(image: BenchImage): Json | null {
  const config = memberAt(image.config, 'config') ?? memberAt(image.inspect, 'Config')
  if (isRecord(config)) {
    return config
  }
  // The config object is optional in the OCI image-spec: without it everything has its default.
  return image.config !== null || image.inspect !== null ? {} : null
}

/** diff_ids of the image's layers, oldest first. */
export function layersOf(image: BenchImage): readonly string[] {
  const own = textsAt(image.config, 'rootfs', 'diff_ids')
  return own.length > 0 ? own : textsAt(image.inspect, 'RootFS', 'Layers')
}

/** `/etc/passwd` and the setuid files of an image, or `null` where the layers do not tell them for sure. */
export function benchFilesOf(image: Image): BenchFiles {
  const { files, unreadable, setuid } = mergeLayers(image.layers)
  const hides = (path: string) => Object.hasOwn(unreadable, path)
  const isWhole = image.layers.length === textsAt(image.config, 'rootfs', 'diff_ids').length && !hides('.')
  return {
    passwd: isWhole && !hides('etc') && !hides('etc/passwd') ? (files['etc/passwd'] ?? '') : null,
    setuid: isWhole ? setuid : null,
  }
}
