import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { DEFAULT_LIMITS, newUsage } from '../../../../../../src/io/archive/formats/limits.js'
import { sumReading } from '../../../../../../src/io/archive/layer/application/sums.js'
import { createExpectedReads } from '../../../../../../src/io/archive/layer/programs/expected-reads.js'
import { createLayerScan } from '../../../../../../src/io/archive/layer/scan.js'
import { createSecondReads, type EarlyValues } from '../../../../../../src/io/archive/layer/second-reads.js'
import { createSpool } from '../../../../../../src/io/archive/layer/spool.js'
import { versionsReading } from '../../../../../../src/io/archive/layer/versions/again.js'
import { elfOf } from '../../../../../support/programs.js'
import { inDirectory, tarOf } from '../../build.js'

/** Large enough to be searched for versions. */
const NODE = elfOf(Buffer.concat([Buffer.from('\0node.js/v20.11.1\0'), Buffer.alloc(2 ** 20)]), { flags: 4 })
/** Too large to be summed with the records of its layer. */
const SMALL = elfOf(Buffer.alloc(40_000))
const FILES = [
  { path: 'srv/app/renamed', body: NODE, mode: 0o755 },
  { path: 'usr/bin/of-debian', body: SMALL, mode: 0o755 },
  { path: 'usr/local/bin/script', body: '#!/bin/sh\n', mode: 0o755 },
  { path: 'srv/app/node_modules/a/b.node', body: NODE, mode: 0o644 },
  { path: 'srv/app/readme', body: 'text', mode: 0o644 },
  { path: 'srv/app/real.jar', body: 'PK\x03\x04, and so on', mode: 0o644 },
]

/** The values, by path and purpose, that were read while a layer of `FILES` passed in pieces. */
async function earlyValues(
  pieceBytes: number,
  { limits = DEFAULT_LIMITS, compression = 'gzip' as 'gzip' | null } = {},
) {
  return inDirectory(async (directory) => {
    const tar = tarOf(FILES)
    const spool = createSpool(directory, 1e9)
    const usage = newUsage()
    const values: EarlyValues = new Map()
    const extents = new Map<string, string>()
    const expected = createExpectedReads(values, { limits, usage }, compression)
    const scan = createLayerScan('here', limits, usage, (path, entry, format) => {
      extents.set(`${entry.offset} ${entry.size}`, path)
      return expected(path, entry, format)
    })
    for (let at = 0; at < tar.length; at += pieceBytes) {
      scan.write(tar.subarray(at, at + pieceBytes))
    }
    scan.finish(null)
    expect(readdirSync(directory)).toEqual([])
    writeFileSync(join(directory, 'tar'), tar)
    const ofTar = createSecondReads(
      { path: join(directory, 'tar'), size: tar.length, compression: null, storedSize: tar.length },
      spool,
    )
    return [...values].map(([key, value]) => {
      const [offset = 0, size = 0] = key.split(' ').map(Number)
      const purpose = key.split(' ').slice(2).join(' ')
      const reading =
        purpose === 'versions' ? versionsReading(size) : sumReading(purpose === 'md5' ? 'md5' : 'sha256')
      const later = ofTar.valueOf<unknown>(purpose, { offset, size }, reading)
      return { what: `${purpose} of ${extents.get(`${offset} ${size}`)}`, value, later }
    })
  })
}

describe('what is read while a layer arrives', () => {
  test.each([1000, 65536, 10 * 2 ** 20])(
    'when its tar comes in pieces of %d bytes, then each value is the one that the stored tar gives',
    async (pieceBytes) => {
      const found = await earlyValues(pieceBytes)
      expect(found.map(({ what }) => what).sort()).toEqual([
        'md5 of usr/bin/of-debian',
        'sha256 of srv/app/real.jar',
        'sha256 of srv/app/renamed',
        'sha256 of usr/local/bin/script',
        'versions of srv/app/renamed',
      ])
      for (const { value, later } of found) {
        expect(value).toEqual(later)
      }
      expect(found.find(({ what }) => what.startsWith('versions'))?.value).toMatchObject([{ name: 'node' }])
    },
  )

  test('when programs are larger than all that is hashed, then they are left to a later pass', async () => {
    const found = await earlyValues(65536, { limits: { ...DEFAULT_LIMITS, expectedBytes: 2 ** 20 } })
    expect(found.map(({ what }) => what)).not.toContain('sha256 of srv/app/renamed')
    expect(found).toHaveLength(3)
  })

  test('when the layer is a tar, then it is searched for versions later', async () => {
    const found = await earlyValues(65536, { compression: null })
    expect(found.map(({ what }) => what)).not.toContain('versions of srv/app/renamed')
    expect(found).toHaveLength(4)
  })
})
