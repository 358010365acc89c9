import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { keys, policyFile } from '../support/policies.js'
import { buildOn, type LiveRegistry, push, removeBuilt, startRegistry } from './registry.js'
import { BASES, docker, newFolder, type Ran, reportOf, SMALL, seaworthy } from './support.js'

const NAME = 'org.opencontainers.image.base.name'
const DIGEST = 'org.opencontainers.image.base.digest'

/** An official image, because of its name, at hand in the engine; the gate reads it in a third of the time of a real one. */
const OFFICIAL = `debian:live-${process.pid}`

let registry: LiveRegistry
let guarded: LiveRegistry

beforeAll(async () => {
  buildOn(SMALL, OFFICIAL, { 'srv/official': 'yes' })
  ;[registry, guarded] = await Promise.all([startRegistry(), startRegistry(true)])
})
afterAll(async () => {
  removeBuilt()
  await Promise.all([registry?.stop(), guarded?.stop()])
})

const scan = (image: string, flags: readonly string[] = [], config?: string) =>
  seaworthy(['scan', image, '--checks', 'security-updates', ...flags], {
    DOCKER_CONFIG: config ?? registry.noLogin,
  })
const isAboutBase = ({ details }: { readonly details: object }) => 'restsOn' in details

function baseOf(ran: Ran) {
  const report = reportOf(ran)
  const [image] = report.images
  if (image === undefined) {
    throw new Error('no image')
  }
  expect(image.checks.map(({ check, state, problem }) => [check, state, problem])).toEqual([
    ['security-updates', 'answered', null],
    ['credentials', 'answered', null],
  ])
  const about = image.findings.filter(isAboutBase)
  const updates = image.findings.filter(({ id }) => id === 'security-update')
  return {
    updates,
    base: image.base,
    findings: about.map(({ id, blocks }) => `${id}${blocks ? '!' : ''}`),
    report,
  }
}

describe('when a base is pushed to a real registry and an app is built on it', () => {
  test('then layers prove it; after a push under its tag it has moved on; a rebuild puts that right', async () => {
    const base = `${registry.host}/acme/base:12`
    const app = `${registry.host}/acme/app:1`
    buildOn(SMALL, base, { 'srv/file': 'one' })
    const first = push(base, registry.noLogin)
    buildOn(base, app, { 'srv/file': 'app' }, { [NAME]: base, [DIGEST]: first })
    const allowed = [keys({ 'allowed-bases': [`${registry.host}/acme/*`] })]

    const before = baseOf(await scan(app, allowed))
    expect(before.base).toMatchObject({ name: base, restsOn: 'layers', movedOn: false, official: true })
    expect(before.findings).toEqual([])

    // As a new base would: one of the missing updates is in it.
    const [lacking] = before.updates
    if (lacking === undefined) {
      throw new Error('this base lacks no update any more: use an older one')
    }
    const status = docker('run', '--rm', '--network', 'none', base, 'cat', '/var/lib/dpkg/status')
    const old = new RegExp(`(^Package: ${lacking.package}\\n(?:.+\\n)*?Version: ).*`, 'm')
    const newer = status.replace(old, `$1${lacking.fixedVersion}`)
    expect(newer).not.toBe(status)
    buildOn(SMALL, base, { 'srv/file': 'two', 'var/lib/dpkg/status': newer })
    const second = push(base, registry.noLogin)
    expect(second).not.toBe(first)
    const evidence = join(newFolder(), 'evidence')
    const ran = await scan(app, [...allowed, '--save-evidence', evidence])
    const moved = baseOf(ran)
    expect(moved.base).toMatchObject({ name: base, digest: first, restsOn: 'layers', movedOn: true })
    expect(moved.findings).toEqual(['base-moved-on'])
    expect(ran.stdout).toContain('which has moved on')
    expect(
      moved.updates.map((one) => [one.package, 'rebuild' in one.details ? one.details.rebuild?.what : null]),
    ).toEqual(before.updates.map((one) => [one.package, one === lacking ? 'brings' : 'leaves']))
    const count = moved.updates.length
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain(`Update ${count - 1} packages`)
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain(
      'without other changes, updates 1 package: 1 Debian security update',
    )

    const again = await seaworthy(['replay', evidence, '--checks', 'security-updates', ...allowed])
    const read = (one: Ran) => readFileSync(join(one.folder, 'report/report.json'), 'utf8')
    expect(read(again)).toBe(read(ran))

    buildOn(base, app, { 'srv/file': 'app' }, { [NAME]: base, [DIGEST]: second })
    const after = baseOf(await scan(app, allowed))
    expect(after.base).toMatchObject({ restsOn: 'layers', movedOn: false, digest: second })
    expect(after.findings).toEqual([])
    expect(after.updates.map((one) => one.package)).toEqual(before.updates.slice(1).map((one) => one.package))
  })

  test('then a name in allowed-bases proves it without any label, and another one blocks', async () => {
    const base = `${registry.host}/acme/quiet:12`
    const app = `${registry.host}/acme/unlabelled:1`
    buildOn(SMALL, base, { 'srv/file': 'quiet' })
    push(base, registry.noLogin)
    buildOn(base, app, { 'srv/file': 'app' })
    expect(baseOf(await scan(app, [keys({ 'allowed-bases': [base] })])).base).toMatchObject({
      name: base,
      restsOn: 'layers',
    })
    const other = baseOf(await scan(app, [keys({ 'allowed-bases': ['debian:*'] })]))
    expect(other.findings).toEqual(['base-not-known!'])
    expect(other.report.verdict).toBe('fail')
  })

  test('then a label that lies is contradicted, and blocks where bases are named', async () => {
    const base = `${registry.host}/acme/honest:12`
    const app = `${registry.host}/acme/liar:1`
    buildOn(SMALL, base, { 'srv/file': 'honest' })
    const digest = push(base, registry.noLogin)
    buildOn(OFFICIAL, app, { 'srv/file': 'built on something else' }, { [NAME]: base, [DIGEST]: digest })
    const lied = baseOf(await scan(app, [keys({ 'allowed-bases': [`${registry.host}/acme/*`] })]))
    expect(lied.findings).toEqual(['base-label-contradicted!'])
    expect(lied.base?.official).toBeNull()
    expect(baseOf(await scan(app)).findings).toEqual(['base-label-contradicted'])
    // An official image shows below, at hand: without it the name on the label would count.
  })
})

