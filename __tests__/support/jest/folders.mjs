// Jest's globalSetup: makes one folder in which all tests of a run work (runs.mjs). Jest's workers inherit the variables
// that name its parts.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { newRun, tmpOf } from './runs.mjs'

/**
 * Unless a test says otherwise, it assumes a user's own machine, because in a GitHub Actions job the gate does not use
 * data kept in a folder (decision 32).
 */
function ownMachine() {
  delete process.env.GITHUB_ACTIONS
}

/**
 * What the command keeps is the run's own: no test finds what the user's gates have kept, or leaves something for them. What
 * script/setup has made is found as before.
 */
function ownCache(run) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  process.env.SEAWORTHY_DEV_CACHE ??= join(cache, 'seaworthy-dev')
  process.env.XDG_CACHE_HOME = join(run, 'cache')
  // Go finds what it has built by the content of all inputs. In the run's own cache, it would compile its library in each
  // run, which takes half a minute of a core.
  process.env.GOCACHE ??= join(process.env.SEAWORTHY_DEV_CACHE, 'go-build')
}

/** @returns the folder for the tests' own folders */
export function startRun() {
  ownMachine()
  const run = newRun()
  ownCache(run)
  return tmpOf(run)
}

export default function setup() {
  process.env.TMPDIR = startRun()
}
