import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { keys, policyFile, withPolicies } from '../support/policies.js'
import {
  BASES,
  CLAIR_IMAGE,
  docker,
  NO_FEEDS,
  newFolder,
  POSTGRES_IMAGE,
  ROOT,
  reportOf,
  seaworthy,
  TRACKER,
} from './support.js'
import { LABEL } from './test-engine.js'

/** As npm's own documentation has it: next to the `npm` that is on the path. */
const NPM = join(
  dirname(spawnSync('sh', ['-c', 'readlink -f "$(command -v npm)"'], { encoding: 'utf8' }).stdout),
  '..',
)
const NETWORK = `${LABEL}-npm-package-${process.pid}`
const APP = `seaworthy-test/npm-package-${process.pid}:1`

/** The demo's policies and checks; the archive's mirrors are another test's. */
const POLICIES = () =>
  withPolicies(
    [
      keys({ 'bench-engine': 'builtin', 'max-data-age': 87600 }),
      policyFile('gate', join(ROOT, 'examples/app/policies/gate.yml')),
      policyFile('whitelist', join(ROOT, 'examples/app/policies/whitelist.yml')),
      policyFile('dictionary', join(ROOT, 'policies/dictionary.yml')),
    ],
    newFolder(),
  )
const FLAGS = ['--checks', 'clair,docker-bench', '--osv', 'none']

let container: string
let tarball: string
let policies: string
const exec = (...command: readonly string[]) => docker('exec', container, ...command)
const copy = (from: string, to: string) => docker('cp', '-L', from, `${container}:${to}`)
beforeAll(() => {
  const folder = newFolder()
  const { status, stdout, stderr } = spawnSync(process.execPath, ['script/pack.mjs', folder], {
    encoding: 'utf8',
    cwd: ROOT,
  })
  expect([status, stderr]).toEqual([0, ''])
  tarball = stdout.trim()
  docker('build', '-q', '--build-arg', `BASE=${BASES.bookworm}`, '-t', APP, join(ROOT, 'examples/app'))
  docker('network', 'create', '--label', LABEL, NETWORK)
  const socket = ['-v', '/var/run/docker.sock:/var/run/docker.sock']
  container = docker(
    'create',
    '--label',
    LABEL,
    '--network',
    NETWORK,
    ...socket,
    '--entrypoint',
    'tail',
    BASES.bookworm,
    '-f',
    '/dev/null',
  ).trim()
  // Node 24 with its npm, and nothing else.
  copy(process.execPath, '/usr/bin/node')
  copy(NPM, '/usr/lib/npm')
  copy(tarball, '/seaworthy.tgz')
  copy(TRACKER, '/tracker.json')
  copy(join(ROOT, 'examples'), '/examples')
  policies = POLICIES()[1] ?? ''
  copy(policies, '/policies')
  docker('start', container)
})
afterAll(() => {
  docker('rm', '-f', '-v', container)
  docker('network', 'rm', NETWORK)
  docker('rmi', '-f', APP)
})

const blocking = (report: Report) =>
  report.images[0]?.findings
    .filter(({ blocks }) => blocks)
    .map(({ check, id }) => `${check} ${id}`)
    .sort()

test('when the package is installed where there is only Node, then it runs, and judges the demo as the checkout does', async () => {
  expect(
    exec('sh', '-c', 'ls /usr/bin/docker /usr/bin/git /usr/bin/python3 2>/dev/null | wc -l').trim(),
  ).toBe('0')
  const install = [
    'node',
    '/usr/lib/npm/bin/npm-cli.js',
    'install',
    '--offline',
    '--global',
    '--prefix',
    '/usr/local',
  ]
  exec(...install, '/seaworthy.tgz')
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  expect(exec('seaworthy', '--version').trim()).toBe(version)
  // Nothing came next to it.
  expect(exec('ls', '/usr/local/lib/node_modules').trim()).toBe('seaworthy')

  const images = ['--clair-image', CLAIR_IMAGE, '--postgres-image', POSTGRES_IMAGE]
  const scan = [
    'scan',
    APP,
    ...FLAGS,
    '--policies',
    '/policies',
    ...NO_FEEDS,
    '--tracker',
    '/tracker.json',
    ...images,
    '--report-dir',
    '/report',
  ]
  const ran = spawnSync('docker', ['exec', '-w', '/', container, 'seaworthy', ...scan], { encoding: 'utf8' })
  expect([ran.status, ran.stdout]).toEqual([1, expect.stringContaining('FAIL')])
  const report = JSON.parse(exec('cat', '/report/report.json')) as Report

  const checkout = reportOf(await seaworthy(['scan', APP, ...FLAGS, '--policies', policies]))
  expect(report.verdict).toBe('fail')
  expect(blocking(report)).toEqual(blocking(checkout))
  // As script/demo expects it: no USER, no HEALTHCHECK.
  expect(blocking(report)).toEqual(expect.arrayContaining(['docker-bench 4.1', 'docker-bench 4.6']))
})

test('when the package is looked at, then it has the command alone, and a manifest that may be published', () => {
  const folder = mkdtempSync(join(newFolder(), 'unpacked-'))
  expect(spawnSync('tar', ['-xzf', tarball, '-C', folder]).status).toBe(0)
  const manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as Record<
    string,
    unknown
  >
  expect(manifest).not.toHaveProperty('private')
  expect(manifest).not.toHaveProperty('dependencies')
  expect(manifest).not.toHaveProperty('scripts')
  expect(manifest).toMatchObject({
    name: 'seaworthy',
    bin: { seaworthy: 'dist/cli.js' },
    engines: { node: '>=24' },
  })
  expect(existsSync(join(folder, 'package/dist/action.js'))).toBe(false)
  expect(existsSync(join(folder, 'package/dist/licenses.txt'))).toBe(true)
})
