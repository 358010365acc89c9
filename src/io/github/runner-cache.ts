/** Files that are kept between the jobs of a workflow. */
export interface CacheEntry {
  readonly paths: readonly string[]
  /** Of today's content: it is never written twice. */
  readonly key: string
  /** Beginning of the keys that do where today's is not there; the newest is taken. */
  readonly prefix: string
}

/** The part of @actions/cache that is used. */
export interface CacheClient {
  isFeatureAvailable(): boolean
  restoreCache(paths: string[], key: string, restoreKeys: string[]): Promise<string | undefined>
  saveCache(paths: string[], key: string): Promise<number>
}

export interface RunnerCache {
  /** Saves what was not there under today's key. Never fails: without a cache the next run is slower, nothing else. */
  save(entries: readonly CacheEntry[]): Promise<void>
}

const NOTHING: RunnerCache = { save: async () => {} }

/**
 * Restores entries by GitHub's cache, where there is one.
 * @param mayWrite false for runs whose data others may have had a hand in: they only restore
 */
export async function restoreFromRunner(
  entries: readonly CacheEntry[],
  mayWrite: boolean,
  tell: (text: string) => void,
  load: () => Promise<CacheClient> = loadClient,
): Promise<RunnerCache> {
  const client = await load().catch(() => null)
  if (!client?.isFeatureAvailable()) {
    return NOTHING
  }
  const there = new Set<string>()
  await Promise.all(
    entries.map(async ({ paths, key, prefix }) => {
      try {
        const found = await client.restoreCache([...paths], key, [prefix])
        if (found !== undefined) {
          there.add(found)
        }
      } catch (error) {
        tell(`the cache could not be read: ${String(error)}`)
      }
    }),
  )
  if (!mayWrite) {
    return NOTHING
  }
  return {
    save: async (written) => {
      const fresh = written.filter(({ key }) => !there.has(key))
      const saved = await Promise.allSettled(fresh.map(({ paths, key }) => client.saveCache([...paths], key)))
      for (const one of saved) {
        if (one.status === 'rejected') {
          tell(`the cache could not be written: ${String(one.reason)}`)
        }
      }
    },
  }
}

/** Only in a runner: the client is large. */
async function loadClient(): Promise<CacheClient> {
  return import('@actions/cache')
}
