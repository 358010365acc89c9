import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { newFolder, TRACKER } from '../live/support.js'
import { keys } from '../support/policies.js'
import { anImageWith, attack } from './bundle.js'
import { type SignedArchive, signedArchive, trixieWith } from './signed-archive.js'

/**
 * The name of a library changes with its interface, that of a kernel with its version. Debian fixes botan3 in trixie as
 * libbotan-3-12, and keeps libbotan-3-7 in its index as it was: "announced, but not in the archive yet".
 */

const CVE = 'CVE-2026-20361'
const FIXED = '3.12.0+dfsg-2~deb13u1'
const CLAIR = process.env.SEAWORTHY_CLAIR_IMAGE ?? 'seaworthy-dev/clair:4.9.0'
const POSTGRES = process.env.SEAWORTHY_POSTGRES_IMAGE ?? 'seaworthy-dev/postgres:15'

let archive: SignedArchive
let tracker: string

beforeAll(async () => {
  archive = await signedArchive({
    trixie: ['libbotan-3-7 3.7.1+dfsg-2 botan3', 'libzip5 1.11.3-2 libzip'],
    'trixie-updates': [],
    'trixie-security': [`libbotan-3-12 ${FIXED} botan3`],
  })
  tracker = join(newFolder(), 'tracker.json')
  const row = (version: string) => ({
    [CVE]: { releases: { trixie: { status: 'resolved', fixed_version: version, urgency: 'high' } } },
  })
  const sample = JSON.parse(readFileSync(TRACKER, 'utf8')) as Record<string, object>
  writeFileSync(tracker, JSON.stringify({ ...sample, botan3: row(FIXED), libzip: row('1.11.4-1') }))
})
afterAll(() => archive.close())

async function rulingsIn(packages: readonly string[]) {
  const unused = ['cvss', 'epss', 'kev', 'osv'].flatMap((feed) => [`--${feed}`, 'none'])
  const services = ['--clair-image', CLAIR, '--postgres-image', POSTGRES]
  const { code, report, output } = await attack(
    [
      'scan',
      anImageWith(trixieWith(packages)),
      '--checks',
      'security-updates,clair',
      ...['--tracker', tracker],
      ...unused,
      ...services,
      keys({ 'max-data-age': 87600 }),
    ],
    archive,
  )
  process.stdout.write(`  attack 61, ${packages.join()}: exit ${code}, ${report.verdict}\n`)
  const findings = report.images?.[0]?.findings.filter(({ id }) => id === CVE)
  if (findings === undefined || report.unanswered.length > 0) {
    throw new Error(output)
  }
  return { code, findings: findings.map((one) => `${one.package} ${one.ruling}`) }
}

describe('when a library has a severe vulnerability', () => {
  test('and the archive has the fix under another name, then the image fails', async () => {
    const ran = await rulingsIn(['libbotan-3-7 3.7.1+dfsg-2 botan3'])
    expect(ran).toEqual({ code: 1, findings: ['botan3 act'] })
  })

  test('and the archive does not have the fix yet, then it is announced only', async () => {
    const ran = await rulingsIn(['libzip5 1.11.3-2 libzip'])
    expect(ran).toEqual({ code: 0, findings: ['libzip unfixed'] })
  })
})
