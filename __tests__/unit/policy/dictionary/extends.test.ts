import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { load } from 'js-yaml'
import { becauseText } from '../../../../src/model/because/texts.js'
import { benchFinding } from '../../../../src/model/finding/bench.js'
import { BUILTINS } from '../../../../src/policy/dictionary/builtins.js'
import { compareResults } from '../../../../src/policy/dictionary/compare.js'
import { DEFAULT_DICTIONARY, STARTER_DICTIONARY } from '../../../../src/policy/dictionary/default.js'
import { type Reading, readDictionary } from '../../../../src/policy/dictionary/read.js'
import { recordDictionary } from '../../../../src/policy/dictionary/record.js'
import { acceptedOf, ruleBench } from '../../../../src/policy/dictionary/rules.js'
import { aResult, engineResult } from '../../../support/bench.js'
import { problemThrownBy } from '../../../support/problems.js'

const HEAD = 'extends: builtin/3\nversion: 1\n'
const LIMIT = { today: '2026-11-24', maxSpan: 365 }
const CONTEXT = {
  reference: 'app:1',
  today: '2026-11-24',
  evidence: new Set(['base-image', 'vulnerability-scan']),
}
const read = (text: string, reading: Reading = { limit: LIMIT }) => readDictionary(text, 'd.yml', reading)
const more = (...lines: string[]) => read(HEAD + lines.join('\n'))
const errors = (text: string, reading?: Reading) => {
  const { code, what } = problemThrownBy(() => read(text, reading))
  expect(code).toBe('policy-invalid')
  return what.split('\n')
}
const WHO = 'owner: platform, reason: a batch job, expires: 2027-03-31'
/** What the dictionary says of one result, and the line that said it. */
const comparedWith = (
  dictionary: ReturnType<typeof read>,
  id: string,
  status: 'PASS' | 'WARN',
  today = CONTEXT.today,
) => {
  const result = aResult(id, { builtin: engineResult(status) })
  const compared = compareResults([result], dictionary, { ...CONTEXT, today }).find((one) => one.id === id)
  return [compared?.outcome, compared?.blocks, compared?.because[0]]
}

