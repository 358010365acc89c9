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
