import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ECOSYSTEMS } from '../../src/feeds/formats/osv/ecosystem.js'
import { readHead } from '../../src/feeds/published/data-file.js'
import { type OwnRepository, ownRepository, runOwn } from '../live/act/own-release.js'
import { LACKING_CVE, lackingImage } from '../live/act/subjects.js'
import { removeImages } from '../live/images.js'
import { type LiveRegistry, startRegistry } from '../live/registry.js'
import { BASES, benchAlone, docker, newFolder, reportOf, seaworthy, TRACKER } from '../live/support.js'
import { type FakeNvd, fakeNvd } from '../support/fake-nvd.js'
import { type FakeServer, fakeServer } from '../support/fake-server.js'
import { aMetric, epssText, kevText } from '../support/feed-texts.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { rawRecords } from '../support/osv/records.js'
import { standInSigstore } from '../support/sigstore.js'
import { makeZip } from '../support/zip.js'

let stub: GitHubStub
beforeAll(async () => {
  stub = await githubStub()
})
afterAll(async () => {
  removeImages()
  await stub.close()
  expect(stub.errors).toEqual([])
})
const api = () => ({ url: stub.url, token: 'ghs_x' })

/** Pushed to its origin as it is. */
function pushed(repository: OwnRepository): OwnRepository {
  repository.commit('all')
  repository.git('push', '--quiet', 'origin', 'main')
  return repository
}

