import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { newFolder, ROOT } from '../live/support.js'
import { tarOf } from '../unit/io/archive/build.js'

/**
 * Whoever hands over a data file for an isolated machine puts a part of 1 MB in it that unpacks to a gigabyte, or to any
 * size. The import wrote all of it to the disk. The kernel stops the gate at the first file of more than 64 MiB.
 */

const MOST_WRITTEN = 64 * 2 ** 20

test('when a part unpacks to more than a feed may have, then nothing is written', async () => {
  const folder = newFolder()
  // Zeros shrink to a thousandth, and members of gzip may follow one another (RFC 1952, 2.2).
  const member = gzipSync(Buffer.alloc(2 ** 26))
  const bomb = Buffer.concat(Array.from({ length: 20 }, () => member))
  const part = {
    ...{ name: 'tracker', file: 'tracker.json.gz', bytes: bomb.length, rows: 1, date: null, source: null },
    sha256: createHash('sha256').update(bomb).digest('hex'),
    ...{ licence: 'NOASSERTION', attribution: '', about: { file: 'tracker.meta.json', text: '{}' } },
  }
  const index = { format: 'seaworthy-data-1', date: new Date().toISOString(), parts: [part] }
  const file = join(folder, 'data.tar')
  const members = [
    { path: 'index.json', body: JSON.stringify(index) },
    { path: part.file, body: bomb },
  ]
  writeFileSync(file, tarOf(members))
  const cache = join(folder, 'cache')
  const limit = ['prlimit', `--fsize=${MOST_WRITTEN}`]
  const [command = '', ...args] = [
    ...[...limit, process.execPath, join(ROOT, 'dist/cli.js')],
    ...['feeds', 'import', file, '--cache-dir', cache],
  ]
  const env = { ...process.env, RUNNER_TEMP: folder }
  const [code, printed] = await new Promise<readonly [number | null, string]>((resolve) => {
    const child = execFile(command, args, { env }, (_, out, err) => resolve([child.exitCode, out + err]))
  })
  process.stdout.write(`  attack 41: ${statSync(file).size} bytes, exit ${code}\n`)
  expect([code, printed]).toEqual([
    2,
    expect.stringContaining('tracker: it unpacks to more than 1073741824 bytes'),
  ])
  expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([])
})
