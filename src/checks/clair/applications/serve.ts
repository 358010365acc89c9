import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import { zipOf } from '../../../io/archive/formats/zip-writer.js'
import { canaryRecord } from './canary.js'
import type { Lookup } from './documents.js'
import { CLAIR_ECOSYSTEMS, type ClairEcosystem } from './ecosystems.js'
import { type IndexedPackage, servedRecords, spellingsIn } from './narrow.js'

/** OSV's bucket as served to Clair: each response is sent as soon as its content is known. */
export interface ServedOsv {
  /** Ecosystems for which the images, or Clair's indexes of them, have packages, and advisories are available. */
  ecosystems(): Promise<readonly ClairEcosystem[]>
  zip(ecosystem: ClairEcosystem): Promise<Buffer>
  /** What Maven Central's search would answer about a jar with this SHA-1, as far as it is known here. */
  search(sha1: string): Promise<string>
}

/** @param indexed the packages in Clair's indexes of all images */
export function servedOsv(
  { evidence, jars }: Pick<Lookup, 'evidence' | 'jars'>,
  indexed: Promise<readonly IndexedPackage[]>,
): ServedOsv {
  const recordsOf = async (ecosystem: ClairEcosystem) => {
    const all = (await evidence).flatMap((one) => {
      const ecosystemAdvisories = one.advisories?.get(ecosystem)
      return ecosystemAdvisories === undefined || 'problem' in ecosystemAdvisories
        ? []
        : [ecosystemAdvisories.records]
    })
    return all.length === 0 ? null : mergedRecords(all.flat())
  }
  return {
    ecosystems: async () => {
      const recordsByEcosystem = await Promise.all(CLAIR_ECOSYSTEMS.map(recordsOf))
      return CLAIR_ECOSYSTEMS.filter((_, at) => recordsByEcosystem[at] !== null)
    },
    zip: async (ecosystem) => {
      const [records, packages] = await Promise.all([recordsOf(ecosystem), indexed])
      const narrowed = servedRecords(ecosystem, records ?? [], spellingsIn(packages, ecosystem))
      const served = [canaryRecord(ecosystem), ...narrowed]
      return zipOf(served.map((record, at) => ({ name: `${at}.json`, text: JSON.stringify(record) })))
    },
    search: async (sha1) => {
      const [name = '', v = ''] = (await jars).flatMap((known) => known.get(sha1) ?? [])
      const [g = '', a = ''] = name.split(':')
      const docs = name === '' ? [] : [{ id: `${g}:${a}:${v}`, g, a, v }]
      return JSON.stringify({ response: { docs } })
    },
  }
}

/** Merges records by id: each image has only the part of a record that is about its own packages. */
function mergedRecords(records: readonly OsvRecord[]): readonly OsvRecord[] {
  const byId = Map.groupBy(records, ({ id }) => id)
  return [...byId.values()].map((group) => {
    const entries = group.flatMap(({ affected }) =>
      affected.map((one) => [JSON.stringify(one), one] as const),
    )
    return { ...(group[0] as OsvRecord), affected: [...new Map(entries).values()] }
  })
}