describe('when feeds.yml has run, with stand-ins of the feeds, of GitHub and of sigstore', () => {
  let nvd: FakeNvd
  let feeds: FakeServer
  let repository: OwnRepository
  const servers: FakeServer[] = []
  beforeAll(async () => {
    nvd = await fakeNvd({ 2026: { [LACKING_CVE]: { cvssMetricV31: [aMetric({ score: 9.1 })] } } })
    const modified = new Date().toISOString()
    const zips = ECOSYSTEMS.map((ecosystem) => {
      const records = rawRecords(ecosystem).map((record, at) => ({
        name: `${at}.json`,
        bytes: JSON.stringify({ ...record, modified }),
      }))
      return [`/osv/${ecosystem}/all.zip`, () => makeZip(records)] as const
    })
    const { readFileSync } = await import('node:fs')
    const texts: Readonly<Record<string, () => string | Buffer>> = {
      '/tracker.json': () => readFileSync(TRACKER),
      '/epss.csv.gz': () => gzipSync(epssText({ [LACKING_CVE]: '0.25,0.9' })),
      '/kev.json': () => kevText({ [LACKING_CVE]: '2026-11-20' }),
      ...Object.fromEntries(zips),
    }
    feeds = await fakeServer(({ path }, response) => {
      response
        .writeHead(texts[path] ? 200 : 404, { 'last-modified': new Date().toUTCString() })
        .end(texts[path]?.())
    })
    servers.push(feeds)
    const flags = [
      '--tracker',
      `${feeds.url}/tracker.json`,
      '--cvss',
      nvd.base,
      '--epss',
      `${feeds.url}/epss.csv.gz`,
      '--kev',
      `${feeds.url}/kev.json`,
    ]
    repository = pushed(
      ownRepository({
        // As the command is, but for the addresses of the feeds.
        'dist/cli.js': (text) =>
          text.replace(
            '\n',
            `\nif (process.argv[3] === 'fetch') process.argv.push(...${JSON.stringify(flags)})\nif (process.argv[3] === 'osv') process.argv[4] = '${feeds.url}/osv/'\n`,
          ),
      }),
    )
  })
  afterAll(async () => {
    await nvd.close()
    await Promise.all(servers.map((server) => server.close()))
  })

  test('then one file with all feeds is published, a second run changes nothing, and the gate uses it, or says why not', async () => {
    const kept = newFolder()
    const run = () =>
      runOwn(
        repository,
        { workflow: 'feeds.yml', event: 'schedule', payload: { schedule: '17 4 * * *' }, ref: 'main' },
        api(),
        kept,
      )
    const first = await run()
    expect([first.code === 0 ? '' : first.output, first.jobs]).toEqual(['', { data: 'success' }])
    const day = new Date().toISOString().slice(0, 10)
    const name = `seaworthy-data-${day}.tar`
    expect(
      stub.releases.map(({ tag, draft, prerelease, assets }) => [
        tag,
        draft,
        prerelease,
        assets.map((one) => one.name),
      ]),
    ).toEqual([[`data-${day}`, false, true, [name, `${name}.sigstore.json`]]])
    const file = stub.releases[0]?.assets[0]?.bytes ?? Buffer.alloc(0)
    const head = readHead(file)
    expect(head?.index.parts.map((part) => part.name)).toEqual([
      'tracker',
      'cvss',
      'epss',
      'kev',
      ...ECOSYSTEMS.map((one) => `osv-${one}`),
    ])
    expect(stub.releases[0]?.body).toContain('CC-BY-4.0')

    stub.log.length = 0
    expect((await run()).jobs).toEqual({ data: 'success' })
    expect(stub.log.filter(({ method }) => method !== 'GET')).toEqual([])

    // What it has published, in the releases of a repository that a gate is told.
    const assets = new Map<string, Buffer>()
    const github = await fakeServer(({ path, headers }, response) => {
      const bytes = assets.get(path.split('/').at(-1) ?? '')
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
      if (bytes === undefined || from === undefined) {
        return response.writeHead(bytes === undefined ? 404 : 200).end(bytes)
      }
      return response
        .writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}` })
        .end(bytes.subarray(Number(from), Number(to) + 1))
    })
    servers.push(github)
    const sigstore = await standInSigstore()
    const root = join(newFolder(), 'root.json')
    writeFileSync(root, sigstore.trustedRoot)
    const at = `${github.url}/acme/seaworthy`
    const publish = async (workflow: string) => {
      const identity = `${at}/.github/workflows/${workflow}@refs/heads/main`
      const subject = [{ name: 'index.json', digest: { sha256: head?.sha256 } }]
      const statement = {
        _type: 'https://in-toto.io/Statement/v1',
        subject,
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: {},
      }
      assets.set(name, file)
      assets.set(
        `${name}.sigstore.json`,
        Buffer.from(await sigstore.attest(statement, { identity, repository: at })),
      )
      return identity
    }
    const scan = () =>
      seaworthy([
        // Published ratings come before the NVD's only where cvss is not set.
        ...['scan', lackingImage(), '--kev', 'none', '--epss', 'none'],
        ...['--data', `${at}/releases`, '--data-trusted-root', root, '--verbose', '--cache-dir', newFolder()],
      ])
    const identity = await publish('feeds.yml')
    const good = await scan()
    const about = (ran: typeof good) => reportOf(ran).sources.find((source) => source.name === 'nvd-cvss')
    expect(about(good)).toMatchObject({
      url: `${at}/releases/download/data-${day}/${name}`,
      attestedBy: identity,
      date: expect.any(String),
    })
    expect(good.stdout.replaceAll(/\s+/g, ' ')).toContain(`attested by ${identity}`.slice(0, 40))
    expect(reportOf(good).images[0]?.findings.find(({ id }) => id === LACKING_CVE)).toMatchObject({
      severity: 'critical',
    })

    await publish('evil.yml')
    const bad = await scan()
    expect(about(bad) ?? {}).not.toHaveProperty('attestedBy')
    // Whether the NVD is reached or not.
    expect(bad.stdout.replaceAll(/\s+/g, ' ')).toContain('the newest data file is not used')
  })
})

describe('when prober.yml runs, by the rules of Docker Bench alone and on a base of this machine', () => {
  let registry: LiveRegistry
  let name: string
  beforeAll(async () => {
    registry = await startRegistry()
    name = `sw-prober-${process.pid}`
    docker('tag', BASES.bookworm, `${registry.host}/base:1`)
    docker('push', '--quiet', `${registry.host}/base:1`)
  })
  afterAll(async () => {
    spawnSync('docker', ['rmi', '--force', `${registry.host}/base:1`, `${name}:good`, `${name}:bad`])
    await registry.stop()
  })
  const probe = (bad: (text: string) => string) => {
    const base = (text: string) =>
      text.replace(/^FROM .*/m, `FROM ${registry.host}/base:1`).replace(/apt-get update .*\\\n {2}&& /, '')
    const repository = pushed(
      ownRepository({
        '.github/workflows/prober.yml': (text) => text.replaceAll('prober:$', `${name}:$`),
        '.github/prober/good.Dockerfile': base,
        '.github/prober/bad.Dockerfile': (text) => base(bad(text)),
        'policies/gate.yml': () => 'version: 1\nchecks: [docker-bench]\nbench-engine: builtin\n',
        'policies/dictionary.yml': () => benchAlone(),
      }),
    )
    return runOwn(
      repository,
      { workflow: 'prober.yml', event: 'schedule', payload: { schedule: '23 6 * * 1' }, ref: 'main' },
      api(),
      newFolder(),
    )
  }

  test('then it is green, and red once the bad image passes', async () => {
    const green = await probe((text) => text)
    expect([green.code === 0 ? '' : green.output, green.code]).toEqual(['', 0])
    const red = await probe(
      () =>
        'FROM x\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +\nHEALTHCHECK CMD true\nUSER 10001\n',
    )
    expect([red.code, red.output]).toEqual([
      1,
      expect.stringContaining('The verdict is pass, but should be fail'),
    ])
  })
})
