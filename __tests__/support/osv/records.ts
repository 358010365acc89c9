import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ecosystem } from '../../../src/feeds/formats/osv/ecosystem.js'
import { type OsvRecord, readRecord } from '../../../src/feeds/formats/osv/record.js'

/** Records of an ecosystem as they were published; see the README next to this file. */
export function rawRecords(ecosystem: Ecosystem): readonly object[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, `${ecosystem}.json`), 'utf8')) as object[]
}

/**
 * The same as a bucket has them. The Go vulnerability database writes `modified` where it is published: in its
 * repository it is empty, and the day here is that of the commit.
 */
export function publishedRecords(ecosystem: Ecosystem): readonly object[] {
  return rawRecords(ecosystem).map((record) => {
    const { modified = '' } = record as { modified?: string }
    return modified.startsWith('0001-') ? { ...record, modified: '2026-08-21T00:00:00Z' } : record
  })
}

/** Made-up records that broke other tools, by their names. */
export function oddRecord(name: string): object {
  const all = JSON.parse(readFileSync(join(import.meta.dirname, 'odd.json'), 'utf8')) as Record<
    string,
    object
  >
  return all[name] ?? failed(`there is no odd record ${name}`)
}

export function recordsOf(ecosystem: Ecosystem): readonly OsvRecord[] {
  return rawRecords(ecosystem).flatMap((raw) => {
    const read = readRecord(raw, ecosystem)
    return read === 'withdrawn' ? [] : [recordOr(read)]
  })
}

export function recordOr(read: ReturnType<typeof readRecord>): OsvRecord {
  return read === 'withdrawn' || 'error' in read ? failed(JSON.stringify(read)) : read
}

function failed(what: string): never {
  throw new Error(what)
}
