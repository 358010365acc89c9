import type { ImageConfig } from './patch-file.js'

/** Paths of the volumes that an image declares (OCI image-spec, `config.Volumes`), sorted. */
export function volumesOf({ Volumes }: ImageConfig): string[] {
  const paths = typeof Volumes === 'object' && Volumes !== null ? Object.keys(Volumes) : []
  return paths.map((path) => path.replace(/(?<=.)\/+$/, '')).sort()
}

/** Those of the volumes that a path lies in, or that lie in it. */
export function volumesAt(volumes: readonly string[], path: string): string[] {
  return volumes.filter((volume) => isIn(path, volume) || isIn(volume, path))
}

/**
 * Files that are not what their package says, as `dpkg --verify` prints it (rpm format, dpkg(1)), by path. Words of
 * an image: to be compared, never to be trusted.
 */
export function unlikePackage(text: string): string[] {
  const lines = text.matchAll(/^(?:missing|..5.{6}) +(?:c +)?(\/.*?)(?: \(.*\))?$/gm)
  return [...lines].map(([, path = '']) => path)
}

/** Files that are unlike their package now, were not so before, and lie in a volume. */
export function lostIn(volumes: readonly string[], before: string, after: string): string[] {
  const known = new Set(unlikePackage(before))
  return unlikePackage(after).filter(
    (path) => !known.has(path) && volumes.some((volume) => isIn(path, volume)),
  )
}

function isIn(path: string, folder: string): boolean {
  const [inner, outer] = [merged(path), merged(folder)]
  return inner === outer || outer === '/' || inner.startsWith(`${outer}/`)
}

/** `/lib` is a link to `/usr/lib` (Debian's merged /usr), and dpkg knows files by either name. */
function merged(path: string): string {
  return path.replace(/^\/usr(?=\/(?:bin|sbin|lib\w*)(?:\/|$))/, '')
}
