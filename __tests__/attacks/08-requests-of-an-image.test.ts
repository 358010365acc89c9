import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { startServer, type TestServer } from '../support/debian-archive.js'
import { type Attacked, anImageWith, attack } from './bundle.js'

/**
 * The author of an image has the gate send requests where only the runner reaches: by a source whose path looks like a
 * mirror's, and by redirects. What answers there is shown in the report.
 */

const SECRET = 'AKIA-CREDENTIALS-OF-THE-CLOUD'

/** A service of the runner that nobody outside reaches. */
let inner: TestServer
/** A server that sends on to it. */
let outer: TestServer

beforeAll(async () => {
  inner = await startServer()
  outer = await startServer()
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    for (const archive of ['/debian', '/debian-security']) {
      const path = `${archive}/dists/${suite}/InRelease`
      inner.pages.set(path, SECRET)
      outer.pages.set(path, (_, response) =>
        response.writeHead(302, { location: `${inner.url}${path}` }).end(),
      )
    }
  }
})
beforeEach(() => {
  inner.requests.length = 0
  outer.requests.length = 0
})
afterAll(async () => {
  await inner.close()
  await outer.close()
})

function imageOf(url: string): string {
  return anImageWith({
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
    'etc/apt/sources.list': [
      `deb ${url}/debian/ bookworm main`,
      `deb ${url}/debian-security/ bookworm-security main`,
      '',
    ].join('\n'),
    'var/lib/dpkg/status': 'Package: bash\nStatus: install ok installed\nVersion: 5.3\nArchitecture: amd64\n',
  })
}

/** Whatever else would be asked is not there. */
const scan = (image: string, ...more: readonly string[]): Promise<Attacked> =>
  attack(['scan', image, '--checks', 'security-updates', '--tracker', 'http://127.0.0.1:9/', ...more], {
    env: { http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' },
  })

const reported = (which: string, { output }: Attacked) =>
  process.stdout.write(
    `  attack 8, ${which}: ${inner.requests.length} requests to the inner service, its answer is ${output.includes(SECRET) ? '' : 'not '}in the report\n`,
  )

test('when a source of the image names a service of the runner, then nobody asks it', async () => {
  const ran = await scan(imageOf(inner.url))
  reported('a source of the image', ran)
  expect([ran.code, ran.report.verdict]).toEqual([2, 'incomplete'])
  expect(inner.requests).toEqual([])
  expect(ran.output).not.toContain(SECRET)
})

test('when a source of the image sends on to it, then nobody asks either of them', async () => {
  const ran = await scan(imageOf(outer.url))
  reported('a redirect', ran)
  expect([ran.code, ran.report.verdict]).toEqual([2, 'incomplete'])
  expect([...inner.requests, ...outer.requests]).toEqual([])
  expect(ran.output).not.toContain(SECRET)
})

test('when a mirror that an input names sends on to another service, then it is not followed', async () => {
  const mirrors = [
    ...['--debian-mirror', `${outer.url}/debian`],
    ...['--debian-security-mirror', `${outer.url}/debian-security`],
  ]
  const ran = await scan(imageOf('http://deb.debian.org'), ...mirrors)
  reported('a redirect of an input', ran)
  expect([ran.code, ran.report.verdict]).toEqual([2, 'incomplete'])
  expect(outer.requests.length).toBeGreaterThan(0)
  expect(inner.requests).toEqual([])
  expect(ran.output).toContain('http-redirect-refused')
})

test('when an input names a service that is no mirror, then nothing of its answer is shown', async () => {
  const mirrors = [
    ...['--debian-mirror', `${inner.url}/debian`],
    ...['--debian-security-mirror', `${inner.url}/debian-security`],
  ]
  const ran = await scan(imageOf('http://deb.debian.org'), ...mirrors)
  reported('an input', ran)
  expect([ran.code, ran.report.verdict]).toEqual([2, 'incomplete'])
  expect(inner.requests.length).toBeGreaterThan(0)
  expect(ran.output).toContain('archive-not-signed')
  expect(ran.output).not.toContain(SECRET)
})
