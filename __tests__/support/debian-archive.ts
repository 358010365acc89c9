import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createCleartextMessage, generateKey, readPrivateKey, sign } from 'openpgp'
import type { Image } from '../../src/model/image/image.js'
import type { OpeningImage } from '../../src/model/image/opening.js'
import { aLayer, anImage } from './builders.js'

export const NOW = new Date('2026-11-24T12:00:00Z')

export interface TestKey {
  /** Base64, as the trust has it. */
  readonly certificate: string
  readonly fingerprint: string
  readonly sign: (text: string, how?: { readonly date?: Date }) => Promise<string>
}

/** @param life seconds from `born` on; 0 is for ever */
export async function aKey(born = '2025-01-01T00:00:00Z', life = 0): Promise<TestKey> {
  const made = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'Test Archive', email: 'test@example.org' }],
    date: new Date(born),
    keyExpirationTime: life,
    subkeys: [{ sign: true }],
    format: 'object',
  })
  const signingKeys = await readPrivateKey({ armoredKey: made.privateKey.armor() })
  return {
    certificate: Buffer.from(made.publicKey.write()).toString('base64'),
    fingerprint: made.publicKey.getFingerprint().toUpperCase(),
    sign: async (text, { date = new Date('2026-11-24T11:00:00Z') } = {}) => {
      const message = await createCleartextMessage({ text })
      return await sign({ message, signingKeys, date })
    },
  }
}

export interface ReleaseParts {
  readonly suite: string
  readonly codename?: string
  /** RFC 5322, as Release files have it. */
  readonly date?: string
  readonly validUntil?: string | null
  readonly components?: string
  readonly byHash?: boolean
  /** Path below dists/SUITE -> bytes: listed with size and SHA-256. */
  readonly files?: Readonly<Record<string, Buffer>>
}

export function aRelease(parts: ReleaseParts): string {
  const { suite, codename = suite, date = 'Tue, 24 Nov 2026 10:00:00 UTC', files = {} } = parts
  const security = codename.endsWith('-security')
  const validUntil =
    parts.validUntil === undefined ? (security ? 'Tue, 01 Dec 2026 10:00:00 UTC' : null) : parts.validUntil
  return [
    'Origin: Debian',
    `Label: ${security ? 'Debian-Security' : 'Debian'}`,
    `Suite: ${codename === suite ? `oldstable${codename.replace(/^[a-z]+/, '')}` : suite}`,
    `Codename: ${codename}`,
    `Date: ${date}`,
    ...(validUntil === null ? [] : [`Valid-Until: ${validUntil}`]),
    ...(parts.byHash === false ? [] : ['Acquire-By-Hash: yes']),
    'Architectures: all amd64 i386',
    `Components: ${parts.components ?? (security ? 'updates/main updates/contrib' : 'main contrib')}`,
    'SHA256:',
    ...Object.entries(files).map(([path, bytes]) => ` ${sha256(bytes)} ${bytes.length} ${path}`),
    '',
  ].join('\n')
}

export const PACKAGES = [
  'Package: apt\nSource: apt (2.6.2)\nVersion: 2.6.2\nInstalled-Size: 4000\nArchitecture: amd64\nDepends: libc6 (>= 2.34),\n debconf\nDescription: package manager\nDescription-md5: 9fb97a88cb7383934ef963352b53b4a7\nTag: admin::package-management,\n implemented-in::c++\n',
  'Package: zsh\nVersion: 5.9\nArchitecture: amd64\n',
  'Package: bash\nVersion: 5.3\nArchitecture: amd64\n',
].join('\n')

/** Files of an index as gz and plain, the plain one only listed. */
export function indexFiles(text = PACKAGES, directory = 'main/binary-amd64'): Record<string, Buffer> {
  return {
    [`${directory}/Packages`]: Buffer.from(text),
    [`${directory}/Packages.gz`]: gzipSync(text),
  }
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

type Page = Buffer | string | ((request: IncomingMessage, response: ServerResponse) => void)

export interface TestServer {
  readonly url: string
  /** Path -> what is there; may be changed at any time. */
  readonly pages: Map<string, Page>
  /** Paths asked for, in order. */
  readonly requests: string[]
  readonly close: () => Promise<void>
}

export function startServer(): Promise<TestServer> {
  return serve(() => '')
}

/** A proxy for tunnels (CONNECT) that answers itself: its paths begin with // and the host. */
export function startProxy(): Promise<TestServer> {
  return serve(({ headers }) => `//${headers.host?.replace(/:80$/, '')}`, true)
}

async function serve(prefix: (request: IncomingMessage) => string, tunnels = false): Promise<TestServer> {
  const pages = new Map<string, Page>()
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = `${prefix(request)}${request.url ?? ''}`
    requests.push(path)
    const page = pages.get(path)
    if (page === undefined) {
      response.writeHead(404).end('not here')
    } else if (typeof page === 'function') {
      page(request, response)
    } else {
      response.end(page)
    }
  })
  if (tunnels) {
    server.on('connect', (_, socket) => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      server.emit('connection', socket)
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, pages, requests, close }
}

/** Puts a signed suite on a server: InRelease, and the files by hash (by path where there is no by-hash). */
export async function publish(
  { pages }: TestServer,
  key: TestKey,
  parts: ReleaseParts,
  archive = parts.suite.endsWith('-security') ? '/debian-security' : '/debian',
): Promise<void> {
  const files = parts.files ?? indexFiles()
  const base = `${archive}/dists/${parts.suite}`
  pages.set(`${base}/InRelease`, await key.sign(aRelease({ ...parts, files })))
  for (const [path, bytes] of Object.entries(files)) {
    if (path.endsWith('/Packages')) {
      continue
    }
    const folder = path.slice(0, path.lastIndexOf('/'))
    const place = parts.byHash === false ? path : `${folder}/by-hash/SHA256/${sha256(bytes)}`
    pages.set(`${base}/${place}`, bytes)
  }
}

/** A bookworm image with apt and bash. */
export function aDebianImage(files: Readonly<Record<string, string>> = {}): Image {
  const stanza = (name: string, architecture = 'amd64') =>
    `Package: ${name}\nStatus: install ok installed\nVersion: 1.0\nArchitecture: ${architecture}\n`
  return anImage({
    layers: [
      aLayer({
        files: {
          'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
          'var/lib/dpkg/status': [stanza('apt'), stanza('bash')].join('\n'),
          ...files,
        },
      }),
    ],
  })
}

export function opening(image: Image): OpeningImage {
  return {
    reference: image.reference,
    found: Promise.resolve(),
    diffIds: Promise.resolve(image.layers.map(({ diffId }) => diffId)),
    layer: () => Promise.reject(new Error('not here')),
    source: 'engine',
    apart: null,
    image: Promise.resolve(image),
  }
}
