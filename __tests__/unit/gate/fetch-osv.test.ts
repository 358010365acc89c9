import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { fetchOsv } from '../../../src/gate/feeds.js'
import { rawRecords } from '../../support/osv/records.js'
import { makeZip } from '../../support/zip.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-osv-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('seaworthy feeds osv', () => {
  test('when a folder has one ecosystem, then it says its rows and date, and that the others are missing', async () => {
    mkdirSync(join(folder, 'npm'))
    const files = rawRecords('npm').map((record, at) => ({
      name: `${at}.json`,
      bytes: JSON.stringify(record),
    }))
    writeFileSync(join(folder, 'npm', 'all.zip'), makeZip(files))
    const printed: string[] = []
    const around = {
      now: new Date('2025-09-20T00:00:00Z'),
      signal: new AbortController().signal,
      progress: () => undefined,
      print: (text: string) => void printed.push(text),
    }
    const inputs = (name: string) => (name === 'cache-dir' ? join(folder, 'cache') : '')
    expect(await fetchOsv(folder, inputs, around)).toBe(false)
    const [npm, ...more] = printed.filter((text) => text.startsWith('OSV '))
    expect(more).toEqual([])
    expect(npm).toBe('OSV npm: newest of 2025-09-12, 31 advisories, read from a folder, not cached\n')
    expect(printed.filter((text) => text.includes('all.zip'))).toHaveLength(7)
    const text = printed.join('')
    expect(text).toContain('only images with PyPI packages need this file')
    expect(text).toContain('only images with programs that Debian did not package need this file')
    expect(text).not.toContain('osv: none')
    expect(text).not.toContain('max-data-age')
    expect(text).toMatch(/^available: npm\nnot available: (?:\w+, ){4}\w+, crates\.io, Bitnami$/m)
  })

  test('when the advisories are older than a scan takes by default, then they are kept, and it says what a scan needs', async () => {
    mkdirSync(join(folder, 'npm'))
    const [record] = rawRecords('npm')
    writeFileSync(
      join(folder, 'npm', 'all.zip'),
      makeZip([{ name: '0.json', bytes: JSON.stringify(record) }]),
    )
    const printed: string[] = []
    const inputs = (name: string) => (name === 'cache-dir' ? join(folder, 'cache') : '')
    await fetchOsv(folder, inputs, {
      now: new Date('2027-01-01T00:00:00Z'),
      signal: new AbortController().signal,
      progress: () => undefined,
      print: (text: string) => void printed.push(text),
    })
    expect(printed.join('')).toMatch(
      /^OSV npm: .*, more than 30 days old, so a scan needs a max-data-age of at least \d{5} \(hours\)$/m,
    )
  })
})
