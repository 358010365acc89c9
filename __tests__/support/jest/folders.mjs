// Jest's globalSetup: one folder below which all tests of a run work, whose end removes it (folders-end.mjs). Jest's
// workers inherit the variable that names it.
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

/** The folder of this run. One of a run that was killed holds gigabytes: it names its process, and goes now. */
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
 * Where nobody says otherwise, tests are about a user's own machine: in a job of GitHub Actions what is kept in a folder
 * does not count (decision 32).
 */
export function ownMachine() {
  delete process.env.GITHUB_ACTIONS
}

export default function setup() {
  ownMachine()
  process.env.TMPDIR = runFolder()
}
