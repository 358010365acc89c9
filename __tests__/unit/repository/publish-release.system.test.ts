import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'

const COMMIT = 'c'.repeat(40)
const OLD = 'd'.repeat(40)

let stub: GitHubStub
let folder: string
beforeAll(async () => {
  stub = await githubStub()
  folder = mkdtempSync(join(tmpdir(), 'sw-publish-'))
  for (const [name, text] of Object.entries({
    'NOTES.md': '- new\n',
    'a.tgz': 'a',
    'b.tar': 'b',
    'a.sigstore.json': '1',
  })) {
    writeFileSync(join(folder, name), text)
  }
})
beforeEach(() => {
  stub.releases.length = 0
  stub.log.length = 0
  stub.tagged.clear()
  for (const tag of ['v1.2.0', 'v1.3.0', 'v0.2.0']) {
    stub.tagged.set(tag, COMMIT)
  }
  stub.git.branches.delete('tags/v1')
  for (const sha of [COMMIT, OLD]) {
    stub.git.commits.set(sha, { tree: '', parents: [], message: '' })
  }
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await stub.close()
  expect(stub.errors).toEqual([])
})

function script(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const env = { GITHUB_API_URL: stub.url, GITHUB_REPOSITORY: 'acme/seaworthy', GITHUB_TOKEN: 'ghs_x' }
  const child = spawn(process.execPath, ['script/publish-release.mjs', ...args], { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}
const at = (name: string) => join(folder, name)
const publish = (tag: string, ...files: readonly string[]) =>
  script('--tag', tag, '--commit', COMMIT, '--title', tag, '--notes', at('NOTES.md'), ...files.map(at))
const writes = () =>
  stub.log
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.split('/').slice(4).join('/').replace(/\d+/, 'ID')}`)
const released = () =>
  stub.releases.map(({ tag, draft, prerelease, assets }) => [
    tag,
    draft,
    prerelease,
    assets.map(({ name }) => name),
  ])

describe('when a release is published', () => {
  test('then its assets are there before it can no longer be changed', async () => {
    expect(await publish('v1.2.0', 'a.tgz', 'b.tar')).toEqual({ code: 0, output: 'v1.2.0 is released\n' })
    expect(released()).toEqual([['v1.2.0', false, false, ['a.tgz', 'b.tar']]])
    expect(writes()).toEqual([
      'POST releases',
      'POST releases/ID/assets',
      'POST releases/ID/assets',
      'PATCH releases/ID',
    ])
    expect(stub.releases[0]?.body).toBe('- new\n')
  })

  test('a second time, then nothing is changed, though an attestation is another one', async () => {
    await publish('v1.2.0', 'a.tgz', 'a.sigstore.json')
    stub.log.length = 0
    writeFileSync(at('a.sigstore.json'), '2')
    expect(await publish('v1.2.0', 'a.tgz', 'a.sigstore.json')).toEqual({
      code: 0,
      output: 'v1.2.0 is released already: nothing is changed\n',
    })
    expect(writes()).toEqual([])
    expect((await script('--tag', 'v1.2.0', '--state')).output).toBe('published=true\n')
    expect((await script('--tag', 'v1.3.0', '--state')).output).toBe('published=false\n')
  })

  test('a second time with other files, then that is an error, and nothing is changed', async () => {
    await publish('v1.2.0', 'a.tgz')
    stub.log.length = 0
    for (const files of [['b.tar'], ['a.tgz', 'b.tar'], ['a.sigstore.json']]) {
      const { code, output } = await publish('v1.2.0', ...files)
      expect([code, output]).toEqual([1, expect.stringContaining('released already, with other files')])
    }
    expect(writes()).toEqual([])
  })

  test('after a run that broke off, then its draft is taken away first', async () => {
    stub.fail({ method: 'POST', path: /\/assets$/, times: 1, status: 502 })
    expect((await publish('v1.2.0', 'a.tgz')).code).toBe(1)
    expect(released()).toEqual([['v1.2.0', true, false, []]])
    expect((await publish('v1.2.0', 'a.tgz')).code).toBe(0)
    expect(released()).toEqual([['v1.2.0', false, false, ['a.tgz']]])
  })

  test('and the tag was moved meanwhile, then it stays a draft', async () => {
    stub.tagged.set('v1.2.0', OLD)
    expect(await publish('v1.2.0', 'a.tgz')).toEqual({
      code: 1,
      output: expect.stringContaining(`points at ${OLD} by now`),
    })
    expect(released()).toEqual([['v1.2.0', true, false, ['a.tgz']]])
  })

  test('and the token may not, then that is reported', async () => {
    stub.readOnly = true
    const { code, output } = await publish('v1.2.0', 'a.tgz')
    stub.readOnly = false
    expect([code, output]).toEqual([1, expect.stringContaining('403')])
  })

  test('of data, then its tag is made with it, and it is never the latest', async () => {
    const args = ['--data', '--target', 'main', '--title', 'data', '--notes', at('NOTES.md'), at('b.tar')]
    expect((await script('--tag', 'data-2026-11-28', ...args)).code).toBe(0)
    expect(released()).toEqual([['data-2026-11-28', false, true, ['b.tar']]])
    expect(stub.log.find(({ method }) => method === 'PATCH')?.body).toEqual({
      draft: false,
      make_latest: 'false',
    })
  })
})

describe('when the tag of the major version is to be moved', () => {
  const major = (tag: string) => script('--tag', tag, '--commit', COMMIT, '--major')
  const v1 = () => stub.git.branches.get('tags/v1')

  test('then it is made, moved, and left where it is', async () => {
    await publish('v1.2.0', 'a.tgz')
    expect(await major('v1.2.0')).toEqual({ code: 0, output: 'v1 is at v1.2.0 now\n' })
    expect(v1()).toBe(COMMIT)
    expect(await major('v1.2.0')).toEqual({ code: 0, output: 'v1 is at v1.2.0 already\n' })
    stub.git.branches.set('tags/v1', OLD)
    expect((await major('v1.2.0')).code).toBe(0)
    expect(v1()).toBe(COMMIT)
  })

  test('by a second run for an older release, then it is not moved back', async () => {
    await publish('v1.2.0', 'a.tgz')
    await publish('v1.3.0', 'a.tgz')
    stub.git.branches.set('tags/v1', OLD)
    expect(await major('v1.2.0')).toEqual({ code: 0, output: 'v1 stays: v1.3.0 is newer than v1.2.0\n' })
    expect(v1()).toBe(OLD)
  })

  test('before 1.0.0, then there is none', async () => {
    await publish('v0.2.0', 'a.tgz')
    expect(await major('v0.2.0')).toEqual({ code: 0, output: expect.stringContaining('moves no tag') })
    expect(stub.git.branches.has('tags/v0')).toBe(false)
  })

  test('and it is not released, or its tag is another commit, then that is an error', async () => {
    expect(await major('v1.2.0')).toEqual({ code: 1, output: 'v1.2.0 is not released\n' })
    await publish('v1.2.0', 'a.tgz')
    stub.tagged.set('v1.2.0', OLD)
    expect((await major('v1.2.0')).code).toBe(1)
    expect(v1()).toBeUndefined()
  })
})
