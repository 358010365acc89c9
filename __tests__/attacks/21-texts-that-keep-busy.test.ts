import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newFolder } from '../live/support.js'
import { aKey, indexFiles, publish, startProxy, type TestServer } from '../support/debian-archive.js'
import { keys, policyFile } from '../support/policies.js'
import { type Attacked, anImageWith, attack, bundleTrusting } from './bundle.js'

/**
 * Whoever writes a text that the gate reads writes a megabyte of what a pattern looks for, and no end of it: the pattern
 * starts again at each character, and no timeout is heard meanwhile. The kernel counts the seconds that the processor
 * has worked, so that it does not matter what else the machine does.
 */

/** A harmless image takes two or three. */
const PROCESSOR_SECONDS = 40
const MANY = 1_000_000

let proxy: TestServer
let dist: string

beforeAll(async () => {
  proxy = await startProxy()
  const key = await aKey()
  dist = bundleTrusting(key.certificate)
  const date = new Date(Date.now() - 3_600_000)
  const [from, until] = [date, new Date(date.getTime() + 7 * 86_400_000)].map((day) =>
    day.toUTCString().replace('GMT', 'UTC'),
  )
  const names = [...Array.from({ length: 9 }, (_, at) => `${'a'.repeat(400)}${at}`), 'bash']
  const stanzas = names.map((name) => `Package: ${name}\nVersion: 5.2\nArchitecture: amd64\n`).join('\n')
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    const archive = suite.endsWith('-security')
      ? '//security.debian.org/debian-security'
      : '//deb.debian.org/debian'
    const signed = { ...key, sign: (release: string) => key.sign(release, { date }) }
    const dates = { date: from ?? '', validUntil: until ?? '' }
    await publish(proxy, signed, { suite, files: indexFiles(stanzas), ...dates }, archive)
  }
})
afterAll(() => proxy.close())

const installed = (name: string, version = '5.2') =>
  `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\nArchitecture: amd64\n`
const LONG_NAMES = Array.from({ length: 9 }, (_, at) => installed(`${'a'.repeat(400)}${at}`)).join('\n')
const OS_RELEASE = 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n'

const image = (files: Readonly<Record<string, string>>, history: readonly string[] = []) =>
  anImageWith(
    {
      'etc/os-release': OS_RELEASE,
      'etc/apt/sources.list': 'deb http://deb.debian.org/debian bookworm main\n',
      'var/lib/dpkg/status': installed('bash'),
      ...files,
    },
    history.length === 0 ? {} : { history: history.map((text) => ({ created_by: text })) },
  )
const pin = (pattern: string) => ({
  'etc/apt/preferences.d/x': `Package: ${pattern}\nPin: release *\nPin-Priority: 1\n`,
  'var/lib/dpkg/status': `${installed('bash')}\n${LONG_NAMES}`,
})
const file = (name: string, text: string) => {
  const path = join(newFolder(), name)
  writeFileSync(path, text)
  return path
}

function scan(archive: string, ...more: readonly string[]): Promise<Attacked> {
  const checks = ['--checks', 'security-updates,docker-bench', keys({ 'bench-engine': 'builtin' })]
  return attack(
    [
      'scan',
      archive,
      ...checks,
      keys({ 'require-release': 'supported' }),
      '--tracker',
      'http://127.0.0.1:9/',
      ...more,
    ],
    { dist, env: { http_proxy: proxy.url }, via: ['prlimit', `--cpu=${PROCESSOR_SECONDS}`] },
  )
}

const HISTORY = ' #(nop) SHELL ['
const CASES: Readonly<Record<string, () => Promise<Attacked>>> = {
  'os-release has a line of blanks': () =>
    scan(image({ 'etc/os-release': `${OS_RELEASE}X=${'\t'.repeat(MANY)}\rY\n` })),
  'a version is made of blanks': () =>
    scan(image({ 'var/lib/dpkg/status': installed('bash', `1${'\t'.repeat(MANY)}1`) })),
  'sources of apt open a thousand brackets a line': () =>
    scan(image({ 'etc/apt/sources.list.d/x.list': `${'['.repeat(MANY)}\n` })),
  'a stanza of sources multiplies addresses by suites': () =>
    scan(
      image({
        'etc/apt/sources.list.d/x.sources': `Types: deb\nURIs:${' http://h/'.repeat(MANY / 20)}\nSuites:${' x'.repeat(MANY / 20)}\nComponents: main\n`,
      }),
    ),
  'a pin has a pattern with many stars': () => scan(image(pin(`${'*a'.repeat(7)}*b`))),
  'a pin has a pattern with many pluses': () => scan(image(pin(`/${'a+'.repeat(8)}b/`))),
  'a pin opens a bracket': () => scan(image(pin(`/[${'\\a'.repeat(100)}/`))),
  'the history of the image repeats itself': () => scan(image({}, [`x${`${HISTORY}x`.repeat(MANY / 4)}`])),
  'a whitelist goes on with empty lines': () =>
    scan(
      image({}),
      policyFile('whitelist', file('whitelist.yml', `entries: []\r\n${'\r\n'.repeat(40)}x: [\n`)),
    ),
}

test.each(Object.keys(CASES))('when %s, then the gate ends by itself', async (name) => {
  const { code, report, output } = (await CASES[name]?.()) ?? { code: null, report: null, output: '' }
  process.stdout.write(`  attack 21, ${name}: exit ${code}, ${report?.verdict}\n`)
  expect([code, output.slice(0, code === null ? 500 : 0)]).toEqual([expect.any(Number), ''])
  expect(code).not.toBe(0)
})
