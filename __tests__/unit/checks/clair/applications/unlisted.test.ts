import { describe, expect, test } from '@jest/globals'
import { CLAIR_ECOSYSTEMS } from '../../../../../src/checks/clair/applications/ecosystems.js'
import type { ClairPackage } from '../../../../../src/checks/clair/matches/report.js'
import type { LayerFacts } from '../../../../../src/model/image/image.js'
import type { ApplicationFile } from '../../../../../src/model/packages/application.js'
import { aLayer, someApplications } from '../../../../support/builders.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { saying } from '../../../../support/osv/shop.js'
import { canaries, files, judgeParts, LOG4J, listed, UPPER } from './clair-lists.js'

// A Clair that others use has indexed other layers under the image's digest, so its index lacks what the image has.

const DOCUMENTS = advisoriesOf({
  PyPI: ['redis'],
  Maven: [LOG4J],
  RubyGems: ['rack'],
  Go: ['golang.org/x/text'],
})
const WHEEL = 'srv/redis-1.0.dist-info/METADATA'

interface Parts {
  readonly kind?: 'own' | 'other'
  readonly packages?: readonly ClairPackage[]
  readonly requested?: Parameters<typeof judgeParts>[0]['requested']
}

/** What is wrong with Clair's answer about an image with these files. */
function problemWith(
  own: Readonly<Record<string, ApplicationFile>> | readonly LayerFacts[],
  { kind = 'other', packages = [], requested = CLAIR_ECOSYSTEMS }: Parts = {},
) {
  const layers = Array.isArray(own)
    ? (own as readonly LayerFacts[])
    : [files(own as Record<string, ApplicationFile>)]
  return judgeParts({ kind, requested, packages, documents: DOCUMENTS, layers }).problem
}

describe('an application package that is not in the index of an external Clair', () => {
  test.each<[string, string, ApplicationFile]>([
    ['a wheel', WHEEL, saying('pypi', 'redis', '1.0')],
    ['an egg', 'srv/redis-1.0.egg-info', saying('pypi', 'redis', '1.0')],
    ['a folder of an egg', 'srv/redis-1.0.egg-info/PKG-INFO', saying('pypi', 'redis', '1.0')],
    ['an egg with its code', 'srv/redis.egg/EGG-INFO/PKG-INFO', saying('pypi', 'redis', '1.0')],
    ['a jar', 'srv/log4j.jar', saying('maven', LOG4J, '2.14.1')],
    ['a jar in another', 'srv/a.war', saying('maven', LOG4J, '2.14.1', 'WEB-INF/lib/x.jpi:lib/log4j.jar')],
    ['a gem', 'srv/specifications/rack-2.2.3.gemspec', saying('gem', 'rack', '2.2.3')],
    ['a Go program', 'srv/app', saying('golang', 'golang.org/x/text', 'v0.3.7')],
  ])('when it is %s, then there is no answer, and what to do is said', (_, path, file) => {
    const [{ name, version } = { name: '', version: '' }] = file.says
    const problem = problemWith({ [path]: file })
    expect(problem).toMatchObject({ code: 'clair-other-layers', where: 'Clair, manifest sha256:asked' })
    expect(problem?.what).toBe(
      `Clair's index of this image lacks 1 of the application packages in it: ${name} ${version} in ${path}`,
    )
    expect(problem?.todo).toContain('auth.psk')
    // Our own Clair got the layers from this run, and nobody else asks it.
    expect(problemWith({ [path]: file }, { kind: 'own' })).toBeNull()
  })

  test.each<[string, Readonly<Record<string, ApplicationFile>>]>([
    [
      'a wheel in an archive',
      { 'srv/app.pex': saying('pypi', 'redis', '1.0', 'redis-1.0.dist-info/METADATA') },
    ],
    ['metadata in a folder of another name', { 'srv/site/redis/METADATA': saying('pypi', 'redis', '1.0') }],
    ['a wheel whose version is none', { [WHEEL]: saying('pypi', 'redis', 'unknown') }],
    ['a wheel without a version', { [WHEEL]: saying('pypi', 'redis', null) }],
    ['a jar in a file that Clair does not open', { 'srv/x.nar': saying('maven', LOG4J, '2.14.1') }],
    ['a jar in a wheel', { 'srv/x.whl': saying('maven', LOG4J, '2.14.1', 'pyspark/jars/log4j.jar') }],
    ['a gem from Git', { 'srv/bundler/gems/rack-1/rack.gemspec': saying('gem', 'rack', '2.2.3') }],
    ['a Go program of an unreleased toolchain', { 'srv/app': saying('golang', 'stdlib', 'devel') }],
    [
      'a package that Clair knows nothing of',
      { 'srv/node_modules/a/package.json': saying('npm', 'a', '1.0') },
    ],
  ])('when it is %s, then Clair would not list it', (_, own) => {
    expect(problemWith(own)?.code).not.toBe('clair-other-layers')
  })

  test('when it is Python’s and dpkg’s status is in its layer, then Clair leaves that folder to dpkg', () => {
    const path = 'usr/lib/python3/dist-packages/redis-1.0.egg-info'
    const applications = someApplications({ files: { [path]: saying('pypi', 'redis', '1.0') } })
    expect(problemWith([aLayer({ files: { 'var/lib/dpkg/status': '' }, applications })])).toBeNull()
    expect(problemWith([aLayer({ applications })])?.code).toBe('clair-other-layers')
  })

  test('when it is listed, under its name or as Clair spells it, then nothing is missing', () => {
    const own = { 'srv/Foo_Bar-1.0.0.dist-info/METADATA': saying('pypi', 'Foo_Bar', '1.0.0') }
    for (const [name, version] of [
      ['foo_bar', '1.0.0'],
      ['foo-bar', '1.0'],
    ] as const) {
      expect(problemWith(own, { packages: [listed(name, version, 'python:srv')] })?.code).not.toBe(
        'clair-other-layers',
      )
    }
    expect(problemWith(own, { packages: [listed('foo_bar', '1.1', 'python:srv')] })?.what).toContain(
      'Foo_Bar 1.0.0',
    )
  })

  test('when another copy of it was deleted, then that is the reason', () => {
    const own = { [WHEEL]: saying('pypi', 'redis', '1.0') }
    const deleted = aLayer({ diffId: UPPER, removed: ['srv/b'], applications: someApplications({}) })
    const copy = { ...own, 'srv/b/redis-1.0.dist-info/METADATA': saying('pypi', 'redis', '1.0') }
    expect(problemWith([files(copy), deleted])).toBeNull()
    expect(problemWith([files(own), deleted])?.code).toBe('clair-other-layers')
  })

  test('when that Clair has no indexer for its ecosystem, as the planted package shows, then it is not expected', () => {
    const own = { 'srv/log4j.jar': saying('maven', LOG4J, '2.14.1') }
    const all = canaries('other', CLAIR_ECOSYSTEMS)
    const without = (database: string) => all.filter(({ places }) => places[0]?.database !== database)
    expect(problemWith(own, { requested: [], packages: without('maven:x.jar') })).toBeNull()
  })

  test('when many are missing, then three are named, and the rest is counted', () => {
    const own = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [`srv/${name}-1.0.dist-info/METADATA`, saying('pypi', name, '1.0')]),
    )
    const { what = '' } = problemWith(own) ?? {}
    expect(what).toContain(
      'lacks 4 of the application packages in it: a 1.0 in srv/a-1.0.dist-info/METADATA; b',
    )
    expect(what).toContain('1 more')
  })
})
