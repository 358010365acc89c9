import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { listKept } from '../../../src/feeds/carry.js'
import { openEnds } from '../../../src/feeds/ends.js'
import { SHIPPED_ENDS } from '../../../src/feeds/formats/shipped-ends.js'

const SCRIPT = 'script/renew-end-of-life.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ends-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const options = () => ({ cacheDir: null, offline: false, now: new Date() })

/** Answers of endoflife.date for all products, and what the script makes of them. */
async function cached(date: string): Promise<string> {
  const { PRODUCTS } = (await import(`../../../${SCRIPT}`)) as { PRODUCTS: Readonly<Record<string, string>> }
  const api = join(folder, 'api')
  mkdirSync(api)
  for (const product of Object.values(PRODUCTS)) {
    const cycles = [
      { cycle: '2.0', eol: false, latest: '2.0.1' },
      { cycle: '1.0', eol: '2026-01-31', latest: '1.0.9' },
      { cycle: '0.9', eol: '2019-01-31', latest: '0.9.9' },
    ]
    writeFileSync(join(api, `${product}.json`), JSON.stringify(cycles))
  }
  const to = join(folder, 'cache')
  const ran = spawnSync(process.execPath, [SCRIPT, api, '--cache', to, '--date', date], { encoding: 'utf8' })
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  return to
}

test('when the script has read them, then they are cached data, and a folder of them is used', async () => {
  const to = await cached('2099-01-01')
  expect(await listKept(to)).toMatchObject([
    { name: 'ends', whole: true, date: '2099-01-01T00:00:00.000Z', url: 'https://endoflife.date/api/' },
  ])
  const { ends, source } = await openEnds(to, options())
  expect(ends.programs.get('httpd')).toEqual([
    { name: '2.0', end: false, latest: '2.0.1' },
    { name: '1.0', end: '2026-01-31', latest: '1.0.9' },
  ])
  expect(source).toMatchObject({ name: 'end-of-life', url: 'https://endoflife.date/api/' })
})

test('when those of a folder are damaged, others can write to it, or there are none, then the gate has its own', async () => {
  const to = await cached('2099-01-01')
  const [name = ''] = readdirSync(join(to, 'feeds')).filter((one) => one.endsWith('.txt'))
  const day = SHIPPED_ENDS.slice(0, 10)
  const opened = async () => {
    const { ends, source } = await openEnds(to, options())
    return [ends.date, source.instead]
  }
  expect(await opened()).toEqual(['2099-01-01', undefined])
  chmodSync(to, 0o777)
  expect(await opened()).toEqual([day, undefined])
  chmodSync(to, 0o700)
  writeFileSync(join(to, 'feeds', name), '2099-01-01\nnginx 1.99:no:\n')
  expect(await opened()).toEqual([day, undefined])
  rmSync(join(to, 'feeds'), { recursive: true })
  mkdirSync(join(to, 'feeds'), { mode: 0o700 })
  expect(await opened()).toEqual([day, undefined])
})

test('when no data is published, then those that come with the gate are used', async () => {
  const { ends, source } = await openEnds(null, options())
  expect(ends.date).toBe(SHIPPED_ENDS.slice(0, 10))
  expect(source).toMatchObject({ url: 'https://endoflife.date', fetchedAt: null })
  expect(source.instead).toBeUndefined()
})
