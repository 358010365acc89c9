import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { newFolder, TRACKER } from '../live/support.js'
import { anImageWith, attack } from './bundle.js'

/**
 * Whoever fills the cache folder before the gate: a pull request, where `cache-dir` lies in the checkout; an earlier job on
 * a runner that stays.
 */

const IMAGE = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
  'var/lib/dpkg/status': 'Package: apt\nStatus: install ok installed\nVersion: 2.6.1\nArchitecture: amd64\n',
}
const OLD = new Date(Date.now() - 60 * 86_400_000)

/** The archive cannot be reached: what the cache folder has is looked at first. */
const scan = (cache: string) => {
  const mirrors = [
    '--debian-mirror',
    'http://127.0.0.1:9/',
    '--debian-security-mirror',
    'http://127.0.0.1:9/',
  ]
  const checks = ['--checks', 'security-updates', '--tracker', TRACKER]
  const nowhere = 'http://127.0.0.1:9'
  const env = { http_proxy: nowhere, https_proxy: nowhere }
  return attack(['scan', anImageWith(IMAGE), '--cache-dir', cache, ...checks, ...mirrors], { env })
}

function oldFile(path: string): string {
  writeFileSync(path, 'not of the cache')
  utimesSync(path, OLD, OLD)
  return path
}

test('when the folder of indexes is a link, then nothing is removed where it leads', async () => {
  const [cache, home] = [newFolder(), newFolder()]
  const key = oldFile(join(home, 'id_ed25519'))
  symlinkSync(home, join(cache, 'indexes'))
  expect((await scan(cache)).report.verdict).toBe('incomplete')
  expect(existsSync(key)).toBe(true)
})

test('when the cache folder is somebody’s own, then nothing of theirs is removed', async () => {
  const cache = newFolder()
  mkdirSync(join(cache, 'releases'))
  mkdirSync(join(cache, 'indexes'))
  const theirs = [oldFile(join(cache, 'releases/2025.json')), oldFile(join(cache, 'indexes/notes.txt'))]
  const ours = oldFile(join(cache, `indexes/${'a1'.repeat(32)}.zst`))
  expect((await scan(cache)).report.verdict).toBe('incomplete')
  expect(theirs.filter((path) => !existsSync(path))).toEqual([])
  expect(existsSync(ours)).toBe(false)
})

test('when a pipe lies where a kept file is read, then nobody waits for it', async () => {
  const cache = newFolder()
  mkdirSync(join(cache, 'releases'))
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    execFileSync('mkfifo', [join(cache, 'releases', `${suite}.json`)])
  }
  expect((await scan(cache)).report.verdict).toBe('incomplete')
})
