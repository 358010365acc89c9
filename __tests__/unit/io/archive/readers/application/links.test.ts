import { describe, expect, test } from '@jest/globals'
import { applicationInventory } from '../../../../../../src/inventory/application/inventory.js'
import { jarOf } from '../../../../../support/hostile-zip.js'
import { auditableProgram, oldGoProgram } from '../../../../../support/programs.js'
import { type Entry, readAlike, tarOf } from '../../build.js'

const lodash = JSON.stringify({ name: 'lodash', version: '4.17.4' })
const file = (path: string, body: string | Buffer = lodash): Entry => ({ path, body })
const link = (path: string, linkpath: string): Entry => ({ path, linkpath, type: 'Link' })
const PLACE = 'srv/node_modules/lodash/package.json'
const STORE = 'root/store/v3/files/ab/cdef'

async function listed(layers: readonly (readonly Entry[])[], limits = {}): Promise<readonly string[]> {
  const { image } = await readAlike(layers.map(tarOf), {}, { limits })
  const items = applicationInventory(image, { installed: [], foreign: [] })?.items ?? []
  return items.flatMap(({ kind, name, version, places }) =>
    places.map(({ path }) => `${kind} ${name} ${version} at ${path}`),
  )
}

const FOUND = [`npm lodash 4.17.4 at ${PLACE}`]

