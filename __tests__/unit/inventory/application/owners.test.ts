import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { ownItems } from '../../../../src/inventory/application/inventory.js'
import type { InstalledPackage } from '../../../../src/model/packages/package.js'
import type { ForeignPackage, Origin } from '../../../../src/model/provenance/origin.js'
import { jarOf } from '../../../support/hostile-zip.js'
import { goProgram, plainProgram } from '../../../support/programs.js'
import { type Entry, gone } from '../../io/archive/build.js'
import {
  file,
  head,
  imageOf,
  inventoryOf,
  type Known,
  type Layers,
  listed,
  npm,
  program,
  python,
} from './of-layers.js'

const md5 = (body: string | Buffer) => createHash('md5').update(body).digest('hex')

function installed(...names: readonly string[]): InstalledPackage[] {
  return names.map((name) => ({
    name,
    version: '1',
    architecture: 'all',
    source: name,
    sourceVersion: '1',
    want: 'install',
    flag: 'ok',
    state: 'installed',
    database: 'var/lib/dpkg/status',
  }))
}
const from = (origin: Origin, name: string): ForeignPackage[] =>
  installed(name).map((one) => ({ ...one, origin, suite: null, release: null }))

describe('who owns a file', () => {
  test('when more lists lie in the image than are kept, then those of Debian’s folders have an unknown owner', async () => {
    const path = 'usr/lib/python3/dist-packages'
    const lists = [
      file('var/lib/dpkg/info/a.list', '/a\n'.repeat(100)),
      file('var/lib/dpkg/info/b.list', '/b\n'),
    ]
    const { inventory } = await inventoryOf(
      [[python(path, 'idna', '3.3'), python('srv', 'idna', '3.4'), ...lists]],
      {
        packages: installed('a', 'b'),
        limits: { packageListCharacters: 100 },
      },
    )
    const owners = inventory.items.flatMap(({ places }) => places.map(({ owner }) => owner.by))
    expect(owners).toEqual(['unknown', 'nobody'])
  })

  test('when nothing of a kind is judged, then Debian’s own is left out, and an unknown owner changes nothing', async () => {
    const paths = ['usr/lib/R/library/base/DESCRIPTION', 'usr/lib/R/site-library/shiny/DESCRIPTION']
    const files = paths.map((path) => file(path, 'Package: x\nVersion: 1\nBuilt: R 4.2.2; ; x\n'))
    const packages = installed('r-base-core')
    const list = file('var/lib/dpkg/info/r-base-core.list', `/${paths[0]}\n`)
    const placesOf = async (entries: readonly Entry[]) =>
      ownItems((await inventoryOf([entries], { packages })).inventory).map(({ kind, places }) => [
        kind,
        ...places.map(({ path }) => path),
      ])
    expect(await placesOf([...files, list])).toEqual([['cran', paths[1]]])
    expect(await placesOf(files)).toEqual([['cran', ...paths]])
  })

  const METADATA = python('usr/lib/python3/dist-packages', 'idna', '3.3')
  const body = String(METADATA.body)
  const info = (name: string, text: string) => file(`var/lib/dpkg/info/${name}`, text)
  const sums = (path: string, content: string | Buffer) =>
    info('python3-idna.md5sums', `${md5(content)}  ${path}\n`)
  const list = info('python3-idna.list', `/.\n/usr\n/${METADATA.path}\n`)
  const base = [METADATA, list, sums(METADATA.path, body)]
  const packages = installed('python3-idna')
  const IDNA = [`pypi idna 3.3 at ${METADATA.path}`]

  test.each<[string, Layers, Known, string[]]>([
    ['is listed with its content', [base], { packages }, []],
    ['is listed in another layer', [[METADATA], base.slice(1)], { packages }, []],
    [
      'has another content than its sum',
      [[...base.slice(0, 2), sums(METADATA.path, 'x')]],
      { packages },
      IDNA,
    ],
    ['is overwritten in a later layer', [base, [{ ...METADATA, body: `${body}\nmore` }]], { packages }, IDNA],
    ['is of a package that is not installed', [base], { packages: [] }, IDNA],
    [
      'is of a third party’s package',
      [base],
      { packages, foreign: from('third-party', 'python3-idna') },
      IDNA,
    ],
    [
      'is of a package of unknown origin',
      [base],
      { packages, foreign: from('unknown', 'python3-idna') },
      IDNA,
    ],
    [
      'is of a vendor’s package that looks like an old one of Debian’s',
      [base],
      { packages: packages.map((one) => ({ ...one, version: '0.5-1nodesource1' })) },
      IDNA,
    ],
    ['is of Debian’s backports', [base], { packages, foreign: from('backports', 'python3-idna') }, []],
    ['is listed without any sums, of the same layer', [[METADATA, list]], { packages }, []],
    ['is listed without any sums, and written later', [[list], [METADATA]], { packages }, IDNA],
    ['is listed, and left out of the sums', [[METADATA, list, sums('usr/other', 'x')]], { packages }, IDNA],
    [
      'lost its list to a whiteout',
      [
        base,
        [gone('var/lib/dpkg/info/python3-idna.list'), gone('var/lib/dpkg/info/python3-idna.md5sums')],
        [info('x.list', '')],
      ],
      { packages },
      IDNA,
    ],
    [
      'is of distroless, which has sums alone',
      [[METADATA, file('var/lib/dpkg/status.d/python3-idna.md5sums', `${md5(body)}  ${METADATA.path}\n`)]],
      { packages },
      [],
    ],
    [
      'is listed without /usr',
      [
        [
          METADATA,
          info('python3-idna.list', `/${METADATA.path.slice(4)}\n`),
          sums(METADATA.path.slice(4), body),
        ],
      ],
      { packages },
      [],
    ],
  ])('when a file %s, then that decides', async (_, layers, known, wanted) => {
    expect(await listed(layers, known)).toEqual(wanted)
  })

  test.each([
    ['usr/share/nodejs/lodash', 'lodash'],
    ['usr/share/nodejs/@babel/core', '@babel/core'],
    ['usr/lib/nodejs/lodash', 'lodash'],
    ['usr/lib/x86_64-linux-gnu/nodejs/lodash', 'lodash'],
  ])(
    'when a package lies in %s, where Debian’s Node.js looks, then it is its own unless Debian’s',
    async (folder, name) => {
      const path = `${folder}/package.json`
      const text = JSON.stringify({ version: '4.17.4' })
      const own = [`npm ${name} 4.17.4 at ${path}`]
      const owned = [info('python3-idna.list', `/${path}\n`), sums(path, text)]
      const stub = file(`${folder}/lib/package.json`, '{"type":"module"}')
      expect(await listed([[file(path, text), stub, info('x.list', '')]], { packages })).toEqual(own)
      expect(await listed([[file(path, text), ...owned, stub]], { packages })).toEqual([])
      expect(await listed([owned, [file(path, `${text} `)]], { packages })).toEqual(own)
      expect(await head([[file(path, text)]], { packages })).toBe('not examined: 1 package of unknown owner')
      expect(await listed([[file(`opt/${path}`, text)]], { packages })).toEqual([])
    },
  )

  const bulky: readonly Entry[] = [
    program('usr/bin/tool', goProgram('go1.19.8', [])),
    file('usr/share/java/tool.jar', jarOf('com.acme', 'tool', '1.0', [])),
    program('usr/lib/libpython3.11.so.1.0', Buffer.concat([plainProgram(), Buffer.from('\x003.11.2\0')])),
    file('usr/lib/python3/dist-packages/tool-1.egg-info', `Name: tool\n\n${'x'.repeat(70_000)}`),
    // Its content begins two blocks later than that of the others.
    { ...program('tool', goProgram('go1.19.8', [])), paxPath: `usr/lib/${'long/'.repeat(30)}tool` },
  ]
  test.each(bulky.map((one) => [(one.paxPath ?? one.path).slice(0, 40), one] as const))(
    'when a large file is Debian’s, %s, then it is read again, and its content decides',
    async (_, one) => {
      const path = one.paxPath ?? one.path
      const layer = [file('etc/hostname', 'x'), one, info('python3-idna.list', `/${path}\n`)]
      const content = one.body ?? ''
      expect(await listed([[...layer, sums(path, content)]], { packages })).toEqual([])
      expect(await listed([layer, [sums(path, content)]], { packages })).toEqual([])
      expect(await listed([[...layer, sums(path, `${content.toString()}x`)]], { packages })).toHaveLength(1)
      const other = Buffer.concat([Buffer.from(content), Buffer.from('y')])
      const replaced = await listed([[...layer, sums(path, content)], [{ ...one, body: other }]], {
        packages,
      })
      expect(replaced).toHaveLength(1)
    },
  )

  test('when a program is Debian’s under two names, by a link and by a diversion, then both are', async () => {
    const body = goProgram('go1.19.8', [])
    const diversions = '/usr/bin/tool\n/usr/bin/tool.distrib\nother\n'
    const names = ['usr/bin/tool.distrib', 'usr/bin/again']
    const layer = [
      program('usr/bin/tool.distrib', body),
      { path: 'usr/bin/again', type: 'Link', linkpath: 'usr/bin/tool.distrib' } as const,
      file('var/lib/dpkg/diversions', diversions),
      info('python3-idna.md5sums', `${md5(body)}  usr/bin/tool\n${md5(body)}  usr/bin/again\n`),
    ]
    expect(
      await listed([[...layer, info('python3-idna.list', '/usr/bin/tool\n/usr/bin/again\n')]], { packages }),
    ).toEqual([])
    expect(await listed([layer.slice(0, 2)], { packages })).toEqual([
      `golang stdlib 1.19.8 at ${names.sort().join(', ')}`,
    ])
  })

  test('when no list has a sum of a program, then none is computed', async () => {
    const image = await imageOf([[program('srv/app', goProgram('go1.19.8', []))]])
    expect(image.layers[0]?.applications?.files['srv/app']?.md5).toBeNull()
  })

  test('when a package’s file was diverted, then it is the package’s where it lies now', async () => {
    const moved = { ...METADATA, path: 'usr/lib/python3/dist-packages/idna-3.3.distrib.dist-info/METADATA' }
    const diversions = `/${METADATA.path}\n/${moved.path}\nother\n`
    const layer = [moved, list, sums(METADATA.path, body), file('var/lib/dpkg/diversions', diversions)]
    expect(await listed([layer], { packages })).toEqual([])
    expect(await listed([layer.slice(0, 3)], { packages })).not.toEqual([])
  })

  test('when dpkg’s lists are gone, then of what lies in Debian’s folders the owner is not known', async () => {
    const layers = [base, [gone('var/lib/dpkg/info')]]
    expect(await head(layers, { packages })).toBe('not examined: 1 package of unknown owner')
    expect(
      await head([[...base, npm('srv', 'qs', '6.7.0')], [gone('var/lib/dpkg/info')]], { packages }),
    ).toBe('not examined: 1 npm package, 1 package of unknown owner')
  })

  test('when one place is Debian’s and one the application’s own, then only the own one counts', async () => {
    const own = python('opt/venv', 'idna', '3.3')
    expect(await listed([[...base, own]], { packages })).toEqual([`pypi idna 3.3 at ${own.path}`])
    expect(await listed([[...base, own]], { packages, all: true })).toEqual([
      `pypi idna 3.3 at ${own.path}, ${METADATA.path}`,
    ])
  })
})