describe('a dictionary that extends a built-in one', () => {
  test('when it says nothing, then it expects what the built-in one does, whose lines nobody can open', () => {
    const { entries, notApplicable, defaults, numbering, notices } = read(STARTER_DICTIONARY)
    expect(entries).toEqual(DEFAULT_DICTIONARY.entries)
    expect(notApplicable).toEqual(DEFAULT_DICTIONARY.notApplicable)
    expect([defaults, numbering]).toEqual([DEFAULT_DICTIONARY.defaults, DEFAULT_DICTIONARY.numbering])
    expect(notices).toEqual([])
    const place = { file: 'the built-in dictionary', line: null }
    expect(comparedWith(more(), '4.6', 'WARN')).toEqual(['worse', true, expect.objectContaining({ place })])
  })

  test('when it has a line, then that takes the place of the other as a whole, but for the guard of the title', () => {
    const dictionary = more('checks:', `  "4.1": {expect: [WARN], ${WHO}}`)
    const entry = dictionary.entries.find(({ id }) => id === '4.1')
    expect(entry).toMatchObject({
      expect: ['WARN'],
      reason: 'a batch job',
      title: 'user for the container',
      place: { file: 'd.yml', line: 4 },
    })
    expect(dictionary.entries.map(({ id }) => id)).toEqual(DEFAULT_DICTIONARY.entries.map(({ id }) => id))
    expect(comparedWith(dictionary, '4.1', 'WARN')[0]).toBe('match')
    expect(comparedWith(dictionary, '4.6', 'WARN')[0]).toBe('worse')
  })

  test('when an id is taken out of not_applicable, or put there, then the file wins', () => {
    const dictionary = more(
      'checks: {"4.5": {}, "2.1": {}}',
      `not_applicable: {"4.6": {${WHO}}, "5.19": {${WHO}}}`,
    )
    expect(comparedWith(dictionary, '4.5', 'WARN')[0]).toBe('worse')
    // Of a section that the built-in one leaves out, one check comes back, and no other.
    expect(comparedWith(dictionary, '2.1', 'WARN')[0]).toBe('worse')
    expect(comparedWith(dictionary, '2.2', 'WARN')[0]).toBe('not-applicable')
    expect(comparedWith(dictionary, '4.6', 'WARN')).toEqual([
      'not-applicable',
      false,
      { reason: 'left-out', words: 'a batch job' },
    ])
    expect(comparedWith(dictionary, '5.19', 'WARN')[0]).toBe('not-applicable')
    // Nobody misses a result of it.
    const runs = [aResult('5.4', { builtin: engineResult('PASS') })]
    const missing = compareResults(runs, dictionary, CONTEXT).filter(({ outcome }) => outcome === 'missing')
    expect(missing.map(({ id }) => id)).not.toContain('5.19')
    expect(missing.map(({ id }) => id)).toContain('5.5')
  })

  test('when what it takes out was expected, then that is an exception: its last day ends it, and notes name it', () => {
    const dictionary = more(`not_applicable: {"4.1": {${WHO}}}`)
    expect(comparedWith(dictionary, '4.1', 'WARN', '2027-03-31')[0]).toBe('not-applicable')
    expect(comparedWith(dictionary, '4.1', 'WARN', '2027-04-01').slice(0, 2)).toEqual(['worse', true])
    const result = {
      ...benchFinding(aResult('4.1', { builtin: engineResult('WARN') })),
      check: 'docker-bench',
    } as const
    const { notes, rows } = ruleBench([result], dictionary, CONTEXT)
    expect(notes).toEqual(['4.1: WARN, accepted by d.yml:3 until 2027-03-31 (platform): a batch job'])
    const unexamined = aResult('4.1', { state: 'not-evaluated', builtin: engineResult(null), counts: null })
    const finding = { ...benchFinding(unexamined), check: 'docker-bench' } as const
    expect(ruleBench([finding], dictionary, CONTEXT).notes).toEqual([
      '4.1: not examined, accepted by d.yml:3 until 2027-03-31 (platform): a batch job',
    ])
    // What a pass is worth is counted by these (reports/vsa.ts).
    expect(rows.find(({ id }) => id === '4.1')?.because.map(({ reason }) => reason)).toEqual([
      'left-out',
      'accepted',
    ])
  })

  test('when a section that it takes out has checks that were expected, then the same holds', () => {
    expect(errors(`${HEAD}not_applicable: {"5": run elsewhere}`)).toEqual([
      'd.yml:3: not_applicable.5: builtin/3 expects a result for this id; write {reason, owner, expires} here, or add the expected result under "checks" or "overrides"',
    ])
    const dictionary = more(`not_applicable: {"5": {${WHO}}}`)
    expect(comparedWith(dictionary, '5.4', 'WARN')[0]).toBe('not-applicable')
    expect(comparedWith(dictionary, '5.4', 'WARN', '2027-04-01').slice(0, 2)).toEqual(['worse', true])
  })

  test('when it has defaults, then they are for its own lines and for what is missing or unlisted', () => {
    const dictionary = more('defaults: {expect: [NOTE], unlisted: action}', `checks: {"4.6": {${WHO}}}`)
    expect(dictionary.defaults).toEqual({ expect: ['NOTE'], unlisted: 'action', missing: 'action' })
    expect(dictionary.entries.find(({ id }) => id === '4.6')?.expect).toEqual(['NOTE'])
    expect(dictionary.entries.find(({ id }) => id === '5.4')?.expect).toEqual(['PASS'])
  })

  test('when its defaults accept what the built-in one does not, then they are refused: they have no owner', () => {
    const refused = (key: string) =>
      `d.yml:3: defaults.${key}: accepts more than builtin/3; list each accepted result under "checks", with reason, owner and expires`
    expect(errors(`${HEAD}defaults: {unlisted: report, missing: report}`)).toEqual([
      refused('unlisted'),
      refused('missing'),
    ])
    const alone = read('version: 1\nnumbering: dbs-1.6.1\ndefaults: {unlisted: report}\n')
    expect(alone.defaults.unlisted).toBe('report')
  })

  test('when it is numbered as 1.6.0, then its ids are the old ones', () => {
    const { entries } = read(
      'extends: builtin/3\nversion: 1\nnumbering: dbs-1.6.0\nchecks: {"5.4": {reason: r}}',
    )
    expect(entries.find(({ id }) => id === '5.5')).toMatchObject({ writtenId: '5.4', reason: 'r' })
  })

  test('when an accepted line has expired, then what the built-in one expects counts again', () => {
    const dictionary = more(`checks: {"4.1": {expect: [WARN], ${WHO}}}`)
    expect(comparedWith(dictionary, '4.1', 'WARN', '2027-03-31')[0]).toBe('match')
    expect(comparedWith(dictionary, '4.1', 'WARN', '2027-04-01').slice(0, 2)).toEqual(['worse', true])
    expect(comparedWith(dictionary, '4.1', 'PASS', '2027-04-01').slice(0, 2)).toEqual(['match', false])
  })

  test('when a line of not_applicable has expired, then the result is judged, and the line is named', () => {
    const dictionary = more(`not_applicable: {"4.1": {${WHO}}, "5": {${WHO}}}`)
    const because = (today: string, ...results: Parameters<typeof compareResults>[0]) =>
      compareResults(results, dictionary, { ...CONTEXT, today }).flatMap((one) =>
        one.outcome === 'match' ? [] : [`${one.id}: ${becauseText(one)}`],
      )
    const root = aResult('4.1', { builtin: engineResult('WARN') })
    const expired = 'the entry at d.yml:3 expired on 2027-03-31'
    expect(because('2027-03-31', root)).toContain('4.1: not judged: a batch job')
    expect(because('2027-04-01', root)).toContain(
      `4.1: WARN, but the built-in dictionary expects PASS; ${expired}`,
    )
    // A section that counts again, and a check of it that has no result.
    expect(because('2027-04-01', aResult('5.4'))).toContainEqual(
      expect.stringMatching(new RegExp(`^5\\.5: .*; ${expired}$`)),
    )
    // A wider line still holds.
    const both = more(`not_applicable: {"4": {${WHO}}, "4.1": {${WHO.replace('03-31', '02-28')}}}`)
    const [still] = compareResults([root], both, { ...CONTEXT, today: '2027-03-01' })
    expect([still?.outcome, still?.because.length]).toEqual(['not-applicable', 1])
  })

  test('when it has overrides, then they are laid upon both', () => {
    const dictionary = more(`overrides: [{images: ["app:*"], checks: {"4.6": {expect: [WARN], ${WHO}}}}]`)
    expect(comparedWith(dictionary, '4.6', 'WARN')[0]).toBe('match')
  })
})

