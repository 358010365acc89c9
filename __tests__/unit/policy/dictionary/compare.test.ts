import { describe, expect, test } from '@jest/globals'
import { benchFinding, type Counts, countedResult } from '../../../../src/model/finding/bench.js'
import { compareResults, evidenceOf } from '../../../../src/policy/dictionary/compare.js'
import type { ItemRule } from '../../../../src/policy/dictionary/dictionary.js'
import { ruleText } from '../../../../src/policy/dictionary/items.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { aResult, engineResult } from '../../../support/bench.js'
import { withTexts } from '../../../support/facts.js'

const CONTEXT = { reference: 'ghcr.io/acme/app:1', today: '2026-11-24', evidence: new Set<string>() }
const dictionary = (...lines: string[]) =>
  readDictionary(
    `version: 1\nnumbering: dbs-1.6.1\ndefaults: {missing: report}\n${lines.join('\n')}`,
    'd.yml',
  )
const EXCEPTION = 'reason: r, owner: o, expires: "2027-01-01"'

/** Outcome of one result under a dictionary of these lines. */
function outcome(result: ReturnType<typeof aResult>, ...lines: string[]) {
  const [first] = compareResults([result], dictionary(...lines), CONTEXT)
  return first && withTexts(first)
}

describe('words', () => {
  test.each([
    ['the expected word', ['PASS'], 'PASS', 'match', false],
    ['one of two expected words', ['PASS', 'INFO'], 'INFO', 'match', false],
    ['a worse word', ['PASS'], 'WARN', 'worse', true],
    ['a better word, so that the entry is outdated', ['WARN'], 'PASS', 'better', true],
    ['a word between two expected ones', ['PASS', 'WARN'], 'INFO', 'worse', true],
    ['a word above all expected', ['PASS', 'INFO'], 'WARN', 'worse', true],
  ] as const)('when there is %s, then the outcome says so', (_, expected, status, wanted, blocks) => {
    const found = outcome(
      aResult('4.6', { builtin: engineResult(status) }),
      `checks: {"4.6": {expect: [${expected}]}}`,
    )
    expect(found).toMatchObject({ outcome: wanted, blocks, place: { file: 'd.yml', line: 4 } })
  })

  test('when nothing was looked at, then it is vacuous, whatever is expected', () => {
    const result = aResult('4.6', { state: 'not-evaluated', builtin: engineResult(null) })
    for (const one of [
      result,
      aResult('4.6', { builtin: engineResult(null) }),
      aResult('4.6', { builtin: null }),
    ]) {
      expect(outcome(one, 'checks: {"4.6": {expect: [PASS, WARN, INFO, NOTE]}}')).toMatchObject({
        outcome: 'vacuous',
        blocks: true,
      })
    }
  })

  test('when a result is not in the dictionary, then it is new, and blocks unless it is only reported', () => {
    expect(outcome(aResult('4.6'))).toMatchObject({ outcome: 'new', blocks: true })
    const found = compareResults(
      [aResult('4.6')],
      readDictionary('version: 1\nnumbering: dbs-1.6.1\ndefaults: {unlisted: report}', 'd.yml'),
      CONTEXT,
    )
    expect(found).toMatchObject([{ outcome: 'new', blocks: false }])
  })

  test('when an expected result is missing, then it is reported and blocks', () => {
    const strict = readDictionary('version: 1\nnumbering: dbs-1.6.1\nchecks: {"4.6": {}, "4.1": {}}', 'd.yml')
    expect(compareResults([aResult('4.1')], strict, CONTEXT)).toMatchObject([
      { id: '4.1', outcome: 'match' },
      { id: '4.6', outcome: 'missing', blocks: true, result: null },
    ])
  })

  test('when no run options were set, then what is expected of section 5 is not missing', () => {
    const strict = readDictionary('version: 1\nnumbering: dbs-1.6.1\nchecks: {"5.4": {}, "5.5": {}}', 'd.yml')
    const none = aResult('5.4', { state: 'not-applicable', builtin: engineResult(null) })
    expect(compareResults([none], strict, CONTEXT).map(({ outcome }) => outcome)).toEqual(['not-applicable'])
    const outcomes = (...ids: string[]) =>
      compareResults([...ids.map((id) => aResult(id)), { ...none, id: '5.7' }], strict, CONTEXT)
        .filter(({ id }) => ['5.4', '5.5'].includes(id))
        .map(({ outcome }) => outcome)
    expect(outcomes('4.1', '5.4')).toEqual(['match', 'missing'])
    // 5.1 is about the daemon.
    expect(outcomes('4.1', '5.1')).toEqual([])
  })

  test('when the result is missing of what only some hosts are asked, then it is reported on those', () => {
    const line = 'checks: {"5.2": {when: {host: apparmor}}, "5.4": {}}'
    const outcomes = (host: string[]) =>
      compareResults([aResult('5.4', { host })], dictionary(line), CONTEXT).map(({ id, outcome }) => [
        id,
        outcome,
      ])
    expect(outcomes([])).toEqual([['5.4', 'match']])
    expect(outcomes(['apparmor'])).toEqual([
      ['5.2', 'missing'],
      ['5.4', 'match'],
    ])
  })

  test('when a section is not applicable, then its results are not judged, with the reason', () => {
    const found = outcome(
      aResult('4.6', { builtin: engineResult('WARN') }),
      'not_applicable: {"4": not ours}',
    )
    expect(found).toMatchObject({
      outcome: 'not-applicable',
      blocks: false,
      because: 'not judged: not ours',
      place: { line: 4 },
    })
  })

  test('when the host lacks what an entry is about, then it is not applicable', () => {
    const line = 'checks: {"5.2": {when: {host: apparmor}}}'
    const bad = { builtin: engineResult('WARN', 'container') }
    expect(outcome(aResult('5.2', bad), line)?.outcome).toBe('not-applicable')
    expect(outcome(aResult('5.2', { ...bad, host: ['apparmor'] }), line)?.outcome).toBe('worse')
  })

  test("when the tool's title is not the entry's, then it is another numbering, and not evaluated", () => {
    const line = 'checks: {"4.9": {title: COPY instead of ADD}}'
    const titled = (dbsTitle: string) => outcome(aResult('4.9', { dbsTitle }), line)
    expect(titled('Use COPY, if you can, instead of an ADD')?.outcome).toBe('match')
    expect(titled('Secrets in files')).toMatchObject({ outcome: 'not-evaluated', blocks: true })
  })
})

