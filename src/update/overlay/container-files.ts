import { createTarReader } from '../../io/archive/tar-reader.js'
import { EngineError, stream } from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import { bodyOf } from '../../io/http/plain-http.js'

export type Stat = 'missing' | 'file' | 'directory' | { readonly link: string }

/** Bits of a Go file mode (io/fs.FileMode), as sent by the engine. */
const DIRECTORY = 2 ** 31
const SYMLINK = 2 ** 27

/** What is at a path of a container (Engine API "HEAD /containers/{id}/archive"); links are not followed. */
export async function statIn(engine: Engine, container: string, path: string): Promise<Stat> {
  try {
    const answer = await stream(engine, archive(container), { method: 'HEAD', query: { path: `/${path}` } })
    answer.destroy()
    const header = String(answer.headers['x-docker-container-path-stat'] ?? '')
    const { mode, linkTarget } = JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as {
      mode: number
      linkTarget: string
    }
    if (has(mode, DIRECTORY)) {
      return 'directory'
    }
    return has(mode, SYMLINK) ? { link: linkTarget } : 'file'
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) {
      return 'missing'
    }
    throw error
  }
}

/** Beyond 31 bits: no bitwise operators. */
function has(mode: number, bit: number): boolean {
  return Math.floor(mode / bit) % 2 === 1
}

function archive(container: string): string {
  return `/containers/${container}/archive`
}

/** Texts of the files in a folder of a container, by name; none if there is no such folder. */
export async function readFolderIn(
  engine: Engine,
  container: string,
  path: string,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  try {
    const answer = await stream(engine, archive(container), { query: { path: `/${path}` } })
    const bytes = await bodyOf(answer, path)
    const reader = createTarReader(
      (entry) => {
        if (entry.type !== 'file') {
          return null
        }
        const name = entry.path.split('/').slice(1).join('/')
        const pieces: Buffer[] = []
        const add = () => void files.set(name, Buffer.concat(pieces).toString('utf8'))
        if (entry.size === 0) {
          add()
          return null
        }
        return { write: (piece) => void pieces.push(Buffer.from(piece)), end: add }
      },
      path,
      { extendedHeaderBytes: 2 ** 20 },
    )
    reader.write(bytes)
    return files
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) {
      return files
    }
    throw error
  }
}
