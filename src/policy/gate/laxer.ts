import { collectThresholds, THRESHOLD_ROWS, type Thresholds } from './thresholds.js'

/** Something that was asked for, is laxer than what holds, and is therefore not obeyed. */
export interface Refused {
  readonly name: string
  readonly asked: string
  readonly holds: string
}

/**
 * Parts what inputs ask for into what may be obeyed and what would loosen the policy that holds.
 * @param asked what inputs say, and nothing for those that say nothing
 * @param holds the policy of the base branch, with the defaults for what it leaves out
 */
export function laxer(
  asked: Partial<Thresholds>,
  holds: Thresholds,
): { readonly obeyed: Partial<Thresholds>; readonly refused: readonly Refused[] } {
  const loose = THRESHOLD_ROWS.filter(
    ({ key, row }) => asked[key] !== undefined && row.laxer(asked[key], holds[key]),
  )
  return {
    obeyed: collectThresholds((one) => (loose.includes(one) ? undefined : asked[one.key])),
    refused: loose.map(({ name, key }) => ({ name, asked: said(asked[key]), holds: said(holds[key]) })),
  }
}

function said(value: unknown): string {
  if (value === null) return 'never'
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