describe('errors of a dictionary that extends', () => {
  test.each([
    [
      'a typo in the name',
      'extends: builtn/1\nversion: 1\n',
      'd.yml:1: extends: "builtn/1" is not builtin/ followed by a number, such as builtin/1',
    ],
    [
      'no number',
      'extends: builtin\nversion: 1\n',
      'd.yml:1: extends: "builtin" is not builtin/ followed by a number',
    ],
    [
      'a typo in the key',
      'extend: builtin/3\nversion: 1\n',
      'd.yml:1: extend: unknown key; did you mean extends?',
    ],
    [
      'a number that does not exist',
      'extends: builtin/7\nversion: 1\n',
      'd.yml:1: extends: there is no builtin/7 (known: builtin/1, builtin/2, builtin/3)',
    ],
    [
      'extends not first',
      'version: 1\nextends: builtin/3\n',
      'd.yml:2: extends: must be the first key in the file',
    ],
    ['a list', 'extends: [builtin/3]\nversion: 1\n', 'd.yml:1: extends: expected text, found a list'],
    ['no version', 'extends: builtin/3\n', 'd.yml:1: version: is missing'],
    [
      'what was expected left out with a reason alone',
      `${HEAD}not_applicable:\n  "4.1": we like it`,
      'd.yml:4: not_applicable."4.1": builtin/3 expects a result for this id; write {reason, owner, expires} here, or add the expected result under "checks" or "overrides"',
    ],
    [
      'what was expected left out without an owner',
      `${HEAD}not_applicable:\n  "4.1": {reason: r, expires: 2027-03-31}`,
      'd.yml:4: not_applicable."4.1".owner: is missing',
    ],
    [
      'what was expected left out for too long',
      `${HEAD}not_applicable:\n  "4.1": {reason: r, owner: o, expires: 2027-11-25}`,
      'd.yml:4: not_applicable."4.1".expires: 2027-11-25 is 366 days after the date of the verdict (2026-11-24); the maximum is 365 (max-span)',
    ],
    [
      'an empty owner',
      `${HEAD}checks:\n  "4.1": {expect: [WARN], owner: "", reason: r, expires: 2027-03-31}`,
      'd.yml:4: checks."4.1".owner: it is empty; state who is responsible',
    ],
    [
      'an empty reason',
      `${HEAD}checks:\n  "4.1": {expect: [WARN], owner: o, reason: " ", expires: 2027-03-31}`,
      'd.yml:4: checks."4.1".reason: " " is empty; state why this is accepted',
    ],
    [
      'no expires',
      `${HEAD}checks:\n  "4.1": {expect: [WARN], owner: o, reason: r}`,
      'd.yml:4: checks."4.1".expires: is missing; it is required because this line accepts more than builtin/3',
    ],
    [
      'no owner',
      `${HEAD}checks:\n  "5.5": {expect: [PASS, WARN], reason: r, expires: 2027-03-31}`,
      'd.yml:4: checks."5.5".owner: is missing',
    ],
    [
      'a span that is too long',
      `${HEAD}checks:\n  "4.1": {expect: [WARN], owner: o, reason: r, expires: 2027-11-25}`,
      'd.yml:4: checks."4.1".expires: 2027-11-25 is 366 days after the date of the verdict (2026-11-24); the maximum is 365 (max-span)',
    ],
    [
      'an override for too long',
      `${HEAD}overrides: [{images: ["a"], checks: {"4.1": {owner: o, reason: r, expires: 2027-11-25}}}]`,
      'd.yml:3: overrides[0].checks."4.1".expires: 2027-11-25 is 366 days',
    ],
    [
      'a day that there is not',
      `${HEAD}checks: {"4.1": {expect: [WARN], owner: o, reason: r, expires: 2027-02-30}}`,
      'is not a date',
    ],
    [
      'laxer defaults',
      `${HEAD}defaults: {expect: [WARN]}\nchecks: {"4.6": {}}`,
      'd.yml:4: checks."4.6".owner: is missing',
    ],
    [
      'items that allow more',
      `${HEAD}checks: {"4.10": {expect: [NOTE], evidence: secret-scan, items: {max: 1}}}`,
      'd.yml:3: checks."4.10".owner: is missing',
    ],
    [
      'no rule for items',
      `${HEAD}checks: {"4.10": {expect: [NOTE], evidence: secret-scan}}`,
      'checks."4.10".owner: is missing',
    ],
    ...[
      '{max: 1}',
      '{count: 1}',
      '{subset_of: [/bin/su], compare: path}',
      '{subset_of: [/bin/su, /bin/x]}',
    ].map((items) => [
      `items compared as ${items}`,
      `${HEAD}checks: {"4.8": {expect: [NOTE], evidence: setuid-scan, items: ${items}}}`,
      'd.yml:3: checks."4.8".owner: is missing',
    ]),
    [
      'a port in addition',
      `${HEAD}checks: {"5.9": {expect: [PASS, WARN], items: {subset_of: ["80"], compare: port}}}`,
      'd.yml:3: checks."5.9".owner: is missing',
    ],
    ['no evidence', `${HEAD}checks: {"4.4": {expect: [NOTE]}}`, 'checks."4.4".owner: is missing'],
    [
      'a host that is asked for',
      `${HEAD}checks: {"4.6": {when: {host: selinux}}}`,
      'checks."4.6".owner: is missing',
    ],
    [
      'an override of what is not applicable',
      `${HEAD}overrides: [{images: ["a"], checks: {"4.5": {${WHO}}}}]`,
      'd.yml:3: overrides[0].checks."4.5": is not applicable in builtin/3; add its expected result under "checks" first',
    ],
  ])('when there is %s, then it is told with its line', (_, text, message) => {
    expect(errors(text)).toContainEqual(expect.stringContaining(message))
  })

  test('when several lines have nobody who answers for them, then each is named', () => {
    const lines = errors(`${HEAD}checks:\n  "4.1": {expect: [WARN]}\n  "4.6": {expect: [WARN], owner: o}`)
    expect(lines.map((line) => line.split(':').slice(0, 3).join(':'))).toEqual([
      'd.yml:4: checks."4.1".reason',
      'd.yml:4: checks."4.1".owner',
      'd.yml:4: checks."4.1".expires',
      'd.yml:5: checks."4.6".reason',
      'd.yml:5: checks."4.6".expires',
    ])
  })

  test('when a line is as strict, or stricter, then nobody has to answer for it', () => {
    const lines = [
      '"4.6": {reason: it serves}',
      '"4.5": {expect: [WARN]}',
      '"4.8": {expect: [NOTE], evidence: setuid-scan, items: {subset_of: [/bin/su]}}',
      '"4.4": {expect: [PASS]}',
      '"4.10": {expect: [NOTE], evidence: secret-scan, items: {equals: []}}',
      '"4.11": {expect: [PASS]}',
      '"5.9": {items: {max: 0}}',
      '"5.28": {expect: [PASS]}',
    ]
    expect(more(`checks: {${lines.join(', ')}}`).entries).toHaveLength(DEFAULT_DICTIONARY.entries.length + 1)
    const setuid = (items: string) => [`  "4.8": {expect: [NOTE], evidence: setuid-scan, items: ${items}}`]
    expect(() => more('checks:', ...setuid('{max: 0}'))).not.toThrow()
    expect(() => more('checks:', ...setuid('{count: 0}'))).not.toThrow()
    // On its last day that may be, a line still is not too long.
    expect(() =>
      more(`checks: {"4.1": {expect: [WARN], owner: o, reason: r, expires: 2027-11-24}}`),
    ).not.toThrow()
    const hosts = 'checks: {"5.2": {when: {host: apparmor}}, "5.3": {expect: [PASS]}}'
    expect(() => read(`extends: builtin/1\nversion: 1\n${hosts}`)).not.toThrow()
    expect(() => more('checks:', ...setuid('{subset_of: [], compare: path}'))).not.toThrow()
  })
})

