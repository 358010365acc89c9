import {
  type ImageVerdict,
  osvPage,
  type RuledFinding,
  trackerPage,
  type Verdict,
} from '../../model/index.js'
import { subjectName } from './finding.js'
import { type Column, tableOf, textCell } from './table.js'

export type ChangeView = NonNullable<ReturnType<typeof changesOf>>

type Changed = readonly [
  word: 'new' | 'gone',
  finding: Pick<RuledFinding, 'check' | 'package' | 'id' | 'ruling'>,
]

const COLUMNS: readonly Column<Changed>[] = [
  { head: '', cell: ([change]) => textCell(change) },
  { head: 'package', cell: ([, finding]) => textCell(subjectName(finding)) },
  {
    head: 'finding',
    cell: ([, { id, package: name }]) => {
      // Only packages of an ecosystem have a slash in their names.
      const address = name?.includes('/') ? osvPage(id) : trackerPage(id)
      return { kind: 'finding', text: id, page: null, address }
    },
  },
  { head: 'ruling', cell: ([, { ruling }]) => textCell(ruling) },
]

/** `null` without a baseline of this image. */
export function changesOf(image: ImageVerdict) {
  const { findings, gone } = image
  const line = changeLine(image)
  if (line === null || gone === null) {
    return null
  }
  const fresh = findings.filter(({ since }) => since === 'new')
  const all = [...fresh.map((one): Changed => ['new', one]), ...gone.map((one): Changed => ['gone', one])]
  return { line, fresh, gone, table: tableOf('New and gone', COLUMNS, all) }
}

/** "CVE-2024-1 (zlib)". */
export function changedNameOf({ id, package: of }: Pick<RuledFinding, 'id' | 'package'>): string {
  return of === null ? id : `${id} (${of})`
}

/** "Against baseline: 2 new, 1 gone, 5 unchanged."; `null` without a baseline of this image. */
export function changeLine({ findings, gone }: ImageVerdict): string | null {
  if (gone === null) {
    return null
  }
  const count = (kind: RuledFinding['since']) => findings.filter(({ since }) => since === kind).length
  const unknown = count(null)
  const rest = unknown === 0 ? '' : `, ${unknown} not known`
  return `Against baseline: ${count('new')} new, ${gone.length} gone, ${count('unchanged')} unchanged${rest}.`
}

/** Findings that would block but were already in the baseline. */
export function acceptedFindings({ findings }: ImageVerdict): RuledFinding[] {
  return findings.filter(({ ruling, blocks }) => ruling === 'act' && !blocks)
}

/** How many findings are new or gone over all images, for the comment; `null` if an image has no baseline. */
export function changeOf({ images }: Verdict): { base: string; added: number; gone: number } | null {
  if (images.some(({ gone }) => gone === null)) {
    return null
  }
  const added = images.flatMap(({ findings }) => findings).filter(({ since }) => since === 'new').length
  const gone = images.flatMap((image) => image.gone ?? []).length
  return { base: 'the baseline', added, gone }
}