test.each([
  ['HEALTHCHECK', 'Ensure that HEALTHCHECK instructions have been added', 'match'],
  ['"healthcheck, instructions!"', 'Ensure that HEALTHCHECK instructions have been added', 'match'],
  ['"have been added"', 'Ensure that HEALTHCHECK instructions have been added', 'match'],
  ['instructions HEALTHCHECK', 'Ensure that HEALTHCHECK instructions have been added', 'not-evaluated'],
  ['HEALTH', 'Ensure that HEALTHCHECK instructions have been added', 'not-evaluated'],
  ['added twice', 'Ensure that HEALTHCHECK instructions have been added', 'not-evaluated'],
])('when an entry wants the words %s of the title, then it is %s', (title, dbsTitle, expected) => {
  expect(outcome(aResult('4.6', { dbsTitle }), `checks: {"4.6": {title: ${title}}}`)?.outcome).toBe(expected)
})

describe('not_applicable', () => {
  const because = (...lines: string[]) =>
    outcome(aResult('4.6', { builtin: engineResult('WARN') }), ...lines)?.because

  test('when a section and a check of it are listed, then the line of the check counts, whatever the order', () => {
    const [section, check] = ['"4": not ours', '"4.6": no service']
    expect(because(`not_applicable: {${section}, ${check}}`)).toBe('not judged: no service')
    expect(because(`not_applicable: {${check}, ${section}}`)).toBe('not judged: no service')
  })

  test('when the line of the check has expired, then that of the section counts, and nothing is said of the other', () => {
    const expired = '"4.6": {reason: r, owner: o, expires: "2026-11-23"}'
    expect(because(`not_applicable: {"4": not ours, ${expired}}`)).toBe('not judged: not ours')
    expect(because(`not_applicable: {${expired}, "4.7": not ours}`)).toContain('expired on 2026-11-23')
  })
})

