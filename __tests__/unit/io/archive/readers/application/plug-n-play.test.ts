import { describe, expect, test } from '@jest/globals'
import { makeZip } from '../../../../../support/zip.js'
import type { Entry } from '../../build.js'
import { file, gone, hardlink, listed, packageOf } from './late.js'

/** As Yarn 4 writes it, which inlines the data in a string. */
const manifestOf = (location: string) =>
  `const RAW_RUNTIME_STATE =\n'{\\\n  "packageRegistryData": [["ms", [["npm:2.0.0", {\\\n  "packageLocation": "${location}/node_modules/ms/"}]]]]}';\n`
const ZIP = 'ms-npm-2.0.0-9e1101a471-0e6a22b8b7.zip'
const PLACE = `srv/.yarn/cache/${ZIP}`
const FOUND = [`npm ms 2.0.0 at ${PLACE}`]
const zipOf = (...files: readonly (readonly [path: string, text: string])[]) =>
  makeZip(files.map(([name, bytes]) => ({ name, bytes })))
const entry = (path: string, body: Buffer): Entry => ({ path, body })
const MS = ['node_modules/ms/package.json', packageOf('ms', '2.0.0')] as const
const CACHED = entry(PLACE, zipOf(['node_modules/ms/index.js', ''], MS))
const MANIFEST = file('srv/.pnp.cjs', manifestOf(`./.yarn/cache/${ZIP}`))

describe("when a manifest of Yarn's Plug'n'Play names a zip", () => {
  test.each<[string, Entry[][]]>([
    ['behind it', [[MANIFEST, CACHED]]],
    ['in front of it', [[CACHED, MANIFEST]]],
    ['in a layer above', [[MANIFEST], [CACHED]]],
    ['in a layer below', [[CACHED], [MANIFEST]]],
    [
      'as a virtual package',
      [
        [
          file('srv/.pnp.cjs', manifestOf(`./.yarn/__virtual__/ms-virtual-1a2b3c4d5e/0/cache/${ZIP}`)),
          CACHED,
        ],
      ],
    ],
    ['as Yarn 2 does', [[file('srv/.pnp.js', manifestOf(`./.yarn/cache/${ZIP}`)), CACHED]]],
    [
      'in a file of its own',
      [
        [
          file('srv/.pnp.cjs', 'require("./.pnp.data.json")'),
          file('srv/.pnp.data.json', `{"packageLocation": "./.yarn/cache/${ZIP}/node_modules/ms/"}`),
          CACHED,
        ],
      ],
    ],
  ])('%s, then the package in it is listed', async (_, layers) => {
    expect(await listed(layers)).toEqual(FOUND)
  })

  test('which is a hard link, then the package in it is listed', async () => {
    const other = `store/${ZIP}`
    const layers = [[MANIFEST, { ...CACHED, path: other }, hardlink(PLACE, other)]]
    expect(await listed(layers)).toEqual([...FOUND, `npm ms 2.0.0 at ${other}`])
  })

  test('with bundled packages, then these are listed too', async () => {
    const bundled = ['node_modules/ms/node_modules/qs/package.json', packageOf('qs', '6.7.0')] as const
    const layers = [[MANIFEST, entry(PLACE, zipOf(MS, bundled, ['node_modules/ms/test/package.json', '{}']))]]
    expect(await listed(layers)).toEqual([...FOUND, `npm qs 6.7.0 at ${PLACE}`])
  })

  test.each<[string, Buffer, string]>([
    [
      'that is broken',
      Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200)]),
      'it is not a zip, or it is truncated',
    ],
    ['without a package', zipOf(['README.md', '']), "a zip of Plug'n'Play without a package.json"],
    ['that lists much more than it has', bomb(), 'it unpacks to more than the limit'],
  ])('%s, then it is unreadable', async (_, zip, why) => {
    expect(await listed([[MANIFEST, entry(PLACE, zip)]])).toEqual([`unreadable ${why} null at ${PLACE}`])
  })
})

/** Files that are nothing but zeros when they are unpacked. */
function bomb(): Buffer {
  const zeros = Buffer.alloc(2 ** 19)
  return makeZip(
    Array.from({ length: 4 }, (_, at) => ({ name: `node_modules/a${at}/package.json`, bytes: zeros })),
  )
}

describe('when a package is in a zip of the cache of Yarn', () => {
  test.each<[string, Entry[][]]>([
    [
      'no manifest names it',
      [[file('srv/.pnp.cjs', manifestOf('./.yarn/cache/ms-npm-2.1.3-81ff3cfac1-d924b57e73.zip')), CACHED]],
    ],
    ['there is no manifest', [[CACHED]]],
    ['a layer deletes the manifest', [[CACHED, MANIFEST], [gone('srv/.pnp.cjs')]]],
    ['a layer deletes the cache', [[CACHED, MANIFEST], [gone('srv/.yarn')]]],
  ])('and %s, then it is data', async (_, layers) => {
    expect(await listed(layers)).toEqual([])
  })
})

test("when a manifest of Plug'n'Play is too large, then it is unreadable", async () => {
  const large = file('srv/.pnp.cjs', ' '.repeat(32 * 2 ** 20 + 1))
  expect(await listed([[large]])).toEqual([
    'unreadable 33554433 bytes, over the limit of 33554432 null at srv/.pnp.cjs',
  ])
})

test('when there are more of its files than the limit, then the first that is left out is named', async () => {
  expect(await listed([[MANIFEST, CACHED]], { limits: { packageLinks: 1 } })).toEqual([
    `cut the image has more symbolic links and package.json files than the gate reads at ${PLACE}`,
  ])
})
