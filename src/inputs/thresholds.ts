import { RELEASE_KINDS, type ReleaseKind, readReleaseTag, releaseKind } from '../model/index.js'
import { RUN_ROWS } from '../policy/gate/run-rows.js'
import { refuse, type Threshold, type ThresholdInput, textsOf } from '../policy/gate/threshold.js'
import {
  collectThresholds,
  THRESHOLD_ROWS,
  type ThresholdName,
  type Thresholds,
} from '../policy/gate/thresholds.js'
import { input, optional, orDefault, type ReadInput, type Row, readerOf, type Type, text } from './row.js'

/** The release: a version, its tag, or just the kind. */
const release: Type<ReleaseKind | null> = {
  value: 'VERSION|WORD',
  read: (value) => {
    if (value === '') {
      return null
    }
    const named = RELEASE_KINDS.find((kind) => kind === value)
    const tag = readReleaseTag(value)
    const kind = named ?? (tag && releaseKind(tag))
    const shown = JSON.stringify(value.slice(0, 200))
    const forms = `neither a version (such as 1.2.3 or v1.2.3) nor one of ${RELEASE_KINDS.join(', ')}`
    return kind ?? refuse(`${shown} is ${forms}`)
  },
  instead: null,
}

/**
 * The inputs of the thresholds that have one. Their rows are the policy's (src/policy/gate/thresholds.ts): gate.yml can set
 * them too, and policies import nothing from inputs.
 */
const THRESHOLD_INPUT_ROWS: ReadonlyMap<ThresholdName, Row> = new Map(
  THRESHOLD_ROWS.flatMap(({ name, row }) =>
    row.input === undefined ? [] : [[name, inputRow(row, row.input)] as const],
  ),
)

function inputRow(row: Threshold<unknown>, { value, read }: ThresholdInput<unknown>): Row {
  const { help, description } = textsOf(row)
  const readSet = (set: string) => (set === '' ? undefined : read(set))
  const replay = row.collects !== true
  return input({ value, read: readSet, instead: undefined }, { replay, help, description })
}

/** Thresholds whose inputs are listed with their subject, not with the other thresholds. */
const LISTED_WITH_SUBJECT: readonly string[] = ['checks', 'timeout', 'platform', ...Object.keys(RUN_ROWS)]

export function thresholdInputs(isWanted: (name: ThresholdName) => boolean): Readonly<Record<string, Row>> {
  return Object.fromEntries([...THRESHOLD_INPUT_ROWS].filter(([name]) => isWanted(name)))
}

const FOLDER_INPUTS = {
  policies: input(orDefault(text), {
    value: 'DIR',
    default: 'policies',
    replay: true,
    help: 'folder with gate.yml, whitelist.yml and dictionary.yml',
    description: 'Folder with gate.yml, whitelist.yml and dictionary.yml.',
  }),
}

export const CHECK_INPUTS = thresholdInputs((name) => name === 'checks' || name === 'timeout')

/** In the order in which they are listed. */
export const POLICY_INPUTS = {
  ...FOLDER_INPUTS,
  ...thresholdInputs((name) => !LISTED_WITH_SUBJECT.includes(name)),
  baseline: input(optional, {
    value: 'FILE',
    replay: true,
    help: 'an earlier report.json; with it, the reports show which findings are new and which are gone',
    description: 'An earlier report.json, to show which findings are new and which are gone. Default: none.',
  }),
  release: input(release, {
    replay: true,
    help: 'version to release, or the kind of release (major, minor or patch); gate.yml sets which updates it must wait for',
    description:
      'Version to release, or its kind (major, minor or patch), which decides for which Debian updates it waits (releases in gate.yml). Default: the tag that the run is for, if it is a version.',
  }),
}

/**
 * Inputs that a replay takes from the evidence: their values when it was collected. Of `osv`, that is only `none`, where
 * it turned applications off.
 */
export const REPLAYED_INPUTS: readonly string[] = [
  ...[...THRESHOLD_INPUT_ROWS].filter(([, { replay }]) => replay).map(([name]) => name),
  'release',
  'matrix-jobs',
  'osv',
]

/**
 * The thresholds that inputs set, and nothing for the others; errors go to `errors`.
 * @param what when judging saved evidence, thresholds that say what to collect are not read
 */
export function readThresholds(
  inputs: ReadInput,
  errors: string[],
  what: 'all' | 'judging' = 'all',
): Partial<Thresholds> {
  const read = readerOf(Object.fromEntries(THRESHOLD_INPUT_ROWS), inputs, errors)
  return collectThresholds(({ name }) => {
    const row = THRESHOLD_INPUT_ROWS.get(name)
    return row !== undefined && (what === 'all' || row.replay) ? read(name) : undefined
  })
}

export function readReleaseKind(inputs: ReadInput, errors: string[]): ReleaseKind | null {
  return readerOf({ release: POLICY_INPUTS.release }, inputs, errors)('release')
}
