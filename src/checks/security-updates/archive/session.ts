import { join } from 'node:path'
import { readSources, type Target } from '../../../debian/apt/sources.js'
import { ARCHIVE_KEYS, OLDEST_DATES } from '../../../debian/archive-keys.js'
import { SUPPORT_ROWS } from '../../../debian/support-rows.js'
import type { SupportRow } from '../../../debian/support-table.js'
import { listFolder, readText } from '../../../io/files/files.js'
import type { GetOptions } from '../../../io/http/http.js'
import { type IndexCache, openIndexCache } from './index-cache.js'
import { mayRedirect } from './mirrors-of.js'
import type { Keyring } from './verify.js'

/** Data that is trusted without a download. */
export interface TrustedData {
  /** OpenPGP certificates in base64. */
  readonly certificates: readonly string[]
  /** Suite -> ISO 8601 UTC: a file with an earlier date is an old copy. */
  readonly oldest: Readonly<Record<string, string>>
  readonly support: readonly SupportRow[]
}

export const DEBIAN_TRUST: TrustedData = {
  certificates: ARCHIVE_KEYS.map(({ key }) => key),
  oldest: OLDEST_DATES,
  support: SUPPORT_ROWS,
}

/** What all images of one run share. */
export interface Session {
  readonly keyring: Promise<Keyring>
  readonly trust: TrustedData
  readonly now: Date
  readonly cache: IndexCache
  readonly signal: AbortSignal
  /** Names of the binary packages of all images. */
  readonly packageNames: ReadonlySet<string>
  /** Names of their source packages. */
  readonly sourceNames: ReadonlySet<string>
  readonly http: (kind: 'release' | 'index') => GetOptions
  /** Suite -> `Date` of the newest InRelease file that was kept in this run. */
  readonly newestKept: Map<string, string>
  /** How long the other mirrors may take once one has shown which suite it has, in ms. */
  readonly patienceMs: number
  /** Work with the same name is done once. */
  readonly once: <T>(name: string, work: () => Promise<T>) => Promise<T>
}

export interface SessionOptions {
  readonly cacheDir: string | null
  /** The cache folder, if its content counts although nothing outside proves it; else `null`. */
  readonly trustedCacheDir: string | null
  readonly now: Date
  readonly signal: AbortSignal
  /** Limit for each request with its retries, in ms. */
  readonly timeoutMs: number
  /** How long the other mirrors may take once one has shown which suite it has, in ms. */
  readonly patienceMs?: number
}

/** A mirror that does not answer must leave time for the next one. */
const RELEASE_TIMEOUT_MS = 20_000
/** Mirrors are compared; one behind a firewall that drops packets must not cost each run twenty seconds. */
const OTHER_MIRRORS_MS = 5_000

/** @param namedHosts hosts that the user or the machine names (hostsNamed) */
export function openSession(
  options: SessionOptions,
  trust: TrustedData,
  keyring: Promise<Keyring>,
  wanted: ReadonlySet<string>,
  namedHosts: ReadonlySet<string>,
  sourceNames: ReadonlySet<string> = new Set(),
): Session {
  const { cacheDir, trustedCacheDir: kept, now, signal, timeoutMs, patienceMs = OTHER_MIRRORS_MS } = options
  const works = new Map<string, Promise<unknown>>()
  return {
    keyring,
    trust,
    now,
    cache: openIndexCache(cacheDir, kept !== null),
    signal,
    packageNames: wanted,
    sourceNames,
    http: (kind) => ({
      signal,
      retries: kind === 'release' ? 1 : 2,
      timeoutMs: kind === 'release' ? Math.min(timeoutMs, RELEASE_TIMEOUT_MS) : timeoutMs,
      mayRedirect,
      mayBePrivate: (hostname) => namedHosts.has(hostname),
    }),
    newestKept: new Map(),
    patienceMs,
    once: <T>(name: string, work: () => Promise<T>) => {
      const result = (works.get(name) as Promise<T> | undefined) ?? work()
      works.set(name, result)
      return result
    },
  }
}

/**
 * The apt sources of the machine that the gate runs on, for mirrors that it can reach. Errors in them are not
 * the image's error: then there are none.
 * @param root where etc/apt is, for tests
 */
export function machineSources(root = '/'): readonly Target[] {
  try {
    const parts = listFolder(join(root, 'etc/apt/sources.list.d')).map(
      (name) => `etc/apt/sources.list.d/${name}`,
    )
    const files: Record<string, string> = {}
    for (const path of ['etc/apt/sources.list', ...parts]) {
      const text = /\.(?:list|sources)$/.test(path) ? readText(join(root, path)) : null
      if (text !== null) {
        files[path] = text
      }
    }
    // One architecture is enough: only addresses are needed.
    return readSources(files, ['all'])
  } catch {
    return []
  }
}
