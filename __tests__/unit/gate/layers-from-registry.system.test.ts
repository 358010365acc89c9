import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { layersFromRegistry } from '../../../src/checks/clair/handed-layers.js'
import { neverOpened } from '../../../src/io/archive/image/open-image.js'
import { problemOf as problemOfError } from '../../../src/model/problem.js'
import type { Verdict } from '../../../src/model/verdict.js'
import {
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  serve,
} from '../../support/fake-registry.js'
import { json } from '../../support/fake-server.js'
import type { Rows } from '../checks/clair/builders.js'
import { OS_RELEASE, statusOf } from '../checks/clair/builders.js'
import { tarOf } from '../io/archive/build.js'
import { folder, gate, problemsOf } from './external-clair.js'

// A Clair that fetches the layers from their registry, with a token for that. Clair and registry are fakes.

const ROWS: Rows = {
  zlib: {
    'CVE-2026-20004': { fixed_version: '1:1.2.13.dfsg-2', urgency: 'high' },
    'CVE-2023-45853': { status: 'open', urgency: 'low', nodsa: 'Minor issue', nodsa_reason: '' },
  },
}
const LAYERS = [
  { 'etc/os-release': OS_RELEASE },
  {
    'var/lib/dpkg/status': statusOf([{ name: 'zlib1g', version: '1:1.2.13.dfsg-1', source: 'zlib' }]),
    'var/lib/dpkg/info/zlib1g.list': '/.\n',
  },
].map((files) => tarOf(Object.entries(files).map(([path, body]) => ({ path, body }))).toString('utf8'))

const TOKEN = 'a-token-for-pulling.from-one-repository'
const LOGIN = { user: 'gate', password: 'the-password-of-the-login' }

let registry: FakeRegistry | null = null
afterEach(async () => {
  await registry?.close()
  registry = null
  delete process.env.DOCKER_CONFIG
})

interface Setting {
  /** What the registry issues; `null`: it needs no token. */
  readonly token?: string | null
  readonly challenge?: string
}

/** An image of two layers in a registry, for which there is a login. */
async function anImage({ token = TOKEN, challenge }: Setting = {}): Promise<string> {
  const shelf = emptyShelf()
  const digests = LAYERS.map((layer) => add(shelf, layer))
  const config = add(shelf, {
    ...{ os: 'linux', architecture: 'amd64', config: {}, history: [{}, {}] },
    rootfs: { type: 'layers', diff_ids: digests },
  })
  const manifest = add(shelf, {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { digest: config, size: shelf.blobs.get(config)?.length },
    layers: digests.map((digest, at) => ({
      digest,
      size: LAYERS[at]?.length,
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
    })),
  })
  shelf.tags.set('1', manifest)
  const started = await fakeRegistry((request, response) => {
    const { authorization } = request.headers
    const basic = `Basic ${Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')}`
    if (request.path.startsWith('/token')) {
      return json(response, 200, { token })
    }
    if (
      token !== null &&
      ![`Bearer ${token}`, ...(challenge === 'Basic realm="x"' ? [basic] : [])].includes(authorization ?? '')
    ) {
      const bearer = `Bearer realm="http://${started.host}/token",service="x"`
      return response
        .writeHead(401, { 'www-authenticate': challenge ?? bearer })
        .end(`no: ${authorization ?? ''}`)
    }
    response.setHeader('content-type', 'application/octet-stream')
    return serve(shelf, request, response)
  })
  registry = started
  const docker = mkdtempSync(join(folder, 'docker-'))
  const auth = Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')
  writeFileSync(join(docker, 'config.json'), JSON.stringify({ auths: { [started.host]: { auth } } }))
  process.env.DOCKER_CONFIG = docker
  return `registry:${started.host}/acme/shop:1`
}

function everyFile(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    .join('\n')
}

async function judged(image: string, more: Omit<NonNullable<Parameters<typeof gate>[0]>, 'images'> = {}) {
  const evidence = mkdtempSync(join(folder, 'evidence-'))
  const inputs = {
    'layers-from': 'registry',
    'layer-url': '',
    osv: 'none',
    'save-evidence': join(evidence, 'saved'),
    ...more.inputs,
  }
  const { verdict, clair } = await gate({ tracker: ROWS, ...more, images: [image], inputs })
  const written = JSON.stringify(verdict) + everyFile(evidence)
  return { verdict, clair, written }
}

const problemOf = ({ images }: Verdict) => images[0]?.checks.find(({ check }) => check === 'clair')?.problem

