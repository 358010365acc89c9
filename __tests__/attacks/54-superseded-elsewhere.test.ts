import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { anImageWith, attack } from './bundle.js'
import { type SignedArchive, signedArchive, trixieWith } from './signed-archive.js'

/**
 * trixie with a package that bookworm had until last week: with the newest one of bookworm the image failed, and with
 * this one it passed, since no index has it and trixie has a higher one.
 */

let archive: SignedArchive

beforeAll(async () => {
  archive = await signedArchive({
    trixie: ['less 668-1', 'tar 1.35+dfsg-3.1', 'wget 1.25.0-2'],
    'trixie-updates': [],
    'trixie-security': [],
    bookworm: ['less 590-2.1~deb12u2', 'tar 1.34+dfsg-1.2+deb12u1', 'wget 1.21.3-1+deb12u1'],
    'bookworm-updates': [],
    'bookworm-security': [],
    forky: [],
    sid: [],
    experimental: [],
  })
})
afterAll(() => archive.close())

async function blockingIn(packages: readonly string[]) {
  const args = ['scan', anImageWith(trixieWith(packages)), '--checks', 'security-updates']
  const { code, report, output } = await attack([...args, '--tracker', 'http://127.0.0.1:9/'], archive)
  process.stdout.write(`  attack 54, ${packages.join()}: exit ${code}, ${report.verdict}\n`)
  const findings = report.images?.[0]?.findings
  if (findings === undefined) {
    throw new Error(output)
  }
  return { code, blocking: findings.filter(({ blocks }) => blocks).map((one) => `${one.id} ${one.package}`) }
}

describe('when trixie has a package', () => {
  test.each([
    ['that bookworm has', 'less 590-2.1~deb12u2', 'other-release less'],
    ['that bookworm had, by its mark', 'less 590-2.1~deb12u1', 'other-release less'],
    ['that bookworm had before its first update', 'tar 1.34+dfsg-1.2', 'other-release tar'],
    ['built for a release without support', 'wget 1.21-1+deb11u1', 'no-security-support wget'],
    ['built as a backport to bookworm', 'wget 1.24.5-1~bpo12+1', 'no-security-support wget'],
  ])('%s, then the image fails: %s', async (_, text, finding) => {
    expect(await blockingIn([text])).toEqual({ code: 1, blocking: [finding] })
  })

  test.each([
    ['of its own', 'less 668-1'],
    ['that it had itself, and that no other release has', 'less 667-1'],
  ])('%s, then the image passes', async (_, text) => {
    expect(await blockingIn([text])).toEqual({ code: 0, blocking: [] })
  })
})
