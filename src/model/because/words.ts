import type { Finding } from '../finding.js'
import { oneLine } from '../order.js'
import type { RuledFinding } from '../verdict.js'

/** Why a finding was ruled on as it was, in one sentence for people. Holds words from outside. */
export function becauseText({ because }: Pick<RuledFinding, 'because'>): string {
  return because
}

export function fixOffered(fixedVersion: string): string {
  return `fix ${fixedVersion} can be installed`
}

/** Whatever has a fix and no rating is acted on. */
export const UNRATED = 'a fix can be installed and nobody has rated it'

/** The because without what a column of versions beside it says already. */
export function besideVersions(finding: Finding & { readonly because: string }): string {
  const { because, fixedVersion } = finding
  if (because.startsWith(UNRATED)) return because.slice('a fix can be installed and '.length)
  const prefix = fixedVersion === null ? '' : `${fixOffered(fixedVersion)}; `
  return because.startsWith(prefix) ? because.slice(prefix.length) : because
}

/** How reports call who rated: a source of severity -> a name. */
export const SCORER_NAMES: Readonly<Record<string, string>> = {
  nvd: 'NVD',
  cna: 'CNA',
  'cisa-adp': 'CISA',
  'debian-tracker': 'Debian',
  clair: 'Clair',
}

/** "EPSS 94.3%". */
export function epssSays({ probability }: { readonly probability: number }): string {
  return `EPSS ${(probability * 100).toFixed(1)}%`
}

/** Debian's own kind and words: `Debian: no-dsa "Minor issue"`. */
export function debianSays(note: { readonly kind: string; readonly words: string }): string {
  const words = oneLine(note.words)
  return words === '' ? `Debian: ${note.kind}` : `Debian: ${note.kind} "${words}"`
}
