import { lookUpKeys } from '../../../feeds/formats/osv/ecosystem.js'
import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import { type ApplicationItem, type Groups, grouplessKey } from '../../../inventory/application/inventory.js'

/** The key for looking up an artifact whose group is not known. */
export function artifactKey(name: string): string {
  return `:${name}`
}

/**
 * Which artifact a jar without a group is. Advisories name groups: if only one group has an artifact of this
 * name, and the two go together (`spring-beans` and `org.springframework`), that is the one.
 * @param names that were looked up
 */
export function groupsOf(
  items: readonly ApplicationItem[],
  names: readonly string[],
  records: readonly OsvRecord[],
): Groups {
  const requested = new Set(names)
  const groups = new Map<string, string>()
  for (const item of items) {
    const key = artifactKey(item.name)
    if (!requested.has(key)) {
      continue
    }
    const wholes = records.flatMap(({ affected }) =>
      affected.flatMap(({ name }) => (lookUpKeys('Maven', name).includes(key) ? [name] : [])),
    )
    const [only, ...more] = new Set(wholes)
    if (only !== undefined && more.length === 0 && isGroupOfArtifact(only)) {
      groups.set(grouplessKey(item), only)
    }
  }
  return groups
}

/** Shorter words prove nothing: `core`, `api`. */
const MIN_KEYWORD_LENGTH = 4

function isGroupOfArtifact(name: string): boolean {
  const [group = '', artifact = ''] = name.toLowerCase().split(':')
  const [first = ''] = artifact.split(/[-_.]/)
  const last = group.split('.').at(-1) ?? ''
  const contains = (keyword: string, text: string) =>
    keyword.length >= MIN_KEYWORD_LENGTH && text.replaceAll(/[-_.]/g, '').includes(keyword)
  return contains(first, group) || contains(last, artifact)
}
