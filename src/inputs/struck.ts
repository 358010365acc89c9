import { STRUCK_KEYS } from '../policy/gate/read.js'

/** Inputs that there used to be, and what to do instead: an old workflow must not lose a setting without an error. */
export const STRUCK_INPUTS: ReadonlyMap<string, string> = new Map([
  ...STRUCK_KEYS,
  [
    'changelogs',
    "the CVEs of updates come from Debian's security tracker; if it is unreachable, set tracker to a copy of it",
  ],
])
