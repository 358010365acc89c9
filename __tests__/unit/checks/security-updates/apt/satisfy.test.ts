import { describe, expect, test } from '@jest/globals'
import { providedNames } from '../../../../../src/checks/security-updates/apt/offer.js'
import {
  installedSet,
  isExcluded,
  satisfies,
} from '../../../../../src/checks/security-updates/apt/satisfy.js'
import { readVersion } from '../../../../../src/checks/security-updates/apt/version.js'
import { parseStanzas } from '../../../../../src/debian/control.js'
import { parseRelations } from '../../../../../src/debian/relations.js'
import { type Fields, stanza } from './states.js'

const versionOf = (nameAndVersion: string, fields: Fields = {}) => {
  const [one] = parseStanzas(stanza(nameAndVersion, fields), 'x')
  if (one === undefined) {
    throw new Error('no stanza')
  }
  return readVersion(one, 'amd64')
}
const offerOf = (name: string, nameAndVersion: string, fields: Fields = {}) => {
  const by = versionOf(nameAndVersion, fields)
  const [offer, ...more] = providedNames(`${by.name}:${by.installedAs}`, by, 'amd64').get(name) ?? []
  return { offer, more }
}
const related = (text: string) => {
  const [relation] = parseRelations(text).flat()
  if (relation === undefined) {
    throw new Error('no relation')
  }
  return relation
}

const I386 = { Architecture: 'i386' }
const multi = (value: string, more: Fields = {}) => ({ 'Multi-Arch': value, ...more })

describe('what satisfies a dependency of a package for amd64', () => {
  test.each<[string, string, Fields, boolean]>([
    ['lib', 'lib 1', {}, true],
    ['lib (>= 1)', 'lib 1', {}, true],
    ['lib (>> 1)', 'lib 1', {}, false],
    ['lib', 'lib 1', I386, false],
    ['lib', 'lib 1', multi('same', I386), false],
    ['lib', 'lib 1', multi('foreign', I386), true],
    ['lib', 'lib 1', multi('allowed', I386), false],
    ['lib:any', 'lib 1', multi('allowed', I386), true],
    ['lib:any', 'lib 1', multi('allowed'), true],
    ['lib:any', 'lib 1', {}, false],
    ['lib:any', 'lib 1', multi('foreign'), false],
    ['lib:native', 'lib 1', {}, true],
    ['lib:native', 'lib 1', I386, false],
    ['lib:i386', 'lib 1', I386, true],
    ['lib:i386', 'lib 1', {}, false],
    ['lib', 'lib 1', { Architecture: 'all' }, true],
    ['v', 'lib 1', { Provides: 'v' }, true],
    ['v (>= 1)', 'lib 1', { Provides: 'v' }, false],
    ['v (>= 1)', 'lib 1', { Provides: 'v (= 2)' }, true],
    ['v (>= 3)', 'lib 4', { Provides: 'v (= 2)' }, false],
    ['v', 'lib 1', { Provides: 'v:i386' }, false],
    ['v:i386', 'lib 1', { Provides: 'v:i386' }, true],
    ['v:native', 'lib 1', { ...I386, Provides: 'v:native' }, true],
    ['v', 'lib 1', { ...I386, Provides: 'v:any' }, false],
  ])('when it is %s, then %s with %j does: %s', (relation, provider, fields, isSatisfied) => {
    const wanted = related(relation)
    const { offer } = offerOf(wanted.name, provider, fields)
    expect(offer !== undefined && satisfies(offer, wanted, versionOf('user 1'), 'amd64')).toBe(isSatisfied)
  })

  test('when the package is for i386, then its dependencies are, and native is still amd64', () => {
    const user = versionOf('user 1', I386)
    const lib = offerOf('lib', 'lib 1', I386).offer
    const native = offerOf('lib', 'lib 1').offer
    const is = (one: typeof lib, relation: string) =>
      one !== undefined && satisfies(one, related(relation), user, 'amd64')
    expect([is(lib, 'lib'), is(native, 'lib'), is(lib, 'lib:native'), is(native, 'lib:native')]).toEqual([
      ...[true, false, false, true],
    ])
  })

  test('when a package provides its own name, then both versions are offered', () => {
    const { offer, more } = offerOf('lib', 'lib 1', { Provides: 'lib (= 3)' })
    expect([offer, ...more].map((one) => [one?.version, one?.isOwnName])).toEqual([
      ['1', true],
      ['3', false],
    ])
  })
})

