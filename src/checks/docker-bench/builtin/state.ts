import { type Image, isRecord, type Json, mergeLayers, type SetuidFile } from '../../../model/index.js'
import { memberAt, textsAt } from './json.js'

/** Files of the image that the strict rules read. `null`: could not be read. */
export interface BenchFiles {
  /** Text of `/etc/passwd`; empty if the image has none. */
  readonly passwd: string | null
  readonly setuid: readonly SetuidFile[] | null
  /** Absolute paths of the programs that can be executed, as far as they are known; absent if none are. */
  readonly programs?: readonly string[]
}

export interface BenchImage {
  /** GET /images/{id}/json; `null` if no engine was asked. */
  readonly inspect: Json | null
  /** GET /images/{id}/history, newest first; `null` if no engine was asked. */
  readonly history: readonly Json[] | null
  /** The OCI image config; `null` if only the engine was asked. */
  readonly config: Json | null
  readonly files: BenchFiles
}

/** What a container of this image starts with (`User`, `Env`, `Healthcheck` …), from whichever source was asked. */
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
  const diffIds = textsAt(image.config, 'rootfs', 'diff_ids')
  return diffIds.length > 0 ? diffIds : textsAt(image.inspect, 'RootFS', 'Layers')
}

/** `/etc/passwd` and the setuid files of an image; `null` if the layers do not show them reliably. */
export function benchFilesOf(image: Image): BenchFiles {
  const { files, unreadable, setuid, programs } = mergeLayers(image.layers)
  const isUnreadable = (path: string) => Object.hasOwn(unreadable, path)
  const isWhole =
    image.layers.length === textsAt(image.config, 'rootfs', 'diff_ids').length && !isUnreadable('.')
  const executables = [...programs].flatMap(([path, { file }]) =>
    file.form === 'elf' && file.isExecutable ? [`/${path}`] : [],
  )
  return {
    passwd:
      isWhole && !isUnreadable('etc') && !isUnreadable('etc/passwd') ? (files['etc/passwd'] ?? '') : null,
    setuid: isWhole ? setuid : null,
    ...(isWhole && executables.length > 0 ? { programs: executables } : {}),
  }
}
