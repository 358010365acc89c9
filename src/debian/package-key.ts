import type { Stanza } from './control.js'

/** A package by name and architecture; `all` is stored as the native one. */
export function packageKey(name: string, architecture: string, native: string): string {
  return `${name}:${architecture === 'all' || architecture === '' ? native : architecture}`
}

export function stanzaKey({ fields }: Stanza, native: string): string {
  const text = (field: string) => fields.get(field) ?? ''
  return packageKey(text('package').toLowerCase(), text('architecture'), native)
}
