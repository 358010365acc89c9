import { describe, expect, test } from '@jest/globals'
import { pendingOf } from '../../../../../src/checks/security-updates/apt/pending.js'
import { installedSet } from '../../../../../src/checks/security-updates/apt/satisfy.js'
import { sortedByScore } from '../../../../../src/checks/security-updates/apt/score.js'
import { anAptState, anIndex, type Fields, installed, stanza } from './states.js'

type Package = readonly [nameAndVersion: string, fields?: Fields]

/** Names in the order in which apt's resolver looks at installed packages, all of which an index has. */
function order(packages: readonly Package[], more: { readonly unlisted?: readonly Package[] } = {}): string {
  const { unlisted = [] } = more
  const status = [...unlisted, ...packages].map(([name, fields]) => installed(name, fields))
  const index = anIndex(
    'x',
    packages.map(([name, fields]) => stanza(name, fields)),
  )
  const state = anAptState(status, [index], { architectures: ['amd64', 'i386'] })
  const { packages: known } = pendingOf(state)
  const set = installedSet('amd64')
  for (const { key, current } of known.values()) {
    set.set(key, current.version)
  }
  return sortedByScore(known, set, 'amd64')
    .map((key) => key.replace(':amd64', ''))
    .join(' ')
}

const of = (Priority: string) => ({ Priority })

test('when nothing depends on anything, then the priority decides, and what no index has comes last', () => {
  const packages: Package[] = [
    ['e 1', of('extra')],
    ['o 1', of('optional')],
    ['n 1'],
    ['s 1', of('standard')],
    ['i 1', of('important')],
    ['r 1', of('required')],
  ]
  expect(order(packages, { unlisted: [['u 1', of('required')]] })).toBe('r i s n o e u')
})

test('when an index has only another version, then that counts for less than the same one', () => {
  const status = [installed('a 1', of('required')), installed('b 1', of('extra')), installed('c 1')]
  const index = anIndex('x', [stanza('a 2', of('required')), stanza('b 1', of('extra'))])
  const { packages } = pendingOf(anAptState(status, [index]))
  const set = installedSet('amd64')
  for (const { key, current } of packages.values()) {
    set.set(key, current.version)
  }
  expect(sortedByScore(packages, set, 'amd64')).toEqual(['a:amd64', 'b:amd64', 'c:amd64'])
})

test('when a package is essential, then it comes first, whatever depends on others', () => {
  const users = Array.from(
    { length: 60 },
    (_, at): Package => [`u${at} 1`, { ...of('required'), Depends: 'lib' }],
  )
  const [first, second] = order([...users, ['lib 1'], ['ess 1', { Essential: 'yes' }]]).split(' ')
  expect([first, second]).toEqual(['ess', 'lib'])
})

test.each<[string, readonly Package[], string]>([
  ['Depends', [['x 1'], ['y 1'], ['z 1', { Depends: 'y' }]], 'y x z'],
  ['Pre-Depends', [['x 1'], ['y 1'], ['z 1', { 'Pre-Depends': 'y' }]], 'y x z'],
  ['Recommends', [['x 1'], ['y 1'], ['z 1', { Recommends: 'y' }]], 'y x z'],
  ['Suggests, which count for nothing', [['x 1'], ['y 1'], ['z 1', { Suggests: 'y' }]], 'x y z'],
  ['Conflicts', [['x 1'], ['y 1'], ['z 1', { Conflicts: 'x' }]], 'y z x'],
  ['Breaks', [['x 1'], ['y 1'], ['z 1', { Breaks: 'x' }]], 'y z x'],
  ['each alternative', [['w 1'], ['x 1'], ['y 1'], ['z 1', { Depends: 'x | y' }]], 'x y w z'],
  ['a version that fits', [['x 1'], ['y 1'], ['z 1', { Depends: 'y (>= 1)' }]], 'y x z'],
  // The dependency counts by name for the score of what depends on it, and by version for the point.
  ['a version that does not fit', [['x 1'], ['y 1'], ['z 1', { Recommends: 'y (>= 2)' }]], 'y x z'],
  ['a provided name', [['w 1'], ['x 1'], ['y 1', { Provides: 'v' }], ['z 1', { Depends: 'v' }]], 'y w x z'],
  ['what is not installed', [['x 1'], ['y 1'], ['z 1', { Depends: 'gone' }]], 'x y z'],
  [
    'the score of what depends on it',
    [
      ['w 1', of('extra')],
      ['x 1', of('extra')],
      ['y 1', { ...of('extra'), Depends: 'w' }],
      ['z 1', { ...of('required'), Depends: 'x' }],
    ],
    'x z w y',
  ],
  [
    'no score below zero',
    [
      ['w 1', of('optional')],
      ['x 1', of('optional')],
      ['z 1', { ...of('extra'), Depends: 'x' }],
    ],
    'x w z',
  ],
  ['more than one', [['w 1'], ['x 1'], ['y 1', { Depends: 'x' }], ['z 1', { Depends: 'x, w' }]], 'x w y z'],
])('when a package is related to others by %s, then the order is as in apt', (_, packages, expected) => {
  expect(order(packages)).toBe(expected)
})

describe('the weight of an essential package', () => {
  const extra = of('extra')
  const users = (count: number) =>
    Array.from({ length: count }, (_, at): Package => [`u${at} 1`, { ...of('required'), Depends: 'b' }])
  /** Of two with the same score, the first of the status file comes first. */
  const firstOf = (names: string[], packages: readonly Package[]) =>
    order(packages)
      .split(' ')
      .find((name) => names.includes(name))

  test('when it depends on another one, then it adds 104 points, as 21 required packages add five each', () => {
    const all: Package[] = [...users(21), ['e 1', { ...of('required'), Essential: 'yes', Depends: 'a' }]]
    expect(firstOf(['a', 'b'], [['a 1', extra], ['b 1', extra], ...all])).toBe('a')
    expect(firstOf(['a', 'b'], [['b 1', extra], ['a 1', extra], ...all])).toBe('b')
  })

  test('when 1021 required packages depend on another one, then that has as many points', () => {
    const essential: Package = ['e 1', { ...of('required'), Essential: 'yes' }]
    expect(firstOf(['e', 'b'], [essential, ['b 1', extra], ...users(1021)])).toBe('e')
    expect(firstOf(['e', 'b'], [['b 1', extra], essential, ...users(1021)])).toBe('b')
  })
})

test('when a package has two architectures, then what depends on it means its own', () => {
  const foreign = { Architecture: 'i386' }
  const packages: Package[] = [
    ['lib 1', { 'Multi-Arch': 'same' }],
    ['lib 1', { ...foreign, 'Multi-Arch': 'same' }],
    ['user 1', { ...foreign, ...of('required'), Depends: 'lib' }],
  ]
  expect(order(packages)).toBe('lib:i386 user:i386 lib')
  const native = packages.map(([name, fields]): Package => {
    return [name, name === 'user 1' ? { ...of('required'), Depends: 'lib' } : { ...fields }]
  })
  expect(order(native)).toBe('lib user lib:i386')
})
