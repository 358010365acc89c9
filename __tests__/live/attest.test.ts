import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { aKey, type KeyFiles } from '../support/keys.js'
import { policyFile } from '../support/policies.js'
import { statementIn } from './forge.js'
import { type LiveRegistry, startReferrersRegistry, startRegistry } from './registry.js'
import { MANIFEST, pushImageFor, pushIndex } from './registry-index.js'
import { anImage, images, removeImages, smallPolicies } from './small-image.js'
import { benchAlone, docker, newFolder, type Ran, seaworthy } from './support.js'

// "seaworthy attest" with the real gate, engine, registries and keys. What other tools say of its verdicts is in
// __tests__/long/verifiers.test.ts.

const NAME = `attest-${process.pid}`
const { policies, own } = smallPolicies()
let key: KeyFiles
let other: KeyFiles
beforeAll(() => {
  const folder = newFolder()
  key = aKey(folder)
  other = aKey(folder, 'other')
})
afterAll(removeImages)

type Registry = Pick<LiveRegistry, 'host' | 'noLogin' | 'stop'>

/** The image's name by digest, as the registry of the engine's image has it. */
async function byDigest(host: string, repository: string, tag: string, user?: string): Promise<string> {
  await anImage(host, repository, tag, { tag }, user)
  return images.at(-1) ?? ''
}

const attest = (image: string, { noLogin }: Registry, flags: readonly string[], env = {}) =>
  seaworthy(['attest', image, '--checks', 'docker-bench', ...own, ...flags], {
    DOCKER_CONFIG: noLogin,
    ...env,
  })
const verify = (image: string, { noLogin }: Registry, ...flags: string[]) =>
  seaworthy(['verify', image, ...flags], { DOCKER_CONFIG: noLogin })

/** A policy that accepts these results of Docker Bench, too. */
function accepting(...ids: string[]): string {
  const file = join(newFolder(), 'dictionary.yml')
  writeFileSync(file, benchAlone(['4.2', '4.4', ...ids]))
  return policyFile('dictionary', file)
}

async function sizeOf(host: string, repository: string, digest: string): Promise<number> {
  const url = `http://${host}/v2/${repository}/manifests/${digest}`
  return (await (await fetch(url, { headers: { accept: MANIFEST } })).text()).length
}

/** All texts that a run has left: what it printed, its reports and its evidence. */
function leftBy({ stdout, stderr, folder }: Ran): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
  return [stdout, stderr, ...texts].join('\n')
}

/** The statement in the envelope that is now in the run's folder. */
const statementOf = ({ folder }: Ran) =>
  statementIn(readFileSync(join(folder, 'report/report.vsa.dsse.json'), 'utf8'))

const REGISTRIES = [
  { registry: 'Debian’s docker-registry', start: () => startRegistry(), by: 'tag' },
  { registry: 'go-containerregistry’s server', start: startReferrersRegistry, by: 'referrers API' },
] as const

