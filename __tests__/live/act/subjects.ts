import { stanza, tinyDebian } from '../images.js'

/** An image whose only packages the sample tracker has nothing to say about: a pass. */
export function cleanImage(): string {
  return tinyDebian('act-clean', stanza('bash', '5.2.15-2'))
}

/** An image that lacks a security update of apt (CVE-2026-109518 in the sample tracker): a fail. */
export function lackingImage(): string {
  return tinyDebian('act-lacking', stanza('apt', '2.6.1'))
}

export const LACKING_CVE = 'CVE-2026-109518'

export function whitelist(entry: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entry).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return `version: 1\nentries:\n  - ${lines.join('\n    ')}\n`
}
