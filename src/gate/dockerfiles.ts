import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { DockerfileDocument } from '../dockerfile/choose.js'
import { listFolder, readInside, workFolder } from '../io/files/files.js'
import { problemOf } from '../model/problem.js'

/** As people call them (docs.docker.com/build/concepts/dockerfile), and Podman. */
const NAMES = /^(?:(?:Docker|Container)file(?:\.[\w-]+)?|[\w-]+\.(?:Docker|docker|Container)file)$/
/** More of them in one folder are none that one image was built from. */
const MOST = 20
/** Bytes of one: more is not looked at (src/dockerfile/choose.ts). */
const LARGEST = 2 ** 20

/**
 * Dockerfiles that images may have been built from: the one that was named, else all that lie in the working folder,
 * which others have filled: plain files of it, and nothing that a link leads to. Which of them is an image's own, its
 * history decides. Never an error: findings then have no line, and the report says why.
 */
export function readDockerfiles(named: string | null, folder = process.cwd()): readonly DockerfileDocument[] {
  if (named !== null) {
    return [readOne(named, folder, true)]
  }
  return listNames(folder)
    .slice(0, MOST)
    .map((name) => readOne(name, folder, false))
}

function listNames(folder: string): readonly string[] {
  try {
    return listFolder(folder).filter((name) => NAMES.test(name) && !name.endsWith('.dockerignore'))
  } catch {
    return []
  }
}

function readOne(name: string, folder: string, isNamed: boolean): DockerfileDocument {
  const path = resolve(folder, name)
  const file = shown(path, folder)
  const root = folder === process.cwd() ? workFolder() : folder
  try {
    const text = readInside(path, root, LARGEST)
    return { file, text, named: isNamed, problem: text === null ? 'it is not there' : null }
  } catch (error) {
    return { file, text: null, named: isNamed, problem: problemOf(error, file).what }
  }
}

/** From the working folder where it lies in it: that is how GitHub and editors open it. */
function shown(path: string, folder: string): string {
  const from = relative(folder, path)
  const isInside = from !== '' && !isAbsolute(from) && !from.startsWith(`..${sep}`)
  return (isInside ? from : join(path)).split(sep).join('/')
}
