import { describe, expect, test } from '@jest/globals'
import { scanEarly } from '../../../../src/checks/clair/indexing-order.js'

const LARGE = { size: 100e6 }

/** Layers that arrive when the test says so, and an indexer that finishes when the test says so. */
function scene(scanned = new Set<string>()) {
  const arrivals = new Map(['a', 'b', 'c'].map((layer) => [layer, Promise.withResolvers<{ size: number }>()]))
  const indexed: string[] = []
  const scans: PromiseWithResolvers<void>[] = []
  const index = (layer: string) => {
    indexed.push(layer)
    const scan = Promise.withResolvers<void>()
    scans.push(scan)
    return scan.promise
  }
  let isOver = false
  const arrived = (layer: string) => {
    const arrival = arrivals.get(layer)
    return arrival === undefined ? Promise.reject(new Error(`no layer ${layer}`)) : arrival.promise
  }
  const work = scanEarly([...arrivals.keys()], arrived, index, scanned).then(() => {
    isOver = true
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  const arrive = (layer: string, file = LARGE) => {
    arrivals.get(layer)?.resolve(file)
    return settled()
  }
  const fail = (layer: string) => {
    arrivals.get(layer)?.reject(new Error('cut'))
    return settled()
  }
  const finish = (at: number) => {
    scans[at]?.resolve()
    return settled()
  }
  return { work, indexed, scans, arrive, fail, finish, settled, isOver: () => isOver }
}

describe('scanEarly', () => {
  test('has a layer indexed as soon as it has arrived, one after the other', async () => {
    const { indexed, arrive, finish, isOver } = scene()
    await arrive('b')
    await arrive('a')
    expect(indexed).toEqual(['b'])
    await finish(0)
    expect(indexed).toEqual(['b', 'a'])
    expect(isOver()).toBe(false)
  })

  test('leaves what has not begun when the last layer arrives to the whole image, and waits for what has', async () => {
    const { work, indexed, arrive, finish, isOver } = scene()
    await arrive('a')
    await arrive('b')
    await arrive('c')
    expect([indexed, isOver()]).toEqual([['a'], false])
    await finish(0)
    await work
    expect(indexed).toEqual(['a'])
  })

  test('leaves small layers to the whole image', async () => {
    const { indexed, arrive, work } = scene()
    await arrive('a', { size: 4 * 1024 * 1024 - 1 })
    await arrive('b', { size: 1 })
    await arrive('c')
    await work
    expect(indexed).toEqual([])
  })

  test('has a layer of several images indexed once', async () => {
    const { indexed, arrive, work } = scene(new Set(['a']))
    await arrive('a')
    await arrive('b', { size: 1 })
    await arrive('c')
    await work
    expect(indexed).toEqual([])
  })

  test('ends without an error if a layer does not arrive or cannot be indexed', async () => {
    const { indexed, scans, arrive, fail, settled, work } = scene()
    await arrive('a')
    scans[0]?.reject(new Error('Clair has ended'))
    await settled()
    await arrive('b')
    await fail('c')
    expect(indexed).toEqual(['a', 'b'])
    scans[1]?.resolve()
    await work
  })
})
