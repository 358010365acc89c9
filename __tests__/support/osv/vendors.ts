import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OsvRecord, readRecord } from '../../../src/feeds/formats/osv/record.js'
import { recordOr } from './records.js'

/** Blocks of a file: a line with a name, then lines that begin with the number of a CVE. */
function blocksIn(file: string): ReadonlyMap<string, readonly string[]> {
  const blocks = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of readFileSync(join(import.meta.dirname, 'vendors', file), 'utf8')
    .trim()
    .split('\n')) {
    if (/^\d{4}-/.test(line)) {
      lines.push(line)
    } else {
      lines = []
      blocks.set(line, lines)
    }
  }
  return blocks
}

/** Bitnami's records of these programs, as far as ranges and severities are concerned; see the README next to this file. */
export function vendorsRaw(): readonly object[] {
  return [...blocksIn('records.txt')].flatMap(([name, lines]) =>
    lines.map((line) => {
      const [number = '', severity = '', ...args] = line.split(' ')
      const ranges = args
        .join(' ')
        .split(' | ')
        .map((range) => ({ type: 'SEMVER', events: range.split(' ').map(eventOf) }))
      return {
        id: `BIT-${name}-${number}`,
        aliases: [`CVE-${number}`],
        modified: '2026-08-01T00:00:00Z',
        affected: [{ package: { ecosystem: 'Bitnami', name }, ranges }],
        database_specific: { severity },
      }
    }),
  )
}

export function vendorsRecords(): readonly OsvRecord[] {
  return vendorsRaw().map((raw) => recordOr(readRecord(raw, 'Bitnami')))
}

function eventOf(text: string): Readonly<Record<string, string>> {
  const [, sign = '', version = ''] = /^(>=|<=|<)(.+)$/.exec(text) ?? []
  const names: Readonly<Record<string, string>> = { '>=': 'introduced', '<': 'fixed', '<=': 'last_affected' }
  return { [names[sign] ?? '']: version }
}

/** "nodejs 20.11.0-1nodesource1" → "CVE-… VERSION", sorted. */
export function vendorsExpected(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...blocksIn('expected.txt')].map(([name, lines]) => [name, lines.map((one) => `CVE-${one}`)]),
  )
}
