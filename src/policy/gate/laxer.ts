import { RELEASE_KINDS } from '../../model/release-tag.js'
import { compareSeverity, type Severity } from '../../model/severity.js'
import type { GatePolicy } from '../policy.js'

/** What a policy file or an input may say about the gate; not where it was said, nor what is released. */
export type Thresholds = Omit<GatePolicy, 'file' | 'release'>

/** Something that was asked for, is laxer than what holds, and is therefore not obeyed. */
export interface Refused {
  readonly name: string
  readonly asked: string
  readonly holds: string
}

type Orders = {
  readonly [Key in keyof Thresholds]-?: (asked: Thresholds[Key], holds: Thresholds[Key]) => boolean
}

/** Never blocks: above every severity. */
const severity = (asked: Severity | null, holds: Severity | null) =>
  holds !== null && (asked === null || compareSeverity(asked, holds) > 0)

/**
 * What nobody has rated: `act` blocks it where it has a fix, a severity where that one blocks, without a fix too. So
 * neither of the two is always the stricter, and what cannot be compared is not obeyed.
 */
const unrated = (asked: Thresholds['unknownSeverity'], holds: Thresholds['unknownSeverity']) => {
  if (asked === holds || holds === 'noted') return false
  return asked === 'act' || asked === 'noted' || holds === 'act' || compareSeverity(asked, holds) < 0
}

/**
 * For each threshold whether what is asked lets anything through that what holds does not. A threshold that is added
 * to the policy needs its order here, or it does not compile.
 */
const IS_LAXER: Orders = {
  checks: (asked, holds) => holds.some((check) => !asked.includes(check)),
  failOn: severity,
  failOnUnfixed: severity,
  unknownSeverity: unrated,
  epssAtLeast: (asked, holds) => holds !== null && (asked === null || asked > holds),
  allowedBases: (asked, holds) =>
    holds !== null && (asked === null || asked.some((pattern) => !holds.includes(pattern))),
  strictWhitelist: (asked, holds) => holds && !asked,
  failOnNewOnly: (asked, holds) => asked && !holds,
  vex: (asked, holds) => asked.some((file) => !holds.includes(file)),
  // Whose words ours are lets nothing through.
  vexAuthor: () => false,
  requireRelease: (asked, holds) => holds === 'stable' && asked === 'supported',
  releases: (asked, holds) =>
    RELEASE_KINDS.some((kind) => holds[kind] === 'any-update' && asked[kind] !== 'any-update'),
  maxDataAge: (asked, holds) => asked > holds,
  maxSpan: (asked, holds) => asked > holds,
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
  const obeyed: Record<string, unknown> = {}
  const refused: Refused[] = []
  for (const key of Object.keys(IS_LAXER) as (keyof Thresholds)[]) {
    const value = asked[key]
    if (value === undefined) continue
    if (isLaxer(key, value, holds))
      refused.push({ name: nameOf(key), asked: said(value), holds: said(holds[key]) })
    else obeyed[key] = value
  }
  return { obeyed, refused }
}

function isLaxer(key: keyof Thresholds, asked: unknown, holds: Thresholds): boolean {
  // The compiler cannot know that key and values belong together.
  const order = IS_LAXER[key] as (asked: unknown, holds: unknown) => boolean
  return order(asked, holds[key])
}

/** `failOnUnfixed` is `fail-on-unfixed` to people. */
function nameOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function said(value: unknown): string {
  if (value === null) return 'never'
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
