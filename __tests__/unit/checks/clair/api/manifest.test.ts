import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { manifestOf } from '../../../../../src/checks/clair/api/manifest.js'
import { runs } from '../../../../support/runs.js'

const id = (letter: string) => `sha256:${letter.repeat(64)}`
const [A, B, C, CANARY] = [id('a'), id('b'), id('c'), id('d')]
const URL = 'http://172.18.0.1:4000/secret/layer'
const orderOf = (diffIds: readonly string[]) =>
  manifestOf(diffIds, CANARY, URL).layers.map(({ hash }) => hash)

describe('manifestOf', () => {
  test('when an image has layers, then they come in their order, the canary on top, each with its URL', () => {
    expect(manifestOf([A, B], CANARY, URL).layers).toEqual(
      [A, B, CANARY].map((hash) => ({ hash, uri: `${URL}/${hash}`, headers: {} })),
    )
  })

  test('when a layer is there twice, then it keeps its last place: what it holds hides what lies below', () => {
    expect(orderOf([A, B, A, C])).toEqual([B, A, C, CANARY])
    expect(orderOf([A, A, A])).toEqual([A, CANARY])
  })

  test('when layers or their order differ, then the hash does; when only the URL does, then not', () => {
    const hashOf = (diffIds: readonly string[], canary = CANARY, url = URL) =>
      manifestOf(diffIds, canary, url).hash
    expect(hashOf([A, B])).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(hashOf([A, B], CANARY, 'http://x/y')).toBe(hashOf([A, B]))
    const all = [hashOf([A, B]), hashOf([B, A]), hashOf([A]), hashOf([A, B, C]), hashOf([A, B], C)]
    expect(new Set(all).size).toBe(all.length)
  })

  test('when any layers are given, then each is in it once, and the last one of the image is below the canary', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(A, B, C), { minLength: 1 }), (diffIds) => {
        const order = orderOf(diffIds)
        expect([...order].sort()).toEqual([...new Set([...diffIds, CANARY])].sort())
        expect(order.slice(-2)).toEqual([diffIds.at(-1), CANARY])
      }),
      runs(100),
    )
  })
})