describe('NOTE', () => {
  const note = aResult('4.3', { builtin: engineResult('NOTE') })
  test('when no evidence is asked for, then it is no match, and does not block', () => {
    expect(outcome(note, 'checks: {"4.3": {expect: [NOTE]}}')).toMatchObject({
      outcome: 'not-applicable',
      blocks: false,
    })
  })

  test('when no check gives the evidence, then it is not evaluated, and with it a match', () => {
    const unknown = 'checks: {"4.3": {expect: [NOTE], evidence: malware-scan}}'
    expect(outcome(note, unknown)).toMatchObject({
      outcome: 'not-evaluated',
      blocks: true,
      because: expect.stringContaining('requires malware-scan, which this run does not provide'),
    })
    const line = 'checks: {"4.3": {expect: [NOTE], evidence: vulnerability-scan}}'
    const context = { ...CONTEXT, evidence: evidenceOf(['clair']) }
    expect(compareResults([note], dictionary(line), context)).toMatchObject([{ outcome: 'match' }])
  })

  test('when items are to be compared and only Docker Bench was asked, then not checked', () => {
    const theirs = aResult('4.10', { builtin: null, dbs: engineResult('NOTE') })
    expect(outcome(theirs, 'checks: {"4.10": {expect: [NOTE], items: {max: 0}}}')).toMatchObject({
      outcome: 'not-evaluated',
      blocks: true,
    })
    const ours = (...items: string[]) =>
      aResult('4.10', { builtin: engineResult('NOTE', ...items), evidence: ['secret-scan'] })
    const line = 'checks: {"4.10": {expect: [NOTE], items: {max: 0}}}'
    expect(outcome(ours(), line)?.outcome).toBe('match')
    expect(outcome(ours('ENV TOKEN'), line)).toMatchObject({ outcome: 'worse', blocks: true })
  })

  test('when the check that decides was not asked, then it is not judged, and says which one did not run', () => {
    const result = aResult('4.4', { builtin: engineResult('NOTE') })
    expect(outcome(result, 'checks: {"4.4": {expect: [NOTE], evidence: vulnerability-scan}}')).toMatchObject({
      outcome: 'not-applicable',
      blocks: false,
      because: 'not judged: the clair check decides it and did not run',
    })
    // The word itself still counts.
    const warned = aResult('4.4', { builtin: engineResult('WARN') })
    expect(outcome(warned, 'checks: {"4.4": {expect: [NOTE], evidence: vulnerability-scan}}')).toMatchObject({
      outcome: 'worse',
      blocks: true,
    })
  })

  test('when the test that decides found something and nothing allows it, then it is worse', () => {
    const found = aResult('4.8', { builtin: engineResult('NOTE', '/usr/bin/x'), evidence: ['setuid-scan'] })
    const line = 'checks: {"4.8": {expect: [NOTE], evidence: setuid-scan}}'
    expect(outcome(found, line)).toMatchObject({ outcome: 'worse', blocks: true })
    expect(outcome({ ...found, builtin: engineResult('NOTE') }, line)?.outcome).toBe('match')
  })
})

