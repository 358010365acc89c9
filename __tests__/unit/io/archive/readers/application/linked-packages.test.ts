import { describe, expect, test } from '@jest/globals'
import type { Entry } from '../../build.js'
import { file, folder, gone, listed, packageOf, symlink } from './late.js'

const PLACE = 'srv/packages/acme/package.json'
const FOUND = [`npm acme 1.2.3 at ${PLACE}`]
const LINK = symlink('srv/node_modules/acme', '../packages/acme')

describe('when a link in node_modules leads to a package', () => {
  test.each<[string, Entry[][]]>([
    ['behind it', [[LINK, file(PLACE)]]],
    ['in front of it', [[file(PLACE), LINK]]],
    ['of a layer below', [[file(PLACE)], [LINK]]],
    ['of a layer above', [[LINK], [file(PLACE)]]],
    ['by its path from the root', [[symlink('srv/node_modules/acme', '/srv/packages/acme'), file(PLACE)]]],
    ['in a scope', [[symlink('srv/node_modules/@a/b', '../../packages/acme'), file(PLACE)]]],
    [
      'in the folder of a package',
      [[symlink('a/node_modules/b/node_modules/c', '/srv/packages/acme'), file(PLACE)]],
    ],
    ['by a link to its scope', [[symlink('a/node_modules/@srv', '/srv/packages'), file(PLACE)]]],
    ['by a link to all packages', [[symlink('a/node_modules', '/srv/packages'), file(PLACE)]]],
    [
      'by a link to all packages, in a scope',
      [[symlink('a/node_modules', '/srv'), file(PLACE.replace('packages', '@s'))]],
    ],
    [
      'by a link to the file itself',
      [[symlink('a/node_modules/acme/package.json', '/srv/packages/acme/package.json'), file(PLACE)]],
    ],
    [
      'through another link',
      [[symlink('a/node_modules/acme', '/current/acme'), symlink('current', 'srv/packages'), file(PLACE)]],
    ],
    [
      'through a link of another layer',
      [[symlink('a/node_modules/acme', '/current/acme')], [symlink('current', 'srv/packages'), file(PLACE)]],
    ],
  ])('that is %s, then it is listed', async (_, layers) => {
    expect(await listed(layers)).toEqual(
      FOUND.map((one) => one.replace('packages', layers[0]?.[1]?.path.includes('@s/') ? '@s' : 'packages')),
    )
  })

  test.each<[string, Entry[][]]>([
    ['no link leads to it', [[file(PLACE)]]],
    ['the link is elsewhere', [[symlink('srv/lib/acme', '../packages/acme'), file(PLACE)]]],
    ['the link leads to a folder above it', [[symlink('srv/node_modules/acme', '../packages'), file(PLACE)]]],
    ['a layer deletes the link', [[LINK, file(PLACE)], [gone('srv/node_modules/acme')]]],
    ['a layer deletes node_modules', [[LINK, file(PLACE)], [gone('srv/node_modules')]]],
    ['a layer empties node_modules', [[LINK, file(PLACE)], [file('srv/node_modules/.wh..wh..opq', '')]]],
    ['a layer puts a folder there', [[LINK, file(PLACE)], [folder('srv/node_modules/acme')]]],
    ['a later entry replaces the link', [[LINK, folder('srv/node_modules/acme'), file(PLACE)]]],
    [
      'links lead in a circle',
      [[symlink('a/node_modules/b', 'c'), symlink('a/node_modules/c', 'b'), file(PLACE)]],
    ],
  ])('but %s, then it is only one that somebody has copied', async (_, layers) => {
    expect(await listed(layers)).toEqual(FOUND.map((one) => `${one}, loose`))
  })

  test.each<[string, Entry[][]]>([
    ['a layer deletes it', [[LINK, file(PLACE)], [gone('srv/packages')]]],
    ['it states no version', [[LINK, file(PLACE, '{"name":"acme"}')]]],
  ])('but %s, then it is not listed', async (_, layers) => {
    expect(await listed(layers)).toEqual([])
  })

  test('whose node_modules a layer only has again, then it is still there', async () => {
    expect(await listed([[LINK, file(PLACE)], [folder('srv/node_modules')]])).toEqual(FOUND)
  })

  test('of which a layer has another version, then that counts', async () => {
    expect(await listed([[LINK, file(PLACE)], [file(PLACE, packageOf('acme', '2.0.0'))]])).toEqual([
      `npm acme 2.0.0 at ${PLACE}`,
    ])
  })

  test('that is broken or too large, then that is reported', async () => {
    expect(await listed([[LINK, file(PLACE, '{')]])).toEqual([
      `unreadable package.json is not a JSON object null at ${PLACE}`,
    ])
    expect(await listed([[LINK, file(PLACE, ' '.repeat(2 ** 20 + 1))]])).toEqual([
      `unreadable 1048577 bytes, over the limit of 1048576 null at ${PLACE}`,
    ])
  })

  test('beyond the limit of the image, then that is reported', async () => {
    const why = 'the image has more symbolic links and package.json files than the gate reads'
    expect(await listed([[LINK, file(PLACE)]], { limits: { packageLinks: 1 } })).toEqual([
      `unreadable ${why} null at ${PLACE}`,
      `cut ${why} at ${PLACE}`,
    ])
    expect(await listed([[file(PLACE), LINK]], { limits: { packageLinks: 1 } })).toEqual([
      ...FOUND.map((one) => `${one}, loose`),
      `cut ${why} at srv/node_modules/acme`,
    ])
    expect(await listed([[LINK, file(PLACE)]], { limits: { packageLinks: 2 } })).toEqual(FOUND)
  })
})