describe('what clashes with a package', () => {
  const clash = (relation: string, provider: string, fields: Fields = {}, user = 'user 1') => {
    const wanted = related(relation)
    const owner = versionOf(user)
    const { offer } = offerOf(wanted.name, provider, fields)
    return offer !== undefined && isExcluded(offer, wanted, `${owner.name}:amd64`, owner, 'amd64')
  }
  test.each<[string, string, Fields, boolean]>([
    ['lib', 'lib 1', {}, true],
    ['lib', 'lib 1', I386, true],
    ['lib:any', 'lib 1', I386, true],
    ['lib:native', 'lib 1', I386, false],
    ['lib:native', 'lib 1', {}, true],
    ['lib:i386', 'lib 1', I386, true],
    ['lib:i386', 'lib 1', {}, false],
    ['lib (<< 2)', 'lib 1', {}, true],
    ['lib (<< 1)', 'lib 1', {}, false],
    ['v', 'lib 1', { Provides: 'v' }, true],
    ['v (<< 2)', 'lib 1', { Provides: 'v' }, false],
  ])('when it conflicts with %s, then %s with %j does: %s', (relation, provider, fields, isClash) => {
    expect(clash(relation, provider, fields)).toBe(isClash)
  })

  test('when it provides the name itself, or is there for another architecture, then it does not', () => {
    expect(clash('v', 'user 1', { Provides: 'v' })).toBe(false)
    expect(clash('user', 'user 1', I386)).toBe(false)
    expect(clash('v', 'user 1', { ...I386, Provides: 'v' })).toBe(true)
  })
})

describe('what an installed package lacks', () => {
  const lacks = (...packages: readonly (readonly [string, Fields?])[]) => {
    const set = installedSet('amd64')
    for (const [name, fields] of packages) {
      const version = versionOf(name, fields)
      set.set(`${version.name}:${version.installedAs}`, version)
    }
    return [...set.brokenDependencies('a:amd64')].map(({ kind, text }) => `${kind} ${text}`)
  }

  test('when several relations are not met, then these are in apt’s order', () => {
    const fields = { Depends: 'b, c | d, e', 'Pre-Depends': 'f', Breaks: 'g', Conflicts: 'h (<< 2), i' }
    expect(lacks(['a 1', fields], ['e 1'], ['g 1'], ['h 1'])).toEqual([
      'depends Pre-Depends: f',
      'depends Depends: b',
      'depends Depends: c | d',
      'conflicts Conflicts: h (<< 2)',
      'breaks Breaks: g',
    ])
    expect(lacks(['a 1', fields], ['b 1'], ['d 1'], ['e 1'], ['f 1'], ['h 2'])).toEqual([])
    expect(lacks(['b 1'])).toEqual([])
  })

  test.each<[Fields, Fields, string, string[]]>([
    [multi('same'), multi('same', I386), '1', []],
    [multi('same'), multi('same', I386), '2', ['multi-arch Multi-Arch: a:i386 is at 2']],
    [multi('same'), I386, '1', ['multi-arch Multi-Arch: a:i386 is at 1']],
    [{}, multi('same', I386), '1', ['multi-arch Multi-Arch: a:i386 is at 1']],
  ])(
    'when it is there twice, with %j and %j, then both have to go together',
    (one, other, version, broken) => {
      expect(lacks(['a 1', one], [`a ${version}`, other])).toEqual(broken)
    },
  )

  test('when a package has another version from now on, then what the earlier one provided is gone', () => {
    const set = installedSet('amd64')
    set.set('a:amd64', versionOf('a 1', { Depends: 'v' }))
    set.set('b:amd64', versionOf('b 1', { Provides: 'v' }))
    expect([...set.brokenDependencies('a:amd64')]).toEqual([])
    set.set('b:amd64', versionOf('b 2'))
    expect([...set.brokenDependencies('a:amd64')]).toHaveLength(1)
    expect([set.get('b:amd64')?.version, set.get('c:amd64')]).toEqual(['2', undefined])
  })

  test('when wishes are not met, then the first is named, and Suggests only if they count', () => {
    const set = installedSet('amd64')
    const wish = (fields: Fields, suggests: boolean) => {
      set.set('a:amd64', versionOf('a 1', fields))
      const found = set.firstUnmetRecommendation('a:amd64', suggests)
      return found === null ? null : `${found.kind} ${found.text}`
    }
    set.set('b:amd64', versionOf('b 1'))
    const both = { Recommends: 'b, c, d', Suggests: 'e' }
    expect([wish(both, false), wish(both, true)]).toEqual(Array(2).fill('recommends Recommends: c'))
    const suggested = { Recommends: 'b', Suggests: 'b, e' }
    expect([wish(suggested, false), wish(suggested, true)]).toEqual([null, 'recommends Suggests: e'])
    expect([wish({}, true), set.firstUnmetRecommendation('gone:amd64', true)]).toEqual([null, null])
  })
})