test('when the registry wants a login, then that of docker proves the base, and without one it is not known', async () => {
  const base = `${guarded.host}/acme/private:12`
  const app = `${guarded.host}/acme/app:1`
  buildOn(SMALL, base, { 'srv/file': 'private' })
  const digest = push(base, guarded.login)
  buildOn(base, app, { 'srv/file': 'app' }, { [NAME]: base, [DIGEST]: digest })
  const flags = [keys({ 'allowed-bases': [`${guarded.host}/acme/*`] })]
  const within = await scan(app, flags, guarded.login)
  expect(baseOf(within).base).toMatchObject({ name: base, restsOn: 'layers', movedOn: false })
  expect(readFileSync(join(within.folder, 'report/report.json'), 'utf8')).not.toMatch(/live-test-only|Z2F0ZT/)
  const without = baseOf(await scan(app, flags, guarded.noLogin))
  expect(without.base).toMatchObject({ name: base, restsOn: 'label', movedOn: null })
  expect(without.base?.why).toContain('the registry requires a login')
  expect(without.findings).toEqual(['base-not-known!'])

  await guarded.stop()
  const other = `${guarded.host}/acme/other:1`
  buildOn(OFFICIAL, other, { 'srv/file': 'app' }, { [NAME]: base, [DIGEST]: digest })
  const gone = baseOf(await scan(other, [], guarded.login))
  expect(gone.base).toMatchObject({ restsOn: 'label', movedOn: null })
  expect(gone.base?.why).toContain('the registry gave no usable answer')
  // It is no official image by its label, and yet it is built on one that is at hand: that one is in between is noted.
  expect(gone.findings).toEqual(['intermediate-base'])
})

