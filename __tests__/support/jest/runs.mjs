// The folder of a run of Jest, `sw-PID-…`: what tests write (tmp), what the command keeps (cache), and the workers that run
// tests in it. A run may end while tests still run (--bail, an interrupt): its folder stays as long as they do, or they would
// write where they are started, into the repository.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const NAME = 'SEAWORTHY_TEST_RUN'

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Ids of the processes that have run tests in the folder; none if it is not a whole one. */
function workersOf(run) {
  try {
    return readdirSync(join(run, 'workers')).map(Number)
  } catch {
    return []
  }
}

/** Deletes nothing across mounts: the contents of a disk that a test could not unmount are not ours. */
function remove(run) {
  spawnSync('rm', ['-rf', '--one-file-system', '--', run], { stdio: 'inherit' })
}

/** Makes the folder of this run, once, and removes those of runs that have ended, which can hold gigabytes. */
export function newRun() {
  const made = process.env[NAME] ?? ''
  if (basename(made).startsWith(`sw-${process.pid}-`)) {
    return made
  }
  for (const name of readdirSync(tmpdir())) {
    const pid = /^sw-(\d+)-/.exec(name)?.[1]
    const run = join(tmpdir(), name)
    if (pid !== undefined && ![Number(pid), ...workersOf(run)].some(isAlive)) {
      remove(run)
    }
  }
  const run = mkdtempSync(join(tmpdir(), `sw-${process.pid}-`))
  for (const part of ['tmp', 'cache', 'workers']) {
    mkdirSync(join(run, part))
  }
  process.env[NAME] = run
  return run
}

export const tmpOf = (run) => join(run, 'tmp')

/** This process runs tests from now on. */
export function joinRun() {
  writeFileSync(join(process.env[NAME], 'workers', String(process.pid)), '')
}

/** Removes the folder of this run, unless a worker still runs tests in it: then the next run does. */
export function endRun() {
  const run = process.env[NAME]
  if (!workersOf(run).some((pid) => pid !== process.pid && isAlive(pid))) {
    remove(run)
  }
}

/** Whether the run has ended while this process, one of its workers, still runs tests: its parent is gone. */
export const hasRunEnded = () => IS_WORKER && !process.connected
const IS_WORKER = process.send !== undefined
