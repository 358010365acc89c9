import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  benchOfTarball,
  fetchBench,
  PINNED_BENCH,
  pinnedBench,
} from '../../../../../src/checks/docker-bench/dbs/fetch.js'
import { type BenchSource, benchTree } from '../../../../../src/checks/docker-bench/dbs/source.js'
import { treeHash } from '../../../../../src/checks/docker-bench/dbs/tree.js'
import {
  type TarFile,
  type TarMember,
  tarOf,
  tarOfMembers,
} from '../../../../../src/io/archive/formats/tar-writer.js'
import { SeaworthyError } from '../../../../../src/model/problem.js'
import { NEVER } from '../../../../support/waiting.js'

const FILES: readonly TarFile[] = [
  { path: 'bench-1/', text: null },
  { path: 'bench-1/docker-bench-security.sh', text: 'echo', mode: 0o755 },
  { path: 'bench-1/tests/', text: null },
  { path: 'bench-1/tests/4.sh', text: 'four' },
]
const LINK: TarMember = {
  ...{
    path: 'bench-1/tests',
    type: 'symlink',
    mode: 0o777,
    uid: 0,
    gid: 0,
    link: '/etc',
    bytes: Buffer.alloc(0),
  },
}
const answers = new Map<string, Buffer>([
  ['/good', gzipSync(tarOf(FILES))],
  ['/other', gzipSync(tarOf([...FILES, { path: 'bench-1/tests/5.sh', text: 'five' }]))],
  ['/outside', gzipSync(tarOf([...FILES, { path: 'bench-1/../../x', text: 'x' }]))],
  ['/cut', gzipSync(tarOf(FILES)).subarray(0, 100)],
  ['/cut-inside', gzipSync(tarOf(FILES).subarray(0, 1800))],
  ['/link', gzipSync(tarOfMembers([LINK]))],
  ['/plain', Buffer.from('not a tarball')],
])
const server = createServer((request, response) => {
  const body = answers.get(request.url ?? '')
  response.statusCode = body ? 200 : 404
  response.end(body)
})
let base: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sw-bench-'))
}

function tree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'))
  mkdirSync(join(folder, 'tests'))
  writeFileSync(join(folder, 'docker-bench-security.sh'), 'echo')
  chmodSync(join(folder, 'docker-bench-security.sh'), 0o755)
  writeFileSync(join(folder, 'tests/4.sh'), 'four')
  return folder
}

async function fetched(path: string): Promise<{ folder: string; code: string }> {
  const folder = join(mkdtempSync(join(tmpdir(), 'sw-bench-')), 'deep/deeper')
  mkdirSync(folder, { recursive: true })
  const pinned = { commit: '1', tree: treeHash(tree()), url: `${base}${path}` }
  const code = await fetchBench(pinned, folder, {
    signal: new AbortController().signal,
    timeoutMs: NEVER,
  }).then(
    () => 'fetched',
    (error: unknown) =>
      error instanceof SeaworthyError ? `${error.problem.code}: ${error.problem.what}` : String(error),
  )
  return { folder, code }
}

