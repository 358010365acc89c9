// Jest's globalTeardown; with --bail, it runs while tests are still running in other workers.
import { endRun } from './runs.mjs'

export default function teardown() {
  endRun()
}
