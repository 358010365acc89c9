import type { Ecosystem } from '../../../src/feeds/formats/osv/ecosystem.js'

/** An advisory as a bucket has it, about one package. @param more what else its entry has */
export function advisory(
  id: string,
  ecosystem: Ecosystem,
  name: string,
  events: readonly object[],
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const type = ecosystem === 'Go' || ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM'
  return {
    id,
    modified: '2026-08-21T00:00:00Z',
    affected: [{ package: { ecosystem, name }, ranges: [{ type, events }], ...more }],
  }
}
