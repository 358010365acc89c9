import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import type { FeedOptions } from '../../../src/feeds/refresh.js'
import type { FakeServer } from '../../support/fake-server.js'
import { NEVER } from '../../support/waiting.js'

// Each test file has its own copy of this module, and so these hooks.

/** The cache directory of a test. */
export let folder: string
/** Closed after each test. */
export let servers: FakeServer[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-feeds-'))
  servers = []
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await Promise.all(servers.map((server) => server.close()))
})

export const feedOptions = (now: Date, part: Partial<FeedOptions> = {}): FeedOptions => ({
  cacheDir: folder,
  offline: false,
  now,
  progress: () => {},
  backoffMs: 1,
  timeoutMs: NEVER,
  ...part,
})
