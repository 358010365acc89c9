import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unwritable } from './full-disk.js'

const PREFIX = 'seaworthy-'
/** A folder this old, in ms, belongs to a run that was killed: no run may last so long. */
const STALE_AFTER = 24 * 60 * 60 * 1000

/**
 * A new folder under RUNNER_TEMP (TMPDIR in a terminal), which the caller removes. Sweeps stale ones first.
 * Throws `no-space`, `file-unwritable`.
 */
export function makeTemporary(runId: string, env: NodeJS.ProcessEnv = process.env): string {
  const parent = env.RUNNER_TEMP || tmpdir()
  try {
    sweep(parent)
    return mkdtempSync(join(parent, `${PREFIX}${runId}-`))
  } catch (error) {
    throw unwritable(parent, error)
  }
}

/** A folder in it. Throws `no-space`, `file-unwritable`. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw unwritable(path, error)
  }
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!/^seaworthy-[0-9a-f]{12}-/.test(name)) continue
    const path = join(parent, name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > STALE_AFTER) rmSync(path, { recursive: true, force: true })
  }
}

/** Removes the folders of one run. */
export function removeTemporary(runId: string, env: NodeJS.ProcessEnv = process.env): void {
  const parent = env.RUNNER_TEMP || tmpdir()
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${PREFIX}${runId}-`)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}
