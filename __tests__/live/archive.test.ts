import { spawnSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { collectSecurityUpdates } from '../../src/checks/security-updates/collect.js'
import { entriesAbove } from '../../src/inventory/provenance/changelog.js'
import { aDebianImage, opening } from '../support/debian-archive.js'
import { expectVerified, NAMES, optionsOf, print } from './mirror.js'

/** The suites of three releases as Debian's mirrors have them now, and what reading them costs. */

// The two older releases in __tests__/long.
test('when trixie is read from a real mirror, then its suites verify with the shipped keys', async () => {
  await expectVerified('trixie')
})

/** The versions of a changelog as dpkg's own parser finds them; `null` where the machine has no dpkg-dev. */
function dpkgVersions(text: string): string[] | null {
  const perl = (...args: string[]) =>
    spawnSync('perl', ['-MDpkg::Changelog::Debian', ...args], { input: text, encoding: 'utf8' })
  if (perl('-e', '1').status !== 0) {
    return null
  }
  const program =
    'my $c = Dpkg::Changelog::Debian->new(verbose => 0); $c->parse(\\*STDIN, "x"); print $_->get_version(), "\\n" for @$c'
  return perl('-e', program).stdout.trim().split('\n')
}

test('when the days of fixes are asked for, then the changelogs of a real security archive are read as dpkg reads them', async () => {
  const status = NAMES.map((name) => {
    const source = { libc6: 'glibc', libssl3: 'openssl', 'perl-base': 'perl', zlib1g: 'zlib' }[name] ?? name
    return `Package: ${name}\nSource: ${source}\nStatus: install ok installed\nVersion: 0.1\nArchitecture: amd64\n`
  }).join('\n')
  const os = 'ID=debian\nVERSION_CODENAME=bookworm\n'
  const image = aDebianImage({ 'etc/os-release': os, 'var/lib/dpkg/status': status })
  const started = performance.now()
  const options = optionsOf()
  const archive = { ...options.archive, fixDays: true }
  const [evidence] = await collectSecurityUpdates([opening(image)], { ...options, archive })
  const read = JSON.parse(evidence?.documents['changelogs.json'] ?? '[]') as {
    readonly source: string
    readonly version: string
    readonly text: string | null
  }[]
  const whole = read.filter(({ text }) => text !== null)
  print(
    `changelogs of ${whole.length} of ${read.length} sources in ${Math.round(performance.now() - started)} ms`,
  )
  expect(read.filter(({ text }) => text === null)).toEqual([])
  expect(whole.map(({ source }) => source)).toEqual(expect.arrayContaining(['openssl', 'perl']))
  for (const { source, version, text } of whole) {
    expect(text?.startsWith(`${source} (${version}) `)).toBe(true)
    const ours = entriesAbove(text ?? '', '0.1').map((entry) => entry.version)
    expect([source, ours]).toEqual([source, dpkgVersions(text ?? '') ?? ours])
  }
})
