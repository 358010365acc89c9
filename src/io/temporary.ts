import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'seaworthy-'
/** A folder this old, in ms, belongs to a run that was killed: no run may last so long. */
const STALE_AFTER = 24 * 60 * 60 * 1000

/** A new folder under RUNNER_TEMP (TMPDIR in a terminal), which the caller removes. Sweeps stale ones first. */
export function makeTemporary(runId: string, env: NodeJS.ProcessEnv = process.env): string {
  const parent = env.RUNNER_TEMP || tmpdir()
  for (const name of readdirSync(parent)) {
    if (!/^seaworthy-[0-9a-f]{12}-/.test(name)) continue
    const path = join(parent, name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > STALE_AFTER) rmSync(path, { recursive: true, force: true })
  }
  return mkdtempSync(join(parent, `${PREFIX}${runId}-`))
}

/** Removes the folders of one run. */
export function removeTemporary(runId: string, env: NodeJS.ProcessEnv = process.env): void {
  const parent = env.RUNNER_TEMP || tmpdir()
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${PREFIX}${runId}-`)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}
