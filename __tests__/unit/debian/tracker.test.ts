import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { debianNote, parsePackage, parseTracker, writeTracker } from '../../../src/debian/tracker.js'

const sample = readFileSync(new URL('../../support/feeds/tracker.json', import.meta.url), 'utf8')
const row = {
  status: 'open',
  fixedVersion: null,
  urgency: 'not yet assigned',
  nodsa: null,
  nodsaReason: null,
}

describe('the sample of the tracker', () => {
  test('when it is read, then a row has what the export says', () => {
    const entry = parseTracker(sample).get('coreutils')?.get('CVE-2016-2781')
    expect(entry?.releases.get('bookworm')).toEqual({
      status: 'open',
      fixedVersion: null,
      urgency: 'low',
      nodsa: 'Minor issue',
      nodsaReason: 'ignored',
    })
  })

  test('when it is written and read again, then it is the same', () => {
    const tracker = parseTracker(sample)
    const written = writeTracker(tracker)
    expect(parseTracker(written)).toEqual(tracker)
    expect(writeTracker(parseTracker(written))).toBe(written)
  })

  test('when it is written, then it is in the form of the export, without the archive versions', () => {
    const { releases } = JSON.parse(writeTracker(parseTracker(sample))).coreutils['CVE-2016-2781']
    expect(releases.bookworm).toEqual({
      status: 'open',
      urgency: 'low',
      nodsa: 'Minor issue',
      nodsa_reason: 'ignored',
    })
  })
})

describe('one package', () => {
  const value = {
    'CVE-1': { releases: { bookworm: { status: 'open', urgency: 'low' }, sid: { status: 'open' } } },
    'CVE-2': { releases: { sid: { status: 'resolved', fixed_version: '' } } },
  }

  test('when a release is asked for, then only it is kept, and no CVE without it', () => {
    const entries = parsePackage('apt', value, new Set(['bookworm']))
    expect([...entries.keys()]).toEqual(['CVE-1'])
    expect([...(entries.get('CVE-1')?.releases.keys() ?? [])]).toEqual(['bookworm'])
  })

  test('when a fixed version is empty, then none is named', () => {
    expect(parsePackage('apt', value).get('CVE-2')?.releases.get('sid')?.fixedVersion).toBeNull()
  })

  test('when names are those of JavaScript, then they are names', () => {
    const text = '{"constructor":{"__proto__":{"releases":{"toString":{"status":"open","urgency":""}}}}}'
    const tracker = parseTracker(text)
    expect(tracker.get('constructor')?.get('__proto__')?.releases.has('toString')).toBe(true)
    expect(writeTracker(tracker)).toBe(text)
  })

  test.each<[string, unknown]>([
    ['a list', []],
    ['a CVE that is null', { 'CVE-1': null }],
    ['no releases', { 'CVE-1': {} }],
    ['a new status', { 'CVE-1': { releases: { sid: { status: 'fixed' } } } }],
    ['no status', { 'CVE-1': { releases: { sid: {} } } }],
    ['a number for a version', { 'CVE-1': { releases: { sid: { status: 'open', fixed_version: 1 } } } }],
  ])('when it has %s, then it is malformed, and where is told', (_, changed) => {
    expect(() => parsePackage('apt', changed)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'tracker-malformed',
          where: expect.stringContaining('apt'),
        }),
      }),
    )
  })
})

describe("Debian's note", () => {
  test.each([
    ['nothing', {}, null],
    ['no-dsa', { nodsa: 'Minor issue', nodsaReason: '' }, { kind: 'no-dsa', words: 'Minor issue' }],
    ['no-dsa without a reason', { nodsa: 'Minor' }, { kind: 'no-dsa', words: 'Minor' }],
    ['postponed', { nodsa: 'Later', nodsaReason: 'postponed' }, { kind: 'postponed', words: 'Later' }],
    ['ignored', { nodsa: '', nodsaReason: 'ignored' }, { kind: 'ignored', words: '' }],
    ['unimportant', { urgency: 'unimportant' }, { kind: 'unimportant', words: '' }],
    ['end-of-life', { urgency: 'end-of-life' }, { kind: 'end-of-life', words: '' }],
    [
      'unimportant and ignored',
      { urgency: 'unimportant', nodsa: 'x', nodsaReason: 'ignored' },
      { kind: 'ignored', words: 'x' },
    ],
  ])('when the tracker says %s, then the note does', (_, part, note) => {
    expect(debianNote({ ...row, ...part })).toEqual(note)
  })
})
