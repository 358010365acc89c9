import { describe, expect, test } from '@jest/globals'
import {
  type BasePackages,
  readBasePackages,
  rebuildNote,
  withRebuild,
} from '../../../../../src/inventory/provenance/base/rebuild.js'
import { anEvidence, anUpdate } from '../../../../support/builders.js'

const update = (name: string, architecture = 'amd64', id = 'security-update') =>
  anUpdate({ id, package: name, fixedVersion: '2.0-1', architecture })
const now: BasePackages = {
  reference: 'docker.io/library/debian:bookworm-slim',
  digest: 'sha256:x',
  packages: [
    { name: 'apt', architecture: 'amd64', version: '2.0-1' },
    { name: 'tzdata', architecture: 'all', version: '1:1.0-1' },
    { name: 'perl', architecture: 'amd64', version: '2.0-1~rc1' },
  ],
}

describe('what a rebuild brings', () => {
  test('when the base of now has the fix, or later, then it does; by dpkg’s order of versions', () => {
    const updates = [
      update('apt'),
      update('tzdata', 'all'),
      update('perl'),
      update('curl'),
      update('apt', 'i386'),
    ]
    const withNeed = withRebuild(updates, now)
    expect(withNeed.map(({ rebuild }) => rebuild)).toEqual([
      { what: 'brings', version: '2.0-1' },
      { what: 'brings', version: '1:1.0-1' },
      { what: 'leaves', version: '2.0-1~rc1' },
      { what: 'not-of-base' },
      { what: 'not-of-base' },
    ])
    expect(rebuildNote(withNeed)).toEqual(['a rebuild alone would install 2 of the 5 security updates'])
  })

  test('when it was not read, then nothing is said', () => {
    expect(withRebuild([update('apt')], null)).toMatchObject([{ rebuild: null }])
    expect(rebuildNote([update('apt')])).toEqual([])
    expect(readBasePackages(anEvidence({ documents: {} }))).toBeNull()
  })

  test('when only ordinary updates are missing, then there is no note', () => {
    expect(rebuildNote(withRebuild([update('apt', 'amd64', 'ordinary-update')], now))).toEqual([])
  })

  test.each(['{', '[]', '{"packages":[{}]}'])(
    'when base-packages.json is %j, then the evidence is damaged',
    (text) => {
      expect(() => readBasePackages(anEvidence({ documents: { 'base-packages.json': text } }))).toThrow(
        'base-packages.json is not',
      )
    },
  )
})
