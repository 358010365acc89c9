// Jest's globalSetup of the live tests: one folder below which all of them work. Jest's workers inherit the variable.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ownMachine from '../support/own-machine.mjs'

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

export default function setup() {
  ownMachine()
  // A run that was killed leaves gigabytes, which the next one removes: its folder names its process.
  for (const name of readdirSync(tmpdir())) {
    const pid = /^sw-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) {
      spawnSync('rm', ['-rf', '--one-file-system', '--', join(tmpdir(), name)], { stdio: 'inherit' })
    }
  }
  process.env.SEAWORTHY_LIVE_FOLDER = mkdtempSync(join(tmpdir(), `sw-${process.pid}-`))
}
