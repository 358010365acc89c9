import { lstatSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it, as `mkdir -p` does. Node's own recursive mkdir never returns where the kernel
 * refuses each attempt with ENOENT, as in /proc, and no time limit of this process can end it then. Throws as mkdir(2).
 * @param mode of each folder that is made; the umask restricts it
 */
export function makeFolders(path: string, mode = 0o777): void {
  const missing: string[] = []
  let at = resolve(path)
  // Something that is no folder is left to mkdir, whose error says so.
  while (lstatSync(at, { throwIfNoEntry: false }) === undefined) {
    missing.unshift(at)
    at = dirname(at)
  }
  if (missing.length === 0 && !statSync(at).isDirectory()) {
    mkdirSync(at)
  }
  for (const one of missing) {
    try {
      mkdirSync(one, mode)
    } catch (error) {
      // Made by somebody else in between.
      if (!statSync(one, { throwIfNoEntry: false })?.isDirectory()) {
        throw error
      }
    }
  }
}
