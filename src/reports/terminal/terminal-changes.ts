import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { escapeTerminal as esc } from '../escape.js'
import { changeLine, letPass } from '../view/changes.js'

/** Against the baseline, where there is one: how much, what is new, and what `fail-on-new-only` lets pass. */
export function changes(image: ImageVerdict): string[] {
  const line = changeLine(image)
  if (line === null) return []
  const fresh = image.findings.filter(({ since, ruling }) => since === 'new' && ruling === 'act')
  return [
    line,
    ...named('new to act on', fresh),
    ...named('let pass, in the baseline already', letPass(image)),
  ]
}

function named(words: string, findings: readonly RuledFinding[]): string[] {
  if (findings.length === 0) return []
  const names = findings.slice(0, 5).map(({ id, package: of }) => esc(of === null ? id : `${id} (${of})`))
  const more = findings.length > names.length ? ` and ${findings.length - names.length} more` : ''
  return [`${words}: ${names.join(', ')}${more}`]
}
