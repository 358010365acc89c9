import type { Section } from '../fit.js'
import { plural } from '../words.js'

/** A fence longer than any row of backticks in it: no line can close it (CommonMark 0.31, 4.5). */
export function fenced(head: string, language: string, lines: readonly string[], tail: string): Section {
  const longest = Math.max(0, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((one) => one.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return {
    head: `${head}${fence}${language}\n`,
    rows: lines.map((line) => `${line}\n`),
    tail: `${fence}\n${tail}\n`,
    cut: (left) => `and ${plural(left, 'more line')}\n`,
  }
}
