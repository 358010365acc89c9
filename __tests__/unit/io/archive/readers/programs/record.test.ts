import { describe, expect, test } from '@jest/globals'
import { recordOwners } from '../../../../../../src/io/archive/readers/programs/record.js'
import type { PlacedProgram } from '../../../../../../src/model/image/layers.js'
import { cpuMs } from '../../../../../support/cpu.js'

const HOME = 'srv/app'
const FOLDER = `${HOME}/acme-1.0.dist-info`

/** The owner of `srv/app/acme/tool` by this RECORD. */
function ownerBy(record: string, size = 5): string | null {
  const none = { files: new Map(), links: new Map(), cut: null }
  const file = {
    form: 'elf',
    isExecutable: true,
    listings: [],
    record: null,
    sha256: null,
  } as const
  const programs = new Map<string, PlacedProgram>([[`${HOME}/acme/tool`, { file, diffId: 'sha256:0' }]])
  const layers = [{ programs: { ...none, records: new Map([[FOLDER, record]]) } }]
  return recordOwners(layers, { programs, applications: new Map() })(`${HOME}/acme/tool`, size)
}

describe('a RECORD', () => {
  test.each([
    ['acme/tool,sha256=x,5', 5, FOLDER],
    ['"acme/tool",sha256=x,5', 5, FOLDER],
    ['acme/tool,,', 7, FOLDER],
    ['acme/tool,sha256=x,5', 6, null],
    ['../app/acme/tool,,5\r', 5, FOLDER],
    ['acme/other,,5', 5, null],
  ])('when its line is %j and the file has %d bytes, then the owner is %s', (line, size, owner) => {
    expect(ownerBy(`acme/__init__.py,,0\n${line}\n`, size)).toBe(owner)
  })

  test('when lines are made of a million commas, then they take no time, and hide no other line', () => {
    const commas = ','.repeat(1_000_000)
    const quotes = `"${'""'.repeat(500_000)}`
    const started = cpuMs()
    for (const hostile of [commas, `acme/x${commas}`, quotes, `${','.repeat(4000)}\n`.repeat(250)]) {
      expect(ownerBy(`${`${hostile}\n`.repeat(7)}acme/tool,,5\n`)).toBe(FOLDER)
    }
    // It takes some milliseconds; with a field for each comma, many seconds.
    expect(cpuMs() - started).toBeLessThan(1500)
  })
})
