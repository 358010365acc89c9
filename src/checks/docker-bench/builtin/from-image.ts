import type { Image } from '../../../core/image.js'
import { mergeLayers } from '../../../core/layers.js'
import { textsAt } from './json.js'
import type { BenchFiles, BenchImage } from './state.js'

/** The strict rules' view of an image that was opened, with or without an engine. */
export function benchImageOf(image: Image, repoTags: readonly string[] = []): BenchImage {
  return {
    id: image.digest,
    repoTags,
    inspect: null,
    history: null,
    config: image.config,
    files: benchFilesOf(image),
  }
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
