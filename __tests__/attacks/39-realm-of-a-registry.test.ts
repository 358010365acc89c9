import { writeFileSync } from 'node:fs'
import { createServer as createProxy, type Server as PlainServer } from 'node:http'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { newFolder, seaworthy } from '../live/support.js'
import { selfSigned } from '../support/certificate.js'
import { keys } from '../support/policies.js'
import { anImageWith, attack } from './bundle.js'

/**
 * Whoever runs a registry on the internet names a service of the runner as the one that issues its tokens. The gate asked
 * it, and handed its answer to the registry as a token.
 */

const SECRET = 'SECRET-OF-THE-RUNNERS-NETWORK'
const HOST = 'registry.example'

let registry: Server
/** A service that only the runner reaches. */
let inner: Server
/** For the gate, what is behind it is the internet. */
let proxy: PlainServer
let env: NodeJS.ProcessEnv
let realm: string
const authorizations: { registry: (string | undefined)[]; inner: (string | undefined)[] } = {
  registry: [],
  inner: [],
}

const started = async <T extends PlainServer | Server>(server: T): Promise<T> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
const portOf = (server: PlainServer | Server) => (server.address() as AddressInfo).port

beforeAll(async () => {
  const certificate = selfSigned(HOST)
  const ca = join(newFolder(), 'ca.pem')
  writeFileSync(ca, certificate.cert)
  registry = await started(
    createServer(certificate, ({ headers }, response) => {
      authorizations.registry.push(headers.authorization)
      response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="x"` }).end()
    }),
  )
  inner = await started(
    createServer(certificate, ({ url }, response) => {
      authorizations.inner.push(url)
      response.end(JSON.stringify({ token: SECRET }))
    }),
  )
  proxy = createProxy().on('connect', (_, socket, head) => {
    const through = connect(portOf(registry), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      through.write(head)
      through.pipe(socket).pipe(through)
    })
    through.on('error', () => socket.destroy())
    socket.on('error', () => through.destroy())
  })
  await started(proxy)
  const url = `http://127.0.0.1:${portOf(proxy)}`
  env = { https_proxy: url, http_proxy: url, no_proxy: '127.0.0.1,localhost', NODE_EXTRA_CA_CERTS: ca }
})
beforeEach(() => {
  authorizations.registry.length = 0
  authorizations.inner.length = 0
})
afterAll(() => {
  for (const server of [registry, inner, proxy]) {
    server.closeAllConnections()
    server.close()
  }
})

const verify = async () => {
  const image = `${HOST}/team/app@sha256:${'0'.repeat(64)}`
  const identity = 'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/*'
  const issuer = 'https://token.actions.githubusercontent.com'
  const ran = await seaworthy(['verify', image, '--identity', identity, '--issuer', issuer], env)
  return ran.stdout + ran.stderr
}

const FILES = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
  'var/lib/dpkg/status': 'Package: bash\nStatus: install ok installed\nVersion: 5.3\nArchitecture: amd64\n',
}
const LABELLED = { config: { Labels: { 'org.opencontainers.image.base.name': `${HOST}/team/base:1` } } }
const scan = async () => {
  const ran = await attack(
    [
      ...['scan', anImageWith(FILES, LABELLED)],
      ...['--checks', 'security-updates', '--tracker', 'http://127.0.0.1:9/'],
      ...[keys({ 'allowed-bases': [`${HOST}/team/base`] })],
    ],
    { env },
  )
  return ran.output
}

test.each([
  ['verify', verify],
  ['scan', scan],
])(
  'when a registry names a service of the runner for its tokens, then %s does not ask it',
  async (which, run) => {
    for (const host of ['127.0.0.1', 'localhost']) {
      realm = `https://${host}:${portOf(inner)}/latest/api/token?any=thing`
      const output = await run()
      process.stdout.write(
        `  attack 39, ${which}, ${host}: ${authorizations.inner.length} requests to the inner service, the registry got ${authorizations.registry.at(-1) ?? 'nothing'}\n`,
      )
      expect(authorizations.registry).toContain(undefined)
      expect(authorizations.registry.join()).not.toContain(SECRET)
      expect(authorizations.inner).toEqual([])
      expect(output).not.toContain(SECRET)
    }
  },
)