describe('the built-in dictionaries', () => {
  const two = { 1: BUILTINS[1] ?? '', 2: `${BUILTINS[1]}` }

  test('when one is read, then it stands alone: there can be no cycle', () => {
    for (const [number, text] of Object.entries(BUILTINS)) {
      expect(readDictionary(text, `builtin/${number}`).extended).toBeNull()
    }
    const builtins = { 1: 'extends: builtin/1\nversion: 1\n' }
    expect(errors('extends: builtin/1\nversion: 1\n', { builtins })).toEqual([
      'the built-in dictionary:1: extends: there is no builtin/1 (a built-in dictionary cannot extend another one)',
    ])
  })

  test('when one has been released, then it stays as it is: what is to be another is the next number', () => {
    const hashes = Object.entries(BUILTINS).map(([number, text]) => [
      number,
      createHash('sha256')
        .update(JSON.stringify(load(text)))
        .digest('hex'),
    ])
    expect(hashes).toEqual([
      ['1', 'b4eac07991019d570f42d8ffc05da97eee61e2784ec0b9edfc2809c1f8ec9bda'],
      ['2', '5fcf1f59f127d83a08f6729aa5f11a1c72d9bbe7d495624445d1a56b1490ee17'],
      ['3', 'de3ee67b8fd1ba2d458beaf3c16278230ec70b27c5afcfd4b1ba7a9d5ab72d39'],
    ])
  })

  test('when there is a newer one, then that is reported, and the one that is named holds', () => {
    const text = `extends: builtin/1\nversion: 1\nchecks: {"4.6": {reason: r}}`
    expect(read(text, { builtins: two }).notices).toEqual([
      {
        kind: 'newer',
        place: { file: 'd.yml', line: 1 },
        text: 'extends builtin/1, but the newer builtin/2 exists: review what it expects, and extend it instead',
      },
    ])
    expect(read(text.replace('/1', '/2'), { builtins: two }).notices).toEqual([])
    const known = 'd.yml:1: extends: there is no builtin/3 (known: builtin/1, builtin/2)'
    expect(errors(text.replace('/1', '/3'), { builtins: two })).toEqual([known])
  })

  test('when a line says what the built-in one says, then it is reported as idle', () => {
    const { notices } = more(
      'checks: {"4.6": {}, "4.7": {reason: ours}, "4.9": {expect: [PASS], title: COPY instead of ADD}}',
      'not_applicable: {"7": no swarm, "6": it is theirs}',
    )
    expect(notices.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'duplicate: 4.6 is the same as in builtin/3, so it can be removed',
      'duplicate: 4.9 is the same as in builtin/3, so it can be removed',
      'duplicate: 7 is the same as in builtin/3, so it can be removed',
    ])
  })

  test('when an editor reads a file that extends, then it is content, and wants numbering of one that does not', () => {
    const schema = JSON.parse(readFileSync('policies/schema/dictionary.schema.json', 'utf8'))
    const accepts = new Ajv2020({ strict: false, formats: { date: true } }).compile(schema)
    expect(accepts(load(HEAD))).toBe(true)
    expect(accepts(load('version: 1\n'))).toBe(false)
    expect(accepts(load('extends: builtn/1\nversion: 1\n'))).toBe(false)
  })
})

