import { describe, expect, test } from '@jest/globals'
import { readDictionary } from '../../src/core/dictionary.js'
import { compareResults } from '../../src/core/dictionary-compare.js'
import { recordDictionary } from '../../src/dictionary-record.js'
import { aResult, says } from '../support/bench.js'

const ABOUT = { file: 'd.yml', reference: 'app:1', today: '2026-11-24' }
const record = (text: string | null, ...results: Parameters<typeof aResult>[]) =>
  recordDictionary(
    text,
    results.map((one) => aResult(...one)),
    ABOUT,
  )

const FILE = `# ours, by the platform team
version: 1
numbering: dbs-1.6.1 # new numbers
checks:
  # root is never allowed
  "4.1": {title: user, reason: 'no root'} # really
  "4.6":
    expect:
      - PASS # for now
      - INFO
    reason: it serves
  '4.9': {expect: ["PASS"], items: {max: 0}}

runtime_checks: {"5.4": {}, "5.9": {expect: [WARN], items: {subset_of: ["80"], compare: port}}}
`

describe('recordDictionary', () => {
  test('when all is as expected, then not a letter changes', () => {
    expect(record(FILE, ['4.1'], ['4.6'], ['4.9'])).toEqual({ text: FILE, changes: [] })
  })

  test('when a word differs, then it is written in its place, and all else stays', () => {
    const { text, changes } = record(FILE, ['4.6', { builtin: says('WARN', 'app:1') }], ['4.1'], ['4.9'])
    expect(text).toBe(FILE.replace(/- PASS # for now\n {6}- INFO/, '[WARN]'))
    expect(changes).toEqual(['4.6: WARN, and d.yml:7 expects PASS or INFO'])
  })

  test('when an entry has no word of its own, then one is put into it', () => {
    expect(record(FILE, ['4.1', { builtin: says('WARN') }]).text).toContain(
      `  "4.1": {expect: [WARN], title: user, reason: 'no root'} # really\n`,
    )
    expect(record(FILE, ['5.4', { builtin: says('WARN') }]).text).toContain('"5.4": {expect: [WARN]}, "5.9"')
  })

  test('when a flow list is replaced, then its brackets are', () => {
    expect(record(FILE, ['4.9', { builtin: says('INFO') }]).text).toContain(
      `'4.9': {expect: [INFO], items: {max: 0}}\n`,
    )
  })

  test('when items break their rule, then the rule is written anew', () => {
    const { text } = record(FILE, ['5.9', { builtin: says('WARN', 'container:81', 'container:80') }])
    expect(text).toContain('items: {subset_of: ["80", "81"], compare: port}}}\n')
  })

  test('when a result is new, then it is added at the end of its section', () => {
    const { text, changes } = record(
      FILE,
      ['4.11', { builtin: says('NOTE') }],
      ['4.7', { builtin: says('INFO') }],
      ['5.5'],
    )
    expect(text).toContain(
      `items: {max: 0}}\n  "4.7": {expect: [INFO]}  # recorded, to be reviewed\n  "4.11": {expect: [NOTE]}  # recorded, to be reviewed\n\nruntime`,
    )
    expect(text).toContain('compare: port}}, "5.5": {expect: [PASS]}}\n')
    expect(changes).toEqual(['4.7: added, INFO', '4.11: added, NOTE', '5.5: added, PASS'])
  })

  test('when there is no section yet, then it is made', () => {
    const { text } = record('version: 1\nnumbering: dbs-1.6.1', ['4.6'])
    expect(text).toBe(
      'version: 1\nnumbering: dbs-1.6.1\nchecks:\n  "4.6": {expect: [PASS]}  # recorded, to be reviewed\n',
    )
  })

  test('when an override decides, then the override is changed and not the entry', () => {
    const override =
      'overrides:\n  - images: ["app:*"]\n    checks:\n      "4.6": {expect: [WARN], reason: r, owner: o, expires: "2027-01-01"}\n'
    expect(record(FILE + override, ['4.6']).text).toBe(FILE + override.replace('[WARN]', '[PASS]'))
  })

  test('when nobody looked, then nothing is written down', () => {
    const none = { state: 'not-evaluated', builtin: says(null) } as const
    expect(record(FILE, ['4.1', none], ['4.7', none])).toEqual({ text: FILE, changes: [] })
  })

  test('when there is no file, then the starter is begun with, and fits the image afterwards', () => {
    const found = [
      aResult('4.1', { builtin: says('WARN', 'app:1') }),
      aResult('4.8', { builtin: says('NOTE', '/usr/bin/sudo'), evidence: ['setuid-scan'] }),
      aResult('4.10', { builtin: says('NOTE', 'ENV TOKEN'), evidence: ['secret-scan'] }),
      aResult('5.9', { builtin: says('WARN', 'container:8443') }),
    ]
    const { text, changes } = recordDictionary(null, found, ABOUT)
    expect(changes).toHaveLength(4)
    expect(text).toContain('# The results of Docker Bench for Security that we expect')
    const again = compareResults(found, readDictionary(text, 'd.yml'), { ...ABOUT, evidence: new Set() })
    expect(again.filter(({ result, outcome }) => result && outcome !== 'match')).toEqual([])
  })

  test('when a file has other line ends and tabs in comments, then they stay', () => {
    const windows = FILE.replaceAll('\n', '\r\n')
    const { text } = record(windows, ['4.1', { builtin: says('WARN') }])
    expect(text.replace('expect: [WARN], ', '')).toBe(windows)
  })
})
