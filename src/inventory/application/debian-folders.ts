/**
 * Where packages have their files: Debian policy 9.1 follows the Filesystem Hierarchy Standard, which leaves
 * `/usr/local` and everything else at the top to the system's administrator, and `/opt` to packages of others.
 */
const DEBIAN = /^(?:usr\/(?!local\/)|s?bin\/|lib(?:32|64|x32|o32)?\/|etc\/|var\/|boot\/)/
const THIRD_PARTY_FOLDER = /^opt\//

/** @param path with a merged usr */
export function isFolderOf(path: string, isForeign: boolean): boolean {
  return DEBIAN.test(path) || (isForeign && THIRD_PARTY_FOLDER.test(path))
}
