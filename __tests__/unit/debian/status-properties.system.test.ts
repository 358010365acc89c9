import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readConfigured } from '../../../src/checks/security-updates/apt/configured.js'
import { pendingOf } from '../../../src/checks/security-updates/apt/pending.js'
import { upgradeOf } from '../../../src/checks/security-updates/apt/upgrade.js'
import { readPackages } from '../../../src/debian/packages.js'
import { SeaworthyError } from '../../../src/model/problem.js'

const oneOf = (...texts: string[]) => fc.constantFrom(...texts)
const name = fc.stringMatching(/^[a-z][a-z0-9+.-]{1,6}$/)
const version = fc.stringMatching(/^([0-9]:)?[0-9][0-9.~+]{0,5}(-[0-9a-z+~]{1,4})?$/)
const junk = fc.string({ maxLength: 12 })
const relation = fc
  .tuple(oneOf('', ':any', ':i386'), oneOf('', ' (>= 1)', ' (<< 2)', ' (= 1.0)', ' (x)', '('))
  .chain(([qualifier, constraint]) => name.map((one) => `${one}${qualifier}${constraint}`))
const status = fc
  .tuple(
    oneOf('install', 'hold', 'deinstall', 'purge', 'unknown', 'eat'),
    oneOf('ok', 'ok', 'reinstreq'),
    oneOf('installed', 'installed', 'half-installed', 'config-files', 'not-installed', 'unpacked', 'odd'),
  )
  .map((parts) => parts.join(' '))
const field = fc.oneof(
  ...['Depends', 'Pre-Depends', 'Recommends', 'Conflicts', 'Breaks', 'Provides'].map((key) =>
    fc.array(relation, { maxLength: 3 }).map((all) => `${key}: ${all.join(', ')}`),
  ),
  oneOf('Multi-Arch: same', 'Multi-Arch: foreign', 'Essential: yes', 'Source: x (1)', 'Source: ('),
  junk.map((text) => `Description: ${text}`),
  junk,
)
const stanza = fc
  .record({
    name: fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: junk }),
    version: fc.oneof({ weight: 9, arbitrary: version }, { weight: 1, arbitrary: junk }),
    architecture: oneOf('amd64', 'amd64', 'all', 'i386', ''),
    status,
    fields: fc.array(field, { maxLength: 4 }),
  })
  .map(
    (one) =>
      `Package: ${one.name}\nStatus: ${one.status}\nVersion: ${one.version}\nArchitecture: ${one.architecture}\n${one.fields.map((line) => `${line}\n`).join('')}\n`,
  )
const statusFile = fc.array(stanza, { minLength: 1, maxLength: 5 }).map((all) => all.join(''))

/** What a call gives, or the code of its problem; any other error is an error of ours and fails the test. */
function outcome<T>(act: () => T): T | string {
  try {
    return act()
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return error.problem.code
    }
    throw error
  }
}

describe('status files of any kind', () => {
  test('when 10,000 are read and compared, then each is answered or refused in words', () => {
    const codes = new Map<string, number>()
    fc.assert(
      fc.property(statusFile, (text) => {
        const result = outcome(() => {
          const configured = readConfigured(
            { files: { 'var/lib/dpkg/status': text }, unreadable: {} },
            'amd64',
          )
          const apt = { ...configured, indexes: [] }
          return upgradeOf(apt, pendingOf(apt)).upgraded.length
        })
        const outcomeName = typeof result === 'number' ? 'answered' : result
        codes.set(outcomeName, (codes.get(outcomeName) ?? 0) + 1)
      }),
      { numRuns: 10_000, seed: 20_261_124 },
    )
    // Both must happen, or the test says nothing.
    expect(codes.get('answered')).toBeGreaterThan(300)
    expect(codes.get('dpkg-status-broken')).toBeGreaterThan(300)
    expect([...codes.keys()].sort()).toEqual(
      expect.arrayContaining(['answered', 'apt-stops', 'bad-relation', 'dpkg-status-broken', 'no-dpkg']),
    )
  })

  test('when a file is cut at any byte, then it is refused, or has all packages up to the cut', () => {
    const one = (at: number) =>
      `Package: p${at}\nStatus: install ok installed\nVersion: 1.${at}\nArchitecture: amd64\nDepends: a,\n b\nDescription: x\n y\n\n`
    const whole = [0, 1, 2].map(one).join('')
    const lengths = new Set<number>()
    for (let cut = 0; cut <= whole.length; cut++) {
      const root = { files: { 'var/lib/dpkg/status': whole.slice(0, cut) }, unreadable: {} }
      const read = outcome(() => readPackages(root).map(({ name, version }) => `${name} ${version}`))
      if (typeof read === 'string') {
        expect(['dpkg-status-broken', 'no-dpkg']).toContain(read)
        continue
      }
      lengths.add(read.length)
      // A name that the cut text holds in full is never missing.
      const begun = [...whole.slice(0, cut).matchAll(/^Package: (p\d)\n/gm)].map(([, name]) => name ?? '')
      expect(read.map((line) => line.split(' ')[0])).toEqual(begun)
      expect(read.every((line) => ['p0 1.0', 'p1 1.1', 'p2 1.2'].includes(line))).toBe(true)
    }
    expect([...lengths]).toEqual([1, 2, 3])
  })
})
