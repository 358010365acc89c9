import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { anImageWith, attack } from './bundle.js'
import { fixedIn, flagsWith, type SignedArchive, signedArchive, trixieWith } from './signed-archive.js'

/**
 * An image of trixie with a system of bookworm in a folder, as debootstrap makes it. Its packages were judged by the rows of
 * trixie, which was never affected by what bookworm has fixed.
 */

const CVE = 'CVE-2026-20362'

let archive: SignedArchive
let flags: readonly string[]

beforeAll(async () => {
  archive = await signedArchive({ trixie: [], 'trixie-updates': [], 'trixie-security': [] })
  const releases = { trixie: fixedIn('0'), bookworm: fixedIn('72.1-3+deb12u1') }
  flags = flagsWith({ icu: { [CVE]: { releases } } })
})
afterAll(() => archive.close())

async function findingsWith(version: string, codename: string) {
  const image = anImageWith({
    ...trixieWith([]),
    'srv/root/etc/os-release': `ID=debian\nVERSION_CODENAME=${codename}\n`,
    'srv/root/var/lib/dpkg/status': `Package: libicu72\nStatus: install ok installed\nSource: icu\nVersion: ${version}\nArchitecture: amd64\n\n`,
    'srv/root/var/lib/dpkg/info/libicu72.list': '/.\n',
  })
  const { code, report } = await attack(['scan', image, ...flags], archive)
  process.stdout.write(`  attack 56, ${version} in ${codename}: exit ${code}, ${report.verdict}\n`)
  const findings = report.images?.[0]?.findings.filter(({ id }) => id === CVE) ?? []
  return { code, findings: findings.map((one) => `${one.package} ${one.ruling} ${one.fixedVersion}`) }
}

describe('when an image of trixie contains a system of bookworm', () => {
  test('with a severe vulnerability that bookworm has fixed, then the image fails', async () => {
    const found = { code: 1, findings: ['icu act 72.1-3+deb12u1'] }
    expect(await findingsWith('72.1-3', 'bookworm')).toEqual(found)
  })

  test('with the fix, then the image passes', async () => {
    expect(await findingsWith('72.1-3+deb12u1', 'bookworm')).toEqual({ code: 0, findings: [] })
  })
})

test('when the tracker does not know the release of such a system, then there is no answer', async () => {
  expect(await findingsWith('72.1-3', 'buster')).toEqual({ code: 2, findings: [] })
})
