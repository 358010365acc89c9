import { expect, test } from '@jest/globals'
import { programsIn } from '../../src/model/packages/programs.js'
import { type Entry, ociEntries, read, tarOf } from '../unit/io/archive/build.js'

const entry = (path: string, body: string): Entry => ({ path, body, mode: 0o755 })

test('when there are 200,000 programs, then all are read, and one more is not', async () => {
  const header = (at: number) => entry(`a/${at % 1000}/${at}`, '\x7fELF')
  const layers = [0, 1].map((half) =>
    tarOf(Array.from({ length: 100_000 + half }, (_, at) => header(half * 100_000 + at))),
  )
  const { image } = await read(tarOf(ociEntries(layers)), {}, () => 1 << 20)
  const counts = image.layers.map(({ programs }) => programs && programsIn(programs).size)
  expect(counts).toEqual([100_000, 100_000])
  expect(image.layers.map(({ programs }) => programs?.cut)).toEqual([null, 'more than 200000 programs'])
}, 120_000)
