import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { download } from '../../../../../src/checks/security-updates/archive/download.js'
import { fakeServer } from '../../../../support/fake-server.js'

// Some mirrors say so of each .gz file, because their server goes by the extension.
test.each(['gzip', 'x-gzip'])(
  'when a mirror says of a packed index that its transfer is encoded as %s, then its bytes stay packed',
  async (encoding) => {
    const packed = gzipSync('Package: apt\n')
    const server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(packed)
    })
    const signal = AbortSignal.timeout(10_000)
    const options = { signal, timeoutMs: 10_000, retries: 0, mayBePrivate: () => true }
    const { bytes } = await download(`${server.url}/Packages.gz`, packed.length, options)
    await server.close()
    expect(bytes.equals(packed)).toBe(true)
  },
)

test.each([
  [200, 4, 'archive-oversize', 'the file is longer than the expected 4 bytes'],
  [404, 5, 'archive-not-found', 'the mirror does not have this file (HTTP 404)'],
  [403, 5, 'archive-status', 'the mirror returned HTTP 403'],
])(
  'when a mirror answers with %i, and at most %i of 5 bytes are expected, then: %s',
  async (status, limit, code, what) => {
    const server = await fakeServer((_, response) => {
      response.writeHead(status).end('12345')
    })
    const options = {
      ...{ signal: AbortSignal.timeout(10_000), timeoutMs: 10_000, retries: 0, mayBePrivate: () => true },
    }
    const answer = download(`${server.url}/Packages`, limit, options)
    await expect(answer)
      .rejects.toMatchObject({ problem: { code, what } })
      .finally(() => server.close())
  },
)
