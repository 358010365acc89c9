import { describe, expect, test } from '@jest/globals'
import { affects, inRange } from '../../../../../src/feeds/formats/osv/ranges.js'
import type { OsvEvent } from '../../../../../src/feeds/formats/osv/record.js'
import { ORDERS } from '../../../../../src/feeds/formats/osv/versions/index.js'

const npm = ORDERS.npm

function within(events: readonly OsvEvent[], version: string) {
  return inRange(npm, events, npm.read(version))
}

describe('a range', () => {
  test.each<[string, OsvEvent[], string[], string[]]>([
    ['has no end', [['introduced', '1.0.0']], ['1.0.0', '9.0.0'], ['0.9.9', '1.0.0-rc.1']],
    [
      'ends with a fix',
      [
        ['introduced', '0'],
        ['fixed', '2.0.0'],
      ],
      ['0.0.0-a', '2.0.0-rc.1'],
      ['2.0.0'],
    ],
    [
      'ends with the last affected',
      [
        ['introduced', '0'],
        ['last_affected', '2.0.0'],
      ],
      ['2.0.0'],
      ['2.0.1'],
    ],
    [
      'has one version',
      [
        ['introduced', '2.0.0'],
        ['last_affected', '2.0.0'],
      ],
      ['2.0.0'],
      ['1.9.9', '2.0.1'],
    ],
    [
      'is empty',
      [
        ['introduced', '2.0.0'],
        ['fixed', '2.0.0'],
      ],
      [],
      ['1.0.0', '2.0.0', '3.0.0'],
    ],
    [
      'has spans that touch',
      [
        ['fixed', '2.0.0'],
        ['introduced', '2.0.0'],
        ['introduced', '1.0.0'],
        ['fixed', '3.0.0'],
      ],
      ['1.0.0', '2.0.0', '2.9.9'],
      ['0.9.0', '3.0.0'],
    ],
    [
      'has a limit',
      [
        ['introduced', '1.0.0'],
        ['limit', '2.0.0'],
      ],
      ['1.0.0', '1.9.9'],
      ['0.1.0', '2.0.0', '3.0.0'],
    ],
    [
      'has several limits',
      [
        ['introduced', '0'],
        ['limit', '2.0.0'],
        ['limit', '*'],
      ],
      ['1.0.0'],
      ['2.0.0'],
    ],
    [
      'has only a limit that is none',
      [
        ['introduced', '0'],
        ['limit', '*'],
      ],
      ['1.0.0', '99.0.0'],
      [],
    ],
    [
      'begins with a fix',
      [
        ['fixed', '1.0.0'],
        ['introduced', '2.0.0'],
      ],
      ['2.0.0'],
      ['0.5.0', '1.5.0'],
    ],
  ])('when it %s, then it holds what OSV says', (_, events, inside, outside) => {
    for (const order of [events, events.toReversed()]) {
      expect(inside.map((version) => within(order, version))).toEqual(inside.map(() => 'affected'))
      expect(outside.map((version) => within(order, version))).toEqual(outside.map(() => 'not-affected'))
    }
  })

  test('when a version in it cannot be read, then it is unknown, never outside', () => {
    expect(
      within(
        [
          ['introduced', '0'],
          ['fixed', 'next'],
        ],
        '1.0.0',
      ),
    ).toBe('unknown')
    expect(within([], '1.0.0')).toBe('unknown')
    expect(inRange(npm, null, npm.read('1.0.0'))).toBe('unknown')
  })

  test('when the version cannot be read, then it is unknown, and affected where every version is', () => {
    expect(
      inRange(
        npm,
        [
          ['introduced', '0'],
          ['fixed', '1.0.0'],
        ],
        null,
      ),
    ).toBe('unknown')
    expect(inRange(npm, [['introduced', '0']], null)).toBe('affected')
  })
})

describe('an entry', () => {
  const entry = { name: 'a', ranges: [], custom: [], versions: [], platforms: [] }

  test('when one range holds it and another cannot be read, then it is affected', () => {
    const ranges: OsvEvent[][] = [
      [['introduced', 'x']],
      [
        ['introduced', '0'],
        ['fixed', '2.0.0'],
      ],
    ]
    expect(affects(npm, { ...entry, ranges }, '1.0.0')).toBe('affected')
    expect(affects(npm, { ...entry, ranges }, '3.0.0')).toBe('unknown')
  })

  test('when it has neither ranges nor versions, then it is unknown', () => {
    expect(affects(npm, entry, '1.0.0')).toBe('unknown')
  })

  test('when it lists 10,000 versions, some of them unreadable, then the one that is equal is found', () => {
    const versions = Array.from({ length: 10_000 }, (_, at) => (at % 7 === 0 ? `odd ${at}` : `1.${at}`))
    expect(affects(ORDERS.PyPI, { ...entry, versions }, '1.9999.0')).toBe('affected')
    expect(affects(ORDERS.PyPI, { ...entry, versions }, 'odd 7')).toBe('affected')
    expect(affects(ORDERS.PyPI, { ...entry, versions }, '1.10001')).toBe('not-affected')
  })

  test('when a range of module versions has an end, then the custom one of Go does not overrule it', () => {
    const closed: OsvEvent[] = [
      ['introduced', '0'],
      ['fixed', '1.9.0'],
    ]
    const custom: OsvEvent[][] = [
      [
        ['introduced', '2.0.0'],
        ['fixed', '2.3.0'],
      ],
    ]
    expect(affects(ORDERS.Go, { ...entry, ranges: [closed], custom }, 'v1.5.0')).toBe('affected')
    expect(affects(ORDERS.Go, { ...entry, ranges: [[['introduced', '0']]], custom }, 'v1.5.0')).toBe(
      'not-affected',
    )
  })

  test('when a range says no beginning, then it is unknown', () => {
    expect(affects(npm, { ...entry, ranges: [[['fixed', '1.2.0']]] }, '1.0.0')).toBe('unknown')
  })
})
