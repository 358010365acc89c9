import { daysText, isActWithin } from './act-within.js'
import { isByOwner, ownersText } from './by-owner.js'
import { collectThresholds, THRESHOLD_ROWS, type ThresholdName, type Thresholds } from './thresholds.js'

/** How the image is run: set as a whole, so that nobody combines half of the base's with half of their own. */
const RUN_NAMES: readonly (keyof Thresholds)[] = ['runOptions', 'composeFile', 'composeService']

export interface RefusedThreshold {
  readonly name: ThresholdName
  readonly requested: string
  readonly holds: string
}

/**
 * Splits requested inputs into those that are used and those that would loosen the policy in force.
 * @param requested values set by inputs, without unset ones
 * @param current the policy of the base branch, with defaults for unset keys
 */
export function refuseLaxer(
  requested: Partial<Thresholds>,
  current: Thresholds,
): { readonly applied: Partial<Thresholds>; readonly refused: readonly RefusedThreshold[] } {
  // If the base says how the image is run, or starts it, its container is the one to judge: none of the three
  // (run-options, compose-file, compose-service) may then differ.
  const isStarted = current.start !== 'false' && current.start !== 'auto'
  const isRunSet = isStarted || RUN_NAMES.some((key) => current[key] !== null)
  const laxerRows = THRESHOLD_ROWS.filter(
    ({ key, row }) =>
      requested[key] !== undefined &&
      (row.laxer(requested[key], current[key]) ||
        (isRunSet && RUN_NAMES.includes(key) && requested[key] !== current[key]) ||
        (key === 'unknownSeverity' && hasMoreTime(requested, current))),
  )
  return {
    applied: collectThresholds((one) => (laxerRows.includes(one) ? undefined : requested[one.key])),
    refused: laxerRows.map(({ name, key }) => ({
      name,
      requested: valueText(requested[key]),
      holds: valueText(current[key]),
    })),
  }
}

/**
 * An unrated finding gets the number of days of the severity that it is treated as, and a higher severity may have more
 * days. If it is only noted, it gets none, but epss-at-least may make it block at once.
 */
function hasMoreTime({ unknownSeverity }: Partial<Thresholds>, current: Thresholds): boolean {
  const daysOf = (taken: string | undefined) =>
    Object.entries(current.actWithin).find(([severity]) => severity === taken)?.[1] ?? 0
  const mayBlock = current.unknownSeverity !== 'noted' || current.epssAtLeast !== null
  return mayBlock && daysOf(unknownSeverity) > daysOf(current.unknownSeverity)
}

/**
 * The policy in force, overridden by the used inputs. An input that redefines how the image is run, redefines all of
 * it.
 */
export function withRequested(current: Thresholds, requested: Partial<Thresholds>): Thresholds {
  const { runOptions = current.runOptions, composeFile = current.composeFile } = requested
  const isSameRun = runOptions === current.runOptions && composeFile === current.composeFile
  const kept = isSameRun ? current : { ...current, runOptions: null, composeFile: null, composeService: null }
  return { ...kept, ...requested }
}

/** True for a part of how the image is run, which is not laxer than the base's but different. */
export function isRunName(name: ThresholdName): boolean {
  return THRESHOLD_ROWS.some((one) => one.name === name && RUN_NAMES.includes(one.key))
}

function valueText(value: unknown): string {
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
