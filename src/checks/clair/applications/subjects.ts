import { ECOSYSTEM_OF, type Ecosystem, nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import type { ApplicationItem } from '../../../inventory/application/inventory.js'
import { GO, isPurlType, knownProgram, type PurlType } from '../../../model/index.js'
import { jarKeys } from './groups.js'
import { PROGRAM_CANARY } from './program-canary.js'

export interface ComparedPackage {
  readonly item: ApplicationItem & { readonly kind: PurlType; readonly purl: string }
  readonly ecosystem: Ecosystem
}

/** Packages by purl: two spellings of one name (`jupyter_server`, `jupyter-server`) are one package. */
export function comparedPackages(items: readonly ApplicationItem[]): readonly ComparedPackage[] {
  const found = new Map<string, ComparedPackage>()
  for (const item of items) {
    const { kind, purl, places } = item
    if (isPurlType(kind) && purl !== null) {
      const { name, ecosystem } = advisoryName(kind, item)
      const same = found.get(purl)?.item ?? { ...item, kind, name, purl, places: [] }
      const all = [...same.places, ...places]
      found.set(purl, { item: { ...same, places: all }, ecosystem })
    }
  }
  return [...found.values()]
}

/** The name and ecosystem under which advisories list a package: Go's records list the toolchain like a module. */
function advisoryName(kind: PurlType, { name }: ApplicationItem): { name: string; ecosystem: Ecosystem } {
  return kind !== 'bitnami'
    ? { name, ecosystem: ECOSYSTEM_OF[kind] }
    : name === GO
      ? { name: 'toolchain', ecosystem: 'Go' }
      : { name: knownProgram(name)?.bitnami ?? name, ecosystem: 'Bitnami' }
}

/** Ecosystems and names to look up advisories for. */
export function namesOf(items: readonly ApplicationItem[]): ReadonlyMap<Ecosystem, ReadonlySet<string>> {
  const names = new Map<Ecosystem, Set<string>>()
  for (const { item, ecosystem } of comparedPackages(items)) {
    addNames(names, ecosystem, [item.name])
  }
  names.get('Bitnami')?.add(PROGRAM_CANARY.name)
  for (const { name } of items.filter(({ kind }) => kind === 'jar-without-group')) {
    addNames(names, 'Maven', jarKeys(name))
  }
  return names
}

export function addNames(
  names: Map<Ecosystem, Set<string>>,
  ecosystem: Ecosystem,
  added: readonly string[],
): void {
  const all = names.get(ecosystem) ?? new Set()
  for (const name of added) {
    all.add(name)
  }
  names.set(ecosystem, all)
}

export function recordsByName(ecosystem: Ecosystem, records: readonly OsvRecord[]) {
  const byKey = new Map<string, OsvRecord[]>()
  for (const record of records) {
    for (const key of new Set(record.affected.map(({ name }) => nameKey(ecosystem, name)))) {
      byKey.set(key, [...(byKey.get(key) ?? []), record])
    }
  }
  return (name: string): readonly OsvRecord[] => byKey.get(nameKey(ecosystem, name)) ?? []
}
