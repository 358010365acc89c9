import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openIndexCache } from '../../../../../src/checks/security-updates/archive/index-cache.js'

const SHA = 'a1'.repeat(32)

let root: string
let cache: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sw-indexes-'))
  cache = join(root, 'cache')
  mkdirSync(join(cache, 'indexes'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

async function kept(text: string): Promise<void> {
  const keeping = await openIndexCache(cache, true).startWriting(SHA)
  await keeping?.write(Buffer.from(text))
  await keeping?.keep()
}

async function read(): Promise<string | null> {
  const bytes = await openIndexCache(cache, true).index(SHA)
  if (bytes === null) {
    return null
  }
  const chunks = []
  for await (const chunk of bytes) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

test('when an index is kept, then it is read again, and nothing else lies there', async () => {
  await kept('Package: apt\n')
  expect(await read()).toBe('Package: apt\n')
  expect(readdirSync(join(cache, 'indexes'))).toEqual([`${SHA}.zst`])
})

test('when a link waits where an index is written, then what it leads to stays as it is', async () => {
  const theirs = join(root, 'theirs')
  writeFileSync(theirs, 'theirs')
  // As it was named before.
  symlinkSync(theirs, join(cache, 'indexes', `${SHA}.zst.${process.pid}.tmp`))
  symlinkSync(theirs, join(cache, 'indexes', `${SHA}.zst`))
  await kept('Package: apt\n')
  expect(readFileSync(theirs, 'utf8')).toBe('theirs')
  expect(await read()).toBe('Package: apt\n')
})

test('when the folder is a link, then nothing is read, written or kept there', async () => {
  const theirs = join(root, 'theirs')
  mkdirSync(theirs)
  rmSync(join(cache, 'indexes'), { recursive: true })
  for (const name of ['indexes', 'releases']) {
    symlinkSync(theirs, join(cache, name))
  }
  await kept('Package: apt\n')
  openIndexCache(cache, true).keepRelease('bookworm', { text: 'x', readAt: null, validators: {} })
  expect([await read(), readdirSync(theirs)]).toEqual([null, []])
})

test('when a pipe or a folder lies in the place of an index, then it is not there', async () => {
  const path = join(cache, 'indexes', `${SHA}.zst`)
  execFileSync('mkfifo', [path])
  expect(await read()).toBe(null)
  rmSync(path)
  mkdirSync(path)
  expect(await read()).toBe(null)
  expect(existsSync(path)).toBe(true)
})
