import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { load } from 'js-yaml'
import * as z from 'zod'
import { DEFAULT_DICTIONARY, STARTER_DICTIONARY } from '../../../../src/policy/dictionary/default.js'
import { expectedIds, refuseTies, tieErrors } from '../../../../src/policy/dictionary/match.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { dictionarySchema } from '../../../../src/policy/dictionary/schema.js'
import { problemThrownBy } from '../../../support/problems.js'

const HEAD = 'version: 1\nnumbering: dbs-1.6.1\n'
const EXAMPLE = '__tests__/support/docker-bench/dictionary.example.yml'

function errors(text: string): string[] {
  const { code, what } = problemThrownBy(() => readDictionary(text, 'd.yml'))
  expect(code).toBe('policy-invalid')
  return what.split('\n')
}

/** What a file of the head and these lines is blamed for, from line 3 on. */
const errorsOf = (...lines: string[]) => errors(HEAD + lines.join('\n'))
const read = (...lines: string[]) => readDictionary(HEAD + lines.join('\n'), 'd.yml')

describe('readDictionary', () => {
  test('when the example is read, then it loads unchanged, with its lines', () => {
    const dictionary = readDictionary(readFileSync(EXAMPLE, 'utf8'), EXAMPLE)
    expect(dictionary).toMatchObject({ numbering: 'dbs-1.6.1' })
    expect(dictionary.entries).toHaveLength(42)
    expect(dictionary.notApplicable.map(({ id }) => id)).toEqual(['1', '2', '3', '6', '7', '5.1', '4.5'])
    expect(dictionary.entries.find(({ id }) => id === '5.9')).toMatchObject({
      expect: ['PASS', 'WARN'],
      items: { kind: 'subset_of', values: ['8080'], by: 'port' },
      reason: 'the service port',
      place: { file: EXAMPLE, line: 47 },
    })
    expect(dictionary.overrides[0]?.entries[0]).toMatchObject({
      id: '4.6',
      expect: ['WARN'],
      items: { kind: 'count', count: 1 },
      expires: '2027-03-31',
      place: { line: 74 },
    })
  })

  test.each(['auto', 'builtin', 'dbs', 'x'])(
    'when it has the old key engine (%s), then it says what is asked instead',
    (one) => {
      const [message, ...others] = errorsOf(`engine: ${one}`)
      expect(others).toEqual([])
      expect(message).toContain('set bench-engine instead, and remove this line')
    },
  )

  test('when the starter is read, then it is what holds without a file, and has every check of sections 4 and 5', () => {
    expect(readFileSync('policies/dictionary.yml', 'utf8')).toBe(STARTER_DICTIONARY)
    const ids = [...DEFAULT_DICTIONARY.entries, ...DEFAULT_DICTIONARY.notApplicable].map(({ id }) => id)
    const wanted = [
      ...Array.from({ length: 12 }, (_, index) => `4.${index + 1}`),
      ...Array.from({ length: 32 }, (_, index) => `5.${index + 1}`),
    ]
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([])
    expect(DEFAULT_DICTIONARY.file).toBeNull()
  })

  test('when only what is needed is given, then the rest has its defaults', () => {
    expect(read('checks: {"4.1": {}}')).toMatchObject({
      defaults: { expect: ['PASS'], unlisted: 'action', missing: 'action' },
      entries: [{ id: '4.1', expect: ['PASS'], items: null, expires: null }],
    })
  })

  test('when it is numbered as 1.6.0, then ids mean the checks that had these numbers', () => {
    const text =
      'version: 1\nnumbering: dbs-1.6.0\nchecks: {"5.1": {}, "4.1": {}, "7.1": {}}\nnot_applicable: {"7.2": x}'
    const { entries, notApplicable } = readDictionary(text, 'd.yml')
    expect(entries.map(({ id, writtenId }) => `${writtenId} is ${id}`)).toEqual([
      '5.1 is 5.2',
      '4.1 is 4.1',
      '7.1 is 5.1',
    ])
    expect(notApplicable[0]?.id).toBe('7.1')
  })
})

