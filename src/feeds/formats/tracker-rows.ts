import type { RowRequest } from '../../model/index.js'
import type { Tracker } from './tracker.js'

/** The rows of these source packages in these releases: the part for one image's evidence. */
export function selectRows(tracker: Tracker, wanted: readonly RowRequest[]): Tracker {
  const selected = new Map<string, ReturnType<Tracker['get']> & object>()
  for (const [name, entries] of tracker) {
    const codenames = wanted.filter(({ packages }) => packages.has(name)).map(({ codename }) => codename)
    const kept = [...entries].flatMap(([cve, entry]) => {
      const rows = [...entry.releases].filter(([codename]) => codenames.includes(codename))
      return rows.length > 0 ? [[cve, { ...entry, releases: new Map(rows) }] as const] : []
    })
    if (kept.length > 0) {
      selected.set(name, new Map(kept))
    }
  }
  return selected
}
