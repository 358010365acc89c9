import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The folder, if what is kept in it may count though nothing outside proves it: ETags, copies of feeds, numbers of
 * rows (decision 32). `null` where others could have written it. On a user's own machine the user, or root, has to
 * own it, and nobody else may write there. In a job of GitHub Actions all jobs of a runner are the same user, those of
 * pull requests too: there it has to be in RUNNER_TEMP, which the runner empties before each job, or a place that this
 * user cannot write to.
 */
export function keptPlace(folder: string, env: Environment = process.env): string | null {
  return isOnlyOurs(folder, env) ? folder : null
}

/** The same of a file or folder in such a place; true for one of our own that is not there yet. */
export function isOnlyOurs(path: string, env: Environment = process.env): boolean {
  if (env.GITHUB_ACTIONS !== 'true') {
    return isClosed(path, [0, process.getuid?.()])
  }
  const temp = env.RUNNER_TEMP ?? ''
  if (temp !== '' && isBelow(path, temp)) {
    return isClosed(path, [process.getuid?.()])
  }
  return isBeyondUs(path)
}

/** As sshd(8) looks at its files (StrictModes): of one of these owners, and nobody else may write. */
function isClosed(path: string, owners: readonly (number | undefined)[]): boolean {
  if (!existsSync(path)) {
    return true
  }
  const { uid, mode } = statSync(path)
  return owners.includes(uid) && (mode & 0o022) === 0
}

/** True where even the user of this process cannot write, nor give himself the right to. */
function isBeyondUs(path: string): boolean {
  if (!existsSync(path)) {
    return false
  }
  try {
    accessSync(path, constants.W_OK)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS' || statSync(path).uid !== process.getuid?.()
  }
}

/** With all links followed, also for what is not there yet. */
function isBelow(path: string, folder: string): boolean {
  return existsSync(folder) && realOf(resolve(path)).startsWith(`${realpathSync(folder)}${sep}`)
}

function realOf(path: string): string {
  if (existsSync(path) || path === dirname(path)) {
    return realpathSync(path)
  }
  return `${realOf(dirname(path))}${sep}${path.slice(dirname(path).length).replace(/^\/+/, '')}`
}
