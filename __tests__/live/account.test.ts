import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { keys } from '../support/policies.js'
import { BASES, docker, newFolder, reportOf, start, UPDATABLE } from './support.js'

/** The account of real images: Debian's bases have nothing else than files of packages, and the sums are equal. */

const TAG = `seaworthy-test/account-${process.pid}:1`
afterAll(() => {
  docker('rmi', '-f', TAG)
})

async function accountOf(image: string, more: readonly string[] = [], via: readonly string[] = []) {
  const flags = ['--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' }), ...more]
  const { account } = reportOf(await start(['scan', image, ...flags], {}, via).ended).images[0] ?? {}
  if (account == null) {
    throw new Error('the report has no account')
  }
  const { judged, 'not-examined': unexamined, copied, unowned } = account.sides
  expect(judged + unexamined + copied + unowned).toBe(account.programs)
  return account
}

describe('when a Debian image is accounted for', () => {
  test.each([...Object.values(BASES), UPDATABLE])(
    'then all programs of %s are of packages',
    async (image) => {
      const { programs, judged, listed } = await accountOf(image)
      expect(listed).toEqual([])
      expect(programs).toBeGreaterThan(700)
      expect(judged.debian).toBe(programs)
    },
  )
})

test('when a Dockerfile copies one program and makes another, then one is copied and one unowned', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'app'), '\x7fELF of the build context', 'latin1')
  const lines = [`FROM ${BASES.bookworm}`, 'COPY app /usr/local/bin/', 'RUN cp /bin/ls /usr/local/bin/made']
  writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
  execFileSync('docker', ['build', '-q', '-t', TAG, folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  // A Dockerfile is read only in the working folder.
  const reportedFor = async (more: readonly string[]) =>
    (await accountOf(TAG, more, ['env', '-C', folder])).listed.map(({ side, path }) => `${side} ${path}`)
  expect(await reportedFor(['--dockerfile', 'Dockerfile'])).toEqual([
    'copied usr/local/bin/app',
    'unowned usr/local/bin/made',
  ])
  writeFileSync(join(folder, 'Other'), `FROM ${BASES.bookworm}\nRUN true\n`)
  const other = await reportedFor(['--dockerfile', 'Other'])
  expect(other).toEqual(['unowned usr/local/bin/app', 'unowned usr/local/bin/made'])
})
