import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { keys } from '../../support/policies.js'
import { BASES, docker, leftovers, ROOT, reportOf, seaworthy } from '../support.js'

const IMAGE = 'seaworthy-test/update-distroless:1.0'
const FLAGS = ['--checks', 'security-updates,clair', keys({ 'require-release': 'supported' })]

beforeAll(() => {
  const folder = join(ROOT, '__tests__/live/update/distroless')
  docker('build', '-q', '--build-arg', `BASE=${BASES.bookworm}`, '-t', IMAGE, folder)
})

afterAll(() => {
  docker('rmi', '-f', IMAGE)
})

test('when a distroless-style image lacks updates, then it is judged, and cannot be updated without a newer base', async () => {
  const scanned = await seaworthy(['scan', IMAGE, ...FLAGS])
  const blocking = (reportOf(scanned).images[0]?.findings ?? []).filter(({ blocks }) => blocks)
  const names = blocking.flatMap(({ binaries }) => binaries.map(({ name }) => name))
  expect(names).toEqual(expect.arrayContaining(['liblzma5', 'libpam0g']))
  expect(scanned.code).toBe(1)

  const updated = await seaworthy(['update', IMAGE, '--test', 'true', ...FLAGS])
  expect(updated.code).toBe(2)
  expect(updated.stderr).toContain('update-no-apt')
  expect(updated.stderr).toContain('rebuild the image on a newer base')
  expect(docker('images', '-q', `${IMAGE}-patched`)).toBe('')
  expect(leftovers(updated)).toEqual([])
})