describe('items', () => {
  const of = (rule: string, ...items: string[]) =>
    outcome(
      aResult('5.9', { builtin: engineResult('WARN', ...items) }),
      `checks: {"5.9": {expect: [WARN], items: ${rule}}}`,
    )?.outcome

  test.each([
    ['{max: 1}', ['a'], 'match'],
    ['{max: 1}', ['a', 'b'], 'worse'],
    ['{max: 1}', [], 'match'],
    ['{count: 2}', ['a', 'b'], 'match'],
    ['{count: 2}', ['a', 'b', 'a', '[b]'], 'match'],
    ['{count: 2}', ['a', 'b', 'c'], 'worse'],
    ['{count: 2}', ['a'], 'better'],
    ['{equals: [a, b]}', ['b', 'a'], 'match'],
    ['{equals: [a, b]}', ['a'], 'better'],
    ['{equals: [a, b]}', ['a', 'c'], 'worse'],
    ['{equals: []}', ['a'], 'worse'],
    ['{subset_of: [a, b]}', ['a'], 'match'],
    ['{subset_of: [a, b]}', ['a', 'c'], 'worse'],
    ['{equals: ["app:1", "app:2"]}', ['[app:1 app:2]'], 'match'],
    ['{equals: ["app:1", "app:2"]}', ['[app:1', 'app:2]'], 'match'],
    ['{equals: ["8080"], compare: port}', ['container:8080'], 'match'],
    ['{equals: ["8080"], compare: port}', ['one:8080', 'other:8080'], 'match'],
    ['{equals: ["8080"], compare: port}', ['container:8081'], 'worse'],
    ['{equals: [container], compare: name}', ['container:8080', 'container:9'], 'match'],
    ['{equals: [/etc], compare: path}', ['container:/etc'], 'match'],
    [`{equals: [mine], compare: name}`, [`${'ab'.repeat(32)}:mine`], 'match'],
    [`{equals: ["${'ab'.repeat(32)}:80"], compare: port}`, [`${'ab'.repeat(32)}:80`], 'match'],
    [
      '{equals: ["53"], compare: port}',
      ['container:53/tcp', 'container:53/udp', 'container:53/sctp'],
      'match',
    ],
    ['{equals: ["53/x"], compare: port}', ['container:53/x'], 'match'],
    ['{equals: [container], compare: name}', ['container'], 'match'],
    ['{equals: [container], compare: path}', ['container'], 'match'],
    ['{max: 0}', ['[]'], 'match'],
    ['{max: 9}', ['a', '(truncated)'], 'not-evaluated'],
    ['{max: 1}', ['ENV DB_PASSWORD'], 'match'],
    ['{subset_of: ["ENV DB_PASSWORD"]}', ['ENV DB_PASSWORD'], 'match'],
    ['{subset_of: [/bin/su, /bin/mount]}', ['/bin/su /bin/mount'], 'worse'],
  ])('when %s is asked of %j, then it is %s', (rule, items, wanted) => {
    expect(of(rule, ...items)).toBe(wanted)
  })
})

test.each<[string, Partial<ItemRule>]>([
  ['at most 1 item', { kind: 'max', count: 1 }],
  ['at most 0 items', { kind: 'max', count: 0 }],
  ['2 items', { kind: 'count', count: 2 }],
  ['no items', { kind: 'subset_of', values: [] }],
  ['no more than a, b', { kind: 'subset_of', values: ['a', 'b'] }],
  ['exactly 80 by port', { kind: 'equals', values: ['80'], by: 'port' }],
])('when a rule is put in words, then it is "%s"', (text, rule) => {
  expect(ruleText({ kind: 'max', count: 0, values: [], by: 'whole', ...rule })).toBe(text)
})

