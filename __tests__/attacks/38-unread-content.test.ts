import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { reportOfStep, runStep } from '../live/act/dist.js'
import { newFolder } from '../live/support.js'
import { type FakeClair, fakeClair } from '../support/fake-clair.js'
import { freePort } from '../support/free-port.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { rawRecords } from '../support/osv/records.js'
import { keys, policyFile } from '../support/policies.js'
import { makeZip } from '../support/zip.js'
import { trackerOf } from '../unit/checks/clair/builders.js'
import { anImageWith, attack } from './bundle.js'

/**
 * Whoever builds an image makes the gate's own reader give up before a package with known vulnerabilities: the gate
 * noted that it could not read something, and passed. Debian's packages are matched by a Clair that others run, since
 * nothing here depends on what it says.
 */

const LODASH = { name: 'lodash', version: '4.17.4' }
const AT = 'srv/app/node_modules/lodash/package.json'
const OF_DEBIAN = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
  'var/lib/dpkg/status':
    'Package: zlib1g\nSource: zlib\nStatus: install ok installed\nVersion: 1:1.2.13.dfsg-1\nArchitecture: amd64\n',
}
/** npm takes a manifest of any size. */
const PADDED = { [AT]: JSON.stringify({ ...LODASH, padding: ' '.repeat(1024 * 1024) }) }
/** Lists of Composer 2, with more packages than the gate counts in an image. */
const DECOYS = Object.fromEntries(
  Array.from({ length: 21 }, (_, list) => [
    `opt/${list}/vendor/composer/installed.json`,
    JSON.stringify({
      packages: Array.from({ length: 5000 }, (_, at) => ({ name: `a${list}/${at}`, version: '1.0' })),
    }),
  ]),
)

let clair: FakeClair
let stub: GitHubStub
let osv: string
let tracker: string
beforeAll(async () => {
  // What no row of the tracker names is no finding.
  const rows = { zlib: { 'CVE-2026-20004': { fixed_version: '1:1.2.11', urgency: 'high' } } }
  clair = await fakeClair(rows)
  stub = await githubStub()
  tracker = join(newFolder(), 'tracker.json')
  writeFileSync(tracker, trackerOf(rows))
  osv = newFolder()
  for (const ecosystem of ['npm', 'Packagist'] as const) {
    mkdirSync(join(osv, ecosystem))
    const files = rawRecords(ecosystem).map((record, at) => {
      return { name: `${at}.json`, bytes: JSON.stringify(record) }
    })
    writeFileSync(join(osv, ecosystem, 'all.zip'), makeZip(files))
  }
})
afterAll(async () => {
  await clair.close()
  await stub.close()
})

/** The sample's records are of years ago. */
const OLD = { 'max-data-age': 87600 }

async function inputs(): Promise<Readonly<Record<string, string>>> {
  return {
    checks: 'clair',
    tracker,
    osv,
    cvss: 'none',
    epss: 'none',
    kev: 'none',
    'clair-url': clair.url,
    'layer-url': `http://127.0.0.1:${await freePort()}`,
  }
}

async function scan(files: Readonly<Record<string, string>>, whitelist?: string) {
  const image = anImageWith({ ...OF_DEBIAN, ...files })
  const flagsOfInputs = Object.entries(await inputs()).flatMap(([name, value]) => [`--${name}`, value])
  const path = join(newFolder(), 'whitelist.yml')
  writeFileSync(path, `version: 1\nentries: [${whitelist ?? ''}]\n`)
  const ran = await attack(['scan', image, ...flagsOfInputs, policyFile('whitelist', path), keys(OLD)])
  const findings = ran.report.images?.[0]?.findings ?? []
  process.stdout.write(
    `  attack 38: exit ${ran.code}, ${findings.map(({ because }) => because).join(' | ')}\n`,
  )
  return { ...ran, findings }
}

test('when nothing is in the way, then lodash is judged, and without it the image passes', async () => {
  const plain = await scan({ [AT]: JSON.stringify(LODASH) })
  expect(plain.code).toBe(1)
  expect(plain.findings.map((one) => one.package)).toContain('npm/lodash')
  expect((await scan({})).code).toBe(0)
})

