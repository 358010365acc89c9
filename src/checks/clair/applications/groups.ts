import { lookUpKeys } from '../../../feeds/formats/osv/ecosystem.js'
import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import { type ApplicationItem, type Groups, grouplessKey } from '../../../inventory/application/inventory.js'

/** The key for looking up an artifact whose group is not known. */
export function artifactKey(name: string): string {
  return `:${name}`
}

/** A name with more parts than this has no group in it. */
const MAX_PARTS = 20

/** The keys for looking up a jar that does not state its group: as an artifact, and with a group in its name. */
export function jarKeys(name: string): readonly string[] {
  const parts = name.split('.', MAX_PARTS + 1)
  const wholes = parts
    .slice(1)
    .map((_, at) => `${parts.slice(0, at + 1).join('.')}:${parts.slice(at + 1).join('.')}`)
  return [artifactKey(name), ...(parts.length > MAX_PARTS ? [] : wholes)]
}

/**
 * The Maven group of each jar that does not state it. Advisories name groups: if a group and its artifact make up the name
 * (Quarkus, sbt and OSGi write `org.springframework.spring-beans`), or only one group has an artifact of this name, and the
 * two names match (`spring-beans` and `org.springframework`), the jar is from that group.
 * @param names that were looked up
 */
export function groupsOf(
  items: readonly ApplicationItem[],
  names: readonly string[],
  records: readonly OsvRecord[],
): Groups {
  const requested = new Set(names)
  const namesByKey = new Map<string, Set<string>>()
  for (const { name } of records.flatMap(({ affected }) => affected)) {
    for (const key of lookUpKeys('Maven', name)) {
      namesByKey.set(key, (namesByKey.get(key) ?? new Set()).add(name))
    }
  }
  const groups = new Map<string, string>()
  for (const item of items) {
    const keys = jarKeys(item.name).filter((key) => requested.has(key))
    const wholes = keys.flatMap((key) => [...(namesByKey.get(key) ?? [])])
    const inName = wholes.filter((name) => keys.includes(name))
    const [onlyName, ...more] = new Set(inName.length > 0 ? inName : wholes)
    if (onlyName !== undefined && more.length === 0 && (inName.length > 0 || isGroupOfArtifact(onlyName))) {
      groups.set(grouplessKey(item), onlyName)
    }
  }
  return groups
}

/** Shorter words are too common to show that a group and an artifact match. */
const MIN_KEYWORD_LENGTH = 4

function isGroupOfArtifact(name: string): boolean {
  const [group = '', artifact = ''] = name.toLowerCase().split(':')
  const [first = ''] = artifact.split(/[-_.]/)
  const last = group.split('.').at(-1) ?? ''
  const contains = (keyword: string, text: string) =>
    keyword.length >= MIN_KEYWORD_LENGTH && text.replaceAll(/[-_.]/g, '').includes(keyword)
  return contains(first, group) || contains(last, artifact)
}
