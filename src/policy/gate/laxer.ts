import { daysText, isActWithin } from './act-within.js'
import { isByOwner, ownersText } from './by-owner.js'
import { collectThresholds, THRESHOLD_ROWS, type ThresholdName, type Thresholds } from './thresholds.js'

/** How the image is run: set as a whole, so that nobody combines half of the base's with half of their own. */
const WAY: readonly (keyof Thresholds)[] = ['runOptions', 'composeFile', 'composeService']

export interface Refused {
  readonly name: ThresholdName
  readonly asked: string
  readonly holds: string
}

/**
 * Splits requested inputs into those that are used and those that would loosen the policy in force.
 * @param asked values set by inputs, without unset ones
 * @param holds the policy of the base branch, with defaults for unset keys
 */
export function laxer(
  asked: Partial<Thresholds>,
  holds: Thresholds,
): { readonly obeyed: Partial<Thresholds>; readonly refused: readonly Refused[] } {
  // If the base says how the image is run, or starts it, its container is the one to judge, in all three.
  const isStarted = holds.start !== 'false' && holds.start !== 'auto'
  const isRunSaid = isStarted || WAY.some((key) => holds[key] !== null)
  const loose = THRESHOLD_ROWS.filter(
    ({ key, row }) =>
      asked[key] !== undefined &&
      (row.laxer(asked[key], holds[key]) ||
        (isRunSaid && WAY.includes(key) && asked[key] !== holds[key]) ||
        (key === 'unknownSeverity' && hasMoreTime(asked, holds))),
  )
  return {
    obeyed: collectThresholds((one) => (loose.includes(one) ? undefined : asked[one.key])),
    refused: loose.map(({ name, key }) => ({ name, asked: said(asked[key]), holds: said(holds[key]) })),
  }
}

/**
 * An unrated finding gets the number of days of the severity that it is treated as, and a higher severity may have more
 * days. If it is only noted, it gets none, but epss-at-least may make it block at once.
 */
function hasMoreTime({ unknownSeverity }: Partial<Thresholds>, holds: Thresholds): boolean {
  const daysOf = (taken: string | undefined) =>
    Object.entries(holds.actWithin).find(([severity]) => severity === taken)?.[1] ?? 0
  const mayBlock = holds.unknownSeverity !== 'noted' || holds.epssAtLeast !== null
  return mayBlock && daysOf(unknownSeverity) > daysOf(holds.unknownSeverity)
}

/**
 * The policy in force, overridden by the used inputs. An input that redefines how the image is run, redefines all of
 * it.
 */
export function obeying(holds: Thresholds, asked: Partial<Thresholds>): Thresholds {
  const { runOptions = holds.runOptions, composeFile = holds.composeFile } = asked
  const isSameWay = runOptions === holds.runOptions && composeFile === holds.composeFile
  const kept = isSameWay ? holds : { ...holds, runOptions: null, composeFile: null, composeService: null }
  return { ...kept, ...asked }
}

/** True for a part of how the image is run, which is not laxer than the base's but different. */
export function isOfWay(name: ThresholdName): boolean {
  return THRESHOLD_ROWS.some((one) => one.name === name && WAY.includes(one.key))
}

function said(value: unknown): string {
  if (isActWithin(value)) {
    return daysText(value)
  }
  if (isByOwner(value)) {
    return ownersText(value)
  }
  if (value === null) {
    return 'never'
  }
  if (Array.isArray(value)) {
    return value.join(', ')
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
