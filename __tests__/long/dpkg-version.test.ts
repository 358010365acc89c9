import { describe, expect, test } from '@jest/globals'
import { compareVersions } from '../../src/debian/version.js'
import { askDpkg, cornerPairs, type Pair, realPairs, realVersions } from '../support/dpkg-oracle.js'

/** Our order of a pair as -1, 0 or 1; `null` where we refuse one of the two. */
function ourOrder([a, b]: Pair): number | null {
  try {
    return Math.sign(compareVersions(a, b))
  } catch {
    return null
  }
}

/** The pairs on which we and dpkg differ, with both answers. */
function disagreements(pairs: readonly Pair[]): string[] {
  const dpkg = askDpkg(pairs)
  return pairs.flatMap((pair, index) => {
    const ours = ourOrder(pair)
    return ours === dpkg[index] ? [] : [`${pair.join(' ? ')}: ours ${ours}, dpkg ${dpkg[index]}`]
  })
}

describe('the order of versions', () => {
  test('when 100,000 pairs of real versions are compared, then libdpkg agrees on each', () => {
    const versions = realVersions()
    expect(versions.length).toBeGreaterThan(10_000)
    expect(disagreements(realPairs(versions, 100_000, 20261124))).toEqual([])
  })

  test('when 2,000 corner pairs are compared, then libdpkg agrees on each', () => {
    expect(disagreements(cornerPairs(2000, 20261124))).toEqual([])
  })
})