describe('a file behind a hard link', () => {
  test.each<[string, Entry[]]>([
    ['in front of it', [file(STORE), link(PLACE, STORE)]],
    [
      'in front of it, with other files between',
      [file(STORE), file('a', 'x'.repeat(200_000)), file('b'), link(PLACE, STORE)],
    ],
    ['in front of it, named with a dot', [file(STORE), link(PLACE, `./${STORE}`)]],
    ['in front of it, named from the root', [file(STORE), link(PLACE, `/${STORE}`)]],
    ['through another link', [file(STORE), link('root/again', STORE), link(PLACE, 'root/again')]],
    ['replaced afterwards', [file(STORE), link(PLACE, STORE), file(STORE, 'x')]],
    ['the second of one name', [file(STORE, 'x'), file(STORE), link(PLACE, STORE)]],
  ])('when it is %s, then it is read by the name of the link', async (_, entries) => {
    expect(await listed([entries])).toEqual(FOUND)
  })

  test('when names are in the other order, then the package is there too', async () => {
    expect(
      await listed([
        [file('app/node_modules/lodash/package.json'), link(STORE, 'app/node_modules/lodash/package.json')],
      ]),
    ).toContain('npm lodash 4.17.4 at app/node_modules/lodash/package.json')
  })

  test('when a later entry replaces the link, then that counts', async () => {
    const newer = JSON.stringify({ name: 'lodash', version: '4.17.21' })
    expect(await listed([[file(STORE), link(PLACE, STORE), file(PLACE, newer)]])).toEqual([
      `npm lodash 4.17.21 at ${PLACE}`,
    ])
    expect(await listed([[file(STORE), link(PLACE, STORE), file('srv/node_modules', '')]])).toEqual([])
  })

  test('when a later layer deletes the file in the store, then the package stays; when it deletes the link, it goes', async () => {
    const both = [file(STORE), link(PLACE, STORE)]
    expect(await listed([both, [file('root/store/v3/files/ab/.wh.cdef', '')]])).toEqual(FOUND)
    expect(await listed([both, [file('srv/node_modules/.wh.lodash', '')]])).toEqual([])
  })

  // Its beginning does not say what it is.
  const jar = Buffer.concat([Buffer.alloc(1), jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1')])
  test.each<[string, string, string | Buffer, string]>([
    ['a jar', 'srv/app.jar', jar, 'maven org.apache.logging.log4j:log4j-core 2.14.1 at srv/app.jar'],
    [
      'Python metadata',
      'srv/Django-3.2.dist-info/METADATA',
      'Name: Django\nVersion: 3.2\n',
      'pypi Django 3.2 at srv/Django-3.2.dist-info/METADATA',
    ],
    [
      'a gem',
      'srv/specifications/rack-2.0.9.gemspec',
      '# stub: rack 2.0.9 ruby lib\n',
      'gem rack 2.0.9 at srv/specifications/rack-2.0.9.gemspec',
    ],
    [
      'a list of Composer',
      'srv/vendor/composer/installed.json',
      '{"packages":[{"name":"a/b","version":"1.0"}]}',
      'composer a/b 1.0 at srv/vendor/composer/installed.json',
    ],
  ])('when it is %s, then it is read', async (_, path, body, found) => {
    expect(await listed([[file(STORE, body), link(path, STORE)]])).toEqual([found])
  })

  test('when it is known by another name that says something else, then it is read by this one', async () => {
    expect(
      await listed([[file('srv/Shop.deps.json', jar), link('srv/app.jar', 'srv/Shop.deps.json')]]),
    ).toEqual([
      'maven org.apache.logging.log4j:log4j-core 2.14.1 at srv/app.jar',
      'dotnet Shop null at srv/Shop.deps.json',
    ])
  })

  test('when it is a program, then it is one under each name, whatever only its tables lead to', async () => {
    const old = oldGoProgram('go1.17', [])
    const rust = auditableProgram({ packages: [{ name: 'smallvec', version: '1.6.0', source: 'crates.io' }] })
    expect(await listed([[file('a', old), link('b', 'a'), file('c', rust), link('srv/d.jar', 'c')]])).toEqual(
      [
        'golang stdlib 1.17 at a',
        'golang stdlib 1.17 at b',
        'cargo smallvec 1.6.0 at c',
        'cargo smallvec 1.6.0 at srv/d.jar',
        'jar d.jar null at srv/d.jar',
      ],
    )
  })
})

describe('a hard link that leads to no file that is read', () => {
  const folder: Entry = { path: 'd', type: 'Directory' }
  const symlink: Entry = { path: 's', type: 'SymbolicLink', linkpath: 'x' }
  const device: Entry = { path: 'c', type: 'CharacterDevice' }
  const missing = (name: string) => `${name}, which does not come before it in the same layer`
  test.each<[string, Entry[][], string]>([
    ['of another layer', [[file(STORE)], [link(PLACE, STORE)]], missing(STORE)],
    [
      'that is deleted',
      [[file(STORE)], [file('root/store/v3/files/ab/.wh.cdef', ''), link(PLACE, STORE)]],
      missing(STORE),
    ],
    ['that is nowhere', [[link(PLACE, STORE)]], missing(STORE)],
    ['that comes behind it', [[link(PLACE, STORE), file(STORE)]], missing(STORE)],
    ['that is the link itself', [[link(PLACE, PLACE)]], missing(PLACE)],
    ['above the image', [[link(PLACE, '../x')]], missing('../x')],
    ['that is a folder', [[folder, link(PLACE, 'd')]], 'what is not a regular file'],
    ['that is a device', [[device, link(PLACE, 'c')]], 'what is not a regular file'],
    ['that is a symbolic link', [[symlink, link(PLACE, 's')]], 'a symbolic link'],
  ])('when it is one %s, then that is said', async (_, layers, why) => {
    expect(await listed(layers)).toEqual([`unreadable a hard link to ${why} null at ${PLACE}`])
  })

  test('when links lead in a circle, then none of them is read, and it ends', async () => {
    const other = 'srv/node_modules/other/package.json'
    const found = await listed([[link(PLACE, 'a'), link('a', other), link(other, PLACE)]])
    expect(found).toHaveLength(2)
    expect(found.every((one) => one.startsWith('unreadable a hard link to '))).toBe(true)
  })

  test('when a link leads through many links, then the file behind them is read', async () => {
    const chain = Array.from({ length: 20 }, (_, at) => link(`l${at + 1}`, `l${at}`))
    expect(await listed([[file('l0'), ...chain, link(PLACE, 'l20')]])).toEqual(FOUND)
  })

  test('when the files behind links are larger than the limit, then those beyond it are unreadable', async () => {
    const other = 'srv/node_modules/other/package.json'
    const entries = [file(STORE), link(PLACE, STORE), link(other, STORE)]
    expect(await listed([entries], { linkedBytes: lodash.length })).toEqual([
      ...FOUND,
      `unreadable the files behind hard links add up to more than ${lodash.length} bytes null at ${other}`,
    ])
  })

  test('when the file is above what is read of its kind, then that is reported', async () => {
    const jar = Buffer.concat([Buffer.alloc(1000), jarOf('a', 'b', '1.0')])
    expect(
      await listed([[file(STORE, jar), link('srv/a.jar', STORE)]], { jarBytes: 1000, storedJarBytes: 1000 }),
    ).toEqual([`unreadable ${jar.length} bytes, over the limit of 1000 null at srv/a.jar`])
  })
})
