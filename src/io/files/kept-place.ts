import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The folder, if its content may count although nothing outside proves it: ETags, copies of feeds, numbers of rows
 * (decision 32). `null` if others could have written it. On a user's own machine the user, or root, has to own it,
 * and nobody else may write there. In GitHub Actions all jobs of a runner are the same user, including those of pull
 * requests: there it has to be in RUNNER_TEMP, which the runner empties before each job, or in a place that this user
 * cannot write to.
 */
export function keptPlace(folder: string, env: Environment = process.env): string | null {
  return isOnlyOurs(folder, env) ? folder : null
}

/**
 * Whether only we can have written a file or folder, by the rules of `keptPlace`; true for one of ours that does not
 * exist yet.
 */
export function isOnlyOurs(path: string, env: Environment = process.env): boolean {
  if (env.GITHUB_ACTIONS !== 'true') {
    return isClosed(path, [0, process.getuid?.()])
  }
  const temp = env.RUNNER_TEMP ?? ''
  const isInTemp = temp !== '' && isBelow(path, temp)
  return isInTemp ? isClosed(path, [process.getuid?.()]) : isInaccessible(path)
}

/** Checked like sshd(8) checks its files (StrictModes): owned by one of these, and writable by nobody else. */
function isClosed(path: string, owners: readonly (number | undefined)[]): boolean {
  if (!existsSync(path)) {
    return true
  }
  const { uid, mode } = statSync(path)
  return owners.includes(uid) && (mode & 0o022) === 0
}

/** True if this process's user can neither write to it nor give itself that right. */
function isInaccessible(path: string): boolean {
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

/** With all links followed, even if it does not exist yet. */
function isBelow(path: string, folder: string): boolean {
  return existsSync(folder) && realOf(resolve(path)).startsWith(`${realpathSync(folder)}${sep}`)
}

function realOf(path: string): string {
  if (existsSync(path) || path === dirname(path)) {
    return realpathSync(path)
  }
  return `${realOf(dirname(path))}${sep}${path.slice(dirname(path).length).replace(/^\/+/, '')}`
}
