import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { DockerfileDocument } from '../dockerfile/choose.js'
import { listFolder, readInside, workFolder } from '../io/files/files.js'
import { problemOf, readOrNull } from '../model/index.js'

/** Their usual names (docs.docker.com/build/concepts/dockerfile), and Podman's. */
const NAMES = /^(?:(?:Docker|Container)file(?:\.[\w-]+)?|[\w-]+\.(?:Docker|docker|Container)file)$/
/** If one folder has more of them, none is the one that an image was built from. */
const MAX_DOCKERFILES = 20
/** Limit for one, in bytes: more is not read (src/dockerfile/choose.ts). */
const MAX_BYTES = 2 ** 20

/**
 * Dockerfiles that images may have been built from: the one that was named, else all in the working
 * directory. Others have filled it, so only its plain files are read, and no links are followed. The history
 * decides which one is an image's own. Never an error: findings then have no line, and the report says why.
 */
export function readDockerfiles(named: string | null, folder = process.cwd()): readonly DockerfileDocument[] {
  if (named !== null) {
    return [readOne(named, folder, true)]
  }
  return (readOrNull(() => listFolder(folder)) ?? [])
    .filter((name) => NAMES.test(name) && !name.endsWith('.dockerignore'))
    .slice(0, MAX_DOCKERFILES)
    .map((name) => readOne(name, folder, false))
}

function readOne(name: string, folder: string, isNamed: boolean): DockerfileDocument {
  const path = resolve(folder, name)
  const file = shown(path, folder)
  const root = folder === process.cwd() ? workFolder() : folder
  try {
    const text = readInside(path, root, MAX_BYTES)
    return { file, text, named: isNamed, problem: text === null ? 'it does not exist' : null }
  } catch (error) {
    return { file, text: null, named: isNamed, problem: problemOf(error, file).what }
  }
}

/** Relative to the working directory if it is inside it: GitHub and editors open it that way. */
function shown(path: string, folder: string): string {
  const from = relative(folder, path)
  const isInside = from !== '' && !isAbsolute(from) && !from.startsWith(`..${sep}`)
  return (isInside ? from : join(path)).split(sep).join('/')
}
