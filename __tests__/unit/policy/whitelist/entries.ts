import { readWhitelist } from '../../../../src/policy/whitelist/read.js'
import type { WhitelistEntry } from '../../../../src/policy/whitelist/schema.js'
import { problemThrownBy } from '../../../support/problems.js'

/** A whitelist with one entry of these lines. */
export function withEntry(...lines: string[]): string {
  return `version: 1\nentries:\n  - ${lines.join('\n    ')}\n`
}

export const REST = ['reason: not used', 'owner: platform', 'expires: 2027-03-31']

export function errors(text: string): string[] {
  return problemThrownBy(() => readWhitelist(text, 'w.yml')).what.split('\n')
}

/** What the file with one entry of these lines is blamed for, without the file's name. */
export function errorsOf(...lines: string[]): string[] {
  return errors(withEntry(...lines)).map((line) => line.replace(/^w\.yml:/, ''))
}

/** The only entry of a file with these lines. */
export function readOne(...lines: string[]): WhitelistEntry | undefined {
  return readWhitelist(withEntry(...lines), 'w.yml').entries[0]
}
