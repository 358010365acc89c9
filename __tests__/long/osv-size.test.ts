import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import { makeZip } from '../support/zip.js'

/** As npm's `all.zip` in 2025-11: this many advisories, of which so many say that a package is malicious; 142 MB. */
const [RECORDS, MALICIOUS] = [214_057, 209_647]
const ROOT = join(import.meta.dirname, '../..')
const MIB = 2 ** 20

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sw-osv-size-'))
  await writeFullSize(join(folder, 'all.zip'))
  const contents = `
    export { convert } from './src/feeds/osv/convert.ts'
    export { openPart } from './src/feeds/osv/part.ts'
    export { keepHeapSmall } from './src/start/node.ts'`
  const banner = { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" }
  const common = { bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' } as const
  await build({ ...common, outfile: join(folder, 'code.mjs'), banner, stdin: { contents, resolveDir: ROOT } })
}, 900_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** Made-up records, written in pieces: what they say is noise, so that they pack as badly as texts of people do. */
async function writeFullSize(path: string): Promise<void> {
  const file = await open(path, 'w')
  const directory: Buffer[] = []
  let [at, count] = [0, 0]
  while (count < RECORDS) {
    const files = Array.from({ length: Math.min(2000, RECORDS - count) }, (_, index) => ({
      name: `${count + index}.json`,
      bytes: JSON.stringify(recordOf(count + index)),
    }))
    const zip = makeZip(files)
    const start = zip.readUInt32LE(zip.length - 6)
    const list = Buffer.from(zip.subarray(start, zip.length - 22))
    for (let next = 0; next < list.length; next += 46 + list.readUInt16LE(next + 28)) {
      list.writeUInt32LE(list.readUInt32LE(next + 42) + at, next + 42)
    }
    await file.write(zip.subarray(0, start))
    directory.push(list)
    at += start
    count += files.length
  }
  const list = Buffer.concat(directory)
  const end = makeZip([], true)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(list.length), 40)
  end.writeBigUInt64LE(BigInt(at), 48)
  end.writeBigUInt64LE(BigInt(at + list.length), 64)
  await file.write(Buffer.concat([list, end]))
  await file.close()
}

function recordOf(at: number): object {
  const details = randomBytes(200).toString('hex')
  const about = { modified: '2025-11-01T00:00:00Z', published: '2025-11-01T00:00:00Z', details }
  const range = { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: `1.${at}.0` }] }
  return at < MALICIOUS
    ? {
        ...about,
        id: `MAL-2025-${at}`,
        summary: `Malicious code in package-${at} (npm)`,
        affected: [{ package: { ecosystem: 'npm', name: `package-${at}` }, versions: ['1.0.0', '1.0.1'] }],
      }
    : {
        ...about,
        id: `GHSA-${at}`,
        aliases: [`CVE-2025-${at}`],
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
        affected: [{ package: { ecosystem: 'npm', name: `package-${at % 2000}` }, ranges: [range] }],
      }
}

/** Runs it as it is shipped. @returns what it prints, its processor time in ms and its highest memory in bytes */
function measure(script: string): { result: unknown; elapsed: number; cpu: number; memory: number } {
  const program = `
    import { open } from 'node:fs/promises'
    import { convert, keepHeapSmall, openPart } from ${JSON.stringify(join(folder, 'code.mjs'))}
    await keepHeapSmall()
    const [from, to] = ${JSON.stringify([join(folder, 'all.zip'), join(folder, 'npm.part')])}
    ${script}
    const { user, system } = process.cpuUsage()
    const memory = process.resourceUsage().maxRSS * 1024
    console.log(JSON.stringify({ result, elapsed, cpu: (user + system) / 1000, memory }))`
  const reported = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  return JSON.parse(reported) as ReturnType<typeof measure>
}

describe('a zip of npm in full size (generated)', () => {
  test('when it is made a part, then in 60 s of processor and 250 MB', () => {
    expect(statSync(join(folder, 'all.zip')).size).toBeGreaterThan(60 * MIB)
    const { result, ...cost } = measure(`
      const begin = performance.now()
      const zip = await open(from)
      const result = await convert(zip, await open(to, 'w'), 'npm', [], new Date('2026-01-01'))
      const elapsed = performance.now() - begin`)
    process.stderr.write(`part: ${JSON.stringify(cost)}, ${statSync(join(folder, 'npm.part')).size} bytes\n`)
    expect(result).toMatchObject({ rows: RECORDS })
    expect(cost.cpu).toBeLessThan(60_000)
    expect(cost.memory).toBeLessThan(250e6)
  })

  test('when 2,000 names are looked up in it, then in 0.3 s of processor more than starting takes', () => {
    const { result, ...cost } = measure(`
      const part = await openPart(to, 'npm')
      const before = process.cpuUsage()
      const begin = performance.now()
      const found = part.lookUp(Array.from({ length: 2000 }, (_, at) => 'package-' + at))
      const elapsed = performance.now() - begin
      const used = process.cpuUsage(before)
      const result = { cpu: (used.user + used.system) / 1000, count: [...found.values()].flat().length }`)
    process.stderr.write(`look up: ${JSON.stringify({ result, ...cost })}\n`)
    expect(result).toMatchObject({ count: 2000 + RECORDS - MALICIOUS })
    expect((result as { cpu: number }).cpu).toBeLessThan(300)
  })
})