describe.each(REGISTRIES)('with $registry', ({ start, by }) => {
  let registry: Registry
  beforeAll(async () => {
    registry = await start()
  })
  afterAll(() => registry?.stop())

  test('when an image passes, then its verdict is signed, attached, and verified by the public key alone', async () => {
    const image = await byDigest(registry.host, `${NAME}/app`, '1')
    const none = await verify(image, registry, '--key', key.publicFile)
    expect([none.code, none.stdout]).toEqual([1, expect.stringContaining('there is no attested verdict')])
    const ran = await attest(image, registry, ['--key', key.privateFile])
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining(`attested PASSED: ${image}`)])
    const statement = statementOf(ran)
    expect(statement).toEqual(
      JSON.parse(readFileSync(join(ran.folder, 'report/report.vsa.intoto.json'), 'utf8')),
    )
    expect(statement.subject.map(({ digest }) => `sha256:${digest.sha256}`)).toEqual([image.split('@')[1]])
    const good = await verify(image, registry, '--key', key.publicFile, '--policy', policies)
    expect([good.code, good.stdout]).toEqual([0, expect.stringContaining('verified: may be deployed')])
    expect(good.stdout).toMatch(
      by === 'tag' ? /^source {5}unchecked/m : /^source {5}ok {9}the registry's referrers API/m,
    )
    const stranger = await verify(image, registry, '--key', other.publicFile)
    expect([stranger.code, stranger.stdout]).toEqual([
      1,
      expect.stringContaining('the signature is not by the key'),
    ])
  })

  test('when an image fails after it passed, then FAILED is signed, and counts', async () => {
    const image = await byDigest(registry.host, `${NAME}/root`, '1', '0')
    const lax = await attest(image, registry, ['--key', key.privateFile, accepting('4.1')])
    expect([lax.code, lax.stdout]).toEqual([0, expect.stringContaining(`attested PASSED: ${image}`)])
    expect((await verify(image, registry, '--key', key.publicFile)).code).toBe(0)
    // What passed before is in the folder, and is not what is signed.
    const folder = ['--report-dir', join(lax.folder, 'report')]
    const failed = await attest(image, registry, ['--key', key.privateFile, ...folder])
    expect(statementOf(lax).predicate.verificationResult).toBe('FAILED')
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining(`attested FAILED: ${image}`)])
    const refused = await verify(image, registry, '--key', key.publicFile)
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('result     refused')])
    expect(refused.stdout).toMatch(/^others {5}unchecked {2}ignored: PASSED/m)
  })

  test('when a command signs, then what it signed counts only by its own public key', async () => {
    const image = await byDigest(registry.host, `${NAME}/by-command`, '1')
    const command = (file: string) => `exec:openssl dgst -sha256 -sign ${file} | base64 --wrap 0`
    const by = (what: string, publicFile: string) =>
      attest(image, registry, ['--key', what, '--public-key', publicFile])
    const wrong = await by(command(other.privateFile), key.publicFile)
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('is not a signature by --public-key'),
    ])
    const broken = await by('exec:cat "$0" >&2; echo half-a-secret; exit 3', key.publicFile)
    expect([broken.code, broken.stderr]).toEqual([
      2,
      expect.stringContaining('the command that signs failed (exit 3)'),
    ])
    expect(leftBy(broken)).not.toContain('half-a-secret')
    expect((await verify(image, registry, '--key', key.publicFile)).stdout).toContain(
      'there is no attested verdict',
    )
    expect((await by(command(key.privateFile), key.publicFile)).code).toBe(0)
    expect((await verify(image, registry, '--key', key.publicFile)).code).toBe(0)
  })

  test('when only one platform of an index was judged, then only its manifest is attested', async () => {
    const image = await byDigest(registry.host, `${NAME}/index`, '1')
    const [repository = '', digest = ''] = image.split('@')
    const path = repository.slice(registry.host.length + 1)
    const judged = { mediaType: MANIFEST, digest, size: await sizeOf(registry.host, path, digest) }
    const platform = (architecture: string) => ({ os: 'linux', architecture })
    const arm = await pushImageFor(registry.host, path, platform('arm64'), { arm: 'x' })
    const index = await pushIndex(registry.host, `${path}:2`, [
      { ...judged, platform: platform('amd64') },
      arm,
    ])
    const whole = `${repository}@${index.digest}`
    images.push(whole)
    const ran = await attest(whole, registry, ['--key', key.privateFile])
    expect([ran.code, ran.stdout.match(/^attested .*/gm)]).toEqual([0, [`attested PASSED: ${image}`]])
    // The same by its tag, where no engine is.
    const noEngine = { DOCKER_HOST: 'unix:///no/such/docker.sock' }
    const byTag = await attest(
      `registry:${registry.host}/${path}:2`,
      registry,
      ['--key', key.privateFile],
      noEngine,
    )
    expect([byTag.code, byTag.stdout.match(/^attested .*/gm)]).toEqual([0, [`attested PASSED: ${image}`]])
    expect((await verify(image, registry, '--key', key.publicFile)).code).toBe(0)
    const refused = await verify(whole, registry, '--key', key.publicFile)
    expect([refused.code, refused.stdout]).toEqual([
      1,
      expect.stringContaining('there is no attested verdict'),
    ])
  })
})

