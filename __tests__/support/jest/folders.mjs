// Jest's globalSetup: makes one folder in which all tests of a run work; it is removed at the end of the run
// (folders-end.mjs). Jest's workers inherit the variable that names it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** The folder for this run. A killed run leaves one with gigabytes, whose name contains a process id: it is removed now. */
export function runFolder() {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^sw-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) {
      spawnSync('rm', ['-rf', '--one-file-system', '--', join(tmpdir(), name)], { stdio: 'inherit' })
    }
  }
  return mkdtempSync(join(tmpdir(), `sw-${process.pid}-`))
}

/**
 * Unless a test says otherwise, it assumes a user's own machine, because in a GitHub Actions job the gate does not use
 * data kept in a folder (decision 32).
 */
export function ownMachine() {
  delete process.env.GITHUB_ACTIONS
}

export default function setup() {
  ownMachine()
  process.env.TMPDIR = runFolder()
}
