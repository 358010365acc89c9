import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import { cvesNamed, entriesAbove } from '../../src/checks/security-updates/changelog/changelog.js'
import { collectSecurityUpdates } from '../../src/checks/security-updates/collect.js'
import type { Evidence } from '../../src/model/evidence.js'
import { aDebianImage, opening, startServer, type TestServer } from '../support/debian-archive.js'

/** The suites of three releases as Debian's mirrors have them now, and what reading them costs. */

const ROOT = join(import.meta.dirname, '../..')
const NAMES = [
  'apt',
  'bash',
  'coreutils',
  'dpkg',
  'libc6',
  'openssl',
  'libssl3',
  'perl-base',
  'tzdata',
  'zlib1g',
]
const STATUS = NAMES.map(
  (name) => `Package: ${name}\nStatus: install ok installed\nVersion: 0.1\nArchitecture: amd64\n`,
).join('\n')

const imageOf = (codename: string) =>
  aDebianImage({
    'etc/os-release': `ID=debian\nVERSION_CODENAME=${codename}\n`,
    'var/lib/dpkg/status': STATUS,
  })

const say = (text: string) => process.stdout.write(`  archive: ${text}\n`)

const optionsOf = () => ({
  ...{
    debianMirror: null,
    allowedBases: [],
    debianSecurityMirror: null,
    tracker: null,
    changelogs: false,
    cacheDir: null,
  },
  ...{ now: new Date(), signal: AbortSignal.timeout(110_000), timeoutMs: 60_000, progress: () => {} },
})

async function collect(codenames: readonly string[]): Promise<Evidence[]> {
  const evidence = await collectSecurityUpdates(
    codenames.map((name) => opening(imageOf(name))),
    optionsOf(),
  )
  return [...evidence]
}

test.each([
  ['bullseye', 'end-of-life'],
  ['bookworm', 'lts'],
  ['trixie', 'supported'],
])('when %s is read from a real mirror, then its suites verify with the shipped keys', async (codename) => {
  const [evidence] = await collect([codename])
  const archive = JSON.parse(evidence?.documents['archive.json'] ?? '{}')
  expect(evidence?.problem).toBeNull()
  const suites = [`${codename}-security`, `${codename}-updates`, codename]
  expect(archive.suites.map(({ suite }: { suite: string }) => suite)).toEqual(suites)
  for (const { suite, release, signedBy, indexes } of archive.suites) {
    expect(indexes[0].rows).toBeGreaterThan(0)
    expect(signedBy).toMatch(/^[0-9A-F]{40}$/)
    say(`${suite} ${release.suite} ${release.date}, ${indexes[0].rows} packages, key ${signedBy.slice(-16)}`)
  }
  expect(archive.stable.from).toBe('archive')
  expect(evidence?.documents['packages-2.txt']).toContain('Package: libc6\n')
})

/** The versions of a changelog as dpkg's own parser finds them; `null` where the machine has no dpkg-dev. */
function dpkgVersions(text: string): string[] | null {
  const perl = (...args: string[]) =>
    spawnSync('perl', ['-MDpkg::Changelog::Debian', ...args], { input: text, encoding: 'utf8' })
  if (perl('-e', '1').status !== 0) return null
  const program =
    'my $c = Dpkg::Changelog::Debian->new(verbose => 0); $c->parse(\\*STDIN, "x"); print $_->get_version(), "\\n" for @$c'
  return perl('-e', program).stdout.trim().split('\n')
}

test('when changelogs are asked for, then those of a real security archive name CVEs, as dpkg reads them', async () => {
  const status = NAMES.map((name) => {
    const source = { libc6: 'glibc', libssl3: 'openssl', 'perl-base': 'perl', zlib1g: 'zlib' }[name] ?? name
    return `Package: ${name}\nSource: ${source}\nStatus: install ok installed\nVersion: 0.1\nArchitecture: amd64\n`
  }).join('\n')
  const os = 'ID=debian\nVERSION_CODENAME=bookworm\n'
  const image = aDebianImage({ 'etc/os-release': os, 'var/lib/dpkg/status': status })
  const started = performance.now()
  const [evidence] = await collectSecurityUpdates([opening(image)], { ...optionsOf(), changelogs: true })
  const read = JSON.parse(evidence?.documents['changelogs.json'] ?? '[]') as {
    readonly source: string
    readonly version: string
    readonly text: string | null
  }[]
  const whole = read.filter(({ text }) => text !== null)
  say(
    `changelogs of ${whole.length} of ${read.length} sources in ${Math.round(performance.now() - started)} ms`,
  )
  expect(read.filter(({ text }) => text === null)).toEqual([])
  expect(whole.map(({ source }) => source)).toEqual(expect.arrayContaining(['openssl', 'perl']))
  for (const { source, version, text } of whole) {
    expect(text?.startsWith(`${source} (${version}) `)).toBe(true)
    const ours = entriesAbove(text ?? '', '0.1').map((entry) => entry.version)
    expect([source, ours]).toEqual([source, dpkgVersions(text ?? '') ?? ours])
  }
  expect(whole.flatMap(({ text, version }) => cvesNamed(text ?? '', '0.1', version)).length).toBeGreaterThan(
    20,
  )
})