describe('what is accepted', () => {
  const finding = (id: string, status: 'PASS' | 'WARN') =>
    benchFinding(aResult(id, { builtin: engineResult(status) }))

  test('when a worse result is as expected, then a note names the line, the owner and the last day', () => {
    const dictionary = more('checks:', `  "4.1": {expect: [PASS, WARN], ${WHO}}`)
    const { notes, results } = ruleBench([finding('4.1', 'WARN')], dictionary, CONTEXT)
    expect(results.filter(({ finding: { id } }) => id === '4.1')).toEqual([])
    expect(notes).toContain('4.1: WARN, accepted by d.yml:4 until 2027-03-31 (platform): a batch job')
    const good = ruleBench([finding('4.1', 'PASS')], dictionary, CONTEXT)
    expect(good.notes.join()).not.toContain('accepted')
  })

  test('when it is no exception, or has expired, then nothing is accepted', () => {
    const noticesOf = (text: string, today = CONTEXT.today) => {
      const dictionary = read(text)
      const context = { ...CONTEXT, today }
      return compareResults([finding('4.1', 'WARN')], dictionary, context)
        .filter(({ id }) => id === '4.1')
        .map((one) => acceptedOf(one, dictionary, context))
    }
    const alone = 'version: 1\nnumbering: dbs-1.6.1\n'
    expect(noticesOf(`${alone}checks: {"4.1": {expect: [WARN], ${WHO}}}`)).toEqual([
      {
        place: { file: 'd.yml', line: 3 },
        owner: 'platform',
        reason: 'a batch job',
        expires: '2027-03-31',
      },
    ])
    expect(noticesOf(`${alone}checks: {"4.1": {expect: [WARN]}}`)).toEqual([null])
    expect(noticesOf(`${HEAD}checks: {"4.1": {expect: [WARN], ${WHO}}}`, '2027-04-01')).toEqual([null])
  })
})