describe('when nothing is set', () => {
  /** A root file system that no official image has: that of the base with one file more, as one layer. */
  function importAs(name: string): void {
    const container = docker('create', SMALL, 'true').trim()
    try {
      const { status, stderr } = spawnSync('sh', [
        '-c',
        `docker export ${container} | docker import --change 'LABEL of=${name}' - ${name}`,
      ])
      expect([status, String(stderr)]).toEqual([0, ''])
    } finally {
      docker('rm', container)
    }
  }

  test('then a base that is named otherwise blocks, an official one below it passes, one that nobody knows is noted', async () => {
    const official = baseOf(await scan(BASES.bookworm))
    expect(official.base).toMatchObject({ restsOn: 'at-hand', official: true })
    expect(official.findings).toEqual([])
    expect(official.base?.name).toMatch(/^docker\.io\/library\/debian:/)

    const base = `seaworthy-live/unofficial-${process.pid}:1`
    const app = `seaworthy-live/on-unofficial-${process.pid}:1`
    importAs(base)
    buildOn(base, app, { 'srv/file': 'app' })
    const ran = await scan(app)
    const blocked = baseOf(ran)
    expect(blocked.findings).toEqual(['unofficial-base!'])
    expect(blocked.base).toMatchObject({ name: `docker.io/${base}`, restsOn: 'at-hand', official: false })
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain(
      `allow this base in gate.yml (allowed-bases: seaworthy-live/unofficial-${process.pid})`,
    )
    expect(baseOf(await scan(app, [keys({ 'allowed-bases': 'any' })])).findings).toEqual([])

    // Its own repository is no base, and without the other nothing names one.
    docker('rmi', '--no-prune', base)
    expect(baseOf(await scan(app)).findings).toEqual(['base-not-known'])

    const both = `seaworthy-live/between-${process.pid}:1`
    buildOn(OFFICIAL, both, { 'srv/file': 'between' })
    buildOn(both, app, { 'srv/file': 'app' })
    const passed = baseOf(await scan(app))
    expect(passed.findings).toEqual([])
    expect(passed.base).toMatchObject({ name: `docker.io/${both}`, restsOn: 'at-hand', official: false })
    expect(passed.base?.why).toMatch(
      /seaworthy-live\/between-\d+:1 \(at hand, not proven\).* debian:\S+ \(at hand, not proven\)/,
    )
  })

  test('then with all checks the unofficial base alone blocks, and 4.2 of Docker Bench has the bases as its evidence', async () => {
    const nameOf = (what: string) => `seaworthy-live/defaults-${what}-${process.pid}:1`
    const [base, squashed] = [nameOf('base'), nameOf('squashed')]
    importAs(base)
    importAs(squashed)
    const images = [
      buildOn(base, nameOf('on-unofficial'), { 'srv/file': 'app' }),
      buildOn(OFFICIAL, nameOf('on-official'), { 'srv/file': 'app' }),
      squashed,
    ]
    const checks = ['security-updates', 'clair', 'docker-bench']
    const ran = await seaworthy(
      ['scan', ...images, '--checks', checks.join(), keys({ 'bench-engine': 'builtin' })],
      {
        DOCKER_CONFIG: registry.noLogin,
      },
    )
    docker('rmi', '--no-prune', base, squashed)
    const report = reportOf(ran)
    expect(report.unanswered).toEqual([])
    expect(report.images.map(({ base }) => [base?.restsOn, base?.official])).toEqual([
      ['at-hand', false],
      ['at-hand', true],
      ['nothing', null],
    ])
    const about = report.images.map(({ findings }) =>
      findings.filter(isAboutBase).map(({ id, blocks }) => `${id}${blocks ? '!' : ''}`),
    )
    expect(about).toEqual([['unofficial-base!'], [], ['base-not-known']])
    const results = report.images.map(({ checks }) =>
      checks.flatMap(({ bench }) => bench?.results ?? []).find(({ id }) => id === '4.2'),
    )
    expect(results.map((one) => [one?.builtIn?.word, one?.outcome])).toEqual(Array(3).fill(['NOTE', 'match']))
  })

  test('then a mirror of the official images that the policy names proves one', async () => {
    const mirrored = `${registry.host}/hub/library/debian:12`
    const app = `${registry.host}/acme/mirrored:1`
    buildOn(SMALL, mirrored, { 'srv/file': 'mirrored' })
    const digest = push(mirrored, registry.noLogin)
    buildOn(mirrored, app, { 'srv/file': 'app' }, { [NAME]: mirrored, [DIGEST]: digest })
    const policy = join(newFolder(), 'gate.yml')
    writeFileSync(policy, `version: 1\nofficial-mirrors: [${registry.host}/hub/library/]\n`)
    const found = baseOf(await scan(app, [policyFile('gate', policy)]))
    expect(found.base).toMatchObject({ name: mirrored, restsOn: 'layers', official: true })
    expect(found.findings).toEqual([])
  })
})