describe('what it costs', () => {
  let folder: string
  let server: TestServer
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seaworthy-live-'))
    server = await startServer()
    await copyMirror(server, await collect(['bookworm']))
    await bundleDriver(folder)
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('when the main index is read, then it takes seconds and under 180 MB; unchanged, less than one without it', async () => {
    const first = await best(3, () => run(folder, server, `cache-${Math.random()}`))
    await run(folder, server, 'cache')
    server.requests.length = 0
    const second = await best(5, () => run(folder, server, 'cache'))
    say(`first run ${first.ms} ms and ${first.mb} MB, second ${second.ms} ms and ${second.mb} MB`)
    expect(server.requests.filter((path) => !path.endsWith('/InRelease'))).toEqual([])
    // Twice what is promised (docs/performance.md has the figures): a test machine is shared.
    expect(first.ms).toBeLessThan(3000)
    expect(first.mb).toBeLessThan(180)
    expect(second.ms).toBeLessThan(600)
  })
})

interface Cost {
  readonly ms: number
  readonly mb: number
}

/** The quickest of several runs: other processes of the machine are not what is measured. */
async function best(times: number, once: () => Promise<Cost>): Promise<Cost> {
  let least = await once()
  for (let n = 1; n < times; n++) {
    const next = await once()
    if (next.ms < least.ms) least = next
  }
  return least
}

/** All that a run asked for, put on a server of our own. */
async function copyMirror({ pages }: TestServer, [evidence]: readonly Evidence[]): Promise<void> {
  const stable = JSON.parse(evidence?.documents['archive.json'] ?? '{}').stable.codename
  const urls = evidence?.sources.map(({ url }) => url) ?? []
  const main = urls.find((url) => url.endsWith('/dists/bookworm/InRelease')) ?? ''
  for (const url of [...urls, main.replace('/bookworm/', `/${stable}/`)]) {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`${answer.status} for one of the mirror's own files`)
    const archive = url.includes('-security/') ? '/debian-security' : '/debian'
    pages.set(`${archive}${url.slice(url.indexOf('/dists/'))}`, Buffer.from(await answer.arrayBuffer()))
  }
}

/** A process of its own, so that its memory is its own; begun as the command begins. */
async function bundleDriver(outdir: string): Promise<void> {
  const contents = `
    import { readFileSync } from 'node:fs'
    import { keepHeapSmall } from './src/start/node.js'
    keepHeapSmall()
    const { collectSecurityUpdates } = await import('./src/checks/security-updates/collect.js')
    const [mirror, cacheDir, image] = process.argv.slice(2)
    const started = performance.now()
    const [evidence] = await collectSecurityUpdates(
      [{ image: Promise.resolve(JSON.parse(image)) }],
      { debianMirror: mirror + '/debian', debianSecurityMirror: mirror + '/debian-security', tracker: null, changelogs: false, allowedBases: [], cacheDir, now: new Date(),
        signal: new AbortController().signal, timeoutMs: 60000, progress: () => {} }, undefined, [])
    const ms = Math.round(performance.now() - started)
    if (evidence.problem) throw new Error(JSON.stringify(evidence.problem))
    // Not getrusage(2)'s ru_maxrss: that begins with the memory of the process that made this one.
    const mb = Math.round(Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024)
    process.stdout.write(JSON.stringify({ ms, mb }))`
  const banner = "import{createRequire as r_}from'node:module';const require=r_(import.meta.url);"
  const result = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node24', write: false },
    ...{ outdir, outExtension: { '.js': '.mjs' }, banner: { js: banner } },
  })
  for (const { path, contents: bytes } of result.outputFiles) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
}

async function run(folder: string, server: TestServer, cache: string): Promise<Cost> {
  const args = [
    join(folder, 'stdin.mjs'),
    server.url,
    join(folder, cache),
    JSON.stringify(imageOf('bookworm')),
  ]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as Cost
}
