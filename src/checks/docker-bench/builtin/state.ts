import type { Image, SetuidFile } from '../../../model/image.js'
import { mergeLayers } from '../../../model/layers.js'
import { isRecord, type Json, memberAt, textAt, textsAt } from './json.js'

/** What the image's own files say, for the strict rules. `null`: could not be read. */
export interface BenchFiles {
  /** Text of `/etc/passwd`; empty if the image has none. */
  readonly passwd: string | null
  readonly setuid: readonly SetuidFile[] | null
}

export interface BenchImage {
  /** As the caller names it: an engine's image id, or the digest of the config. */
  readonly id: string
  /** Tags that point to it (`name:tag`). */
  readonly repoTags: readonly string[]
  /** GET /images/{id}/json; `null` if no engine was asked. */
  readonly inspect: Json | null
  /** GET /images/{id}/history, newest first; `null` if no engine was asked. */
  readonly history: readonly Json[] | null
  /** The OCI image config; `null` if only the engine was asked. */
  readonly config: Json | null
  readonly files: BenchFiles
}

export interface BenchContainer {
  readonly id: string
  readonly name: string
  /** GET /containers/{id}/json; `null` if it failed, or the container changed in the meantime. */
  readonly inspect: Json | null
  /** GET /containers/{id}/top?ps_args=-el; `null` if there is none (not running). */
  readonly top: Json | null
}

/** Everything that the built-in rules judge by, as the Engine API returns it (API 1.24 and later). */
export interface BenchState {
  /** GET /info; `null` if no engine was asked. */
  readonly info: Json | null
  readonly images: readonly BenchImage[]
  /** In the order of GET /containers/json. */
  readonly containers: readonly BenchContainer[]
  /** GET /networks/{id} of each network; `null` if they were not read. */
  readonly networks: readonly Json[] | null
}

/** A container from its inspect answer. */
export function containerOf(inspect: Json, top: Json | null): BenchContainer {
  return { id: textAt(inspect, 'Id'), name: textAt(inspect, 'Name').replace(/^\//, ''), inspect, top }
}

/**
 * What a container of this image starts with (`User`, `Env`, `Healthcheck` …), from whichever source was
 * asked.
 */
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

/** `/etc/passwd` and the setuid files of an image; `null` if the layers do not show them reliably. */
export function benchFilesOf(image: Image): BenchFiles {
  const { files, unreadable, setuid } = mergeLayers(image.layers)
  const hides = (path: string) => Object.hasOwn(unreadable, path)
  const isWhole = image.layers.length === textsAt(image.config, 'rootfs', 'diff_ids').length && !hides('.')
  return {
    passwd: isWhole && !hides('etc') && !hides('etc/passwd') ? (files['etc/passwd'] ?? '') : null,
    setuid: isWhole ? setuid : null,
  }
}
