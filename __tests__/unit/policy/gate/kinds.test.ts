import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import {
  daysThreshold,
  flagThreshold,
  keywordThreshold,
  numberKey,
  numberThreshold,
} from '../../../../src/policy/gate/kinds.js'
import { sameInput, type Threshold, textsOf } from '../../../../src/policy/gate/threshold.js'

/** What gate.yml may say, and what that is; `null` if it is refused. */
function inFile({ file }: Threshold<unknown>, raws: readonly unknown[]) {
  return raws.map((raw) => (file.schema.safeParse(raw).success ? file.read(raw) : null))
}

describe('the texts of a threshold', () => {
  test('when it has a default, then the help is the first sentence, and each text ends with the default', () => {
    expect(textsOf({ text: 'Time limit, in seconds. Its parts differ', unset: '900' })).toEqual({
      about: 'Time limit, in seconds. Its parts differ. Default: 900',
      description: 'Time limit, in seconds. Its parts differ. Default: gate.yml, else 900.',
      help: 'time limit, in seconds (default: 900)',
    })
  })

  test('when it has none, then only an input says that gate.yml may set it', () => {
    expect(textsOf({ text: 'Compose file' })).toEqual({
      about: 'Compose file',
      description: 'Compose file. Default: gate.yml.',
      help: 'compose file',
    })
  })
})

describe('a word', () => {
  const keywords = ['strict', 'middle', 'lax'] as const
  type Keyword = (typeof keywords)[number]
  const row = keywordThreshold<Keyword>({ text: 'x', fallback: 'middle', keywords, isInput: true })

  test('when another one is asked for, then a later one is laxer', () => {
    const laxer = keywords.flatMap((one) => keywords.map((other) => row.laxer(one, other)))
    expect(laxer).toEqual([false, false, false, true, false, false, true, true, false])
    expect(row.unset).toBe('middle')
  })

  test('when it is in gate.yml or an input, then the same words are read', () => {
    expect(inFile(row, ['lax', 'LAX', true])).toEqual(['lax', null, null])
    expect(row.input?.read('lax')).toBe('lax')
    expect(row.input?.read('loose')).toEqual({ refused: ['"loose" is not one of strict, middle, lax'] })
    expect(keywordThreshold<Keyword>({ text: 'x', fallback: 'lax', keywords })).not.toHaveProperty('input')
  })

  test('when a word is the name of a truth value, then an editor may read it as one', () => {
    const start = keywordThreshold<'true' | 'auto'>({
      text: 'x',
      fallback: 'auto',
      keywords: ['auto', 'true'],
    })
    expect(inFile(start, [true, 'true', 'auto'])).toEqual(['true', 'true', 'auto'])
  })

  test('when a former word is written, then the error names the one of today', () => {
    const { file } = keywordThreshold<Keyword>({
      text: 'x',
      fallback: 'lax',
      keywords,
      former: { none: 'lax' },
    })
    const errors = ['none', 'toString'].map((raw) => file.schema.safeParse(raw).error?.issues[0]?.message)
    expect(errors).toEqual(['no longer exists; write lax', 'is not one of strict, middle, lax'])
  })
})

test.each([true, false])(
  'when %s is the strict value of a flag, then only to leave it is laxer',
  (strict) => {
    const row = flagThreshold(strict, 'x')
    expect([row.laxer(!strict, strict), row.laxer(strict, !strict), row.laxer(strict, strict)]).toEqual([
      true,
      false,
      false,
    ])
    expect(inFile(row, ['true', true, 'false', false, 'yes'])).toEqual([true, true, false, false, null])
  },
)

describe('a number', () => {
  const file = numberKey(z.number().positive().max(10), 'of seconds, at most 10')
  const row = numberThreshold<number | null>({
    text: 'x',
    fallback: null,
    unset: 'never',
    file,
    input: sameInput('SECONDS', file),
  })

  test('when another one is asked for, then a larger one is laxer, and so is none', () => {
    const laxer = [row.laxer(2, 1), row.laxer(1, 2), row.laxer(null, 1), row.laxer(1, null), row.laxer(1, 1)]
    expect(laxer).toEqual([true, false, true, false, false])
  })

  test('when it is text or a number, then it is read if it is in the range', () => {
    expect(inFile(row, ['0.5', 0.5, '10', '10.1', '0', '-1', '1e1', '', '.5', 11])).toEqual([
      ...[0.5, 0.5, 10],
      ...[null, null, null, null, null, null, null],
    ])
    expect(row.input?.read('2')).toBe(2)
    expect(row.input?.read('11')).toEqual({ refused: ['"11" is not a number of seconds, at most 10'] })
  })
})

test('when days are written, then with or without a d, and only whole ones in the range', () => {
  const row = daysThreshold(1, 30, { text: 'x', fallback: 7 })
  expect(inFile(row, ['14', '14d', 14, '30d', '31d', '0', '1.5', '1.5d', 'd'])).toEqual([
    ...[14, 14, 14, 30],
    ...[null, null, null, null, null],
  ])
  expect([row.unset, row.laxer(8, 7), row.laxer(7, 8)]).toEqual(['7', true, false])
})