test('when lodash is behind a package.json of 1 MiB, then the image fails, and says which file and what to do', async () => {
  const { code, findings, report } = await scan(PADDED)
  expect(code).toBe(1)
  expect(findings).toMatchObject([
    {
      id: 'not-examined-unreadable',
      ruling: 'act',
      details: { paths: [AT], folder: 'srv/app/node_modules' },
    },
  ])
  expect(findings[0]?.because).toMatch(
    /^not examined: 1 unreadable file \(\d+ bytes, over the limit of 1048576\)/,
  )
  expect(report.actions).toMatchObject([
    { title: expect.stringContaining("Replace or remove the files that the gate can't read") },
  ])
  expect(findings[0]?.whitelistEntry).toContain(`path: ${AT}`)
})

test('when a person accepts that path, then it passes; an entry without a path is an error', async () => {
  const entry = (path: string) =>
    `{id: not-examined-unreadable, ${path}reason: r, owner: o, expires: "${new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)}"}`
  expect((await scan(PADDED, entry(`path: ${AT}, `))).code).toBe(0)
  const without = await scan(PADDED, entry(''))
  expect(without.code).toBe(2)
  expect(without.output).toContain('add a line such as "path: ')
})

test('when 105,000 statements push lodash over the limit, then the image fails, and says which limit', async () => {
  const { code, findings } = await scan({ ...DECOYS, [AT]: JSON.stringify(LODASH) })
  expect(code).toBe(1)
  expect(findings.filter(({ blocks }) => blocks)).toMatchObject([
    {
      id: 'not-examined-cut',
      because: expect.stringContaining('more than 100000 application packages in the image'),
      details: { paths: ['opt/20/vendor/composer/installed.json'] },
    },
  ])
})

const [BASE, HEAD, MERGE] = ['5', '6', '7'].map((digit) => digit.repeat(40)) as [string, string, string]

/** A run of a pull request whose base, and which itself, have these lines in gate.yml. */
async function gate(base: string, own: string) {
  const GATE = 'policies/gate.yml'
  stub.commits.set(MERGE, [BASE, HEAD])
  stub.git.branches.set('main', BASE)
  stub.files.set(`${BASE}:${GATE}`, `version: 1\nchecks: [clair]\nmax-data-age: 87600\n${base}`)
  stub.files.set(`${MERGE}:${GATE}`, `version: 1\nchecks: [clair]\nmax-data-age: 87600\n${own}`)
  const path = join(newFolder(), 'event.json')
  const side = (ref: string, sha: string) => ({ ref, sha, repo: { full_name: 'acme/shop' } })
  const pull_request = { number: 8, head: side('new', HEAD), base: side('main', BASE) }
  writeFileSync(path, JSON.stringify({ number: 8, pull_request, repository: { default_branch: 'main' } }))
  const image = anImageWith({ ...OF_DEBIAN, ...PADDED })
  const step = await runStep(
    'action',
    { ...(await inputs()), image, 'github-token': 'ghs_x' },
    {
      env: {
        GITHUB_API_URL: stub.url,
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: path,
        GITHUB_SHA: MERGE,
        GITHUB_RUN_ID: '902',
        GITHUB_RUN_NUMBER: '1',
      },
    },
  )
  const { verdict, policyNotices } = reportOfStep(step)
  return { verdict, notices: policyNotices.map(({ text }) => text).join('\n') }
}

test('when a pull request sets unread: noted, then the base’s policy holds, and the report says what would change', async () => {
  const { verdict, notices } = await gate('', 'unread: noted\n')
  process.stdout.write(`  attack 38: a lax pull request gets ${verdict}\n`)
  expect(verdict).toBe('fail')
  expect(notices).toContain('the gate would accept more findings (1): not-examined-unreadable')
  // The key is one that counts: on the base it lets the same image pass.
  expect((await gate('unread: noted\n', '')).verdict).toBe('pass')
})
