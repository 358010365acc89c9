import type { Option } from 'commander'
import type { Given, Input } from '../inputs.js'

/** Flags as commander gives them, in camel case. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** What each command needs to take inputs as flags. */
export interface InputFlags {
  readonly optionOf: (input: Input) => Option
  readonly givenBy: (flags: Flags) => Given
}
