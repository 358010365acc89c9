import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ECOSYSTEMS, type Ecosystem } from '../../../../../src/feeds/formats/osv/ecosystem.js'
import { ORDERS } from '../../../../../src/feeds/formats/osv/versions/index.js'
import { type MavenToken, readMaven } from '../../../../../src/feeds/formats/osv/versions/maven.js'
import type { ReadVersion } from '../../../../../src/feeds/formats/osv/versions/order.js'
import { runs } from '../../../../support/runs.js'

/** In rising order; what stands in one text, separated by ` = `, is equal. */
const RISING: Readonly<Record<Ecosystem, readonly string[]>> = {
  PyPI: [
    '0.9',
    '1.0.dev1',
    '1.0a1.dev1',
    '1.0a1 = 1.0-alpha.1',
    '1.0b2',
    '1.0rc1 = 1.0RC1 = 1.0.c1',
    '1.0 = 1.0.0 = v1',
    '1.0+cpu',
    '1.0.post1 = 1.0-1',
    '1.1.dev0',
    '1.1',
    '1.10',
    '2020.1',
    '1!0.1',
  ],
  Maven: [
    '1-alpha-1 = 1.0-a1 = 1.0.0-ALPHA-1',
    '1.0-beta-2',
    '1.0-milestone-1 = 1.0-m1',
    '1.0-rc1 = 1.0-cr1',
    '1.0-SNAPSHOT',
    '1 = 1.0 = 1.0.0 = 1.ga = 1-final = 1.0.RELEASE',
    '1-sp',
    '1-jre',
    '1-1',
    '1.1',
    '1.5.1',
    '1.10',
    '2.0-alpha',
    '2.0',
    '5.2.19.RELEASE',
    '5.2.20.RELEASE = 5.2.20',
    '29.0 = 29',
    '29.0-jre',
  ],
  RubyGems: [
    '0.9',
    '1.0.0.alpha',
    '1.0.0.beta1',
    '1.0.0.beta2',
    '1.0.0.beta10',
    '1.0.0-rc1 = 1.0.0.pre.rc1',
    '1.0.0.rc1',
    '1 = 1.0 = 1.0.0',
    '1.0.0.1',
    '1.0.1',
    '1.10',
    '5.2.8.1',
    '5.2.8.15',
  ],
  Go: [
    'v0.0.0-20210520170846-37e1c6afe023',
    'v0.0.0-20220101000000-aaaaaaaaaaaa',
    'v0.3.7',
    'v0.3.8-0.20220101000000-aaaaaaaaaaaa',
    'v0.3.8',
    'go1.19rc1 = 1.19.0-rc.1',
    'go1.19 = v1.19.0',
    '1.19.8 = go1.19.8',
    '2.0.0 = v2.0.0+incompatible',
  ],
  npm: [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0 = v1.0.0 = 1.0.0+build',
    '1.0.1',
    '1.10.0',
    '2.0.0',
  ],
  Packagist: [
    '1.0-alpha1 = 1.0.0.0-a1',
    '1.0-beta2 = v1.0b2',
    '1.0-RC1 = 1.0rc1',
    '1.0 = 1.0.0 = 1.0.0.0 = v1 = 1.0+build = 1.0-stable',
    '1.0-patch1 = 1.0-p1',
    '1.0.0.1',
    '1.10',
    '5.4.19 = 5.4.19.0',
    '5.4.20',
    '8.74.99',
    '8.75.0',
  ],
  'crates.io': [
    '0.0.0-0',
    '0.1 = 0.1.0',
    '0.2.7-0',
    '0.2.7',
    '0.2.23',
    '1 = 1.0.0 = 1.0.0+build',
    '1.6.1',
    '1.10.0',
  ],
  Bitnami: [
    '0.1',
    '1.18.0-0 = 1.18.0-0+x',
    '1.18.0-rc1 = 1.18.0-rc.1 = 1.18rc1',
    '1.18 = 1.18.0 = v1.18.0',
    '1.18.0.1',
    '1.21.4.1',
    '8u342 = 8.0.342',
    '8u1000',
    '16.4 = 16.4.0',
    '16.10',
    '18beta1',
    '18.0',
  ],
}

