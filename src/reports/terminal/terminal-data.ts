import type { Verdict } from '../../model/verdict.js'
import { escapeTerminal as esc } from '../escape.js'
import { columns, wrap } from '../layout.js'
import { plural } from '../view/counts.js'
import { ageOf, agesOf, readAt, sourcesOf } from '../view/data.js'
import { edgeOf, type TerminalOptions } from './terminal-options.js'

/** How old the data is; at length also where it is from, when it was read, and which bytes it was. */
export function data(verdict: Verdict, options: TerminalOptions): string[] {
  const { width } = options
  if (options.verbose !== true) return ages(verdict, width)
  const sources = sourcesOf(verdict)
  const lines = columns(
    sources.map((source) => [
      esc(source.name),
      esc(ageOf(source, verdict.today)),
      source.rows === null ? '' : plural(source.rows, 'row'),
      esc(source.url),
    ]),
    edgeOf(options),
  )
  return lines.flatMap((line, index) => {
    const { sha256 = null } = sources[index] ?? {}
    const read = sources[index] === undefined ? '' : readAt(sources[index])
    const facts = [...(read === '' ? [] : [`read ${read}`]), ...(sha256 === null ? [] : [`sha256 ${sha256}`])]
    return [
      line,
      ...(facts.length === 0 ? [] : wrap(esc(facts.join(', ')), width - 2).map((one) => `  ${one}`)),
    ]
  })
}

/** "data: cvss, epss, kev 2026-11-24, today · bookworm-security 2026-11-23, 1 day old": what is of one day together. */
function ages(verdict: Verdict, width: number): string[] {
  const byAge = Map.groupBy(agesOf(verdict, Number.POSITIVE_INFINITY), ([, age]) => age)
  const told = [...byAge].map(([age, all]) => {
    const names = all.map(([name]) => name.replace(/^debian-archive /, ''))
    return `${names.join(', ')} ${age}`
  })
  return told.length === 0 ? [] : wrap(esc(`data: ${told.join(' · ')}`, 2000), width)
}
