import { plain } from '../io/process/command.js'
import { plural, SeaworthyError, withoutEnd } from '../model/index.js'
import { verifyScript } from './plan/apt-script.js'
import type { ImageConfig } from './plan/patch-file.js'
import { buildOn, inspectImage, type TrialContext } from './workshop.js'

/** Throws `update-refused` if the image has a VOLUME at one of these paths: a builder keeps nothing under it. */
export function refuseVolumesAt({ id, config }: TrialContext, paths: readonly string[]): void {
  const volumes = volumesOf(config)
  const found = paths.flatMap((path) => volumesAt(volumes, path))
  if (found[0] !== undefined) {
    throw refused(id, found[0], 'the files that apt or dpkg writes there')
  }
}

/**
 * The engine's builder drops what a RUN writes under a VOLUME (Dockerfile reference, "Notes about specifying
 * volumes"), while dpkg's status has the new version: the old files would be judged as the new ones.
 * @param names of packages that were updated, in apt's notation
 * @throws SeaworthyError `update-refused` if files of them were lost in this way
 */
export async function refuseLost(
  trial: TrialContext,
  built: string,
  names: readonly string[],
): Promise<void> {
  const { Config } = await inspectImage(trial.engine, built, trial.signal)
  const volumes = volumesOf(Config ?? {})
  const isPlain = (name: string) => /^[a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?$/.test(name)
  const packageNames = [...new Set(names)].filter(isPlain)
  if (volumes.length === 0 || packageNames.length === 0) {
    return
  }
  const verified = async (from: string) => {
    const { id, output } = await buildOn(trial, from, verifyScript(packageNames), 'no-network')
    if (id === null) {
      throw refused(built, volumes.join(' '), 'files that dpkg could not list')
    }
    return plain(output)
  }
  const after = await verified(built)
  if (lostIn(volumes, '', after).length === 0) {
    return
  }
  const [first, ...others] = lostIn(volumes, await verified(trial.id), after)
  if (first !== undefined) {
    const [volume = first] = volumesAt(volumes, first)
    const more = others.length > 0 ? ` and ${plural(others.length, 'more file')}` : ''
    throw refused(built, volume, `the new ${first}${more}`)
  }
}

function refused(where: string, volume: string, lost: string): SeaworthyError {
  const what = `the image declares VOLUME ${volume}, and the engine's builder discards changes in that directory; ${lost} would be lost`
  const todo =
    "remove VOLUME from the Dockerfile or from the base image's Dockerfile, and build the image again"
  return new SeaworthyError({ code: 'update-refused', what, where, todo })
}

/** Paths of the volumes that an image declares (OCI image-spec, `config.Volumes`), sorted. */
export function volumesOf({ Volumes }: ImageConfig): string[] {
  const paths = typeof Volumes === 'object' && Volumes !== null ? Object.keys(Volumes) : []
  return paths.map((path) => withoutEnd(path, '/') || path.slice(0, 1)).sort()
}

/** Those of the volumes that contain a path, or are inside it. */
export function volumesAt(volumes: readonly string[], path: string): string[] {
  return volumes.filter((volume) => isInside(path, volume) || isInside(volume, path))
}

/**
 * Files that differ from their package, as `dpkg --verify` prints them (rpm format, dpkg(1)), by path. Text from an
 * image: to be compared, never to be trusted.
 */
export function unlikePackage(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, named] = /^(?:missing|..5.{6}) +(?:c +)?(\/.*)$/.exec(line) ?? []
    const note = named?.endsWith(')') ? named.indexOf(' (') : -1
    return named === undefined ? [] : [note === -1 ? named : named.slice(0, note)]
  })
}

/** Files that differ from their package now, did not before, and are in a volume. */
export function lostIn(volumes: readonly string[], before: string, after: string): string[] {
  const known = new Set(unlikePackage(before))
  return unlikePackage(after).filter(
    (path) => !known.has(path) && volumes.some((volume) => isInside(path, volume)),
  )
}

function isInside(path: string, folder: string): boolean {
  const [inner, outer] = [merged(path), merged(folder)]
  return inner === outer || outer === '/' || inner.startsWith(`${outer}/`)
}

/** `/lib` is a link to `/usr/lib` (Debian's merged /usr), and dpkg knows files by either name. */
function merged(path: string): string {
  return path.replace(/^\/usr(?=\/(?:bin|sbin|lib\w*)(?:\/|$))/, '')
}
