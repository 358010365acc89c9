import { Option } from 'commander'
import type { Given } from '../inputs/row.js'
import type { Input } from '../inputs/table.js'

/** Flags as commander gives them, in camel case. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** What each command needs to take inputs as flags. */
export interface InputFlags {
  readonly optionOf: (input: Input) => Option
  readonly givenBy: (flags: Flags) => Given
}

/** The flag of an input, under its heading in `--help`. */
export function optionOf({ name, group, value, help, default: fallback }: Input): Option {
  // A switch takes no word of its own: `--debug app.tar` must not swallow an image.
  const isSwitch = value === null || value === 'BOOLEAN'
  const option = new Option(isSwitch ? `--${name}` : `--${name} <${value}>`, help).helpGroup(group)
  if (isSwitch) return option
  if (fallback !== '') option.default(fallback)
  return option.argParser((text, before) => (Array.isArray(before) ? before : text))
}
