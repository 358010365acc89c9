import {
  addDays,
  daysBetween,
  isDate,
  type Mode,
  type PolicyNotice,
  plural,
  type ReleaseKind,
} from '../../model/index.js'
import { dateSchema } from '../shape.js'
import { fileKey, threshold } from './threshold.js'

/** Audit mode is for introducing the gate: a team that needs it longer is not introducing it. */
const MAX_DAYS = 90
/** From so many days before its end, every report shows it. */
const SOON_DAYS = 14

export const AUDIT_ROW = {
  'audit-until': threshold<string | null>({
    text: `With mode: audit, the day from which the mode is enforce, at most ${MAX_DAYS} days ahead`,
    fallback: null,
    unset: 'no end',
    laxer: (requested, current) => current !== null && (requested === null || requested > current),
    file: fileKey(dateSchema),
  }),
} as const

/** Why the day is invalid on this day; `null` if it is not. */
export function auditError(day: unknown, today: string): string | null {
  const last = addDays(today, MAX_DAYS)
  return typeof day === 'string' && isDate(day) && day > last
    ? `audit-until: ${day} is more than ${MAX_DAYS} days ahead; the last possible day is ${last}`
    : null
}

interface AuditSettings {
  readonly mode: Mode
  readonly auditUntil: string | null
  readonly release: ReleaseKind | null
  readonly pushes: boolean
}

/** The mode that holds on a day. What is released or pushed is always enforced. */
export function modeOn(today: string, { mode, auditUntil, release, pushes }: AuditSettings): Mode {
  const isOver = auditUntil !== null && auditUntil <= today
  return mode === 'enforce' || isOver || release !== null || pushes ? 'enforce' : 'audit'
}

/** What a reader has to know about audit mode: why it does not apply, or that it ends soon. */
export function auditNotices(today: string, gate: AuditSettings): PolicyNotice[] {
  const { mode, auditUntil, release, pushes } = gate
  const notice = (text: string): PolicyNotice[] => [{ kind: 'audit', place: null, text }]
  if (mode === 'enforce') {
    return []
  }
  if (auditUntil !== null && auditUntil <= today) {
    return notice(`audit mode ended on ${auditUntil} (audit-until), so the verdict is enforced`)
  }
  if (release !== null || pushes) {
    return notice(
      `audit mode does not apply to what is ${release === null ? 'pushed' : 'released'}, so the verdict is enforced`,
    )
  }
  const daysLeft = auditUntil === null ? Number.POSITIVE_INFINITY : daysBetween(today, auditUntil)
  return daysLeft > SOON_DAYS
    ? []
    : notice(
        `audit mode ends on ${auditUntil}, in ${plural(daysLeft, 'day')}: from then on, the verdict is enforced`,
      )
}
