import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach } from '@jest/globals'
import type { TrustedData } from '../../../../src/checks/security-updates/archive/session.js'
import { collectSecurityUpdates } from '../../../../src/checks/security-updates/collect.js'
import type { Evidence } from '../../../../src/model/evidence.js'
import type { Image } from '../../../../src/model/image/image.js'
import {
  aDebianImage,
  aKey,
  NOW,
  opening,
  publish,
  startServer,
  type TestKey,
  type TestServer,
} from '../../../support/debian-archive.js'
import { proxy } from '../../../support/no-network.js'
import { NEVER } from '../../../support/waiting.js'

export const SUITES = ['bookworm-security', 'bookworm-updates', 'bookworm']

export const SUPPORT = [
  {
    codename: 'bookworm',
    version: '12',
    released: '2023-06-10',
    eol: '2026-07-11',
    eolLts: '2028-06-30',
    eolElts: null,
  },
]

export let key: TestKey
export let stranger: TestKey
export let server: TestServer
export let folder: string

// Each test file has its own copy of this module, and so these hooks.
beforeAll(async () => {
  ;[key, stranger] = await Promise.all([aKey(), aKey()])
})

beforeEach(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'))
  for (const suite of SUITES) {
    await publish(server, key, { suite })
  }
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

export interface Options {
  readonly images?: readonly Image[]
  readonly cacheDir?: string | null
  readonly kept?: string | null
  readonly mirror?: string | null
  readonly securityMirror?: string | null
  readonly trust?: Partial<TrustedData>
  readonly tracker?: Parameters<typeof collectSecurityUpdates>[1]['tracker']
  readonly fixDays?: boolean
  readonly machine?: Parameters<typeof collectSecurityUpdates>[3]
  readonly patienceMs?: number
  readonly offline?: boolean
  readonly now?: Date
}

export async function collect(options: Options = {}): Promise<Evidence[]> {
  const { images = [aDebianImage()], cacheDir = null, kept = cacheDir, trust = {}, machine = [] } = options
  const evidence = await collectSecurityUpdates(
    images.map(opening),
    {
      archive: {
        mirror: options.mirror === undefined ? `${server.url}/debian` : options.mirror,
        securityMirror:
          options.securityMirror === undefined ? `${server.url}/debian-security/` : options.securityMirror,
        offline: options.offline ?? false,
        fixDays: options.fixDays ?? false,
      },
      tracker: options.tracker ?? null,
      onOrigins: () => {},
      cacheDir,
      trustedCacheDir: kept,
      allowedBases: 'any',
      officialMirrors: [],
      engine: () => Promise.reject(new Error('no engine')),
      now: options.now ?? NOW,
      signal: new AbortController().signal,
      timeoutMs: NEVER,
      patienceMs: options.patienceMs ?? NEVER,
      progress: () => {},
    },
    // Without a last resort no test reaches out: hosts of the last resort are refused by the proxy below.
    { certificates: [key.certificate], oldest: {}, support: SUPPORT, ...trust },
    machine,
  )
  return [...evidence]
}

export async function one(options: Options = {}): Promise<Evidence> {
  const [evidence] = await collect(options)
  if (evidence === undefined) {
    throw new Error('no evidence')
  }
  return evidence
}

interface Archive {
  readonly asked: readonly {
    readonly suite: string
    readonly url: string
    readonly outcome: string
    readonly from: string
    readonly date: string | null
  }[]
  readonly notAsked: readonly string[]
  readonly suites: readonly {
    readonly suite: string
    readonly url: string
    readonly signedBy: string
    readonly release: Readonly<Record<string, unknown>>
    readonly indexes: readonly {
      readonly component: string
      readonly rows: number
      readonly document: string
      readonly architecture: string
    }[]
    readonly missingComponents: readonly string[]
  }[]
  readonly failed: readonly { readonly suite: string; readonly problem: { readonly code: string } }[]
  readonly stable: unknown
}

export function archiveOf({ documents }: Evidence): Archive {
  return JSON.parse(documents['archive.json'] ?? '') as Archive
}

export { proxy }
