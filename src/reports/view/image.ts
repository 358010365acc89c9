import { shortName } from '../../model/reference.js'
import type { ImageVerdict } from '../../model/verdict.js'
/** `sha256:17068e8751`: enough to compare by eye. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 10)
}

/** `on debian:bookworm-slim, moved on`; `null` where nothing is known. */
export function baseWords({ base }: ImageVerdict): string | null {
  if (base === null) return null
  if (base.name === null) return 'base not known'
  const ground = base.restsOn === 'layers' ? '' : `, says its ${base.restsOn}`
  return `on ${shortName(base.name)}${ground}${base.movedOn === true ? ', which has moved on' : ''}`
}