describe('the key', () => {
  let open: LiveRegistry
  let guarded: LiveRegistry
  beforeAll(async () => {
    open = await startRegistry()
    guarded = await startRegistry(true)
  })
  afterAll(async () => {
    await open?.stop()
    await guarded?.stop()
  })

  /** A login that a credential helper gives, which writes down its environment. */
  function withHelper(): { readonly config: string; readonly bin: string; readonly environmentFile: string } {
    const [config, bin] = [newFolder(), newFolder()]
    const environmentFile = join(newFolder(), 'environment')
    writeFileSync(join(config, 'config.json'), JSON.stringify({ credHelpers: { [guarded.host]: 'probe' } }))
    const login = JSON.stringify({ Username: guarded.user, Secret: guarded.password })
    const helper = join(bin, 'docker-credential-probe')
    writeFileSync(helper, `#!/bin/sh\nenv >> '${environmentFile}'\necho '${login}'\n`)
    chmodSync(helper, 0o755)
    return { config, bin, environmentFile }
  }

  test('when it comes from the environment, then no child, file, log or registry has it', async () => {
    const PASSWORD = 'long-and-only-for-this-test-8431'
    const secret = aKey(newFolder(), 'encrypted', { password: PASSWORD })
    const first = await anImage(open.host, `${NAME}/secret`, '1')
    const reference = `${guarded.host}/${NAME}/secret:1`
    docker('tag', first, reference)
    images.push(reference)
    const { config, bin, environmentFile } = withHelper()
    const testEnvironmentFile = join(newFolder(), 'environment')
    const ran = await seaworthy(
      [
        ...['attest', reference, '--checks', 'docker-bench', ...own, '--push', 'judged', '--debug'],
        ...['--key', 'env://VERDICT_KEY', '--save-evidence', 'evidence'],
        ...['--test', `env > ${testEnvironmentFile}`],
      ],
      {
        DOCKER_CONFIG: config,
        PATH: `${bin}:${process.env.PATH}`,
        VERDICT_KEY: secret.pem,
        SEAWORTHY_KEY_PASSWORD: PASSWORD,
      },
    )
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining('attested PASSED: ')])
    expect(readdirSync(join(ran.folder, 'evidence'))).not.toEqual([])
    const environments = [environmentFile, testEnvironmentFile].map((file) => readFileSync(file, 'utf8'))
    for (const environment of environments) {
      expect(environment).toContain('PATH=')
      expect(environment).not.toMatch(/VERDICT_KEY|SEAWORTHY_KEY_PASSWORD/)
    }
    const inRegistry = readdirSync(guarded.data, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && file.name === 'data')
      .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
    expect(inRegistry.join('')).toContain('application/vnd.dev.sigstore.bundle.v0.3+json')
    const texts = [leftBy(ran), ...environments, ...inRegistry].join('\n')
    for (const line of [PASSWORD, ...secret.lines]) {
      expect(texts).not.toContain(line)
    }
    const image = /^attested PASSED: (.*)$/m.exec(ran.stdout)?.[1] ?? ''
    const verified = await seaworthy(['verify', image, '--policy', policies, '--key', secret.publicFile], {
      DOCKER_CONFIG: guarded.login,
    })
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('verified')])
  })

  test('when it cannot be used, then nothing is judged, and the error does not quote it', async () => {
    const image = `${open.host}/${NAME}/never@sha256:${'0'.repeat(64)}`
    const encrypted = aKey(newFolder(), 'encrypted', { password: 'right-password' })
    const p384 = aKey(newFolder(), 'p384', { curve: 'P-384' })
    const cases: readonly [string, string, NodeJS.ProcessEnv][] = [
      [key.pem, 'this is a key itself', {}],
      [join(newFolder(), 'none'), 'there is no such file', {}],
      [key.publicFile, 'not a PKCS#8 private key, but PUBLIC KEY', {}],
      [encrypted.privateFile, 'SEAWORTHY_KEY_PASSWORD is not set', {}],
      [encrypted.privateFile, 'the password is wrong', { SEAWORTHY_KEY_PASSWORD: 'wrong-password' }],
      [p384.privateFile, 'of another kind (secp384r1)', {}],
      ['env://VERDICT_KEY', 'the variable is not set', {}],
      ['env://VERDICT_KEY', 'but no key in PEM', { VERDICT_KEY: key.lines.join('') }],
      ['exec:true', 'exec: needs --public-key', {}],
      [key.privateFile, 'must not get a signed verdict', { CHANGE_ID: '7' }],
      [key.privateFile, 'must not get a signed verdict', { GITHUB_EVENT_NAME: 'pull_request' }],
    ]
    for (const [source, why, env] of cases) {
      const ran = await attest(image, open, ['--key', source], env)
      expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(why)])
      for (const secret of [...key.lines, ...encrypted.lines, ...p384.lines, 'wrong-password']) {
        expect(leftBy(ran)).not.toContain(secret)
      }
    }
  })

  test('when verify gets it, or an identity as well, then nothing is verified', async () => {
    const image = `${open.host}/${NAME}/never@sha256:${'0'.repeat(64)}`
    const both = await verify(
      image,
      open,
      '--key',
      key.publicFile,
      '--identity',
      'a',
      '--issuer',
      'https://b',
    )
    expect([both.code, both.stderr]).toEqual([
      2,
      expect.stringMatching(/identity: it cannot be combined with --key\nissuer: it cannot be combined/),
    ])
    const secret = await verify(image, open, '--key', key.privateFile)
    expect([secret.code, secret.stderr]).toEqual([2, expect.stringContaining('not a public key in PEM')])
    expect(leftBy(secret)).not.toContain(key.lines[0])
  })

  test('when the verdict is incomplete, or the image is in no registry, then nothing is signed', async () => {
    const image = await byDigest(open.host, `${NAME}/open`, '1')
    const gate = join(newFolder(), 'gate.yml')
    writeFileSync(gate, 'version: 1\nchecks: [docker-bench]\napplication: off\nbench-engine: both-required\n')
    // An envelope of an earlier run must not stay.
    const report = newFolder()
    writeFileSync(join(report, 'report.vsa.dsse.json'), '{}')
    const unanswered = ['--key', key.privateFile, policyFile('gate', gate), '--report-dir', report]
    const incomplete = await attest(image, open, unanswered)
    expect([incomplete.code, incomplete.stderr]).toEqual([
      2,
      expect.stringContaining('nothing was signed: the verdict is incomplete'),
    ])
    expect(existsSync(join(report, 'report.vsa.dsse.json'))).toBe(false)
    const tagged = await attest(image.replace(/@.*/, ':1'), open, ['--key', key.privateFile])
    expect([tagged.code, tagged.stderr]).toEqual([2, expect.stringContaining('specify it by its digest')])
    const day = ['--key', key.privateFile, '--today', '2026-01-01']
    const dated = await attest(image, open, day)
    expect([dated.code, dated.stderr]).toEqual([2, expect.stringContaining("unknown option '--today'")])
    expect((await verify(image, open, '--key', key.publicFile)).stdout).toContain(
      'there is no attested verdict',
    )
  })
})