describe('overrides', () => {
  const bad = aResult('4.6', { builtin: engineResult('WARN', 'app') })
  const override = (image: string, rest = EXCEPTION) =>
    `  - {images: ["${image}"], checks: {"4.6": {expect: [WARN], ${rest}}}}`
  const BASE = 'checks: {"4.6": {}}'

  test('when one fits the image, then it decides, and else the entry does', () => {
    expect(outcome(bad, BASE, 'overrides:', override('ghcr.io/acme/*'))).toMatchObject({
      outcome: 'match',
      place: { line: 6 },
    })
    expect(outcome(bad, BASE, 'overrides:', override('ghcr.io/other/*'))).toMatchObject({
      outcome: 'worse',
      place: { line: 4 },
    })
  })

  test('when several fit, then the most specific one decides, whatever the order', () => {
    const narrow = `  - {images: ["x", "ghcr.io/acme/app:*"], checks: {"4.6": {expect: [INFO], ${EXCEPTION}}}}`
    for (const lines of [
      [override('ghcr.io/*'), narrow],
      [narrow, override('ghcr.io/*')],
    ]) {
      expect(outcome(bad, BASE, 'overrides:', ...lines)?.entry?.expect).toEqual(['INFO'])
    }
  })

  test('when two are equally specific, then nobody can say: not evaluated', () => {
    const lines = [override('ghcr.io/acme/a*'), override('*hcr.io/acme/ap*').replace('ap*', 'app*')]
    expect(
      outcome(bad, BASE, 'overrides:', override('ghcr.io/acme/a*'), override('*hcr.io/acme/app*'))?.outcome,
    ).toBe('match')
    expect(outcome(bad, BASE, 'overrides:', lines[0] ?? '', override('*ghcr.io/acme/a*'))).toMatchObject({
      outcome: 'not-evaluated',
      blocks: true,
      because: expect.stringContaining('d.yml:6 and d.yml:7'),
    })
  })

  test('when it is for other images, then a result that it would accept names it', () => {
    const lines = (images: string, expect = '[WARN]') => [
      'checks: {"4.6": {}}',
      'overrides:',
      `  - {images: [${images}], checks: {"4.6": {expect: ${expect}, ${EXCEPTION}}}}`,
    ]
    expect(outcome(bad, ...lines('ghcr.io/acme/app, "db:*"'))).toMatchObject({
      outcome: 'worse',
      because:
        'WARN, but d.yml:4 expects PASS; the override at d.yml:6 applies only to ghcr.io/acme/app, db:*',
    })
    expect(outcome(bad, ...lines('db', '[INFO]'))?.because).toBe('WARN, but d.yml:4 expects PASS')
    expect(outcome(aResult('4.6'), ...lines('db'))?.because).not.toContain('d.yml:6')
  })

  test('when it has expired, then it covers nothing and is named; on its last day it holds', () => {
    const expired = (day: string) =>
      outcome(bad, BASE, 'overrides:', override('ghcr.io/*', EXCEPTION.replace('2027-01-01', day)))
    expect(expired('2026-11-23')).toMatchObject({
      outcome: 'worse',
      because: 'WARN, but d.yml:4 expects PASS; the entry at d.yml:6 expired on 2026-11-23',
    })
    expect(expired('2026-11-24')?.outcome).toBe('match')
  })

  test('when an entry itself has expired, then the default is expected', () => {
    const found = outcome(bad, 'checks: {"4.6": {expect: [WARN], expires: "2026-11-23"}}')
    expect(found).toMatchObject({
      outcome: 'worse',
      expected: 'PASS',
      because: expect.stringContaining('expired on 2026-11-23'),
    })
  })
})

describe('two results', () => {
  const both = { builtin: engineResult('PASS'), dbs: engineResult('INFO') } as const
  const of = (counts: Counts) => outcome(aResult('4.7', { ...both, counts }), 'checks: {"4.7": {}}')

  test('when one of them counts, then that one is compared with the dictionary, whoever is stricter', () => {
    expect(of({ by: 'stricter', whose: 'docker-bench' })).toMatchObject({
      outcome: 'worse',
      reported: both.dbs,
    })
    const wrong = { by: 'known-wrong', whose: 'built-in', reason: 'r', page: 'p' } as const
    expect(of(wrong)).toMatchObject({ outcome: 'match', reported: both.builtin })
  })

  test('when none counts, then it is vacuous', () => {
    const result = aResult('4.7', {
      state: 'not-evaluated',
      builtin: engineResult(null),
      dbs: engineResult('PASS'),
      counts: null,
    })
    expect(outcome(result, 'checks: {"4.7": {}}')).toMatchObject({ outcome: 'vacuous', blocks: true })
  })
})

describe('the finding of a result', () => {
  test('when a result is a finding, then it says the same', () => {
    const result = aResult('5.9', {
      builtin: engineResult('WARN', 'container:80', 'container:81'),
      dbs: engineResult('PASS'),
      dbsTitle: 'A title',
      evidence: ['x'],
      host: ['apparmor', 'seccomp'],
    })
    expect(benchFinding(result)).toMatchObject(result)
    expect(countedResult(benchFinding(result))).toEqual({
      word: 'WARN',
      items: ['container:80', 'container:81'],
    })
  })

  test('when an item holds a line break, then it stays one item', () => {
    expect(benchFinding(aResult('4.8', { builtin: engineResult('NOTE', 'a\nb') })).builtin?.items).toEqual([
      'a b',
    ])
  })
})
