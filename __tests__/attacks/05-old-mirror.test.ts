import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { aKey, indexFiles, publish, startProxy, type TestServer } from '../support/debian-archive.js'
import { keys } from '../support/policies.js'
import { type Attacked, anImageWith, attack, bundleTrusting } from './bundle.js'

/**
 * The author of an image, or of a pull request that edits the workflow, names a mirror that has Debian's genuine indexes
 * of last week. Their signatures are good and they are not expired, and the updates of this week are not in them.
 */

const DAY = 86_400_000
const HONEST = ['deb.debian.org', 'ftp.debian.org', 'security.debian.org']
const STRANGER = 'mirror.example'
/** One that Debian names, and that is behind. */
const LATE = 'ftp.xx.debian.org'

let proxy: TestServer
let dist: string

const stanza = (version: string) => `Package: bash\nVersion: ${version}\nArchitecture: amd64\n`

/** Debian's two archives at a host, as they were so many days ago. */
async function publishAt(host: string, key: Awaited<ReturnType<typeof aKey>>, days: number, version: string) {
  const date = new Date(Date.now() - days * DAY - 3_600_000)
  const until = new Date(date.getTime() + 7 * DAY)
  const text = (time: Date) => time.toUTCString().replace('GMT', 'UTC')
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    const files = indexFiles(stanza(suite === 'bookworm-security' ? version : '5.2'))
    const archive = `//${host}${suite.endsWith('-security') ? '/debian-security' : '/debian'}`
    const dates = { date: text(date), validUntil: text(until) }
    const signed = { ...key, sign: (release: string) => key.sign(release, { date }) }
    await publish(proxy, signed, { suite, files, ...dates }, archive)
  }
}

beforeAll(async () => {
  proxy = await startProxy()
  const key = await aKey()
  dist = bundleTrusting(key.certificate)
  for (const host of HONEST) {
    await publishAt(host, key, 0, '5.4')
  }
  for (const host of [STRANGER, LATE]) {
    await publishAt(host, key, 6, '5.3')
  }
})
afterAll(() => proxy.close())

/** An image whose bash has every update of last week, and lacks the one of this week. */
function imageOf(host: string): string {
  return anImageWith({
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
    'etc/apt/sources.list': [
      `deb http://${host}/debian bookworm main`,
      `deb http://${host}/debian bookworm-updates main`,
      `deb http://${host}/debian-security bookworm-security main`,
      '',
    ].join('\n'),
    'var/lib/dpkg/status': 'Package: bash\nStatus: install ok installed\nVersion: 5.3\nArchitecture: amd64\n',
  })
}

const scan = (image: string, ...more: readonly string[]): Promise<Attacked> =>
  attack(
    [
      ...['scan', image, '--checks', 'security-updates', keys({ 'require-release': 'supported' })],
      ...['--tracker', 'http://127.0.0.1:9/', ...more],
    ],
    { dist, env: { http_proxy: proxy.url } },
  )

const reported = (which: string, { code, report }: Attacked) =>
  process.stdout.write(`  attack 5, ${which}: exit ${code}, ${report.verdict}\n`)

describe('when a mirror has Debian’s genuine indexes of last week', () => {
  test('and only the image names it, then it is not asked, and the update of this week is missed', async () => {
    const count = proxy.requests.length
    const ran = await scan(imageOf(STRANGER))
    reported('a stranger’s mirror', ran)
    expect(ran.report.images[0]?.findings.map(({ id, package: name }) => `${id} ${name}`)).toContain(
      'security-update bash',
    )
    expect(ran.code).toBe(1)
    expect(proxy.requests.slice(count).filter((path) => path.startsWith(`//${STRANGER}/`))).toEqual([])
    expect(ran.output).toContain(`http://${STRANGER}/debian-security/ was not contacted`)
  })

  test('and Debian names it, then the newer date counts, and the report says that the mirrors differ', async () => {
    const ran = await scan(imageOf(LATE))
    reported('a late mirror of Debian’s', ran)
    expect(ran.report.images[0]?.findings.map(({ id, package: name }) => `${id} ${name}`)).toContain(
      'security-update bash',
    )
    expect(ran.code).toBe(1)
    expect(ran.output).toMatch(
      new RegExp(`bookworm-security: .*http://${LATE}/debian-security/ is 6 days behind`),
    )
  })

  test('and the workflow of a pull request names it, then the newer date counts all the same', async () => {
    const mirrors = [
      ...['--debian-mirror', `http://${STRANGER}/debian`],
      ...['--debian-security-mirror', `http://${STRANGER}/debian-security`],
    ]
    const ran = await scan(imageOf('deb.debian.org'), ...mirrors)
    reported('an input', ran)
    expect(ran.report.images[0]?.findings.map(({ id, package: name }) => `${id} ${name}`)).toContain(
      'security-update bash',
    )
    expect(ran.code).toBe(1)
    expect(ran.output).toMatch(
      new RegExp(`bookworm-security: .*http://${STRANGER}/debian-security/ is 6 days behind`),
    )
  })
})