/** No version there: whatever is asked with it is unknown. */
const NONE: Readonly<Record<Ecosystem, readonly string[]>> = {
  PyPI: ['', 'none', '1.0-bulbasaur', '1..0', 'a'.repeat(400)],
  Maven: ['', `\${project.version}`, '1 0', '-', '\n'],
  RubyGems: ['', '3.2.5+x', 'v1.0', '1..0', '%q{1}'],
  Go: ['', '(devel)', 'v1', 'devel go1.24-abc', 'go1', 'v1.2.3.4'],
  npm: ['', 'latest', 'v5.7', '1.2.3.4', '1.x', `1.0.0-${'a'.repeat(400)}`],
  Packagist: ['', 'dev-master', '8.x-dev', '1.0.x-dev', '1.0-dev', 'master', '1.#'],
  'crates.io': ['', '*', 'v', '1.2.3.4', '1.x', '1.0-beta'],
  Bitnami: ['', '*', 'v', '1.2.3.4.5.6', '1.x', 'u8', '1..0'],
}

function read(ecosystem: Ecosystem, text: string): ReadVersion {
  const version = ORDERS[ecosystem].read(text)
  expect([text, version]).not.toEqual([text, null])
  return version as ReadVersion
}

/** Texts as they are met, and worse ones. */
const anyVersion = fc
  .array(
    fc.constantFrom(
      '0',
      '1',
      '2',
      '10',
      '00',
      '20240101',
      'a',
      'b1',
      'rc',
      'RC1',
      'dev',
      'pre',
      'alpha',
      'beta2',
      'ga',
      'sp',
      'final',
      'jre',
      'post1',
      'p1',
      'snapshot',
      'x',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .chain((segments) =>
    fc
      .array(fc.constantFrom('.', '.', '.', '-', '', '+', '_'), {
        minLength: segments.length,
        maxLength: segments.length,
      })
      .map((marks) =>
        segments.map((segment, at) => (at === 0 ? segment : `${marks[at]}${segment}`)).join(''),
      ),
  )

/** Maven's order goes in a circle among these (see compareMaven): 0 < 0.pre < 0-rc < 0. */
function isCircle(ecosystem: Ecosystem, texts: readonly string[]): boolean {
  const tokens = ecosystem === 'Maven' ? texts.flatMap((text) => readMaven(text) ?? []) : []
  const isBelow = ({ value }: MavenToken) => ['alpha', 'beta', 'milestone', 'rc', 'snapshot'].includes(value)
  const isAbove = (token: MavenToken) => !/^\d/.test(token.value) && !isBelow(token)
  return (
    tokens.some((token) => token.separator === '.' && isAbove(token)) &&
    tokens.some((token) => token.separator === '-' && isBelow(token))
  )
}

test('when qualifiers of Maven are above and below the release, then its order is known to be circular', () => {
  const [a, b, c] = ['0', '0.pre', '0-rc'].map((text) => read('Maven', text)) as [
    ReadVersion,
    ReadVersion,
    ReadVersion,
  ]
  const { compare } = ORDERS.Maven
  expect([compare(a, b), compare(b, c), compare(c, a)].map(Math.sign)).toEqual([-1, -1, -1])
})

describe.each(ECOSYSTEMS)('versions of %s', (ecosystem) => {
  const { compare } = ORDERS[ecosystem]

  test('when two stand in the list, then they are ordered as there', () => {
    const list = RISING[ecosystem].flatMap((texts, rank) =>
      texts.split(' = ').map((text) => ({ rank, version: read(ecosystem, text) })),
    )
    for (const a of list) {
      for (const b of list) {
        const comparison = [a.version.text, Math.sign(compare(a.version, b.version)), b.version.text]
        expect(comparison).toEqual([a.version.text, Math.sign(a.rank - b.rank), b.version.text])
      }
    }
  })

  test('when it is not a version there, then it is not read', () => {
    expect(NONE[ecosystem].filter((text) => ORDERS[ecosystem].read(text) !== null)).toEqual([])
  })

  test('when any three are compared, then the order is total', () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (...texts) => {
        const versions = texts.flatMap((text) => ORDERS[ecosystem].read(text) ?? [])
        return versions.every(
          (a) =>
            compare(a, a) === 0 &&
            versions.every(
              (b) =>
                Math.sign(compare(a, b)) + Math.sign(compare(b, a)) === 0 &&
                (isCircle(ecosystem, texts) ||
                  versions.every((c) => compare(a, b) > 0 || compare(b, c) > 0 || compare(a, c) <= 0)),
            ),
        )
      }),
      runs(1000),
    )
  })
})
