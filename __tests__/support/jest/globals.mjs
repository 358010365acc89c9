// Stands in for `@jest/globals` in the tests; loaded once for each test file. jest-light-runner runs all of a worker's
// files in one process and has no time limits. So this module restores the process state before each file, and gives each
// test and hook a limit that is meant for hangs, not for slow tests. The runner also runs tests whose `before…` has failed,
// and those of a run that has ended, with whatever their variables hold then; here they fail instead.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { asAtStart } from './at-start.mjs'
import { hasRunEnded } from './runs.mjs'

const LIMIT_MS = 300_000

asAtStart()
globalThis.jest.restoreAllMocks()
if (process.env.SEAWORTHY_LIVE_FOLDER !== undefined) {
  emptyLiveFolder()
}

/**
 * Each live test file works in its worker's folder, which starts empty, so that the disk holds what one file makes and
 * not what all of them made. Deletes nothing across mounts, as in runs.mjs.
 */
function emptyLiveFolder() {
  const folder = join(process.env.SEAWORTHY_LIVE_FOLDER, `${process.pid}`)
  spawnSync('rm', ['-rf', '--one-file-system', '--', folder], { stdio: 'inherit' })
  mkdirSync(folder, { recursive: true })
  process.env.SEAWORTHY_LIVE_FOLDER = folder
}

function limited(run, limitMs = LIMIT_MS) {
  if (run === undefined) {
    return undefined
  }
  return async (...args) => {
    const late = Promise.withResolvers()
    const timer = setTimeout(() => late.reject(new Error(`not finished within ${limitMs} ms`)), limitMs)
    try {
      return await Promise.race([run(...args), late.promise])
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The first error of a `before…` of this file: what it should have made is missing from then on. */
let failure = null

function guarded(run) {
  if (run === undefined) {
    return undefined
  }
  return async (...args) => {
    if (hasRunEnded()) {
      throw new Error('not run, because the run has ended')
    }
    if (failure !== null) {
      throw new Error(`not run, because a hook has failed: ${failure.message ?? failure}`)
    }
    return run(...args)
  }
}

const named = (make) => (name, run, limitMs) => make(name, guarded(limited(run, limitMs)))
const each =
  (make) =>
  (...table) =>
    named(make(...table))
const before = (make) => (run, limitMs) => {
  const hook = guarded(limited(run, limitMs))
  make(async () => {
    try {
      await hook()
    } catch (error) {
      failure ??= error
      throw error
    }
  })
}
/** It always runs: it releases what was made. */
const after = (make) => (run, limitMs) => make(limited(run, limitMs))

function testOf(made) {
  return Object.assign(named(made), {
    each: each(made.each),
    only: Object.assign(named(made.only), { each: each(made.only.each) }),
    skip: Object.assign(named(made.skip), { each: each(made.skip.each) }),
    todo: made.todo,
  })
}

export const { describe, expect, jest } = globalThis
export const test = testOf(globalThis.test)
export const beforeAll = before(globalThis.beforeAll)
export const beforeEach = before(globalThis.beforeEach)
export const afterAll = after(globalThis.afterAll)
export const afterEach = after(globalThis.afterEach)
