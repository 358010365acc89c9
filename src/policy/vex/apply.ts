import {
  addDays,
  at,
  compareText,
  isKnownVulnerability,
  isMalware,
  type Reason,
  type RuledFinding,
  type VexShortfall,
} from '../../model/index.js'
import type { WhitelistEntry } from '../whitelist/schema.js'
import { type StatementScope, scopeOf, type VexSubject } from './match.js'
import type { VexDocument, VexStatement } from './read.js'

/** How many days a statement accepts, from its own time on: as long as a whitelist entry may hold. */
const VEX_DAYS = 365
const DAY_MS = 86_400_000

export function statementOf({ justification }: WhitelistEntry): RuledFinding['statement'] {
  return justification === null ? null : { status: 'not_affected', justification }
}

interface StatementMatch {
  readonly statement: VexStatement
  readonly reach: StatementScope
  /** Why it does not accept by itself; `null` if it does. Contrary statements need no reason. */
  readonly shortfall: VexShortfall | null
  readonly isAgainstImage: boolean
}

/**
 * The ruling with VEX documents applied (docs/decisions/0016-vex-and-baseline.md): `not_affected` with a
 * justification, or `fixed`, accepts a vulnerability. Statements about this image come before those about its
 * packages; of each the latest counts, and of two with the same time the one that accepts less. KEV, refuted
 * findings, the whitelist's own acceptances and the other checks are left as they are. The order of documents has no
 * meaning.
 */
export function withVex(
  ruled: RuledFinding,
  subject: VexSubject,
  documents: readonly VexDocument[],
  today: string,
): RuledFinding {
  if (!isKnownVulnerability(ruled) || ruled.agreement === 'refuted' || ruled.ruling === 'accepted') {
    return ruled
  }
  const claims = documents
    .flatMap(({ statements }) => statements)
    .flatMap((statement) => claimOf(statement, ruled, subject, today))
    .sort(latestFirst)
  const [first] = claims.filter(({ shortfall }) => shortfall === null)
  if (first === undefined) {
    const [closestMatch] = claims
    return closestMatch?.shortfall == null
      ? ruled
      : withStatement(ruled, closestMatch, closestMatch.shortfall)
  }
  if (first.isAgainstImage) {
    const overruled = claims.find(
      ({ isAgainstImage: isContrary, shortfall }) => !isContrary && shortfall === null,
    )
    return overruled === undefined
      ? ruled
      : withStatement(ruled, overruled, { short: 'overruled', by: first.statement.place })
  }
  if (ruled.kev === true || isMalware(ruled)) {
    return withStatement(ruled, first, { short: isMalware(ruled) ? 'malware' : 'kev' })
  }
  const { status, justification, place } = first.statement
  return {
    ...ruled,
    ruling: 'accepted',
    blocks: false,
    because: [acceptedAs(first.statement)],
    policy: place,
    returnsWhen: null,
    due: null,
    statement: { status: status === 'fixed' ? 'fixed' : 'not_affected', justification },
  }
}

function claimOf(
  statement: VexStatement,
  ruled: RuledFinding,
  subject: VexSubject,
  today: string,
): StatementMatch[] {
  const reach = scopeOf(statement, ruled, subject)
  if (reach === null) {
    return []
  }
  const isContrary = statement.status === 'affected' || statement.status === 'under_investigation'
  return [
    {
      statement,
      reach,
      isAgainstImage: isContrary,
      shortfall: isContrary ? null : shortfallOf(statement, reach, today),
    },
  ]
}

function shortfallOf(statement: VexStatement, reach: StatementScope, today: string): VexShortfall | null {
  // As numbers: a time with an offset may be outside the years of the day format.
  const age = Date.parse(today) - Math.floor(Date.parse(statement.time) / DAY_MS) * DAY_MS
  if (!reach.whole) {
    return { short: 'leaves-out' }
  }
  if (statement.status === 'not_affected' && statement.justification === null) {
    return { short: 'no-justification' }
  }
  const day = dayOf(statement)
  if (age < 0) {
    return { short: 'to-come', day }
  }
  return age > VEX_DAYS * DAY_MS ? { short: 'too-old', day, days: VEX_DAYS } : null
}

function withStatement(
  ruled: RuledFinding,
  { statement }: StatementMatch,
  shortfall: VexShortfall,
): RuledFinding {
  const { place, status } = statement
  return {
    ...ruled,
    because: [...ruled.because, { reason: 'stated-in-vain', place, status, shortfall }],
    policy: ruled.policy ?? (ruled.blocks ? statement.place : null),
  }
}

function acceptedAs(statement: VexStatement): Reason {
  const { status, justification, words, author, place } = statement
  const day = dayOf(statement)
  const until = addDays(day, VEX_DAYS)
  return { reason: 'stated', place, status, justification, words, author, day, until }
}

/** UTC, YYYY-MM-DD. */
function dayOf({ time }: VexStatement): string {
  return new Date(time).toISOString().slice(0, 10)
}

function latestFirst(a: StatementMatch, b: StatementMatch): number {
  const order = (claim: StatementMatch) => Number(claim.reach.scope === 'package')
  return (
    order(a) - order(b) ||
    Date.parse(b.statement.time) - Date.parse(a.statement.time) ||
    Number(b.isAgainstImage) - Number(a.isAgainstImage) ||
    // The rest only for stability.
    compareText(at(a.statement.place), at(b.statement.place))
  )
}
