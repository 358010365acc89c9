// Jest's globalTeardown. Not across mounts: a disk that a test could not unmount is not ours to empty.
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'

export default function teardown() {
  const folder = process.env.SEAWORTHY_LIVE_FOLDER ?? tmpdir()
  if (basename(folder).startsWith(`sw-${process.pid}-`)) {
    spawnSync('rm', ['-rf', '--one-file-system', '--', folder], { stdio: 'inherit' })
  }
}