describe('fetchBench', () => {
  test('when the tarball is the pinned one, then its files are there as they were', async () => {
    const { folder, code } = await fetched('/good')
    expect(code).toBe('fetched')
    expect(treeHash(folder)).toBe(treeHash(tree()))
  })

  test.each([
    ['/other', 'bench-not-genuine: the tarball is not Docker Bench at commit 1: its files have the hash'],
    ['/outside', 'bench-not-genuine: the tarball is not Docker Bench at commit 1: its tarball contains'],
    ['/link', '(symlink)'],
    ['/cut', 'bench-not-fetched'],
    ['/cut-inside', 'bench-not-fetched'],
    ['/plain', 'bench-not-fetched'],
    ['/none', 'bench-not-fetched: Docker Bench could not be fetched: the server returned HTTP 404'],
  ])('when %s is answered, then it is not taken', async (path, message) => {
    const { folder, code } = await fetched(path)
    expect(code).toContain(message)
    for (const above of ['../x', '../../x']) {
      expect(existsSync(join(folder, above))).toBe(false)
    }
  })

  test('when the pin is looked at, then it is a whole commit and a whole hash', () => {
    expect(PINNED_BENCH.url).toMatch(
      /^https:\/\/codeload\.github\.com\/docker\/docker-bench-security\/tar\.gz\/[0-9a-f]{40}$/,
    )
    expect(PINNED_BENCH.tree).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})

describe('pinnedBench', () => {
  const requests: string[] = []
  server.on('request', ({ url = '' }) => requests.push(url))
  const get = async (cacheDir: string, path = '/good', directory = newFolder()) => {
    requests.length = 0
    const pinned = { commit: 'abc', tree: treeHash(tree()), url: `${base}${path}` }
    const folder = await pinnedBench(pinned, cacheDir, {
      directory,
      signal: new AbortController().signal,
      timeoutMs: NEVER,
    })
    expect(folder.startsWith(`${directory}/`)).toBe(true)
    expect(treeHash(folder)).toBe(pinned.tree)
    return [...requests]
  }

  test('when it was fetched once, then the next run asks nobody', async () => {
    const cache = newFolder()
    expect(await get(cache)).toEqual(['/good'])
    expect(await get(cache, '/none')).toEqual([])
    expect(readdirSync(join(cache, 'docker-bench'))).toEqual(['abc.tar.gz'])
  })

  test.each([
    ['another one', (kept: string) => writeFileSync(kept, answers.get('/other') ?? '')],
    ['one that leads out', (kept: string) => writeFileSync(kept, answers.get('/outside') ?? '')],
    ['cut', (kept: string) => writeFileSync(kept, answers.get('/cut') ?? '')],
    ['no tarball', (kept: string) => writeFileSync(kept, 'rm -rf /')],
    ['larger than it can be', (kept: string) => truncateSync(kept, 33 * 2 ** 20)],
    [
      'a link',
      (kept: string) => {
        rmSync(kept)
        symlinkSync('/dev/zero', kept)
      },
    ],
    [
      'a folder',
      (kept: string) => {
        rmSync(kept)
        mkdirSync(join(kept, 'tests'), { recursive: true })
      },
    ],
  ])('when what the cache has is %s, then it is not taken, and replaced', async (_, change) => {
    const cache = newFolder()
    await get(cache)
    change(join(cache, 'docker-bench/abc.tar.gz'))
    expect(await get(cache)).toEqual(['/good'])
    expect(await get(cache)).toEqual([])
  })

  test('when the cache cannot be written, then it is fetched each time', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    expect(await get(file)).toEqual(['/good'])
    expect(await get(file)).toEqual(['/good'])
  })
})

describe('treeHash', () => {
  const changed = (change: (folder: string) => void) => {
    const folder = tree()
    change(folder)
    return treeHash(folder)
  }
  test('when files are the same, then the hash is, also next to a .git and a log', () => {
    expect(changed((folder) => mkdirSync(join(folder, '.git')))).toBe(treeHash(tree()))
    expect(changed((folder) => mkdirSync(join(folder, 'log')))).toBe(treeHash(tree()))
  })

  test.each([
    ['text', (folder: string) => writeFileSync(join(folder, 'tests/4.sh'), 'five')],
    ['name', (folder: string) => writeFileSync(join(folder, 'd'), '')],
    ['mode', (folder: string) => chmodSync(join(folder, 'tests/4.sh'), 0o755)],
    ['link', (folder: string) => symlinkSync('/etc/passwd', join(folder, 'link'))],
  ])('when a %s is another, then the hash is', (_, change) => {
    expect(changed(change)).not.toBe(treeHash(tree()))
  })
})

test('when a pull request may have written the folder, then only the pinned one is used', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'))
  writeFileSync(join(folder, 'docker-bench-security.sh'), 'echo')
  const options = { directory: newFolder(), cacheDir: newFolder(), signal: new AbortController().signal }
  const code = (source: BenchSource) =>
    benchTree(source, options).then(
      () => 'used',
      (error: unknown) => (error instanceof SeaworthyError ? error.problem.code : String(error)),
    )
  expect(await code({ kind: 'folder', folder })).toBe('used')
  expect(await code({ kind: 'folder', folder, mustBePinned: true })).toBe('bench-not-genuine')
})

describe('a tarball on this machine', () => {
  const written = (name: string) => {
    const path = join(newFolder(), 'bench.tar.gz')
    writeFileSync(path, answers.get(name) ?? '')
    return path
  }

  test('when it is the pinned one, then its files are there as they were', async () => {
    const pinned = { commit: '1', tree: treeHash(tree()), url: '' }
    const folder = await benchOfTarball(written('/good'), newFolder(), pinned)
    expect(treeHash(folder)).toBe(pinned.tree)
  })

  test.each([
    ['/good', 'bench-not-genuine'],
    ['/link', 'bench-not-genuine'],
    ['/cut', 'bench-not-fetched'],
    ['/plain', 'bench-not-fetched'],
  ])('when %s is named as bench-source, then it is verified: %s', async (name, code) => {
    const path = written(name)
    const options = { directory: newFolder(), cacheDir: newFolder(), signal: new AbortController().signal }
    const error = await benchTree({ kind: 'folder', folder: path }, options).catch((one: unknown) => one)
    expect(error).toMatchObject({ problem: { code, where: path } })
  })
})
