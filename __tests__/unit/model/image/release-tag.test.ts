import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readReleaseTag, releaseKind, releaseLines } from '../../../../src/model/image/release-tag.js'
import { anyCharacter } from '../../../support/characters.js'

const kind = (tag: string) => {
  const read = readReleaseTag(tag)
  return read === null ? null : releaseKind(read)
}

describe('readReleaseTag', () => {
  test.each([
    ['v2.0.0', 'major'],
    ['2.1.0', 'minor'],
    ['v2.1.3', 'patch'],
    ['v2.0.0-rc.1', 'major'],
    ['v0.1.0', 'minor'],
    ['v1.0.0+build.5', 'major'],
    ['v10.20.30-alpha-1.x', 'patch'],
  ])('when the tag is %s, then it is %s', (tag, expected) => expect(kind(tag)).toBe(expected))

  test.each([
    ...[
      'v1',
      'v1.2',
      'v1.2.3.4',
      'v01.2.3',
      'v1.2.03',
      'v1.2.3-',
      'v1.2.3-01',
      'v1.2.3-a..b',
      'V1.2.3',
      ' v1.2.3',
    ],
    ...[
      'v1.2.3\n',
      'v1.2.3;id',
      'v1.2.3$(id)',
      'v1.2.3`id`',
      'v1.2.3 -x',
      '-v1.2.3',
      'v1.2.3-${{x}}',
      'v1.2.٣',
      'latest',
      '',
    ],
    `v1.2.3-${'a'.repeat(200)}`,
    'v99999999999999999999.0.0',
  ])('when the tag is %j, then it is no version', (tag) => expect(readReleaseTag(tag)).toBeNull())

  test('when anything passes, then a shell has nothing to read in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        for (const tag of [text, `v1.2.3${text}`, `v1.2.3-${text}`]) {
          const read = readReleaseTag(tag)
          if (read !== null) {
            expect(tag).toMatch(/^v?[0-9][0-9A-Za-z.+-]*$/)
          }
        }
      }),
    )
  })
})

describe('releaseLines', () => {
  const tags = [
    'v4.1.9',
    'v4.1.10',
    '4.0.3',
    'v4.2.0-rc.1',
    'v3.9.0',
    'v3.10.1',
    'latest',
    'v4',
    'v4.1.11+x',
    'v2.0.0',
  ]

  test('when lines are named, then each has its newest release, newest first', () => {
    expect(releaseLines(tags, ['3', '4.1', '4.0', '4.1'])).toEqual({
      found: [
        { line: '4.1', tag: 'v4.1.10', version: '4.1.10' },
        { line: '4.0', tag: '4.0.3', version: '4.0.3' },
        { line: '3', tag: 'v3.10.1', version: '3.10.1' },
      ],
      missing: [],
    })
  })

  test('when a line has no release, then it is missing, not left out', () => {
    expect(releaseLines(tags, ['4.2', '5', '2'])).toMatchObject({ missing: ['4.2', '5'] })
    expect(releaseLines([], 'all')).toEqual({ found: [], missing: [] })
  })

  test('when all are wanted, then each minor line is there once', () => {
    expect(releaseLines(tags, 'all').found.map(({ line }) => line)).toEqual([
      '4.1',
      '4.0',
      '3.10',
      '3.9',
      '2.0',
    ])
  })

  test('when 4.1 is asked for, then 4.10 is another line', () => {
    expect(releaseLines(['v4.10.0'], ['4.1']).missing).toEqual(['4.1'])
  })
})
