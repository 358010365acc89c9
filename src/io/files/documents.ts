import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that contains dist/: that of a package or a checkout. */
const HOME = fileURLToPath(new URL('..', import.meta.url))

const SERVER = /^https?:\/\/[\w.:-]+$/
const REPOSITORY = /^[\w-][\w.-]*\/[\w-][\w.-]*$/
const REF = /^(?!.*\.\.)[\w][\w./-]{0,250}$/

/**
 * The address to which a path of this program's own repository is appended, with a trailing slash; `null` if it is
 * not known. For an action the runner provides it; if a workflow runs it from a folder (`uses: ./.seaworthy`), as the
 * reusable ones do, the workflow; and for a published package its package.json.
 */
export function documentsAddress(env: NodeJS.ProcessEnv, home = HOME): string | null {
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  return (
    addressOfRef(server, env.GITHUB_ACTION_REPOSITORY, env.GITHUB_ACTION_REF) ??
    addressOfRef(server, env.SEAWORTHY_REPOSITORY, env.SEAWORTHY_REF) ??
    addressOfPackage(home)
  )
}

function addressOfRef(server: string, repository = '', ref = ''): string | null {
  const isKnown = SERVER.test(server) && REPOSITORY.test(repository) && REF.test(ref)
  return isKnown ? `${server}/${repository}/blob/${ref}/` : null
}

function addressOfPackage(home: string): string | null {
  try {
    const { repository, version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    const [, server = '', name] = /^git\+(https:\/\/[^/]+)\/([^/]+\/[^/]+)\.git$/.exec(repository.url) ?? []
    return addressOfRef(server, name, `v${version}`)
  } catch {
    return null
  }
}

/** For a terminal: the address, else the folder with the documents, if they are there. */
export function documentsHere(env: NodeJS.ProcessEnv, home = HOME): string | null {
  return (
    documentsAddress(env, home) ??
    (existsSync(join(home, 'docs/troubleshooting.md')) ? join(home, '/') : null)
  )
}
