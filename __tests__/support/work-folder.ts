import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach } from '@jest/globals'

/**
 * Paths that policies and inputs name are relative to the working directory: each test of the file has a new, empty one.
 * Returns the folder in which they are, which is deleted after the last test.
 */
export function inNewFolders(): string {
  const back = process.cwd()
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'seaworthy-test-')))
  beforeEach(() => {
    process.chdir(mkdtempSync(join(root, 'work-')))
  })
  afterAll(() => {
    process.chdir(back)
    rmSync(root, { recursive: true })
  })
  return root
}
