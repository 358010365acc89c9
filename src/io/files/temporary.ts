import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasEnded, ownerOf } from '../process/owner.js'
import { readPlain } from './files.js'
import { unwritable } from './full-disk.js'
import { makeFolders } from './make-folders.js'

const PREFIX = 'seaworthy-'
/** Names the process that created the folder, so that the next run can tell whether it was killed. */
const OWNER = 'owner'
/** A folder older than this, in ms, belongs to a killed run: no run may take that long. */
const STALE_AFTER = 24 * 60 * 60 * 1000

/**
 * A new folder under RUNNER_TEMP (TMPDIR in a terminal), which the caller removes. First removes those of killed
 * runs. Throws `no-space`, `file-unwritable`.
 */
export function makeTemporary(runId: string, env: NodeJS.ProcessEnv = process.env): string {
  const parent = env.RUNNER_TEMP || tmpdir()
  let folder: string | null = null
  try {
    sweep(parent)
    folder = mkdtempSync(join(parent, `${PREFIX}${runId}-`))
    writeFileSync(join(folder, OWNER), ownerOf(process.pid) ?? '')
    return folder
  } catch (error) {
    if (folder !== null) {
      rmSync(folder, { recursive: true, force: true })
    }
    throw unwritable(parent, error)
  }
}

/** A folder in it. Throws `no-space`, `file-unwritable`. */
export function makeFolder(path: string): void {
  try {
    makeFolders(path)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** What can't be removed is left to others; that is no reason not to judge. */
function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name)
    try {
      if (/^seaworthy-[0-9a-f]{12}-/.test(name) && isLeftover(path)) {
        rmSync(path, { recursive: true, force: true })
      }
    } catch {}
  }
}

/** Only this user's folders: in a shared folder, other users' may contain anything. */
function isLeftover(path: string): boolean {
  const { uid, mtimeMs } = lstatSync(path)
  const isAbandoned = () => hasEnded(readPlain(join(path, OWNER)) ?? '')
  return uid === process.getuid?.() && (Date.now() - mtimeMs > STALE_AFTER || isAbandoned())
}

/** Removes the folders of one run. */
export function removeTemporary(runId: string, env: NodeJS.ProcessEnv = process.env): void {
  const parent = env.RUNNER_TEMP || tmpdir()
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${PREFIX}${runId}-`)) {
      rmSync(join(parent, name), { recursive: true, force: true })
    }
  }
}