describe('recording into a dictionary that extends', () => {
  const about = { file: 'd.yml', ...CONTEXT, maxSpan: 365, owner: '', reason: '' }
  const record = (text: string, ...results: Parameters<typeof aResult>[]) =>
    recordDictionary(
      text,
      results.map((one) => aResult(...one)),
      about,
    )

  test('when a result is the built-in one again, then the line and its reason go', () => {
    const text = `${HEAD}checks:\n  "4.1": {expect: [WARN], ${WHO}}\n  "4.6": {expect: [WARN], ${WHO}} # serves nothing\n`
    const {
      text: after,
      changes,
      accepted,
    } = record(text, ['4.1'], ['4.6', { builtin: engineResult('WARN') }])
    expect(after).toBe(text.replace(/ {2}"4\.1".*\n/, ''))
    expect(changes).toHaveLength(1)
    expect(accepted).toEqual([])
  })

  test('when the last line goes and others come, then the file can be read', () => {
    for (const text of [
      `${HEAD}checks:\n  "4.1": {expect: [WARN], ${WHO}}\n`,
      `${HEAD}checks: {"4.1": {expect: [WARN], ${WHO}}}\n`,
    ]) {
      const { text: after } = record(text, ['4.1'], ['4.6', { builtin: engineResult('WARN') }])
      expect(after).not.toContain('4.1')
      expect(after).toContain('"4.6": {expect: [WARN], owner: "", reason: "", expires: 2027-02-22}')
    }
  })

  test('when a line of not_applicable has expired, then it is left to people, and the file stays valid', () => {
    const text = `${HEAD}not_applicable:\n  "4.1": {${WHO.replace('2027-03-31', '2026-11-23')}}\n`
    const { text: after, left } = record(text, ['4.1', { builtin: engineResult('WARN') }])
    expect(after).toBe(text)
    expect(left).toContainEqual(
      expect.stringMatching(/^4\.1 is left unchanged: .*d\.yml:4 expired on 2026-11-23$/),
    )
  })

  test('when the span is short, then no line is written that holds longer', () => {
    const results = [aResult('4.6', { builtin: engineResult('WARN') })]
    const { text } = recordDictionary(HEAD, results, { ...about, maxSpan: 30 })
    expect(text).toContain('expires: 2026-12-24}')
  })

  test('when a file that stands alone gets a better result, then nobody has to answer for it any more', () => {
    const text = `version: 1\nnumbering: dbs-1.6.1\nchecks:\n  "4.1": {expect: [WARN], ${WHO}}\n`
    expect(record(text, ['4.1']).text).toBe(
      'version: 1\nnumbering: dbs-1.6.1\nchecks:\n  "4.1": {expect: [PASS]}\n',
    )
  })
})
