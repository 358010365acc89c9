import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import { makeTable } from '../../src/feeds/formats/table.js'
import { keep, pathsOf } from '../../src/feeds/kept.js'
import { CNA, NVD } from '../support/feed-texts.js'

/** Each measurement is a process of its own, which runs the code as it is shipped: bundled. */
const ROOT = join(import.meta.dirname, '../..')
const MIB = 2 ** 20
const PACKAGES = 3250
const CVES = 20
let folder: string
let tracker: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sw-speed-'))
  tracker = join(folder, 'tracker.json')
  await writeTracker(tracker)
  const contents = `
    export { fetchTracker } from './__tests__/support/fetch-tracker.ts'
    export { readKept } from './src/feeds/kept.ts'
    export { pick } from './src/feeds/formats/table.ts'`
  const outfile = join(folder, 'code.mjs')
  const banner = { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" }
  const common = { bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' } as const
  await build({ ...common, outfile, banner, stdin: { contents, resolveDir: ROOT } })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** 65,000 rows of package and CVE, each with its releases and a description as long as Debian's are: 70 MB. */
async function writeTracker(path: string): Promise<void> {
  const file = createWriteStream(path)
  const script =
    'a flaw in the way that a parser handles lengths lets an attacker read beyond the end of a buffer; '
  const row = {
    repositories: { bookworm: '1.2.3-4+deb12u1', 'bookworm-security': '1.2.3-4+deb12u2' },
    status: 'resolved',
  }
  for (let at = 0; at < PACKAGES; at++) {
    const cves = Array.from({ length: CVES }, (_, cve) => {
      const releases = Object.fromEntries(
        ['bullseye', 'bookworm', 'trixie', 'sid'].map((codename) => [
          codename,
          { ...row, fixed_version: '1.2.3-4+deb12u2', urgency: 'not yet assigned' },
        ]),
      )
      return [
        `CVE-2026-${1000 + at * CVES + cve}`,
        { description: script.repeat(3), debianbug: 1000000 + cve, releases },
      ]
    })
    file.write(`${at === 0 ? '{' : ','}"package-${at}":${JSON.stringify(Object.fromEntries(cves))}`)
  }
  file.end('}')
  await finished(file)
}

interface Measured {
  /** Milliseconds of the work, and of hashing the tracker's bytes in the same process next to it. */
  readonly work: number
  readonly baseline: number
  /** Highest resident memory of the process, in bytes, before the baseline. */
  readonly memory: number
  readonly result: unknown
}

/** Best of three: other work on the machine can only add. */
function measure(script: string): Measured {
  const program = `
    import { createHash } from 'node:crypto'
    import { createReadStream, readFileSync } from 'node:fs'
    import { fetchTracker, readKept, pick } from ${JSON.stringify(join(folder, 'code.mjs'))}
    const started = performance.now()
    const result = await (async () => { ${script} })()
    const work = performance.now() - started
    // Not getrusage(2): its maximum is handed on from the process that started this one.
    const memory = Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024
    const again = performance.now()
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(${JSON.stringify(tracker)})) hash.update(chunk)
    hash.digest('hex')
    console.log(JSON.stringify({ work, baseline: performance.now() - again, memory, result }))`
  const file = join(folder, 'measure.mjs')
  writeFileSync(file, program)
  const runs = Array.from(
    { length: 3 },
    () => JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' })) as Measured,
  )
  runs.sort((a, b) => a.work / a.baseline - b.work / b.baseline)
  return runs[0] as Measured
}

describe('speed', () => {
  test('when a tracker of 70 MB is narrowed to 100 packages, then in under 1 s and 150 MB', () => {
    expect(statSync(tracker).size).toBeGreaterThan(65 * MIB)
    const { work, baseline, memory, result } = measure(`
      const packages = new Set(Array.from({ length: 100 }, (_, at) => 'package-' + at * 30))
      const wanted = [{ packages, codename: 'bookworm' }]
      const { tracker, source } = await fetchTracker({ source: ${JSON.stringify(tracker)}, wanted })
      return { packages: tracker.size, rows: source.rows }`)
    expect(result).toEqual({ packages: 100, rows: PACKAGES * CVES })
    expect(memory).toBeLessThan(150 * MIB)
    // Hashing 70 MB takes some 60 ms on an idle machine: the ratio holds on a busy one too.
    expect(work).toBeLessThan(Math.max(1000, baseline * 16))
  })

  test('when a map of 300,000 CVEs is kept, then it has less than 12 MB and loads in under 0.3 s', async () => {
    const rows = new Map<string, string>()
    const metrics = (seed: number) =>
      `CVSS:3.1/AV:${'NALP'[seed % 4]}/AC:${'LH'[seed % 2]}/PR:${'NLH'[seed % 3]}/UI:${'NR'[(seed >> 2) % 2]}/S:${'UC'[(seed >> 3) % 2]}/C:${'HLN'[(seed >> 4) % 3]}/I:${'HLN'[(seed >> 6) % 3]}/A:${'HLN'[(seed >> 8) % 3]}`
    let seed = 1
    for (let at = 0; at < 300_000; at++) {
      seed = (seed * 48271) % 2147483647 // minimal standard generator of Park and Miller
      const id = `CVE-${1999 + Math.floor(at / 10714)}-${1000 + (at % 10714) * 5 + (seed % 4)}`
      const scorer = seed % 5 === 0 ? CNA : seed % 7 === 0 ? `cve-${seed % 400}@example.org` : NVD
      rows.set(id, `${scorer} ${(seed % 101) / 10} ${metrics(seed >> 8)}`)
    }
    const table = makeTable({ feed: 'cvss', date: '2026-11-24T06:00:00.000Z', parts: {} }, rows)
    const meta = {
      url: 'x',
      fetchedAt: '2026-11-24T06:00:00.000Z',
      sha256: '',
      etag: null,
      lastModified: null,
    }
    await keep(folder, 'cvss', 'x', { table, meta })
    expect(table.rows).toBe(300_000)
    expect(statSync(pathsOf(folder, 'cvss', 'x').table).size).toBeLessThan(12e6)
    const wanted = [...rows.keys()].filter((_, at) => at % 100 === 0)
    writeFileSync(join(folder, 'wanted.json'), JSON.stringify(wanted))
    const { work, baseline, result } = measure(`
      const wanted = JSON.parse((await import('node:fs')).readFileSync(${JSON.stringify(join(folder, 'wanted.json'))}, 'utf8'))
      const kept = await readKept(${JSON.stringify(folder)}, 'cvss', 'x')
      return { rows: kept.table.rows, found: pick(kept.table, wanted).size }`)
    expect(result).toEqual({ rows: 300_000, found: 3000 })
    expect(work).toBeLessThan(Math.max(300, baseline * 5))
  })
})
