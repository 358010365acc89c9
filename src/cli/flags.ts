import { Option } from 'commander'
import { type Given, INPUTS, type Input } from '../inputs/table.js'

/** Flags as commander gives them, in camel case. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** What each command needs to take inputs as flags. */
export interface InputFlags {
  readonly optionOf: (input: Input) => Option
  readonly givenBy: (flags: Flags) => Given
}

/** Headings of `--help`, by the first of the inputs under them. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ['image', 'Image:'],
  ['checks', 'Policies and thresholds:'],
  ['debian-mirror', 'Data:'],
  ['bench-engine', 'Docker Bench:'],
  ['clair-image', 'Clair, and limits:'],
  ['update', 'Update:'],
  ['report-dir', 'Reports:'],
])

function headingOf(name: string): string {
  const upTo = INPUTS.slice(0, INPUTS.findIndex((input) => input.name === name) + 1)
  return upTo.reduce((heading, input) => HEADINGS.get(input.name) ?? heading, 'Options:')
}

/** The flag of an input, under its heading in `--help`. */
export function optionOf({ name, value, help, default: fallback }: Input): Option {
  // A switch takes no word of its own: `--debug app.tar` must not swallow an image.
  const isSwitch = value === null || value === 'BOOLEAN'
  const option = new Option(isSwitch ? `--${name}` : `--${name} <${value}>`, help).helpGroup(headingOf(name))
  if (isSwitch) return option
  if (fallback !== '') option.default(fallback)
  return option.argParser((text, before) => (Array.isArray(before) ? before : text))
}
