import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { trackerPaths } from '../../src/feeds/tracker/kept.js'
import { FEED_INPUTS } from '../../src/inputs/feeds.js'
import { newFolder, TRACKER } from '../live/support.js'
import { anImageWith, attack } from './bundle.js'
import { fixedIn, flagsWith, trixieWith } from './signed-archive.js'

/**
 * Debian's security tracker serves a document that is whole by its form and new, and has a fraction of its rows. It is
 * served from the cache here: no test asks Debian.
 */

const DEBIAN = FEED_INPUTS.tracker.default
const CVE = 'CVE-2026-20363'
type Rows = Record<string, object>
const whole: Rows = {
  ...(JSON.parse(readFileSync(TRACKER, 'utf8')) as Rows),
  icu: { [CVE]: { releases: { trixie: fixedIn('76.1-5') } } },
}

async function scanWith(rows: Rows) {
  const cacheDir = join(newFolder(), 'cache')
  const { path, validatorsPath } = trackerPaths(cacheDir, DEBIAN)
  const text = JSON.stringify(rows)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const about = { sha256, etag: null, lastModified: new Date().toUTCString(), rows: 1, url: DEBIAN }
  mkdirSync(cacheDir, { mode: 0o700 })
  writeFileSync(path, text, { mode: 0o600 })
  writeFileSync(validatorsPath, JSON.stringify(about), { mode: 0o600 })
  const image = anImageWith(trixieWith(['libicu76 76.1-4 icu']))
  const flags = flagsWith({}).map((flag) => (flag === 'security-updates,clair' ? 'clair' : flag))
  const tracker = flags.indexOf('--tracker')
  const args = [...flags.slice(0, tracker), ...flags.slice(tracker + 2), '--offline', '--cache-dir', cacheDir]
  const { code, report } = await attack(['scan', image, ...args])
  process.stdout.write(`  attack 68, ${Object.keys(rows).length} packages: exit ${code}, ${report.verdict}\n`)
  return { code, problem: report.unanswered?.[0]?.problem.code ?? null }
}

test('when the tracker has one package left, then there is no answer', async () => {
  const { bash = {} } = whole
  expect(await scanWith({ bash })).toEqual({ code: 2, problem: 'tracker-truncated' })
})

test('when it has its packages, then the image fails by their rows', async () => {
  expect(await scanWith(whole)).toEqual({ code: 1, problem: null })
})
