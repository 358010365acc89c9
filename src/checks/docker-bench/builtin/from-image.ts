import type { Image } from '../../../model/image.js'
import { mergeLayers } from '../../../model/layers.js'
import { textsAt } from './json.js'
import type { BenchFiles } from './state.js'

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
