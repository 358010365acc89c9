import {
  ACCOUNT_SIDES,
  type AccountedProgram,
  type AccountSide,
  type ImageVerdict,
  plural,
} from '../../model/index.js'
import { type Cell, type Column, textCell } from './table.js'

/** The account of an image's programs (model/packages/account.ts), as reports show it. */

export const SIDE_NAMES = {
  judged: 'judged',
  'not-examined': 'not examined',
  copied: 'copied',
  unowned: 'unowned',
} as const satisfies Record<AccountSide, string>

const COUNTED = 'ELF files, archives of code, .NET assemblies, scripts'

/**
 * "612 programs (ELF files, …): 580 judged, 12 not examined, 18 copied, 2 unowned; source code that an interpreter reads
 * is not counted"; `null` if there is no account.
 */
export function accountLine({ account }: Pick<ImageVerdict, 'account'>): string | null {
  if (account === null) {
    return null
  }
  const sides = ACCOUNT_SIDES.map((side) => `${account.sides[side]} ${SIDE_NAMES[side]}`).join(', ')
  return `${plural(account.programs, 'program')} (${COUNTED}): ${sides}; source code that an interpreter reads is not counted`
}

/** "12 programs were not examined": `null` if there are none. */
export function unexaminedText({ account }: Pick<ImageVerdict, 'account'>): string | null {
  const count = account?.sides['not-examined'] ?? 0
  return count === 0 ? null : `${plural(count, 'program was', 'programs were')} not examined`
}

/** The sides whose programs reports list; those that a person may have to look at come first. */
export const LISTED_PLACEMENTS = ['unowned', 'not-examined', 'copied'] as const

/** The programs that were not judged: by side, then by path. */
export function listedPrograms({ account }: Pick<ImageVerdict, 'account'>): readonly AccountedProgram[] {
  const listed = account?.listed ?? []
  return LISTED_PLACEMENTS.flatMap((side) => listed.filter((program) => program.side === side))
}

/** Columns of the table of programs that were not judged. Paths and reasons are text from outside. */
export const PROGRAM_COLUMNS: readonly Column<AccountedProgram>[] = [
  { head: 'path', cell: ({ path }): Cell => ({ kind: 'code', text: path }) },
  { head: 'side', cell: ({ side }) => textCell(SIDE_NAMES[side]) },
  { head: 'form', cell: ({ form }) => textCell(form) },
  { head: 'reason', cell: ({ reason }) => textCell(reason) },
  { head: 'sha256', cell: ({ sha256 }): Cell => ({ kind: 'code', text: sha256 ?? '' }) },
]
