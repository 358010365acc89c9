import { describe, expect, test } from '@jest/globals'
import { explanationsIn } from '../../../../src/inventory/account/parts.js'
import { NOTHING_JUDGED } from '../../../../src/inventory/application/inventory.js'
import type { Entry } from '../../io/archive/build.js'
import { ALL, accountIn, elf, file, listedPaths, program } from './image.js'

const NOBODY = 'no package explains it'
const gem = (name: string) => `Gem::Specification.new do |s|\ns.name = "${name}"\ns.version = "1"\n`

describe('the files of a package or runtime, by its layout', () => {
  const bundler = 'usr/local/bundle/ruby/3.3.0/bundler/gems'
  test.each<[string, Entry, string, readonly string[], readonly string[]]>([
    [
      'a gem that Bundler has checked out',
      file(`${bundler}/rails-0123456789ab/activerecord/x.gemspec`, gem('x')),
      'RubyGems package x 1',
      [
        `${bundler}/rails-0123456789ab/lib/x.so`,
        `${bundler}/extensions/x86_64-linux/3.3.0/rails-0123456789ab/x.so`,
      ],
      [
        `${bundler}/other-0123456789ab/x.so`,
        `${bundler}/extensions/x86_64-linux/rails-0123456789ab/x.so`,
        `${bundler}/extensions/x86_64-linux/3.3.0/rails-0123456789abc/x.so`,
      ],
    ],
    [
      'a Python egg',
      file('opt/lib/x-1-py3.12.egg/EGG-INFO/PKG-INFO', 'Name: x\nVersion: 1\n'),
      'PyPI package x 1',
      ['opt/lib/x-1-py3.12.egg/x/_x.so'],
      ['opt/lib/x/_x.so'],
    ],
    [
      'the shared runtime of .NET',
      file('opt/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json', '{}'),
      '.NET program',
      [
        'opt/dotnet/dotnet',
        'opt/dotnet/host/fxr/8.0.1/libhostfxr.so',
        'opt/dotnet/shared/Microsoft.NETCore.App/8.0.1/libcoreclr.so',
      ],
      ['opt/dotnet/tools/x'],
    ],
    [
      'an Erlang application with a library of its own',
      file(
        'app/lib/bcrypt_elixir-3.0.1/ebin/bcrypt_elixir.app',
        '{application,bcrypt_elixir,[{vsn,"3.0.1"}]}.',
      ),
      'Erlang or Elixir application',
      ['app/lib/bcrypt_elixir-3.0.1/priv/bcrypt_nif.so'],
      ['app/lib/other/priv/x.so'],
    ],
    [
      'an R package',
      file(
        'usr/local/lib/R/site-library/shiny/DESCRIPTION',
        'Package: shiny\nVersion: 1.7.4\nBuilt: R 4.2.2; x\n',
      ),
      'R package',
      ['usr/local/lib/R/site-library/shiny/libs/shiny.so'],
      ['usr/local/lib/R/site-library/other/libs/x.so'],
    ],
    [
      'a conda environment',
      file('opt/conda/conda-meta/x-1-0.json', '{"name":"x","version":"1"}'),
      'conda package',
      ['opt/conda/bin/x'],
      ['opt/other/x'],
    ],
  ])('when it is %s, then these are part of it, and others are not', async (_, own, text, parts, others) => {
    const entries = [own, ...[...parts, ...others].map((path) => program(path, elf('x')))]
    const listed = listedPaths(await accountIn([entries], { judged: new Set() }))
    expect(listed.toSorted()).toEqual(
      [
        ...parts.map((path) => `not-examined elf ${path}: part of ${text}`),
        ...others.map((path) => `unowned elf ${path}: ${NOBODY}`),
      ].toSorted(),
    )
  })

  test('when a program in a runtime is a package of its own, then the nearest one counts', async () => {
    const entries = [
      file('opt/jdk/release', 'JAVA_VERSION="17.0.2"\n'),
      file('opt/jdk/node_modules/x/package.json', '{"name":"x","version":"1"}'),
      program('opt/jdk/node_modules/x/x.node', elf('x')),
      program('opt/jdk/bin/java', elf('x')),
    ]
    const account = await accountIn([entries], { judged: ALL })
    expect(account.judged.parts).toBe(1)
    expect(listedPaths(account)).toEqual(['not-examined elf opt/jdk/bin/java: part of OpenJDK 17.0.2'])
  })

  test('when a package has no version, then its name alone is named', () => {
    const places = [
      { path: 'srv/node_modules/x/package.json', inside: null, layer: 'sha256:1', owner: { by: 'nobody' } },
    ] as const
    const items = [{ kind: 'npm', name: 'x', version: null, purl: 'pkg:npm/x', places }] as const
    const { ownerOf, ownStatement } = explanationsIn(
      { items, cut: [] },
      { ...NOTHING_JUDGED, judged: new Set(['npm']) },
    )
    const explained = { kind: 'npm', text: 'npm package x', isJudged: true }
    expect(ownerOf('srv/node_modules/x/lib/x.node', null)).toEqual(explained)
    expect(ownStatement('srv/node_modules/x/package.json')).toEqual(explained)
    expect(ownStatement('srv/node_modules/x/lib/x.node')).toBeNull()
  })

  test('when one checkout has two gems, then the one that was not judged counts, in either order', async () => {
    const checkout = `${bundler}/x-0123456789ab`
    for (const name of ['a', 'b']) {
      const entries = [
        file(`${checkout}/a.gemspec`, gem('a')),
        file(`${checkout}/b.gemspec`, gem('b')),
        program(`${checkout}/x.so`, elf('x')),
      ]
      const open = [{ package: `gem/${name}`, version: '1', ids: ['GHSA-1'], places: [], layer: null }]
      expect(listedPaths(await accountIn([entries], { open }))).toEqual([
        `not-examined elf ${checkout}/x.so: part of RubyGems package ${name} 1, which cannot be compared with advisories`,
      ])
    }
  })

  test.each([
    [
      'nodejs',
      null,
      'Node.js of unknown version',
      'usr/local/include/node/node_version.h',
      'usr/local/bin/node',
    ],
    ['cpython', '3.8', 'CPython 3.8', 'usr/local/bin/python3.8', 'usr/local/lib/libpython3.so'],
    ['jdk', '17.0.2', 'JDK 17.0.2', 'opt/jdk/release', 'opt/jdk/bin/java'],
  ] as const)(
    'when evidence is older and has the kind %s, then the runtime has its files too',
    (kind, version, text, path, part) => {
      const places = [{ path, inside: null, layer: 'sha256:1', owner: { by: 'nobody' } }] as const
      const items = [{ kind, name: '', version, purl: null, places }]
      const explanations = explanationsIn({ items, cut: [] }, NOTHING_JUDGED)
      expect(explanations.ownerOf(part, null)).toEqual({ kind, text, isJudged: false })
      expect(explanations.ownerOf('srv/x', null)).toBeNull()
    },
  )
})
