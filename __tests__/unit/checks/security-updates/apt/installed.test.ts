import { expect, test } from '@jest/globals'
import { readInstalled } from '../../../../../src/checks/security-updates/apt/configured.js'

const stanza = (name: string, version: string, architecture: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: ${architecture}\nVersion: ${version}\n\n`

function installed(status: string, ...parts: string[]): string[] {
  const more = parts.map((text, at) => [`var/lib/dpkg/status.d/p${at}`, text])
  const files = Object.fromEntries([['var/lib/dpkg/status', status], ...more])
  return readInstalled({ files, unreadable: {} }).map(
    ({ package: { name, version, architecture } }) => `${name}:${architecture} ${version}`,
  )
}

test.each([
  ['amd64', 'amd64'],
  ['all', 'amd64'],
  ['amd64', 'all'],
])(
  'when a package is in the status file (%s) and in status.d (%s), then the status file counts',
  (one, other) => {
    expect(installed(stanza('tzdata', '1', one), stanza('tzdata', '2', other))).toEqual([`tzdata:${one} 1`])
  },
)

test('when status.d has what the status file has not, then it counts, once', () => {
  const i386 = stanza('zlib1g', '1', 'i386')
  expect(installed(stanza('zlib1g', '1', 'amd64'), i386, i386)).toEqual(['zlib1g:amd64 1', 'zlib1g:i386 1'])
})
