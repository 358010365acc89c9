import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import {
  debianNote,
  parsePackage,
  parseTracker,
  writeTracker,
} from '../../../../src/feeds/formats/tracker.js'
import { selectRows } from '../../../../src/feeds/formats/tracker-rows.js'
import { problemThrownBy } from '../../../support/problems.js'

const sample = readFileSync(new URL('../../../support/feeds/tracker.json', import.meta.url), 'utf8')
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

  const row = (sid: unknown) => ({ 'CVE-1': { releases: { sid } } })
  const NO_STATUS = 'is not "open", "resolved" or "undetermined"'
  const NO_TEXT = 'expected a string, not 1'
  test.each<[string, unknown, string, string]>([
    ['a list', [], 'expected an object', 'apt'],
    ['a CVE that is null', { 'CVE-1': null }, 'expected an object', 'apt, CVE-1'],
    ['no releases', { 'CVE-1': {} }, 'expected an object', 'apt, CVE-1, releases'],
    [
      'a description that is no text',
      { 'CVE-1': { description: 1, releases: { sid: { status: 'open' } } } },
      NO_TEXT,
      'apt, CVE-1',
    ],
    ['a row that is null', row(null), 'expected an object', 'apt, CVE-1, sid'],
    ['a new status', row({ status: 'fixed' }), `the status "fixed" ${NO_STATUS}`, 'apt, CVE-1, sid'],
    ['no status', row({}), `the status undefined ${NO_STATUS}`, 'apt, CVE-1, sid'],
    ['a number for a version', row({ status: 'open', fixed_version: 1 }), NO_TEXT, 'apt, CVE-1, sid'],
    ['a number for an urgency', row({ status: 'open', urgency: 1 }), NO_TEXT, 'apt, CVE-1, sid'],
    ['a number for a reason', row({ status: 'open', nodsa: 1 }), NO_TEXT, 'apt, CVE-1, sid'],
    ['a number for its kind', row({ status: 'open', nodsa_reason: 1 }), NO_TEXT, 'apt, CVE-1, sid'],
    [
      'a long list for a version',
      row({ status: 'open', fixed_version: ['x'.repeat(40)] }),
      `expected a string, not ["${'x'.repeat(38)}`,
      'apt, CVE-1, sid',
    ],
  ])('when it has %s, then it is malformed, and where is told', (_, changed, why, where) => {
    expect(problemThrownBy(() => parsePackage('apt', changed))).toEqual({
      code: 'tracker-malformed',
      what: `the security tracker's data is not in the expected format: ${why}`,
      where,
      todo: 'download the data of the tracker again, or set "tracker" (--tracker in a terminal) to a different source',
    })
  })

  test.each(['open', 'resolved', 'undetermined'])('when a status is %s, then it is kept', (status) => {
    const releases = { sid: { status } }
    expect(parsePackage('apt', { 'CVE-1': { releases } }).get('CVE-1')).toEqual({
      description: null,
      releases: new Map([
        ['sid', { status, fixedVersion: null, urgency: '', nodsa: null, nodsaReason: null }],
      ]),
    })
  })

  test('when the document is no object, or no JSON, then that is reported', () => {
    const problem = (text: string) => problemThrownBy(() => parseTracker(text))
    expect(problem('[]')).toMatchObject({
      code: 'tracker-malformed',
      where: 'the document',
    })
    expect(problem('{')).toMatchObject({ code: 'tracker-malformed', where: 'tracker' })
    expect(problem('{').what).toMatch(/^the security tracker's data is not in the expected format: .*JSON/)
  })

  test('when a description and a fixed version are there, then they are written too, in the order of names', () => {
    const text =
      '{"apt":{"CVE-1":{"description":"d","releases":{"bookworm":{"status":"resolved","fixed_version":"1","urgency":"low"},"sid":{"status":"open","urgency":"low"}}}},"bash":{"CVE-1":{"releases":{"sid":{"status":"open","urgency":"low"}}}}}'
    const { apt, bash } = JSON.parse(text)
    expect(writeTracker(parseTracker(JSON.stringify({ bash, apt })))).toBe(text)
  })
})

describe('the rows for an image', () => {
  const releases = (...codenames: string[]) => ({
    releases: Object.fromEntries(codenames.map((codename) => [codename, { status: 'open' }])),
  })
  const tracker = parseTracker(
    JSON.stringify({
      apt: { 'CVE-1': releases('bookworm', 'sid'), 'CVE-2': releases('sid') },
      bash: { 'CVE-1': releases('bookworm') },
      curl: { 'CVE-1': releases('sid') },
    }),
  )

  test('when packages are asked for in a release, then nothing is kept that has no row of it', () => {
    const rows = selectRows(tracker, [
      { codename: 'bookworm', packages: new Set(['apt', 'curl']) },
      { codename: 'sid', packages: new Set(['bash']) },
    ])
    expect([...rows].map(([name, entries]) => [name, ...entries.keys()])).toEqual([['apt', 'CVE-1']])
    expect([...(rows.get('apt')?.get('CVE-1')?.releases.keys() ?? [])]).toEqual(['bookworm'])
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
