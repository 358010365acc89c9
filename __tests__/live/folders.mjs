// Jest's globalSetup of the live tests: one folder below which all of them work. Jest's workers inherit the variable.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ownMachine from '../support/own-machine.mjs'

export default function setup() {
  ownMachine()
  process.env.SEAWORTHY_LIVE_FOLDER = mkdtempSync(join(tmpdir(), 'sw-'))
}
