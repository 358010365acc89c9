import { THRESHOLD_ROWS } from '../policy/gate/thresholds.js'

/** What a team decides once is a key of gate.yml only (docs/decisions/0089-input-or-key.md). */
const KEYS = THRESHOLD_ROWS.flatMap(({ name, row }) =>
  row.input === null ? [[name, `set the key ${name} in policies/gate.yml`] as const] : [],
)

/** Names that look like inputs and are not, and what to do instead: the runner only warns about them. */
export const NOT_INPUTS: ReadonlyMap<string, string> = new Map([
  ...KEYS,
  ...['gate', 'whitelist', 'dictionary'].map(
    (name) => [name, `set policies to the folder that contains ${name}.yml`] as const,
  ),
])
