import { BENCH_INPUTS } from './bench.js'
import { CLAIR_INPUTS } from './clair.js'
import { ARCHIVE_INPUTS, FEED_INPUTS } from './feeds.js'
import { BRANCH_INPUTS } from './policy-branch.js'
import { PUBLISH_INPUTS, PUSH_INPUTS } from './publish.js'
import { TEST_INPUTS } from './regression-test.js'
import type { Row } from './row.js'
import { FOLDER_INPUTS, IMAGE_INPUTS, OUTPUT_INPUTS } from './run.js'
import { CHECK_INPUTS, POLICY_INPUTS } from './thresholds.js'
import { UPDATE_INPUTS } from './update.js'

/** An input of the action, and the command's flag of the same name. */
export interface Input extends Row {
  readonly name: string
  /** Its heading in `--help`. */
  readonly group: string
}

/**
 * All inputs, in the order in which people read them. Each owner's rows are in its own file, with the code that reads
 * them. Flags, their help, action.yml and the tables of docs/inputs.md are made from this list (script/inputs.mjs,
 * script/readme.mjs).
 */
const GROUPS: readonly (readonly [heading: string, rows: Readonly<Record<string, Row>>])[] = [
  ['Image:', IMAGE_INPUTS],
  ['Checks:', CHECK_INPUTS],
  ['Policies and thresholds:', POLICY_INPUTS],
  ['Data:', { ...ARCHIVE_INPUTS, ...FEED_INPUTS }],
  ['Docker Bench:', BENCH_INPUTS],
  ['Clair:', CLAIR_INPUTS],
  ['Tests and updates:', { ...TEST_INPUTS, ...UPDATE_INPUTS, ...PUSH_INPUTS }],
  ['Reports:', { ...FOLDER_INPUTS, ...OUTPUT_INPUTS }],
  ['GitHub:', { ...PUBLISH_INPUTS, ...BRANCH_INPUTS }],
]

export const INPUTS: readonly Input[] = GROUPS.flatMap(([group, rows]) =>
  Object.entries(rows).map(([name, row]) => ({ name, group, ...row })),
)
