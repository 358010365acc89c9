import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { readBaseline } from '../../../src/policy/baseline/compare.js'
import { readDictionary } from '../../../src/policy/dictionary/read.js'
import { canonicalJson, digestOfText, type Policy, policyDigest } from '../../../src/policy/policy.js'
import { loadWhitelist } from '../../../src/policy/whitelist/includes.js'
import { aPolicy, aWhitelistEntry } from '../../support/builders.js'

const digest = (part: Partial<Policy> = {}) => policyDigest({ ...aPolicy(), ...part })
const gate = (part: object) => digest({ gate: { ...aPolicy().gate, ...part } })

test('when Node hashes a text too, then both have the same digest', () => {
  for (const text of ['', 'a', 'ä€😀', 'x'.repeat(100_000)]) {
    expect(digestOfText(text)).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
  }
})

test('when an object has its keys in another order, then its canonical JSON is the same', () => {
  expect(canonicalJson({ b: [{ z: 1, a: null }], a: 'x' })).toBe('{"a":"x","b":[{"a":null,"z":1}]}')
})

test.each<[string, string]>([
  ['a threshold', gate({ failOn: 'low' })],
  ['a check', gate({ checks: ['docker-bench'] })],
  ['an entry', digest({ whitelist: { file: null, entries: [aWhitelistEntry()] } })],
  ['a VEX statement', digest({ vex: [{ file: 'v.json', statements: [] }] })],
  [
    'an expectation of the dictionary',
    digest({
      dictionary: {
        ...aPolicy().dictionary,
        defaults: { expect: ['WARN'], unlisted: 'report', missing: 'report' },
      },
    }),
  ],
])('when %s differs, then the policy has another digest', (_, other) => {
  expect(other).not.toBe(digest())
  expect(other).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test('when only the place of files, how the image is looked at, or the release differ, then the digest is the same', () => {
  expect(gate({ file: 'elsewhere/gate.yml', release: 'major', vexAuthor: 'me', vex: ['a.json'] })).toBe(
    digest(),
  )
  expect(gate({ application: 'off', isOffByOsv: true })).toBe(gate({ application: 'off' }))
  expect(gate({ runOptions: '--init', platform: 'all', start: 'true' })).toBe(digest())
  expect(digest({ baseline: readBaseline(null, 'b') })).toBe(digest())
})

const ENTRY = `  - id: CVE-2022-0563
    package: util-linux
    reason: not built with readline
    owner: team
    expires: 2026-12-01
`

test('when a whitelist is moved, commented and split by include, then the digest is the same', () => {
  const whole = loadWhitelist('policies/whitelist.yml', `version: 1\nentries:\n${ENTRY}`, () => null, null)
  const files: Record<string, string> = { 'other/more.yml': `# why\nversion: 1\nentries:\n${ENTRY}` }
  const split = loadWhitelist(
    'other/w.yml',
    'version: 1\ninclude: [more.yml]\nentries: []\n',
    (name) => files[name] ?? null,
    null,
  )
  expect(split.entries).toHaveLength(1)
  expect(digest({ whitelist: split })).toBe(digest({ whitelist: whole }))
  const later = loadWhitelist(
    'w.yml',
    `version: 1\nentries:\n${ENTRY.replace('12-01', '12-02')}`,
    () => null,
    null,
  )
  expect(digest({ whitelist: later })).not.toBe(digest({ whitelist: whole }))
})

test('when a dictionary gets comments, then the digest is the same', () => {
  const text = 'extends: builtin/3\nversion: 1\nchecks:\n  "4.1": { expect: [PASS] }\n'
  const read = (yaml: string, file: string) => readDictionary(yaml, file, { limit: null })
  const moved = read(`# a\n\n${text}`, 'x.yml')
  expect(digest({ dictionary: moved })).toBe(digest({ dictionary: read(text, 'd.yml') }))
  expect(digest({ dictionary: moved })).not.toBe(digest())
})
