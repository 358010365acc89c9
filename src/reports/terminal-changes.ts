import type { ImageVerdict } from '../core/verdict.js'
import { escapeTerminal as esc } from './escape.js'
import { changeLine } from './words.js'

/** Against the baseline, where there is one: how much, and what is new. */
export function changes(image: ImageVerdict): string[] {
  const line = changeLine(image)
  if (line === null) return []
  const fresh = image.findings.filter(({ since, ruling }) => since === 'new' && ruling === 'act')
  const names = fresh.slice(0, 5).map(({ id, package: name }) => esc(name === null ? id : `${id} (${name})`))
  const more = fresh.length > names.length ? ` and ${fresh.length - names.length} more` : ''
  return [line, ...(names.length === 0 ? [] : [`new to act on: ${names.join(', ')}${more}`])]
}
