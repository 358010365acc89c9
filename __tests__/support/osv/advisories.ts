import { type OsvLookup, osvDocuments } from '../../../src/checks/clair/applications/documents.js'
import { ECOSYSTEMS, type Ecosystem, namesPackage } from '../../../src/feeds/formats/osv/ecosystem.js'
import type { OsvRecord } from '../../../src/feeds/formats/osv/record.js'
import type { Source } from '../../../src/model/evidence.js'
import type { Problem } from '../../../src/model/problem.js'
import { recordsOf } from './records.js'

type Names = Readonly<Partial<Record<Ecosystem, readonly string[]>>>

/** What collecting would put next to Clair's documents: the real records about these names. */
export function advisoriesOf(
  names: Names,
  part: {
    readonly problems?: Readonly<Partial<Record<Ecosystem, Problem>>>
    /** Beside the real ones. */
    readonly more?: readonly OsvRecord[]
  } = {},
): Record<string, string> {
  const { problems = {}, more = [] } = part
  const answered = ECOSYSTEMS.flatMap((ecosystem): [Ecosystem, OsvLookup][] => {
    const own = names[ecosystem]
    if (own === undefined) {
      return []
    }
    const records = [...recordsOf(ecosystem), ...more].filter(({ affected }) =>
      affected.some((entry) => own.some((name) => namesPackage(ecosystem, entry.name, name))),
    )
    return [[ecosystem, { state: 'read', why: '', names: own, records }]]
  })
  const all: Map<Ecosystem, OsvLookup | { problem: Problem }> = new Map(answered)
  for (const ecosystem of ECOSYSTEMS) {
    const problem = problems[ecosystem]
    if (problem !== undefined) {
      all.set(ecosystem, { problem })
    }
  }
  return osvDocuments(all)
}

/** Where an ecosystem's advisories came from. */
export function osvSource(ecosystem: Ecosystem, part: Partial<Source> = {}): Source {
  return {
    name: `osv-${ecosystem}`,
    url: `https://osv.test/${ecosystem}/all.zip`,
    fetchedAt: '2026-11-24T06:12:00Z',
    date: '2026-11-23T05:10:00Z',
    sha256: null,
    rows: 31,
    ...part,
  }
}
