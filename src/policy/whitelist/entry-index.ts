import type { WhitelistEntry } from '../policy.js'
import type { Named } from './match.js'
import { ANY_ID } from './rules.js'

/** Entries by what they are about, so that thousands of them cost a finding no more than a few. */
export interface EntryIndex {
  /**
   * All entries that may be about a finding of that check, id and package; more must be asked of them.
   * @param most take only as many of each kind (by id or not, by package or pattern), the first of the list
   */
  of(finding: Named, most?: number): readonly WhitelistEntry[]
}

/** Kept for as long as the list is: a policy is judged by for every finding of every image. */
const known = new WeakMap<readonly WhitelistEntry[], EntryIndex>()

export function indexEntries(entries: readonly WhitelistEntry[]): EntryIndex {
  const there = known.get(entries)
  if (there !== undefined) return there
  const lists = new Map<string, WhitelistEntry[]>()
  for (const entry of entries) {
    const isPattern = entry.package === null || entry.package.includes('*')
    const key = keyOf(entry.check, entry.id, isPattern ? '*' : entry.package)
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [entry])
    else list.push(entry)
  }
  const index: EntryIndex = {
    of: ({ check, id, package: name }, most) => {
      const keys = new Set([
        keyOf(check, id, name),
        keyOf(check, id, '*'),
        keyOf(check, ANY_ID, name),
        keyOf(check, ANY_ID, '*'),
      ])
      return [...keys].flatMap((key) => lists.get(key)?.slice(0, most) ?? [])
    },
  }
  known.set(entries, index)
  return index
}

function keyOf(check: string, id: string, name: string | null): string {
  return `${check}\0${id}\0${name ?? ''}`
}