describe('a version', () => {
  test('when all of its fields are set, then they are read', () => {
    const { relations, identity, ...read } = versionOf('A 1:2-3', {
      ...{ Source: 'src (4)', 'Multi-Arch': 'Same', Essential: 'YES', Priority: 'Optional' },
      ...{ Size: '10', Filename: 'pool/a.deb', SHA256: 'f', 'Phased-Update-Percentage': '20%' },
    })
    expect(read).toEqual({
      ...{ name: 'a', version: '1:2-3', architecture: 'amd64', installedAs: 'amd64', multiArch: 'same' },
      ...{ size: '10', deb: { path: 'pool/a.deb', sha256: 'f' }, source: 'src', sourceVersion: '4' },
      ...{ essential: true, priority: 'optional', phased: 20 },
    })
    expect(relations().depends).toEqual([])
    expect(identity).toBe('amd64\nsame\n\n\n\n\n\n')
  })

  test.each<[Fields, object]>([
    [{}, { source: 'a', sourceVersion: '1', phased: null, size: null, deb: null, multiArch: 'no' }],
    [{ Source: 'src' }, { source: 'src', sourceVersion: '1' }],
    [{ Architecture: 'all' }, { architecture: 'all', installedAs: 'amd64' }],
    [{ Architecture: '' }, { architecture: 'amd64', installedAs: 'amd64' }],
    [{ 'Multi-Arch': 'foreign' }, { multiArch: 'foreign' }],
    [{ 'Multi-Arch': 'allowed' }, { multiArch: 'allowed' }],
    [{ 'Multi-Arch': 'other' }, { multiArch: 'no' }],
    [{ Filename: 'x' }, { deb: null }],
    [{ SHA256: 'x' }, { deb: null }],
    [{ Essential: 'no' }, { essential: false }],
    [{ 'Phased-Update-Percentage': 'x' }, { phased: null }],
  ])('when its fields are %j, then it is %j', (fields, read) => {
    expect(versionOf('a 1', fields)).toMatchObject(read)
  })

  test('when another field that apt compares differs, then it is another build', () => {
    const { identity } = versionOf('a 1')
    const fields = [
      'Multi-Arch',
      'Installed-Size',
      'Depends',
      'Pre-Depends',
      'Conflicts',
      'Breaks',
      'Replaces',
    ]
    for (const field of fields) {
      expect([field, versionOf('a 1', { [field]: 'b' }).identity === identity]).toEqual([field, false])
    }
    expect(versionOf('a 1', { 'Multi-Arch': 'no', Recommends: 'b' }).identity).toBe(identity)
    expect(versionOf('a 1', { Architecture: 'all' }).identity).not.toBe(identity)
  })
})
