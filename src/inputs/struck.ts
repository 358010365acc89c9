import { STRUCK_KEYS } from '../policy/gate/read.js'
import { THRESHOLD_ROWS } from '../policy/gate/thresholds.js'
import { DEFAULT_TIMEOUTS } from '../policy/gate/time-rows.js'

/** What a team decides once is a key of gate.yml only (docs/decisions/0089-input-or-key.md). */
const KEYS = THRESHOLD_ROWS.flatMap(({ name, row }) =>
  row.input === undefined ? [[name, `set the key ${name} in policies/gate.yml`] as const] : [],
)

/** Names that are not inputs, and what to do instead: an old workflow must not lose a setting without an error. */
export const STRUCK_INPUTS: ReadonlyMap<string, string> = new Map([
  ...STRUCK_KEYS,
  ...KEYS,
  ...['gate', 'whitelist', 'dictionary'].map(
    (name) => [name, `set policies to the folder that contains ${name}.yml`] as const,
  ),
  ['start-test', 'set start to given or hardened'],
  ...Object.keys(DEFAULT_TIMEOUTS).map(
    (part) =>
      [`${part}-timeout`, `set the key timeouts in policies/gate.yml, such as {${part}: 60}`] as const,
  ),
  ...['tracker-fallback', 'cvss-fallback', 'epss-fallback', 'kev-fallback', 'cvss-map', 'osv-map'].map(
    (name) => [name, 'set data to the releases of a repository, or to a folder of exported data'] as const,
  ),
  [
    'changelogs',
    "the CVEs of updates come from Debian's security tracker; if it is unreachable, set tracker to a copy of it",
  ],
])
