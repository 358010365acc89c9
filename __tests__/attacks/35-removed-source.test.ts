import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { aKey, indexFiles, publish, startProxy, type TestServer } from '../support/debian-archive.js'
import { keys } from '../support/policies.js'
import { type Attacked, anImageWith, attack, bundleTrusting } from './bundle.js'

/**
 * A package from contrib, whose source list was removed in the same RUN, as people do to clean up. The gate fetched
 * the signed index that has its security update, and passed the image.
 */

const INSTALLED = '535.161.07-1~deb12u1'
const FIXED = '535.309.01-0+deb12u1'
const FILE = '/etc/apt/sources.list.d/zz-seaworthy.sources'

let proxy: TestServer
let dist: string

const stanza = (name: string, version: string) =>
  `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\n`

beforeAll(async () => {
  proxy = await startProxy()
  const key = await aKey()
  dist = bundleTrusting(key.certificate)
  const text = (time: number) => new Date(time).toUTCString().replace('GMT', 'UTC')
  const now = Date.now() - 3_600_000
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    const isSecurity = suite.endsWith('-security')
    const contrib = stanza('nvidia-modprobe', isSecurity ? FIXED : INSTALLED)
    const files = {
      ...indexFiles([stanza('apt', '2.6.1'), stanza('bash', '5.2')].join('\n')),
      ...(suite === 'bookworm-updates' ? {} : indexFiles(contrib, 'contrib/binary-amd64')),
    }
    const archive = isSecurity ? '//security.debian.org/debian-security' : '//deb.debian.org/debian'
    const dates = { date: text(now), validUntil: text(now + 7 * 86_400_000) }
    const signed = { ...key, sign: (release: string) => key.sign(release, { date: new Date(now) }) }
    await publish(proxy, signed, { suite, files, ...dates }, archive)
  }
})
afterAll(() => proxy.close())

/** As the official image has them. */
const sources = (components: string) =>
  [
    ['http://deb.debian.org/debian', 'bookworm bookworm-updates'],
    ['http://security.debian.org/debian-security', 'bookworm-security'],
  ]
    .map(
      ([uri, suites]) =>
        `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: ${components}\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`,
    )
    .join('\n')

function scan(components: string, packages: readonly string[]): Promise<Attacked> {
  const status = ['apt 2.6.1', 'bash 5.2', ...packages].map((text) => {
    const [name, version, section = 'utils'] = text.split(' ')
    return `Package: ${name}\nStatus: install ok installed\nSection: ${section}\nVersion: ${version}\nArchitecture: amd64\n`
  })
  const image = anImageWith({
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
    'etc/apt/sources.list.d/debian.sources': sources(components),
    'var/lib/dpkg/status': status.join('\n'),
  })
  const more = ['--checks', 'security-updates', keys({ 'require-release': 'supported' })]
  return attack(['scan', image, ...more, '--tracker', 'http://127.0.0.1:9/'], {
    dist,
    env: { http_proxy: proxy.url },
  })
}

function judged(which: string, { code, report }: Attacked) {
  process.stdout.write(`  attack 35, ${which}: exit ${code}, ${report.verdict}\n`)
  const [image] = report.images
  const updates = (image?.findings ?? []).filter(({ fixedVersion }) => fixedVersion !== null)
  const commands = report.actions.flatMap(({ command }) => command ?? [])
  return { code, updates: updates.map((one) => `${one.id} ${one.package} ${one.fixedVersion}`), commands }
}

describe('when a package is from contrib', () => {
  test.each([
    ['its Section says so', 'contrib/misc'],
    ['nothing in the image says so', 'misc'],
  ])(
    'and its source list was removed, then the image fails, with a command that works: %s',
    async (which, section) => {
      const { code, updates, commands } = judged(
        which,
        await scan('main', [`nvidia-modprobe ${INSTALLED} ${section}`]),
      )
      expect([code, updates]).toEqual([1, [`security-update nvidia-modprobe ${FIXED}`]])
      expect(commands).toEqual([
        `printf '%s\\n' 'Types: deb' 'URIs: http://security.debian.org/debian-security' 'Suites: bookworm-security' 'Components: contrib' 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' >${FILE} && apt-get update && apt-get install -y --only-upgrade nvidia-modprobe && rm -f ${FILE}`,
      ])
    },
  )

  test('and its source list is still there, then the command needs no other', async () => {
    const ran = await scan('main contrib', [`nvidia-modprobe ${INSTALLED} contrib/misc`])
    const { code, updates, commands } = judged('the source list is there', ran)
    expect([code, updates]).toEqual([1, [`security-update nvidia-modprobe ${FIXED}`]])
    expect(commands).toEqual(['apt-get update && apt-get install -y --only-upgrade nvidia-modprobe'])
  })

  test('and has its update, then the image passes', async () => {
    const ran = await scan('main', [`nvidia-modprobe ${FIXED} contrib/misc`])
    expect(judged('the control', ran)).toEqual({ code: 0, updates: [], commands: [] })
  })
})

test('when no package is from contrib, then its index is not asked for', async () => {
  const count = proxy.requests.length
  const { code } = await scan('main', [])
  expect(code).toBe(0)
  expect(proxy.requests.slice(count).filter((path) => path.includes('/contrib/'))).toEqual([])
})
