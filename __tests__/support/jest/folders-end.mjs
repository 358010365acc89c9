// Jest's globalTeardown. Deletes nothing across mounts: the contents of a disk that a test could not unmount are not ours.
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'

export default function teardown() {
  const folder = process.env.SEAWORTHY_LIVE_FOLDER ?? tmpdir()
  if (basename(folder).startsWith(`sw-${process.pid}-`)) {
    spawnSync('rm', ['-rf', '--one-file-system', '--', folder], { stdio: 'inherit' })
  }
}
