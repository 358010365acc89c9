import { describe, expect, test } from '@jest/globals'
import { dictionaryCanary } from '../../../../src/policy/dictionary/canary.js'
import { compareResults } from '../../../../src/policy/dictionary/compare.js'
import { DEFAULT_DICTIONARY } from '../../../../src/policy/dictionary/default.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { TODAY } from '../../../support/builders.js'

const context = { reference: 'app:1', today: TODAY, evidence: new Set<string>() }
const HEAD = 'version: 1\nnumbering: dbs-1.6.1\n'
const dictionary = (text: string) => readDictionary(`${HEAD}${text}`, 'd.yml')
const found = { note: 'canary found' }

describe('dictionaryCanary', () => {
  test('when the built-in dictionary is used, then the made-up result is reported', () => {
    expect(dictionaryCanary(DEFAULT_DICTIONARY, context)).toEqual(found)
  })

  test.each([
    ['expects PASS', 'checks:\n  "4.1": {expect: [PASS]}\n'],
    ['expects WARN, so that PASS is the odd one', 'checks:\n  "4.6": {expect: [WARN, INFO, NOTE]}\n'],
    ['knows no check, so that any is new', 'checks: {}\n'],
    [
      'lets everything be in the first check, and not in the second',
      'checks:\n  "4.1": {expect: [PASS, NOTE, INFO, WARN]}\n  "4.9": {expect: [PASS]}\n',
    ],
    ['begins with what only some hosts are asked', 'checks:\n  "5.2": {when: {host: apparmor}}\n'],
    [
      'only reports what it does not list',
      'defaults: {unlisted: report}\nchecks:\n  "4.1": {expect: [PASS]}\n',
    ],
  ])('when a dictionary %s, then the made-up result is told', (_, text) => {
    expect(dictionaryCanary(dictionary(text), context)).toEqual(found)
  })

  test('when the dictionary only reports, then there is nothing to prove', () => {
    const only = dictionary('defaults: {unlisted: report, missing: report}\nchecks: {}\n')
    expect(dictionaryCanary(only, context)).toEqual({
      note: 'no canary was used, because the dictionary does not rule out any result',
    })
  })

  test.each<[string, typeof compareResults]>([
    ['says nothing', () => []],
    [
      'lets everything match',
      (...all) => compareResults(...all).map((one) => ({ ...one, outcome: 'match' as const, blocks: false })),
    ],
    [
      'tells of a match that blocks',
      (...all) => compareResults(...all).map((one) => ({ ...one, outcome: 'match' as const })),
    ],
    [
      'tells and does not block',
      (...all) => compareResults(...all).map((one) => ({ ...one, blocks: false })),
    ],
  ])('when the comparison %s, then it is not believed', (_, compare) => {
    expect(dictionaryCanary(DEFAULT_DICTIONARY, context, compare)).toMatchObject({
      problem: { code: 'dictionary-canary-not-found', where: 'the built-in dictionary' },
    })
    expect(dictionaryCanary(dictionary('checks: {"4.1": {}}'), context, compare)).toMatchObject({
      problem: {
        what: 'a made-up result (WARN) for 4.1 was not reported as unexpected, so this comparison cannot be trusted',
        where: 'd.yml',
      },
    })
  })
})