describe('errors of a dictionary', () => {
  test.each([
    [
      '4.10 without quotes',
      ['checks:', '  4.10: {}'],
      'd.yml:4: 4.10 must be quoted ("4.10"), because without quotes it is a number in YAML, and 4.10 equals 4.1',
    ],
    ['a section without quotes', ['not_applicable:', '  1: x'], 'd.yml:4: 1 must be quoted'],
    [
      'an id without quotes in an override',
      [
        'overrides:',
        '  - images: ["a"]',
        '    checks: {4.6: {expect: [WARN], reason: r, owner: o, expires: "2027-01-01"}}',
      ],
      'd.yml:5: 4.6 must be quoted',
    ],
    [
      'an id that does not exist',
      ['checks: {"4.13": {}}'],
      'd.yml:3: checks."4.13": "4.13" is not a check in dbs-1.6.1',
    ],
    ['an id with a zero', ['checks: {"4.01": {}}'], '"4.01" is not a check'],
    ['a section as a check', ['checks: {"4": {}}'], '"4" is not a check'],
    [
      'an unknown section',
      ['not_applicable: {"8": x}'],
      'd.yml:3: not_applicable.8: "8" is not an id in dbs-1.6.1',
    ],
    [
      'an id both expected and not applicable',
      ['not_applicable:', '  "4.6": x', 'checks:', '  "4.6": {}'],
      'd.yml:6: checks."4.6": has an expected result here, but line 4 ("4.6") makes it not applicable; keep only one of them',
    ],
    [
      'an id in a section that is not applicable',
      ['not_applicable:', '  "4": x', 'checks:', '  "4.6": {}'],
      'line 4 ("4") makes it not applicable',
    ],
    [
      'an override of what is not applicable',
      [
        'not_applicable: {"4.6": x}',
        'overrides: [{images: ["a"], checks: {"4.6": {reason: r, owner: o, expires: "2027-01-01"}}}]',
      ],
      'd.yml:4: overrides[0].checks."4.6": has an expected result here',
    ],
    [
      'an id twice',
      ['checks:', '  "4.6": {}', "  '4.6': {}"],
      'd.yml:5: the key "4.6" appears twice, first on line 4',
    ],
    [
      'the old table for how the image is run',
      ['checks: {"4.6": {}}', 'runtime_checks: {"5.4": {}}'],
      'd.yml:4: runtime_checks: this key no longer exists: move its entries to the key checks',
    ],
    [
      'an unknown key',
      ['checks: {"4.6": {expct: [PASS]}}'],
      'd.yml:3: checks."4.6".expct: unknown key; did you mean expect?',
    ],
    [
      'an unknown word',
      ['checks: {"4.6": {expect: [FAIL]}}'],
      'checks."4.6".expect[0]: "FAIL" is not one of PASS, NOTE, INFO, WARN',
    ],
    ['no word', ['checks: {"4.6": {expect: []}}'], 'must contain at least one result'],
    ['two rules for items', ['checks: {"4.6": {items: {count: 1, max: 2}}}'], 'found count and max'],
    ['no rule for items', ['checks: {"4.6": {items: {compare: port}}}'], 'found none'],
    [
      'an unknown part to compare',
      ['checks: {"4.6": {items: {max: 0, compare: tag}}}'],
      'is not one of whole, name, port, path',
    ],
    ['a count that is none', ['checks: {"4.6": {items: {max: "-1"}}}'], 'items.max'],
    [
      'no reason for what is not applicable',
      ['not_applicable: {"4.5": ""}'],
      'not_applicable."4.5": it is empty',
    ],
    ['a date that is none', ['checks: {"4.6": {expires: 2027-02-30}}'], 'is not a date'],
    [
      'an exception without owner',
      ['overrides: [{images: ["a"], checks: {"4.6": {reason: r, expires: "2027-01-01"}}}]'],
      'd.yml:3: overrides[0].checks."4.6".owner: is missing; an exception requires it',
    ],
    ['a question mark in a pattern', ['overrides: [{images: ["a?"], checks: {}}]'], 'the only wildcard is *'],
    [
      'two overrides that tie always',
      [
        'overrides:',
        '  - {images: ["a*"], checks: {"4.6": {reason: r, owner: o, expires: "2027-01-01"}}}',
        '  - {images: ["a*"], checks: {"4.6": {reason: r, owner: o, expires: "2027-01-01"}}}',
      ],
      'd.yml:5: 4.6 for "a*" appears twice, first on line 4',
    ],
    [
      'vacuous results that pass',
      ['defaults: {vacuous: report}'],
      'a check that examined nothing never passes',
    ],
    ['a pattern as scope', ['scope: {images: ["app*"]}'], 'is not $IMAGE_UNDER_TEST'],
    ['an alias', ['checks: {"4.6": &a {}, "4.9": *a}'], 'aliases (*) are not allowed'],
  ])('when there is %s, then it is told with its line', (_, lines, message) => {
    expect(errorsOf(...lines)).toContainEqual(expect.stringContaining(message))
  })

  test('when there are several, then all are reported at once', () => {
    expect(errorsOf('checks:', '  4.10: {}', '  "9.9": {}', 'colour: red')).toHaveLength(3)
  })

  test('when ids are a list where a mapping belongs, then that is reported in the words of YAML', () => {
    expect(errorsOf('not_applicable: ["4.6"]')).toEqual([
      expect.stringContaining('not_applicable: expected a mapping (key: value), found a list'),
    ])
  })

  test('when there is no numbering, or an unknown one, then that is reported', () => {
    expect(errors('version: 1\nchecks: {"4.1": {}}')).toEqual([
      'd.yml:1: extends: is missing: add "extends: builtin/3" to change only what this file lists, or a "numbering" key to start from an empty dictionary',
    ])
    expect(errors('version: 1\nnumbering: "1.6"')).toEqual([
      expect.stringContaining('is not one of dbs-1.6.1, dbs-1.6.0'),
    ])
  })

  test('when two overrides are equally specific for an image, then that is an error for this image only', () => {
    const rest = 'checks: {"4.6": {reason: r, owner: o, expires: "2027-01-01"}}'
    const dictionary = read(
      'overrides:',
      `  - {images: ["ghcr.io/a*"], ${rest}}`,
      `  - {images: ["*hcr.io/ab"], ${rest}}`,
    )
    expect(tieErrors(dictionary, ['ghcr.io/ab'], '2026-11-24')).toEqual([
      { place: { file: 'd.yml', line: 5 }, text: expect.stringContaining('line 4 is as specific') },
    ])
    expect(tieErrors(dictionary, ['ghcr.io/ac'], '2026-11-24')).toEqual([])
    expect(problemThrownBy(() => refuseTies(dictionary, ['ghcr.io/ab'], '2026-11-24')).code).toBe(
      'policy-invalid',
    )
    expect(() => refuseTies(dictionary, ['ghcr.io/ac'], '2026-11-24')).not.toThrow()
  })

  test('when an override names a tag, then it is for an image with that tag and a digest, too', () => {
    const dictionary = read(
      'overrides:',
      '  - {images: ["ghcr.io/a:1"], checks: {"4.6": {reason: r, owner: o, expires: "2027-01-01"}}}',
    )
    const pinned = `@sha256:${'a'.repeat(64)}`
    expect(expectedIds(dictionary, `ghcr.io/a:1${pinned}`)).toEqual(['4.6'])
    expect(expectedIds(dictionary, `ghcr.io/a${pinned}`)).toEqual([])
  })
})

describe('policies/schema/dictionary.schema.json', () => {
  const committed = JSON.parse(readFileSync('policies/schema/dictionary.schema.json', 'utf8'))
  const accepts = new Ajv2020({ strict: false, formats: { date: true } }).compile(committed)

  test('when it is compared with the code, then it says the same', () => {
    expect(committed).toEqual(z.toJSONSchema(dictionarySchema, { io: 'input' }))
  })

  test('when an editor reads the starter and the example, then it is content, and not with a wrong word', () => {
    expect(accepts(load(STARTER_DICTIONARY))).toBe(true)
    expect(accepts(load(readFileSync(EXAMPLE, 'utf8')))).toBe(true)
    expect(accepts(load(`${HEAD}checks: {"4.1": {expect: [FAIL]}}`))).toBe(false)
    expect(accepts(load(`${HEAD}engine: builtin`))).toBe(false)
  })
})
