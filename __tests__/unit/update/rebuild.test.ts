import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { removeTemporary } from '../../../src/io/files/temporary.js'
import { rebuild } from '../../../src/update/rebuild.js'
import { NEVER } from '../../support/waiting.js'
import { aWorkshop, RUN_ID } from './workshops.js'

// Dockerfiles lie in the working folder: this test has one of its own.
const back = process.cwd()
let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sw-rebuild-')))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(back)
  rmSync(folder, { recursive: true })
  removeTemporary(RUN_ID)
})

/** What a build by this command finds next to its Dockerfile. */
async function ignoredBy(file: string): Promise<string> {
  const { shop, fake } = await aWorkshop({})
  const out = join(folder, 'out')
  const options = {
    source: { file, text: 'FROM x\n', from: { endLine: 1, user: null } },
    command: `cat "$DOCKERFILE.dockerignore" >'${out}' 2>&1`,
    limitMs: NEVER,
    securityMirror: '',
    addSecurity: null,
    sources: [],
    today: '2026-11-24',
  }
  await rebuild(shop, options, 'FROM x\n')
  await fake.close()
  return readFileSync(out, 'utf8')
}

test('when a Dockerfile has a .dockerignore of its own, then the build has it too, or it would copy what is left out', async () => {
  const file = join(folder, 'app.Dockerfile')
  expect(await ignoredBy(file)).toMatch(/No such file/)
  writeFileSync(`${file}.dockerignore`, '.env\n')
  expect(await ignoredBy(file)).toBe('.env\n')
})
