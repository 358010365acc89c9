import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOrNull } from '../../model/index.js'

/** The folder that contains dist/: that of a package or a checkout. */
export const HOME = fileURLToPath(new URL('..', import.meta.url))

const SERVER = /^https?:\/\/[\w.:-]+$/
const REPOSITORY = /^[\w-][\w.-]*\/[\w-][\w.-]*$/
const REF = /^(?!.*\.\.)[\w][\w./-]{0,250}$/
const FOLDER = /^(?!.*\.\.)[\w.][\w./-]*$/
/** If the documentation is there, so is this file. */
const ONE_DOCUMENT = 'docs/troubleshooting.md'

/**
 * The address to which a path of this program's own repository is appended, with a trailing slash; `null` if it is
 * not known. For an action the runner provides it; if a workflow runs it from a folder (`uses: ./.seaworthy`), as the
 * reusable ones do, the workflow; for a published package its package.json; and for a copy in the repository that
 * uses it, that repository.
 */
export function documentsAddress(env: NodeJS.ProcessEnv, home = HOME): string | null {
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  return (
    addressOfRef(server, env.GITHUB_ACTION_REPOSITORY, env.GITHUB_ACTION_REF) ??
    addressOfRef(server, env.SEAWORTHY_REPOSITORY, env.SEAWORTHY_REF) ??
    addressOfPackage(home) ??
    addressOfCopy(server, env, home)
  )
}

function addressOfRef(server: string, repository = '', ref = ''): string | null {
  const isKnown = SERVER.test(server) && REPOSITORY.test(repository) && REF.test(ref)
  return isKnown ? `${server}/${repository}/blob/${ref}/` : null
}

function addressOfPackage(home: string): string | null {
  const { repository, version } =
    readOrNull(() => JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))) ?? {}
  const [, server = '', name] = /^git\+(https:\/\/[^/]+)\/([^/]+\/[^/]+)\.git$/.exec(repository?.url) ?? []
  return addressOfRef(server, name, `v${version}`)
}

function addressOfCopy(server: string, env: NodeJS.ProcessEnv, home: string): string | null {
  const { GITHUB_WORKSPACE, GITHUB_REPOSITORY, GITHUB_SHA, ACT } = env
  // With act, the commit may not have been pushed anywhere.
  if (!GITHUB_WORKSPACE || ACT || !existsSync(join(home, ONE_DOCUMENT))) {
    return null
  }
  // The examples check a copy out into another folder, which the repository does not have.
  const folder = relative(GITHUB_WORKSPACE, home).replace(/^\.seaworthy\//, '')
  const address = addressOfRef(server, GITHUB_REPOSITORY, GITHUB_SHA)
  if (address === null || folder === '') {
    return address
  }
  return FOLDER.test(folder) ? `${address}${folder}/` : null
}

/** For a terminal: the address of the documentation, else its folder, if it exists. */
export function documentsHere(env: NodeJS.ProcessEnv, home = HOME): string | null {
  return documentsAddress(env, home) ?? (existsSync(join(home, ONE_DOCUMENT)) ? join(home, '/') : null)
}
