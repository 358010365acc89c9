import { describe, expect, test } from '@jest/globals'
import {
  boolean,
  count,
  input,
  keyword,
  optional,
  readerOf,
  short,
  text,
  url,
  validated,
} from '../../../src/inputs/row.js'

const texts = { help: 'h', description: 'd' }
const ROWS = {
  flag: input(boolean, { ...texts, default: 'true' }),
  kind: input(keyword(['a', 'b', 'c']), { ...texts, default: 'b' }),
  which: input(keyword(['a', 'b']), { ...texts, default: 'a' }),
  at: input(url, texts),
  name: input(optional, texts),
  label: input(short(3), texts),
  plain: input(text, texts),
  tries: input(count(10), { ...texts, default: '0' }),
  day: input(
    validated('DAY', (value) => value === 'monday', 'is no monday'),
    texts,
  ),
}

function read(values: Readonly<Record<string, string>>) {
  const errors: string[] = []
  const of = readerOf(ROWS, (name) => values[name] ?? '', errors)
  const all = Object.keys(values).map((name) => of(name as keyof typeof ROWS))
  return { all, errors }
}

describe('readerOf', () => {
  test('when texts are given, with blanks around them, then each is read by its type', () => {
    const values = { flag: ' false ', kind: 'c', at: ' http://a/b', name: 'n', label: 'abc' }
    const { all, errors } = read({ ...values, plain: ' x ', tries: '3', day: 'monday' })
    expect(all).toEqual([false, 'c', 'http://a/b', 'n', 'abc', 'x', 3, 'monday'])
    expect(errors).toEqual([])
  })

  test('when nothing is given, then words and switches have their default, and names are null', () => {
    const { all, errors } = read({ flag: '', kind: '', at: '', name: ' ', label: '', plain: '', day: '' })
    expect(all).toEqual([true, 'b', null, null, null, '', null])
    expect(errors).toEqual([])
  })

  test('when texts are wrong, then each is reported with its name, and nothing is thrown', () => {
    const values = { flag: 'yes', kind: 'd', which: 'd', at: 'ftp://a', label: 'long' }
    expect(read({ ...values, tries: '11', day: 'friday' }).errors).toEqual([
      'flag: "yes" is neither true nor false',
      'kind: "d" is not one of a, b, c',
      'which: "d" is neither a nor b',
      'at: "ftp://a" is not an http(s) URL',
      'label: has more than 3 characters',
      'tries: must be a whole number from 0 to 10',
      'day: "friday" is no monday',
    ])
  })
})
