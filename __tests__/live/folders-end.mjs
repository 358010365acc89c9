// Jest's globalTeardown of the live tests. Not across mounts: a disk that a test could not unmount is not ours to empty.
import { spawnSync } from 'node:child_process'

export default function teardown() {
  const folder = process.env.SEAWORTHY_LIVE_FOLDER
  if (folder) {
    spawnSync('rm', ['-rf', '--one-file-system', '--', folder], { stdio: 'inherit' })
  }
}
