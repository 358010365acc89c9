import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  type OwnRepository,
  ownRepository,
  type ReleaseRun,
  releaseOf,
  runOwn,
} from '../live/act/own-release.js'
import { removeImages, tinyDebian } from '../live/images.js'
import { type LiveRegistry, push, startRegistry } from '../live/registry.js'
import { docker, newFolder } from '../live/support.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'

const TAG = 'v1.0.0'
const ASSETS = [
  'SHA256SUMS',
  'attestation.sigstore.json',
  'seaworthy-1.0.0.cdx.json',
  'seaworthy-1.0.0.tgz',
  'seaworthy-examples-1.0.0.tar.gz',
]

let stub: GitHubStub
let registry: LiveRegistry
let repository: OwnRepository
let commit: string
let kept: string
const made: string[] = []
beforeAll(async () => {
  stub = await githubStub()
  registry = await startRegistry()
  kept = newFolder()
  const image = tinyDebian('own-release')
  for (const name of ['clair:1', 'postgres:1', 'docker:1']) {
    const tag = `${registry.host}/${name}`
    docker('tag', image, tag)
    made.push(tag)
    push(tag, registry.noLogin)
  }
  const names = ['clair:1', 'postgres:1', 'docker:1']
  repository = ownRepository({
    // Its images lie in a registry of this machine, where script/pin-images finds their digests.
    'src/inputs/service-images.ts': (text) =>
      text.replace(
        /(\s)name: '[^']+', digest: [^,}]*/g,
        (_, space) => `${space}name: '${registry.host}/${names.shift()}', digest: null`,
      ),
    // What it runs takes an hour, and is run by whoever runs this test.
    'script/test': () => "#!/bin/sh\necho 'a stand-in: 1 passed'\n",
  })
  expect(repository.script('script/build.mjs').status).toBe(0)
  repository.commit('all')
  repository.git('push', '--quiet', 'origin', 'main')
})
afterAll(async () => {
  for (const tag of made) {
    docker('rmi', '--force', tag)
  }
  removeImages()
  await registry.stop()
  await stub.close()
  expect(stub.errors).toEqual([])
})

function expectDone({ code, jobs, output }: ReleaseRun): void {
  // What the steps printed, if one has failed.
  expect(code === 0 ? '' : output).toBe('')
  expect(jobs).toEqual({ pack: 'success', check: 'success', publish: 'success', major: 'success' })
}
const check = () => repository.script('script/release', '--check', TAG)
const api = () => ({ url: stub.url, token: 'ghs_x' })
const attested = () =>
  existsSync(join(kept, 'attested')) ? readFileSync(join(kept, 'attested'), 'utf8').trim().split('\n') : []
const released = () =>
  stub.releases.map(({ tag, draft, body, assets }) => ({
    tag,
    draft,
    body,
    assets: Object.fromEntries(
      assets.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')]),
    ),
  }))

test('when a release is prepared, then what keeps it from being made is refused, and the rest is written', () => {
  const before = repository.script('script/release', '1.0.0', '--dry-run')
  expect(before).toEqual({ status: 1, output: expect.stringContaining('no team owns this repository') })
  expect(before.output).toContain('clair-image')
  expect(repository.git('status', '--porcelain')).toBe('')

  const pinned = repository.script('script/pin-images')
  expect([pinned.status, pinned.output]).toEqual([0, expect.stringContaining(registry.host)])
  expect(repository.script('script/build.mjs').status).toBe(0)
  repository.commit('images: digests')
  repository.git('push', '--quiet', 'origin', 'main')

  expect(repository.script('script/release', '1.0.0', '--team', '@acme/release')).toEqual({
    status: 0,
    output: expect.stringContaining('1.0.0 is prepared'),
  })
  expect(readFileSync(join(repository.folder, '.github/CODEOWNERS'), 'utf8')).toContain('* @acme/release')
  commit = repository.commit('release: 1.0.0')
  expect(check().output).toContain('this commit is not on main')
  repository.git('push', '--quiet', 'origin', 'main')
  expect(check()).toEqual({ status: 0, output: 'v1.0.0 may be released\n' })

  // dist by hand.
  const cli = join(repository.folder, 'dist/cli.js')
  const text = readFileSync(cli, 'utf8')
  writeFileSync(cli, `${text}// more\n`)
  expect(check()).toEqual({
    status: 1,
    output: expect.stringContaining('dist does not match what src builds: cli.js'),
  })
  writeFileSync(cli, text)
})

test('when its tag is pushed, then it is built, attested and published, and v1 points at it; again, and nothing changes', async () => {
  repository.git('tag', TAG)
  repository.git('push', '--quiet', 'origin', TAG)
  stub.tagged.set(TAG, commit)
  stub.git.commits.set(commit, { tree: '', parents: [], message: '' })

  const first = await runOwn(repository, releaseOf(TAG), api(), kept)
  expectDone(first)
  const [release] = released()
  expect(Object.keys(release?.assets ?? {}).sort()).toEqual([...ASSETS].sort())
  expect(release).toMatchObject({ tag: TAG, draft: false, body: expect.stringMatching(/^### /) })
  expect(stub.git.branches.get('tags/v1')).toBe(commit)
  // All but the bundle itself were attested, with the bytes that were published.
  const { 'attestation.sigstore.json': _, ...others } = release?.assets ?? {}
  expect(attested().sort()).toEqual(
    Object.entries(others)
      .map(([name, digest]) => `${name} ${digest}`)
      .sort(),
  )

  const before = JSON.stringify(released())
  stub.log.length = 0
  const second = await runOwn(repository, releaseOf(TAG), api(), kept)
  expectDone(second)
  expect(stub.log.filter(({ method }) => method !== 'GET')).toEqual([])
  expect([JSON.stringify(released()), attested().length]).toEqual([before, ASSETS.length - 1])
  expect(repository.script('script/release', '1.0.0').output).toContain('v1.0.0 is already released')
})

test('when the released package is unpacked, then it is the command of that version', async () => {
  const folder = newFolder()
  const tarball = stub.releases[0]?.assets.find(({ name }) => name.endsWith('.tgz'))
  mkdirSync(join(folder, 'x'))
  writeFileSync(join(folder, 'a.tgz'), tarball?.bytes ?? '')
  const { spawnSync } = await import('node:child_process')
  spawnSync('tar', ['-xzf', join(folder, 'a.tgz'), '-C', join(folder, 'x')])
  const ran = spawnSync(process.execPath, [join(folder, 'x/package/dist/cli.js'), '--version'], {
    encoding: 'utf8',
  })
  expect(ran.stdout.trim()).toBe('1.0.0')
  const readme = readFileSync(join(folder, 'x/package/README.md'), 'utf8')
  expect(readme).toContain(`@${commit} # v1.0.0`)
  expect(readme).not.toContain('no release yet')
})

test('when a tag is pushed at a commit that was not merged, then nothing is published', async () => {
  repository.git('switch', '--quiet', '--create', 'side')
  writeFileSync(join(repository.folder, 'SECURITY.md'), 'mine\n')
  const side = repository.commit('side')
  repository.git('tag', 'v1.0.1')
  repository.git('push', '--quiet', 'origin', 'v1.0.1')
  stub.tagged.set('v1.0.1', side)
  stub.log.length = 0
  const ran = await runOwn(repository, releaseOf('v1.0.1'), api(), kept)
  expect(ran.jobs).toEqual({ pack: 'success', check: 'failure' })
  expect(ran.output).toContain('this commit is not on main')
  expect(stub.log).toEqual([])
})
