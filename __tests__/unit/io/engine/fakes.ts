import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach } from '@jest/globals'
import type { FakeEngine } from '../../../support/fake-engine.js'

// No registry is asked: the engine and the docker command are fakes that write down what they were told. Each test file
// has its own copy of this module, and so these hooks.

/** The only folder in PATH: a file named docker in it is the docker command. */
export const commands = mkdtempSync(join(tmpdir(), 'sw-docker-'))
/** Closed after each test. */
export const fakes: FakeEngine[] = []
const { PATH } = process.env
beforeEach(() => {
  process.env.PATH = commands
})
afterEach(async () => {
  process.env.PATH = PATH
  rmSync(join(commands, 'docker'), { force: true })
  for (const fake of fakes.splice(0)) {
    await fake.close()
  }
})
afterAll(() => rmSync(commands, { recursive: true }))
