import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ORDERS } from '../../src/feeds/formats/osv/versions/index.js'
import { makeOrder, type VersionOrder } from '../../src/feeds/formats/osv/versions/order.js'
import { comparePhp, splitPhp } from '../../src/feeds/formats/osv/versions/packagist.js'

/** Read from its Go module at run time; nothing of it is in this repository. */
const MODULE = 'github.com/google/osv-scalibr@v0.5.3'

/** PHP's own order is compared: that ours makes four numbers of `1.0` first is Composer's rule, not PHP's. */
const PHP = makeOrder((text) => splitPhp(text.replace(/^v/i, '')), comparePhp)

interface Fixture {
  readonly order: VersionOrder
  readonly files: readonly string[]
  /** Lines with a version that we refuse; they are unknown, never wrong. */
  readonly refused: number
  /** Lines on which we differ: three of PHP's with a `#`, which Composer refuses. */
  readonly differ: number
}

const FIXTURES: Readonly<Record<string, Fixture>> = {
  PyPI: { order: ORDERS.PyPI, files: ['pypi-versions', 'pypi-versions-generated'], refused: 80, differ: 0 },
  Maven: {
    order: ORDERS.Maven,
    files: ['maven-versions', 'maven-versions-generated'],
    refused: 0,
    differ: 0,
  },
  RubyGems: {
    order: ORDERS.RubyGems,
    files: ['rubygems-versions', 'rubygems-versions-generated'],
    refused: 2,
    differ: 0,
  },
  npm: { order: ORDERS.npm, files: ['semver-versions'], refused: 3, differ: 0 },
  Packagist: {
    order: PHP,
    files: ['packagist-versions', 'packagist-versions-generated'],
    refused: 0,
    differ: 3,
  },
}

let folder: string
let data: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'osv-scalibr-'))
  writeFileSync(join(folder, 'go.mod'), 'module fixtures\n')
  const reported = execFileSync('go', ['mod', 'download', '-json', MODULE], { cwd: folder, encoding: 'utf8' })
  data = join((JSON.parse(reported) as { Dir: string }).Dir, 'semantic/testdata')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('orders of versions, against the fixtures of osv-scalibr', () => {
  test.each(Object.entries(FIXTURES))(
    'when %s is ordered, then no more lines differ or are refused than were looked at',
    (_, { order, files, refused, differ }) => {
      const lines = files.flatMap((file) => readFileSync(join(data, `${file}.txt`), 'utf8').split('\n'))
      const found = { refused: [] as string[], differ: [] as string[] }
      for (const line of lines) {
        const [a, sign, b] = line.trim().split(/\s+(<|=|>)\s+/)
        if (
          a === undefined ||
          b === undefined ||
          sign === undefined ||
          line.startsWith('//') ||
          line.startsWith('#')
        ) {
          continue
        }
        const [x, y] = [order.read(a), order.read(b)]
        if (x === null || y === null) {
          found.refused.push(line)
        } else if ((['<', '=', '>'][Math.sign(order.compare(x, y)) + 1] ?? '') !== sign) {
          found.differ.push(line)
        }
      }
      expect([found.differ.slice(0, 20), found.differ.length]).toEqual([expect.anything(), differ])
      expect([found.refused.slice(0, 20), found.refused.length]).toEqual([expect.anything(), refused])
    },
  )
})
