import type { Pages } from '../view/pages.js'

export interface TerminalOptions {
  readonly colour: boolean
  /** Characters in a line. */
  readonly width: number
  /** Rows of tables end there, cut with `…` if need be; else they are as long as they are. */
  readonly cuts?: boolean
  readonly pages?: Pages
  /** Also the findings that do not block, with whitelist entries to paste. */
  readonly verbose?: boolean
}

/** Where rows of tables end, in characters. */
export function edgeOf({ width, cuts = true }: TerminalOptions): number {
  return cuts ? width : Number.POSITIVE_INFINITY
}
