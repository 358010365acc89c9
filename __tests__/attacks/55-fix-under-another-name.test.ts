import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { anImageWith, attack } from './bundle.js'
import { fixedIn, flagsWith, type SignedArchive, signedArchive, trixieWith } from './signed-archive.js'

/**
 * The name of a library changes with its interface, that of a kernel with its version. Debian fixes botan3 in trixie as
 * libbotan-3-12, and keeps libbotan-3-7 in its index as it was: "announced, but not in the archive yet".
 */

const CVE = 'CVE-2026-20361'
const FIXED = '3.12.0+dfsg-2~deb13u1'

let archive: SignedArchive
let flags: readonly string[]

beforeAll(async () => {
  archive = await signedArchive({
    trixie: ['libbotan-3-7 3.7.1+dfsg-2 botan3', 'libzip5 1.11.3-2 libzip'],
    'trixie-updates': [],
    'trixie-security': [`libbotan-3-12 ${FIXED} botan3`],
  })
  const row = (version: string) => ({ [CVE]: { releases: { trixie: fixedIn(version) } } })
  flags = flagsWith({ botan3: row(FIXED), libzip: row('1.11.4-1') })
})
afterAll(() => archive.close())

async function rulingsIn(packages: readonly string[]) {
  const image = anImageWith(trixieWith(packages))
  const { code, report, output } = await attack(['scan', image, ...flags], archive)
  process.stdout.write(`  attack 55, ${packages.join()}: exit ${code}, ${report.verdict}\n`)
  const findings = report.images?.[0]?.findings.filter(({ id }) => id === CVE)
  if (findings === undefined || report.unanswered.length > 0) {
    throw new Error(output)
  }
  const tasks = report.actions.map(({ kind, title }) => `${kind}: ${title}`)
  return { code, findings: findings.map((one) => `${one.package} ${one.ruling}`), tasks }
}

describe('when a library has a severe vulnerability', () => {
  test('and the archive has the fix under another name, then the image fails', async () => {
    const ran = await rulingsIn(['libbotan-3-7 3.7.1+dfsg-2 botan3'])
    const tasks = ['decide: Replace libbotan-3-7, which no update fixes, or remove it']
    expect(ran).toEqual({ code: 1, findings: ['botan3 act'], tasks })
  })

  test('and the archive does not have the fix yet, then it is announced only', async () => {
    const ran = await rulingsIn(['libzip5 1.11.3-2 libzip'])
    expect(ran).toEqual({ code: 0, findings: ['libzip unfixed'], tasks: [] })
  })
})
