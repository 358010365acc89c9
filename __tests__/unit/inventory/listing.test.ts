import { describe, expect, test } from '@jest/globals'
import { listedArchitectures, nativeArchitecture } from '../../../src/inventory/listing.js'

const packages = (...architectures: readonly string[]) =>
  architectures.map((architecture, index) => ({
    name: `p${index}`,
    version: '1',
    architecture,
    source: `p${index}`,
    sourceVersion: '1',
    want: 'install',
    flag: 'ok',
    state: 'installed',
    database: 'var/lib/dpkg/status',
  }))
const dpkg = (architecture: string) => packages(architecture).map((one) => ({ ...one, name: 'dpkg' }))

describe('the native architecture', () => {
  test.each([
    [
      "dpkg's own, whatever most packages have",
      [...packages('i386', 'i386'), ...dpkg('amd64')],
      ['i386'],
      'amd64',
    ],
    ['the first that is listed, without dpkg', packages('i386', 'i386'), ['arm64', 'i386'], 'arm64'],
    ['the listed one, where dpkg has none', dpkg('all'), ['arm64'], 'arm64'],
    [
      'that of most packages, where none is listed',
      packages('all', 'all', 'all', 'amd64', 'i386', 'i386'),
      [],
      'i386',
    ],
    ['the first by name, where as many have another', packages('i386', 'amd64', 'all'), [], 'amd64'],
    ['all, where no package has one', packages('all'), [], 'all'],
  ])('when it is asked for, then it is %s', (_, all, listed, native) => {
    expect(nativeArchitecture(all, listed)).toBe(native)
  })

  test('when arch is not there or ends in a line end, then no empty architecture is listed', () => {
    expect(listedArchitectures({ files: {} })).toEqual([])
    expect(listedArchitectures({ files: { 'var/lib/dpkg/arch': 'amd64\ni386\n' } })).toEqual([
      'amd64',
      'i386',
    ])
  })
})
