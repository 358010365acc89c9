import type { Tracker } from './tracker.js'

/** The rows of these source packages in this release: what belongs to one image's evidence. */
export function selectRows(tracker: Tracker, names: ReadonlySet<string>, codename: string): Tracker {
  const selected = new Map<string, ReturnType<Tracker['get']> & object>()
  for (const [name, entries] of tracker) {
    if (!names.has(name)) {
      continue
    }
    const kept = [...entries].flatMap(([cve, entry]) => {
      const row = entry.releases.get(codename)
      return row ? [[cve, { ...entry, releases: new Map([[codename, row]]) }] as const] : []
    })
    if (kept.length > 0) {
      selected.set(name, new Map(kept))
    }
  }
  return selected
}