/** As the package managers leave them, each with one package and one link of each kind. */
describe('when packages are installed by', () => {
  const lodash = packageOf('lodash', '4.17.4')
  test.each<[string, Entry[], string[]]>([
    [
      'Yarn with nodeLinker: pnpm',
      [
        file('srv/node_modules/.store/lodash-npm-4.17.4-3e04ae8f1c/package/package.json', lodash),
        symlink('srv/node_modules/lodash', '.store/lodash-npm-4.17.4-3e04ae8f1c/package'),
        symlink('srv/node_modules/acme', '../packages/acme'),
        file(PLACE),
      ],
      [
        'npm acme 1.2.3 at srv/packages/acme/package.json',
        'npm lodash 4.17.4 at srv/node_modules/.store/lodash-npm-4.17.4-3e04ae8f1c/package/package.json',
      ],
    ],
    [
      'pnpm, isolated, with an injected workspace',
      [
        file('srv/node_modules/.pnpm/lodash@4.17.4/node_modules/lodash/package.json', lodash),
        symlink('srv/node_modules/lodash', '.pnpm/lodash@4.17.4/node_modules/lodash'),
        file('srv/node_modules/.pnpm/acme@file+packages+acme/node_modules/acme/package.json'),
        symlink(
          'srv/apps/shop/node_modules/acme',
          '../../../node_modules/.pnpm/acme@file+packages+acme/node_modules/acme',
        ),
      ],
      [
        'npm acme 1.2.3 at srv/node_modules/.pnpm/acme@file+packages+acme/node_modules/acme/package.json',
        'npm lodash 4.17.4 at srv/node_modules/.pnpm/lodash@4.17.4/node_modules/lodash/package.json',
      ],
    ],
    [
      'Bun, isolated',
      [
        file('srv/node_modules/.bun/lodash@4.17.4/node_modules/lodash/package.json', lodash),
        symlink('srv/node_modules/lodash', '.bun/lodash@4.17.4/node_modules/lodash'),
      ],
      ['npm lodash 4.17.4 at srv/node_modules/.bun/lodash@4.17.4/node_modules/lodash/package.json'],
    ],
    [
      'Bun with links to its cache',
      [
        file('root/.bun/install/cache/lodash@4.17.4@@@1/package.json', lodash),
        folder('srv/node_modules/lodash'),
        symlink(
          'srv/node_modules/lodash/package.json',
          '/root/.bun/install/cache/lodash@4.17.4@@@1/package.json',
        ),
      ],
      ['npm lodash 4.17.4 at root/.bun/install/cache/lodash@4.17.4@@@1/package.json'],
    ],
  ])('%s, then each is listed once', async (_, entries, wanted) => {
    expect(await listed([entries])).toEqual(wanted)
  })
})
