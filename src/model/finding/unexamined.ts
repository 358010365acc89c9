import * as z from 'zod'
import {
  APPLICATION_KIND_IDS,
  APPLICATION_KINDS,
  type ApplicationKind,
  isUnread,
  type UnreadKind,
} from '../packages/application.js'
import { type TypeOf, text, textOrNull, texts } from '../schemas.js'
import { firstOf } from '../text.js'
import { describing } from './row.js'

/**
 * The rows of findings about content that was not examined
 * (docs/decisions/0043-application-inventory.md), and their sentence.
 */

export function unexaminedId<Kind extends ApplicationKind>(kind: Kind): `not-examined-${Kind}` {
  return `not-examined-${kind}`
}

type UnexaminedRows = {
  readonly [Kind in ApplicationKind as `not-examined-${Kind}`]: ReturnType<typeof unexaminedRow>
}

export function unexaminedRows(): UnexaminedRows {
  const rows = APPLICATION_KIND_IDS.map((kind) => [unexaminedId(kind), unexaminedRow(kind)])
  return Object.fromEntries(rows) as UnexaminedRows
}

function unexaminedRow(kind: ApplicationKind) {
  return describing({
    about: 'package',
    blocks: kind === 'not-installed' ? 'never' : isUnread(kind) ? 'unread' : 'unexamined',
    page: () => 'docs/application-packages.md#what-was-not-examined',
    details: DetailsSchema,
    name: 'NotExamined',
    help: isUnread(kind)
      ? 'The gate judges content of this kind, but could not read this. Make it readable, remove it, or accept its paths.'
      : 'The image contains this, but no advisories were read for it. Examine it by other means, or accept it.',
    helpUri: null,
    todo: todoOf(kind),
  })
}

const DetailsSchema = z.strictObject({
  count: text,
  paths: texts.describe('Some of them; for a kind that is accepted by path, all'),
  folder: textOrNull.describe('The folder that all paths are in; null: they are in several'),
  cause: textOrNull.describe('Why it could not be read; null: it is not of a kind that is judged'),
  spared: textOrNull.describe('Why it is only noted although such content blocks; null: nothing says so'),
})

export type UnexaminedDetails = TypeOf<typeof DetailsSchema>

function todoOf(kind: ApplicationKind): string {
  const id = unexaminedId(kind)
  const accept = `accept each path in a whitelist entry with the id ${id}`
  const todos = {
    unreadable: `Replace or remove the files that the gate can't read, or examine them by other means and ${accept}`,
    cut: `Remove what the image does not need until it is within the limit, or examine the rest by other means and ${accept}`,
    'unknown-owner': `Keep dpkg's lists of files (/var/lib/dpkg/info) in the image, or examine the packages by other means and ${accept}`,
  } as const satisfies Record<UnreadKind, string>
  return isUnread(kind)
    ? todos[kind]
    : `Examine ${APPLICATION_KINDS[kind].many} by other means, and accept this finding in a whitelist entry with the id ${id}`
}

/** How many paths a finding's sentence names. */
const NAMED = 3
const MAX_PATH_LENGTH = 160

/**
 * "3 unreadable files (a sparse file): srv/a.jar; srv/b.jar; srv/c.jar": how many, why, and where, for a kind whose
 * paths are all known.
 */
export function unreadSentence(
  kind: ApplicationKind,
  { count, paths, cause }: Pick<UnexaminedDetails, 'count' | 'paths' | 'cause'>,
): string {
  const { one, many } = APPLICATION_KINDS[kind]
  const what = `not examined: ${count} ${count === '1' ? one : many}${cause === null ? '' : ` (${cause})`}`
  if (paths.length === 0) {
    return `${what}, in folders that are not listed`
  }
  return `${what}${kind === 'cut' ? ', from here on' : ''}: ${pathsText(paths)}`
}

/** The first three paths, and how many more there are. Paths are text from outside. */
export function pathsText(paths: readonly string[]): string {
  return firstOf(paths, NAMED).map(shortened).join('; ')
}

/** A text from the image, shortened to what fits into a sentence. */
export function shortened(text: string): string {
  return text.length <= MAX_PATH_LENGTH ? text : `${text.slice(0, MAX_PATH_LENGTH)}…`.toWellFormed()
}
