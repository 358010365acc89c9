import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BENCH_STATUSES } from '../../../../src/model/finding/bench.js'
import { compareResults } from '../../../../src/policy/dictionary/compare.js'
import { STARTER_DICTIONARY } from '../../../../src/policy/dictionary/default.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { recordDictionary } from '../../../../src/policy/dictionary/record.js'
import { aResult, engineResult } from '../../../support/bench.js'
import { anyCharacter } from '../../../support/characters.js'
import { problemThrownBy } from '../../../support/problems.js'
import { runs } from '../../../support/runs.js'

const EVIDENCE = new Set(['base-image', 'vulnerability-scan'])
const ABOUT = {
  ...{ file: 'd.yml', reference: 'app:1', today: '2026-11-24', maxSpan: 365, evidence: EVIDENCE },
  ...{ owner: '', reason: '' },
}
const record = (text: string, ...results: Parameters<typeof aResult>[]) =>
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

  "5.4": {}
  "5.9": {expect: [WARN], items: {subset_of: ["80"], compare: port}}
`

const HEAD = 'version: 1\nnumbering: dbs-1.6.1\n'

/** What is written where somebody has to answer for it. */
const SIGN_OFF = 'owner: "", reason: "", expires: 2027-02-22'
/** As people fill it in. */
const filled = (text: string) => text.replace(/(owner|reason): ""/g, '$1: "x"')

describe('recordDictionary', () => {
  test('when all is as expected, then not a letter changes', () => {
    expect(record(FILE, ['4.1'], ['4.6'], ['4.9'])).toEqual({
      text: FILE,
      changes: [],
      left: [],
      accepted: [],
    })
  })

  test('when a word differs, then it is written in its place, and all else stays', () => {
    const { text, changes, accepted } = record(
      FILE,
      ['4.6', { builtin: engineResult('WARN', 'app:1') }],
      ['4.1'],
      ['4.9'],
    )
    expect(text).toBe(
      FILE.replace(
        /expect:\n {6}- PASS # for now\n {6}- INFO/,
        (list) => `owner: ""\n    expires: 2027-02-22\n    ${list.replace(/-[\s\S]*INFO/, '[WARN]')}`,
      ).replace('it serves', '""'),
    )
    expect(accepted).toEqual([
      '4.6: WARN, but d.yml:7 expects PASS or INFO; fill in owner and reason (d.yml:7)',
    ])
    expect(changes).toEqual([])
  })

  test('when owner and reason are named, then each worse result has them, and nothing is left to fill in', () => {
    const found = [aResult('4.1', { builtin: engineResult('WARN') }), aResult('4.6'), aResult('4.9')]
    const signed = { ...ABOUT, owner: 'the "web" team', reason: 'until 2.0' }
    const { text, changes, accepted } = recordDictionary(FILE, found, signed)
    expect(accepted).toEqual([])
    expect(changes).toEqual(['4.1: WARN, but d.yml:6 expects PASS'])
    const { entries } = readDictionary(text, 'd.yml')
    expect(entries.find(({ id }) => id === '4.1')).toMatchObject({
      owner: 'the "web" team',
      reason: 'until 2.0',
    })
    expect(recordDictionary(FILE, found, { ...signed, reason: '' }).accepted).toEqual([
      expect.stringMatching(/; fill in reason \(d\.yml:6\)$/),
    ])
  })

  test('when an entry has no word of its own, then one is put into it', () => {
    expect(record(FILE, ['4.1', { builtin: engineResult('WARN') }]).text).toContain(
      `  "4.1": {expect: [WARN], owner: "", expires: 2027-02-22, title: user, reason: ""} # really\n`,
    )
    expect(record(FILE, ['5.4', { builtin: engineResult('WARN') }]).text).toContain(
      `  "5.4": {expect: [WARN], ${SIGN_OFF}}\n  "5.9"`,
    )
  })

  test('when a flow list is replaced, then its brackets are', () => {
    expect(record(FILE, ['4.9', { builtin: engineResult('INFO') }]).text).toContain(
      `'4.9': {${SIGN_OFF}, expect: [INFO], items: {max: 0}}\n`,
    )
  })

  test('when a rule that compares whole items is broken, then it is rewritten for whole items', () => {
    const file = FILE.replace('compare: port', 'compare: whole')
    const { text } = record(
      file,
      ['4.1'],
      ['4.6'],
      ['4.9'],
      ['5.9', { builtin: engineResult('WARN', 'b:80') }],
    )
    expect(text).toContain('items: {subset_of: ["b:80"]}}\n')
  })

  test('when items break their rule, then the rule is written again', () => {
    const { text } = record(FILE, ['5.9', { builtin: engineResult('WARN', 'container:81', 'container:80') }])
    expect(text).toContain('items: {subset_of: ["80", "81"], compare: port}}\n')
  })

  test.each([
    ['{count: 3}', '{count: 2}'],
    ['{max: 1, compare: port}', '{max: 2, compare: port}'],
    ['{equals: ["80"], compare: port}', '{equals: ["80", "81"], compare: port}'],
    ['{equals: [c:80, c:81, c:82]}', '{equals: ["c:80", "c:81"]}'],
  ])('when items break the rule %s, then it becomes %s', (rule, written) => {
    const line = (items: string) => `${HEAD}checks:\n  "5.9": {expect: [WARN], items: ${items}}\n`
    const { text } = record(line(rule), ['5.9', { builtin: engineResult('WARN', 'c:81', 'c:80') }])
    expect(text).toContain(`expect: [WARN], items: ${written}`)
  })

  test('when a result is new, then it is added at the end', () => {
    const { text, changes, accepted } = record(
      FILE,
      ['4.11', { builtin: engineResult('NOTE') }],
      ['4.7', { builtin: engineResult('INFO') }],
      ['5.5'],
    )
    expect(text).toContain(
      `compare: port}}\n  "4.7": {expect: [INFO], ${SIGN_OFF}}  # recorded, to be reviewed\n  "4.11": {expect: [NOTE], ${SIGN_OFF}}  # recorded, to be reviewed\n  "5.5": {expect: [PASS]}  # recorded, to be reviewed\n`,
    )
    expect(changes).toEqual(['5.5: added, PASS'])
    expect(accepted).toEqual([
      '4.7: added, INFO; fill in owner and reason (d.yml:16)',
      '4.11: added, NOTE; fill in owner and reason (d.yml:17)',
    ])
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
    const none = { state: 'not-evaluated', builtin: engineResult(null) } as const
    const { text, changes, left } = record(FILE, ['4.1', none], ['4.7', none])
    expect([text, changes]).toEqual([FILE, []])
    expect(left).toEqual([
      '4.1 is left unchanged: not examined: it was looked at',
      '4.6 is left unchanged: d.yml:7 expects a result, but there is no result',
      '4.7 is left unchanged: d.yml does not list this check',
      '4.9 is left unchanged: d.yml:12 expects a result, but there is no result',
    ])
  })

  test('when there is no file, then the starter is begun with, and fits the image afterwards', () => {
    const found = [
      aResult('4.1', { builtin: engineResult('WARN', 'app:1') }),
      aResult('4.8', { builtin: engineResult('NOTE', '/usr/bin/sudo'), evidence: ['setuid-scan'] }),
      aResult('4.10', { builtin: engineResult('NOTE', 'ENV TOKEN'), evidence: ['secret-scan'] }),
      aResult('5.9', { builtin: engineResult('WARN', 'container:8443') }),
    ]
    const { text, accepted } = recordDictionary(STARTER_DICTIONARY, found, ABOUT)
    expect(accepted).toHaveLength(4)
    expect(text).toContain('# Expected results of Docker Bench for Security')
    const again = compareResults(found, readDictionary(filled(text), 'd.yml'), ABOUT)
    expect(again.filter(({ result, outcome }) => result && outcome !== 'match')).toEqual([])
  })

  test('when a file has other line ends and tabs in comments, then they stay', () => {
    const windows = FILE.replaceAll('\n', '\r\n')
    const { text } = record(windows, ['4.1', { builtin: engineResult('NOTE') }])
    const written = 'expect: [NOTE], owner: "", expires: 2027-02-22, '
    expect(text.replace(written, '').replace('reason: ""', "reason: 'no root'")).toBe(windows)
    const block = 'version: 1\r\nnumbering: dbs-1.6.1\r\nchecks:\r\n  "4.6":\r\n    reason: r\r\n'
    const more = record(block, ['4.6', { builtin: engineResult('WARN') }], ['4.7'], ['5.5']).text
    const lines = ['"4.6":', 'expect: [WARN]', 'owner: ""', 'expires: 2027-02-22', 'reason: ""']
    expect(more).toContain(`${lines.join('\r\n    ')}\r\n  "4.7"`)
    expect(more.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('when a list of words stands no further in than its key, then it is replaced all the same', () => {
    const file =
      'version: 1\nnumbering: dbs-1.6.1\nchecks:\n  "4.6":\n    expect:\n    - PASS\n    reason: r\n'
    const { text } = record(file, ['4.6', { builtin: engineResult('WARN') }])
    const more = 'owner: ""\n    expires: 2027-02-22\n    expect:'
    expect(text).toBe(file.replace('- PASS', ' [WARN]').replace('expect:', more).replace(': r', ': ""'))
  })

  const EXTENDING = `extends: builtin/3
version: 1
checks:
  "4.1": {expect: [PASS], reason: 'no root'}
  "4.8": {}
  "4.10": {expect: [WARN], owner: o, reason: r, expires: 2027-01-01} # for now
  "5.9": {items: {max: 0}}
  "5.6": {expect: [WARN, PASS], owner: o, reason: r, expires: 2027-01-01}
`
  test('when an exception has expired, then nothing is made of it, and that is reported', () => {
    const entry = '{expect: [WARN], reason: r, owner: o, expires: "2026-01-01"}'
    for (const file of [
      `${HEAD}checks:\n  "4.6": ${entry}\n`,
      `${HEAD}checks:\n  "4.6": {}\noverrides:\n  - images: ["app:*"]\n    checks:\n      "4.6": ${entry}\n`,
    ]) {
      const { text, changes, left } = record(file, ['4.6', { builtin: engineResult('WARN', 'app:1') }])
      expect([text, changes]).toEqual([file, []])
      expect(left).toEqual([expect.stringMatching(/^4\.6 is left unchanged: .* expired on 2026-01-01$/)])
    }
  })

  test('when the file has the old numbers, then new entries have them too', () => {
    const file = 'version: 1\nnumbering: dbs-1.6.0\nchecks: {"4.6": {}}\n'
    const { text } = record(file, ['5.5'], ['5.1', { builtin: engineResult('WARN') }])
    expect(text).toContain('checks: {"4.6": {}, "7.1": {expect: [WARN]}, "5.4": {expect: [PASS]}}\n')
    expect(text).not.toContain('"5.5"')
  })

  test('when what is new was looked at by a test of ours, then that test and its items are named', () => {
    const found = { builtin: engineResult('NOTE', '/bin/su'), evidence: ['setuid-scan'] }
    const { text } = record(HEAD, ['4.8', found], ['4.3', { builtin: engineResult('NOTE') }])
    expect(text).toContain('"4.3": {expect: [NOTE]}')
    expect(text).toContain('"4.8": {expect: [NOTE], evidence: setuid-scan, items: {subset_of: ["/bin/su"]}}')
  })

  test('when a worse word is recorded, then with no more than what it is owed to', () => {
    const file = `${HEAD}checks:\n  "4.9": {items: {max: 0}}\n  "5.6": {}\n`
    const results = [
      aResult('5.6', { builtin: engineResult('WARN', 'container:/etc') }),
      aResult('4.9', { builtin: engineResult('INFO', 'ADD a /') }),
    ]
    const { text } = recordDictionary(file, results, ABOUT)
    expect(text).toContain(`"4.9": {expect: [INFO], ${SIGN_OFF}, items: {max: 1}}`)
    expect(text).toContain(
      `"5.6": {expect: [WARN], items: {subset_of: ["/etc"], compare: path}, ${SIGN_OFF}}`,
    )
    const worse = aResult('5.6', { builtin: engineResult('WARN', 'container:/etc', 'container:/root') })
    const context = { ...ABOUT, evidence: new Set<string>() }
    const again = compareResults([worse], readDictionary(filled(text), 'd.yml'), context)
    expect(again.find(({ id }) => id === '5.6')?.outcome).toBe('worse')
  })

  test('when a line is only for hosts with AppArmor, then what is recorded is only for these too', () => {
    const found = (status: 'PASS' | 'WARN') => [
      aResult('5.2', { builtin: engineResult(status), host: ['apparmor'] }),
    ]
    const { text } = recordDictionary('extends: builtin/1\nversion: 1\n', found('WARN'), ABOUT)
    expect(text).toContain(
      `checks:\n  "5.2": {expect: [WARN], when: {host: apparmor}, ${SIGN_OFF}}  # recorded`,
    )
    const signed = 'owner: o, reason: r, expires: 2027-01-01'
    const own = `${HEAD}checks:\n  "5.2": {expect: [WARN], when: {host: apparmor}, ${signed}}\n`
    expect(recordDictionary(own, found('PASS'), ABOUT).text).toBe(
      `${HEAD}checks:\n  "5.2": {expect: [PASS], when: {host: apparmor}}\n`,
    )
  })

  test('when a test of ours looked and found nothing, then it is named without items, which may then not appear', () => {
    const { text } = record(HEAD, ['4.8', { builtin: engineResult('NOTE'), evidence: ['setuid-scan'] }])
    expect(text).toContain('"4.8": {expect: [NOTE], evidence: setuid-scan}  #')
    expect(record(HEAD, ['4.8', { builtin: engineResult('NOTE', '/bin/su') }]).text).toContain(
      `"4.8": {expect: [NOTE], ${SIGN_OFF}}  #`,
    )
  })

  test('when an image is said to have two results of one id, then no file can expect both: it is our error', () => {
    const file = `${HEAD}checks:\n  "4.1": {}\n  "4.6": {}\n`
    const both = (id: string) => [aResult(id), aResult(id, { builtin: engineResult('WARN') })]
    const problem = (...results: ReturnType<typeof aResult>[]) =>
      problemThrownBy(() => recordDictionary(file, results, ABOUT))
    const expected = {
      code: 'internal',
      where: 'd.yml',
      todo: 'report this bug, and attach the file and the evidence',
    }
    const what = 'the recorded dictionary does not expect the results that were found: '
    expect(problem(...both('4.1'), aResult('4.6'))).toMatchObject({ ...expected, what: `${what}4.1` })
    expect(problem(...both('4.1'), ...both('4.6'))).toMatchObject({ ...expected, what: `${what}4.1, 4.6` })
  })

  test('when results and items are any, then it can be recorded, and once is enough', () => {
    const any = fc.oneof(
      fc.string({ unit: anyCharacter, minLength: 1, maxLength: 8 }).map((text) => `/x${text}`),
      fc.constantFrom('container:::', 'ENV "A"', "it's: {x}", '- #', '[a b]'),
    )
    // Items of these have a form of their own, and are compared by a part of it.
    const forms: Readonly<Record<string, readonly string[]>> = {
      '5.6': ['container:/etc', 'container:/'],
      '5.9': ['container:80', 'container:0', 'container:1-2'],
    }
    const evidence: Readonly<Record<string, string>> = { '4.8': 'setuid-scan', '4.10': 'secret-scan' }
    const ids = ['4.1', '4.6', '4.7', '4.8', '4.9', '4.10', '5.1', '5.5', '5.6', '5.9', '5.14', '5.32']
    const result = fc.constantFrom(...ids).chain((id) => {
      const items = fc.array(forms[id] ? fc.constantFrom(...forms[id]) : any, { maxLength: 3 })
      const status = fc.constantFrom(...BENCH_STATUSES)
      const by = evidence[id] ? [evidence[id]] : []
      return fc
        .tuple(status, items)
        .map(([status, items]) => aResult(id, { builtin: engineResult(status, ...items), evidence: by }))
    })
    const results = fc.uniqueArray(result, { selector: ({ id }) => id, minLength: 1 })
    const files = fc.constantFrom(
      STARTER_DICTIONARY,
      EXTENDING,
      FILE,
      HEAD,
      HEAD.replace('6.1', '6.0'),
      `${HEAD}checks: {}\n`,
    )
    fc.assert(
      fc.property(results, files, (found, file) => {
        const { text: recorded, left } = recordDictionary(file, found, ABOUT)
        const text = filled(recorded)
        expect(recordDictionary(text, found, ABOUT)).toEqual({ text, changes: [], left, accepted: [] })
        const compared = compareResults(found, readDictionary(text, 'd.yml'), ABOUT)
        const blocked = compared.filter(({ blocks }) => blocks)
        expect(left.map((one) => one.split(' ')[0])).toEqual(blocked.map(({ id }) => id))
        const unfit = blocked.filter(({ outcome }) => ['worse', 'better', 'new'].includes(outcome))
        expect(unfit).toEqual([])
      }),
      runs(300),
    )
  })
})