describe('when Clair fetches the layers from their registry', () => {
  test('then the answer is that of layers from the gate, and the token is in no evidence and in no verdict', async () => {
    const image = await anImage()
    const { verdict, clair, written } = await judged(image)
    expect(problemsOf(verdict)).toEqual(['answered'])
    expect(clair.layers).toHaveLength(2)
    const token = new URLSearchParams(
      registry?.requestsReceived
        .map(({ path }) => path)
        .find((path) => path.startsWith('/token'))
        ?.split('?')[1],
    )
    expect(token.get('scope')).toBe('repository:acme/shop:pull')
    const sent = clair.requestsReceived.find(({ method }) => method === 'POST')?.body.toString() ?? ''
    expect(sent).toContain(TOKEN)
    expect(sent).not.toContain(LOGIN.password)
    for (const secret of [TOKEN, LOGIN.password]) {
      expect(written).not.toContain(secret)
    }
    const findings = (one: Verdict) =>
      one.images[0]?.findings.map(({ id, layer, ruling }) => [id, layer, ruling])
    const own = await gate({ tracker: ROWS, images: [image], inputs: { osv: 'none' } })
    expect(findings(verdict)).toEqual(findings(own.verdict))
    expect(findings(verdict)?.length).toBeGreaterThan(1)
  })

  test('then a registry that needs no token gets none, and Clair neither', async () => {
    const { verdict, clair } = await judged(await anImage({ token: null }))
    expect(problemsOf(verdict)).toEqual(['answered'])
    expect(clair.requestsReceived.find(({ method }) => method === 'POST')?.body.toString()).toContain(
      '"headers":{}',
    )
  })

  test.each<[string, Setting, string]>([
    ['wants the login itself', { challenge: 'Basic realm="x"' }, 'the registry requires the login itself'],
    ['issues the password as a token', { token: LOGIN.password }, 'issues the password as a token'],
    [
      'issues the password in another form',
      { token: Buffer.from(LOGIN.password).toString('base64') },
      'issues the password as a token',
    ],
    [
      'issues a token for pushing too',
      {
        token: `x.${Buffer.from(JSON.stringify({ access: [{ type: 'repository', name: 'acme/shop', actions: ['pull', 'push'] }] })).toString('base64url')}.y`,
      },
      'permits more than pulling',
    ],
    [
      'issues a token for another repository too',
      {
        token: `x.${Buffer.from(JSON.stringify({ access: ['acme/shop', 'acme/secret'].map((name) => ({ type: 'repository', name, actions: ['pull'] })) })).toString('base64url')}.y`,
      },
      'permits more than pulling',
    ],
  ])('and the registry %s, then Clair gets nothing, and there is no answer', async (_, setting, what) => {
    const { verdict, clair, written } = await judged(await anImage(setting))
    expect(problemOf(verdict)).toMatchObject({ code: 'registry-refused', todo: 'set layers-from to gate' })
    expect(problemOf(verdict)?.what).toContain(what)
    expect(clair.requestsReceived.some(({ method }) => method === 'POST')).toBe(false)
    expect(written).not.toContain(LOGIN.password)
  })

  test('and Clair sends the token back in an error, then the error does not show it', async () => {
    const indexed = (
      response: Parameters<NonNullable<NonNullable<Parameters<typeof gate>[0]>['indexed']>>[0],
    ) => json(response, 500, { code: 'internal-error', message: `got 401: no: Bearer ${TOKEN}` })
    const { verdict, written } = await judged(await anImage(), { indexed })
    expect(problemOf(verdict)).toMatchObject({ code: 'clair-index-failed' })
    expect(problemOf(verdict)?.what).toContain('no: Bearer …')
    expect(problemOf(verdict)?.todo).toContain('reaches the registry')
    expect(written).not.toContain(TOKEN)
  })

  test('and Clair puts the token into its report, then that is no evidence', async () => {
    const report = (right: object) => ({ ...right, enrichments: { x: TOKEN } })
    const { verdict, written } = await judged(await anImage(), { report })
    expect(problemOf(verdict)).toMatchObject({ code: 'clair-report-malformed' })
    expect(written).not.toContain(TOKEN)
  })

  test('and nothing in the image has an open vulnerability, then nothing shows that Clair has matched it', async () => {
    const rows: Rows = { zlib: { 'CVE-2026-20004': { fixed_version: '1:1.2.11', urgency: 'high' } } }
    const { verdict } = await judged(await anImage(), { tracker: rows })
    expect(problemOf(verdict)).toMatchObject({ code: 'no-canary' })
    expect(problemOf(verdict)?.todo).toContain('layers-from')
  })

  test('and Clair does not report that vulnerability, then its database proves nothing', async () => {
    const { 'CVE-2026-20004': fixed } = ROWS.zlib ?? {}
    const { verdict } = await judged(await anImage(), {
      database: { zlib: { 'CVE-2026-20004': fixed ?? {} } },
    })
    expect(problemOf(verdict)).toMatchObject({ code: 'canary-not-found' })
  })

  test('and Clair is busy, then it is asked again', async () => {
    let left = 2
    const { verdict } = await judged(await anImage(), {
      before: ({ method }, response) => {
        if (method !== 'POST' || left-- <= 0) {
          return false
        }
        response.writeHead(429).end()
        return true
      },
    })
    expect(problemsOf(verdict)).toEqual(['answered'])
  })

  test.each([
    ['public', 'http://8.8.8.8:6060'],
    ['that of a cloud’s metadata', 'http://169.254.169.254'],
    ['public, and written as IPv6', 'http://[2001:4860:4860::8888]:6060'],
  ])('and the address in clair-url is %s, without TLS, then no token goes there', async (_, url) => {
    const place = { registry: registryHost(await anImage()), repository: 'acme/shop', tag: '1', digest: null }
    const blobs = LAYERS.map(digestOf)
    const opening = {
      ...neverOpened('acme/shop:1', 'registry', new Error('not read')).opening,
      diffIds: Promise.resolve(blobs),
      stored: { reference: place, blobs },
    }
    const api = { url, psk: null, signal: AbortSignal.timeout(10_000) }
    const problem = await layersFromRegistry(api)
      .indexed(opening, { codename: 'bookworm' }, new Map())
      .then(
        () => null,
        (error: unknown) => problemOfError(error, ''),
      )
    expect(problem).toMatchObject({ code: 'bad-input', where: url })
    expect(problem?.what).toContain('without TLS')
    expect(JSON.stringify(problem)).not.toContain(TOKEN)
  })
})

const registryHost = (image: string) => image.replace(/^registry:/, '').replace(/\/.*$/, '')
