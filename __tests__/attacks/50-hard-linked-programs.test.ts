import { expect, test } from '@jest/globals'
import { elfOf } from '../support/programs.js'
import type { Entry } from '../unit/io/archive/build.js'
import { debianFiles, evidenceOf, judged } from './made-evidence.js'

/**
 * Nix can keep each content once, under its hash, and all other names as hard links to it. A tar has the bytes with the
 * name that comes first, which is that of the store, so nobody looked for Redis.
 */
const STORE = 'nix/store/.links/0c4v7'
const PROGRAM = 'nix/store/5q8-redis-7.0.1/bin/redis-server'
const REDIS = elfOf(Buffer.from('\x007.0.1\x00\x007.0.1build-1661412345000000000\x00', 'latin1'))

test.each<[string, Entry[]]>([
  ['its own', [{ path: PROGRAM, body: REDIS, mode: 0o755 }]],
  [
    'that of a store',
    [
      { path: STORE, body: REDIS, mode: 0o755 },
      { path: PROGRAM, linkpath: STORE, type: 'Link' },
    ],
  ],
])('when the first name of Redis is %s, then the report says which Redis it is', async (_, entries) => {
  const { report } = await judged(await evidenceOf([debianFiles(), entries]))
  // The evidence has no advisories for Redis.
  expect(report.images[0]?.account?.listed.find(({ path }) => path === PROGRAM)).toMatchObject({
    side: 'not-examined',
    reason: 'Redis 7.0.1',
  })
})
