// Jest's globalSetup: one folder below which all tests of a run work, whose end removes it (folders-end.mjs). Jest's
// workers inherit the variable. Where nobody says otherwise, tests are about a user's own machine: in a job of GitHub
// Actions what is kept in a folder does not count (decision 32).
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

export default function setup() {
  delete process.env.GITHUB_ACTIONS
  // A run that was killed leaves gigabytes, which the next one removes: its folder names its process.
  for (const name of readdirSync(tmpdir())) {
    const pid = /^sw-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) {
      spawnSync('rm', ['-rf', '--one-file-system', '--', join(tmpdir(), name)], { stdio: 'inherit' })
    }
  }
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), `sw-${process.pid}-`))
}
