// Jest's setupFiles of the live tests: each test file works in its worker's folder, which starts empty, so that the
// disk holds what one file makes and not what all of them made. Not across mounts, as in support/folders-end.mjs.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(process.env.SEAWORTHY_LIVE_FOLDER ?? '', process.env.JEST_WORKER_ID ?? '1')
spawnSync('rm', ['-rf', '--one-file-system', '--', folder], { stdio: 'inherit' })
mkdirSync(folder, { recursive: true })
process.env.SEAWORTHY_LIVE_FOLDER = folder
