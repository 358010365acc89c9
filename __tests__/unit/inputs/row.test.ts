import { describe, expect, test } from '@jest/globals'
import {
  boolean,
  count,
  held,
  input,
  optional,
  readerOf,
  short,
  text,
  url,
  word,
} from '../../../src/inputs/row.js'

const told = { help: 'h', description: 'd' }
const ROWS = {
  flag: input(boolean, { ...told, default: 'true' }),
  kind: input(word(['a', 'b', 'c']), { ...told, default: 'b' }),
  which: input(word(['a', 'b']), { ...told, default: 'a' }),
  at: input(url, told),
  name: input(optional, told),
  label: input(short(3), told),
  plain: input(text, told),
  tries: input(count(10), { ...told, default: '0' }),
  day: input(
    held('DAY', (given) => given === 'monday', 'is no monday'),
    told,
  ),
}

function read(values: Readonly<Record<string, string>>) {
  const faults: string[] = []
  const of = readerOf(ROWS, (name) => values[name] ?? '', faults)
  const all = Object.keys(values).map((name) => of(name as keyof typeof ROWS))
  return { all, faults }
}

describe('readerOf', () => {
  test('when texts are given, with blanks around them, then each is read by its type', () => {
    const values = { flag: ' false ', kind: 'c', at: ' http://a/b', name: 'n', label: 'abc' }
    const { all, faults } = read({ ...values, plain: ' x ', tries: '3', day: 'monday' })
    expect(all).toEqual([false, 'c', 'http://a/b', 'n', 'abc', 'x', 3, 'monday'])
    expect(faults).toEqual([])
  })

  test('when nothing is given, then words and switches have their default, and names are null', () => {
    const { all, faults } = read({ flag: '', kind: '', at: '', name: ' ', label: '', plain: '', day: '' })
    expect(all).toEqual([true, 'b', null, null, null, '', null])
    expect(faults).toEqual([])
  })

  test('when texts are wrong, then each is told with its name, and nothing is thrown', () => {
    const values = { flag: 'yes', kind: 'd', which: 'd', at: 'ftp://a', label: 'long' }
    expect(read({ ...values, tries: '11', day: 'friday' }).faults).toEqual([
      'flag: "yes" is not true or false',
      'kind: "d" is not one of a, b, c',
      'which: "d" is not a or b',
      'at: "ftp://a" is not an http(s) URL',
      'label: has more than 3 characters',
      'tries: must be a whole number from 0 to 10',
      'day: "friday" is no monday',
    ])
  })
})
