// Imports the keys of Debian's archive from the package debian-archive-keyring into
// src/debian/archive-keys.ts, together with the oldest acceptable date of each suite without Valid-Until.
// Run on Debian, after `apt-get update`:
//    node script/renew-archive-keys.mjs
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readKeys } from 'openpgp'
import { SUPPORT_ROWS } from '../src/debian/support-rows.ts'
import { ROOT, today, withPackage } from './lib/debian-package.mjs'

const WEEK_MS = 7 * 86_400_000

await withPackage('debian-archive-keyring', async (folder, version) => {
  const keyring = join(folder, 'usr/share/keyrings/debian-archive-keyring.gpg')
  const keys = (await readKeys({ binaryKeys: readFileSync(keyring) })).map(entry)
  const dates = await datesOf(releases(), keyring, folder)
  const text = `// Made by script/renew-archive-keys.mjs: not for editing by hand.

export const ARCHIVE_KEYS_SOURCE = { package: 'debian-archive-keyring', version: '${version}', date: '${today()}' }

/** The keys that sign Debian's archives: OpenPGP certificates in base64, without people's signatures. */
export const ARCHIVE_KEYS = [
${keys.map(({ fingerprint, name, key }) => `  { fingerprint: '${fingerprint}', name: ${JSON.stringify(name)}, key: '${key}' },`).join('\n')}
]

/**
 * For each suite without Valid-Until, a \`Date\` a week before the one it had when the keys were imported, ISO
 * 8601 UTC. Suites only move forward, but nothing in an old copy shows its age. A week is what Valid-Until
 * gives the others, for mirrors that are behind.
 */
export const OLDEST_DATES: Readonly<Record<string, string>> = {
${dates.map(([suite, date]) => `  '${suite}': '${date}',`).join('\n')}
}
`
  const path = join(ROOT, 'src/debian/archive-keys.ts')
  writeFileSync(path, text)
  execFileSync(process.execPath, [
    join(ROOT, 'node_modules/@biomejs/biome/bin/biome'),
    'format',
    '--write',
    path,
  ])
  console.log(`${keys.length} keys of debian-archive-keyring ${version}, ${dates.length} dates`)
})

function entry(key) {
  // Signatures by people show who trusts the key; here the package does.
  for (const user of key.users) {
    user.otherCertifications = []
  }
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    name: key.users[0].userID.userID.replace(/ <.*>$/, ''),
    key: Buffer.from(key.write()).toString('base64'),
  }
}

/** Codenames of releases that a mirror may still have. */
function releases() {
  return SUPPORT_ROWS.filter((row) => row.released !== null && (row.eolElts ?? '9') >= today()).map(
    ({ codename }) => codename,
  )
}

/** [suite, date] from the machine's own mirrors, each with a valid signature; suites they lack are left out. */
async function datesOf(codenames, keyring, folder) {
  const targets = execFileSync('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(RELEASE)',
    'Created-By: Packages',
  ])
  const mirrors = targets
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  const mirrorFor = (isSecurity) =>
    mirrors.find(([, release]) => release.endsWith('-security') === isSecurity)?.[0]
  const dates = []
  for (const codename of codenames) {
    for (const suite of [codename, `${codename}-updates`, `${codename}-security`]) {
      const mirror = mirrorFor(suite.endsWith('-security'))
      if (!mirror) {
        throw new Error('the apt sources of this machine name no mirror, or none of the security archive')
      }
      const answer = await fetch(new URL(`dists/${suite}/InRelease`, mirror))
      if (!answer.ok) {
        continue
      }
      const [signed, plain] = [join(folder, 'InRelease'), join(folder, 'Release')]
      writeFileSync(signed, Buffer.from(await answer.arrayBuffer()))
      execFileSync('gpgv', ['-q', '--keyring', keyring, '--output', plain, signed], { stdio: 'ignore' })
      const text = readFileSync(plain, 'utf8')
      if (!text.split('\n').includes(`Codename: ${suite}`)) {
        throw new Error(`${suite}: another suite was served`)
      }
      if (/^Valid-Until:/m.test(text)) {
        continue
      }
      const date = Date.parse(/^Date: (.+)$/m.exec(text)[1])
      dates.push([suite, new Date(date - WEEK_MS).toISOString()])
    }
  }
  return dates
}
