// Jest's globalSetup of the live tests: one folder below which all of them work. Jest's workers inherit the variable.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function setup() {
  process.env.SEAWORTHY_LIVE_FOLDER = mkdtempSync(join(tmpdir(), 'sw-'))
}
