import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { installed } from '../../../../inventory/account/image.js'
import type { Entry } from '../../build.js'
import { file, folder, gone, hardlink, type Layers, listed, packageOf, symlink } from './late.js'

const WS = packageOf('ws', '7.4.0')
const SHOP = packageOf('shop', '1.0.0')
const PLACE = 'srv/app/vendor/sockets/package.json'
const FOUND = [`npm ws 7.4.0 at ${PLACE}, loose`]
/** As npm leaves an application that it has installed packages for. */
const APP = [
  file('srv/app/package.json', SHOP),
  file('srv/app/package-lock.json', '{}'),
  file('srv/app/main.js', ''),
]
const config = { Cmd: ['node', '/srv/app/main.js'] }

describe('when an npm package is outside node_modules', () => {
  test.each<[string, Entry[][], string[]]>([
    ['under another name, in the application', [[...APP, file(PLACE, WS)]], FOUND],
    ['in a layer of its own', [APP, [file(PLACE, WS)]], FOUND],
    ['in a layer below', [[file(PLACE, WS)], APP], FOUND],
    ['which nobody may read', [[...APP, { ...file(PLACE, WS), mode: 0o111 }]], FOUND],
    [
      'in a scope',
      [[file('opt/x/package.json', packageOf('@acme/ui', '2.0.0-rc.1+5'))]],
      ['npm @acme/ui 2.0.0-rc.1+5 at opt/x/package.json, loose'],
    ],
    [
      'in the cache that Deno loads from',
      [[file('deno-dir/npm/registry.npmjs.org/ws/7.4.0/package.json', WS)]],
      ['npm ws 7.4.0 at deno-dir/npm/registry.npmjs.org/ws/7.4.0/package.json, loose'],
    ],
    [
      'as a tool at the top',
      [[file('opt/yarn-v1.22.22/package.json', packageOf('yarn', '1.22.22'))]],
      ['npm yarn 1.22.22 at opt/yarn-v1.22.22/package.json, loose'],
    ],
    [
      'under two names',
      [[file('opt/x/package.json', WS), hardlink('opt/y/package.json', 'opt/x/package.json')]],
      ['npm ws 7.4.0 at opt/x/package.json, loose', 'npm ws 7.4.0 at opt/y/package.json, loose'],
    ],
    [
      'and a layer above has another version',
      [[file(PLACE, WS)], [file(PLACE, packageOf('ws', '8.18.0'))]],
      [`npm ws 8.18.0 at ${PLACE}, loose`],
    ],
    [
      'beside a lock file that a layer deletes',
      [
        [file(PLACE, WS), file('srv/app/vendor/sockets/yarn.lock', '')],
        [gone('srv/app/vendor/sockets/yarn.lock')],
      ],
      FOUND,
    ],
    [
      'beside a node_modules that a layer deletes',
      [
        [file(PLACE, WS), folder('srv/app/vendor/sockets/node_modules')],
        [gone('srv/app/vendor/sockets/node_modules')],
      ],
      FOUND,
    ],
    [
      'where a layer below had an application',
      [
        [file(PLACE, WS), file('srv/app/vendor/sockets/bun.lock', '')],
        [gone('srv/app/vendor'), file(PLACE, WS)],
      ],
      FOUND,
    ],
  ])('%s, then it is listed', async (_, layers, wanted) => {
    expect(await listed(layers, { config })).toEqual(wanted)
  })

  test.each<[string, Entry[][]]>([
    ['a layer deletes it', [[file(PLACE, WS)], [gone(PLACE)]]],
    ['a layer deletes a folder above it', [[file(PLACE, WS)], [gone('srv/app/vendor')]]],
    ['a layer empties a folder above it', [[file(PLACE, WS)], [file('srv/app/.wh..wh..opq', '')]]],
    [
      'a layer has a private one there',
      [[file(PLACE, WS)], [file(PLACE, packageOf('ws', '1.0.0', { private: true }))]],
    ],
    ['a layer has a folder there', [[file(PLACE, WS)], [folder(PLACE)]]],
  ])('but %s, then it is not there', async (_, layers) => {
    expect(await listed(layers, { config })).toEqual([])
  })

  test.each<[string, string]>([
    ['no name', '{"version":"1.2.3"}'],
    ['no version', '{"name":"acme"}'],
    ['only a type', '{"type":"module"}'],
    ['a range for a version', packageOf('acme', '^1.2.3')],
    ['half a version', packageOf('acme', '1.2')],
    ['a version of its own', packageOf('acme', '2024.01.02')],
    ['a word for a version', packageOf('acme', 'latest')],
    ['a placeholder for a version', packageOf('acme', '{{version}}')],
    ['a name that npm takes no more', packageOf('Acme', '1.2.3')],
    ['a name with a blank', packageOf('acme shop', '1.2.3')],
    ['a name that is too long', packageOf('a'.repeat(215), '1.2.3')],
    ['a number for a name', JSON.stringify({ name: 1, version: '1.2.3' })],
    ['a word that it is private', packageOf('acme', '1.2.3', { private: true })],
    ['the same word as a text', packageOf('acme', '1.2.3', { private: 'true' })],
    ['the engine of an editor', packageOf('python', '2024.1.0', { engines: { vscode: '^1.9' } })],
    ['no JSON', '{'],
    ['a list', '[]'],
  ])('that has %s, then it is no package that somebody has published', async (_, text) => {
    expect(await listed([[file('opt/x/package.json', text)]])).toEqual([])
  })

  test.each([
    'srv/node_modules/a/dist/package.json',
    'srv/node_modules/a/vendor/b/package.json',
    'usr/local/lib/python3.13/site-packages/jupyterlab/staging/package.json',
    'usr/local/lib/python3.13/dist-packages/notebook/static/jquery/package.json',
    'usr/local/share/jupyter/labextensions/@acme/ui/package.json',
    'usr/local/bundle/gems/acme-1.2.3/package.json',
    'usr/share/nodejs/acme/dist/package.json',
    'usr/lib/x86_64-linux-gnu/nodejs/acme/lib/package.json',
    'go/pkg/mod/example.org/acme@v1.2.3/ui/package.json',
    'usr/local/cargo/registry/src/index.crates.io-1/acme-1.2.3/package.json',
    'srv/app/.yarn/sdks/typescript/package.json',
    'srv/app/test/acme/package.json',
    'srv/app/tests/acme/package.json',
    'srv/app/__tests__/acme/package.json',
    'srv/app/fixtures/acme/package.json',
    'srv/app/testdata/acme/package.json',
    'srv/app/example/acme/package.json',
    'srv/app/examples/acme/package.json',
    'srv/app/template/acme/package.json',
    'srv/app/templates/acme/package.json',
  ])('at %s, then it is part of what is there, or is not there', async (path) => {
    expect(await listed([[file(path)]], { config })).toEqual([])
  })

  test('in a package of Composer, then it is part of that; next to these, then not', async () => {
    const list = JSON.stringify({ packages: [{ name: 'symfony/ux', version: 'v2.0.0' }] })
    const layers = [
      [
        file('srv/app/vendor/composer/installed.json', list),
        file('srv/app/vendor/symfony/ux/assets/package.json', packageOf('@symfony/ux', '2.0.0')),
        file(PLACE, WS),
      ],
    ]
    expect(await listed(layers, { config })).toEqual([
      ...FOUND,
      'composer symfony/ux v2.0.0 at srv/app/vendor/composer/installed.json',
    ])
  })

  test('in another one, then it is part of that, also if a link in node_modules leads there', async () => {
    const inner = file('opt/ws/lib/inner/package.json')
    const other = file('opt/ws-inner/package.json')
    expect(await listed([[inner, file('opt/ws/package.json', WS), other]])).toEqual([
      'npm acme 1.2.3 at opt/ws-inner/package.json, loose',
      'npm ws 7.4.0 at opt/ws/package.json, loose',
    ])
    const link = symlink('srv/node_modules/ws', '/opt/ws')
    expect(await listed([[link, inner, file('opt/ws/package.json', WS)]])).toEqual([
      'npm ws 7.4.0 at opt/ws/package.json',
    ])
  })

  test('and Debian has it there, then it is Debian’s, as long as it is Debian’s file', async () => {
    const path = 'usr/share/javascript/acme/package.json'
    const sum = createHash('md5').update(packageOf('acme', '1.2.3')).digest('hex')
    const debian = [
      file(path),
      file('var/lib/dpkg/info/libjs-acme.list', `/${path}\n`),
      file('var/lib/dpkg/info/libjs-acme.md5sums', `${sum}  ${path}\n`),
    ]
    const known = { installed: installed('libjs-acme') }
    expect(await listed([debian], known)).toEqual([`npm acme 1.2.3 at ${path}, loose, debian`])
    const changed = [file(path, packageOf('acme', '1.2.4'))]
    expect(await listed([debian, changed], known)).toEqual([`npm acme 1.2.4 at ${path}, loose`])
    const lists = [gone('var/lib/dpkg/info')]
    expect(await listed([[file(path)], lists], known)).toEqual([`npm acme 1.2.3 at ${path}, loose, unknown`])
  })

  test('beyond a limit, then that is reported', async () => {
    const layers = [['a', 'b', 'c'].map((name) => file(`opt/${name}/package.json`, packageOf(name, '1.0.0')))]
    const why = 'more than 2 application packages in the image'
    expect(await listed(layers, { limits: { applicationStatements: 2 } })).toEqual([
      'npm a 1.0.0 at opt/a/package.json, loose',
      'npm b 1.0.0 at opt/b/package.json, loose',
      `cut ${why} at opt/c/package.json`,
    ])
    expect(await listed(layers, { limits: { packageLinks: 2 } })).toEqual([
      'npm a 1.0.0 at opt/a/package.json, loose',
      'npm b 1.0.0 at opt/b/package.json, loose',
      'cut the image has more symbolic links and package.json files than the gate reads at opt/c/package.json',
    ])
    expect(await listed([[file('opt/x/package.json', ' '.repeat(2 ** 20 + 1))]])).toEqual([
      'unreadable 1048577 bytes, over the limit of 1048576 null at opt/x/package.json',
    ])
    const folders = ['node_modules/a', 'test/b'].map((path) =>
      file(`opt/node_modules/x/${path}/dist/package.json`),
    )
    expect(await listed([folders], { limits: { packageLinks: 1 } })).toEqual([])
  })
})

test('when there are thousands of them, then the application, which is higher up, is still known', async () => {
  const places = Array.from({ length: 5050 }, (_, at) => `srv/shop/copied/${at}/package.json`)
  const first = file(places[0] ?? '')
  const layers = [
    [
      first,
      ...places.slice(1).map((path) => hardlink(path, first.path)),
      file('srv/shop/package.json', SHOP),
      file('srv/shop/yarn.lock', ''),
    ],
  ]
  const found = await listed(layers)
  expect(found).toHaveLength(places.length)
  expect(found.filter((one) => one.includes('shop 1.0.0'))).toEqual([])
})

describe('when a package.json is the application’s own', () => {
  test.each([
    ['the working directory', { WorkingDir: '/srv/shop' }],
    ['a folder above the working directory', { WorkingDir: '/srv/shop/dist/' }],
    ['the folder of the script', { Cmd: ['node', '/srv/shop/main.js'] }],
    ['a folder above the script', { Entrypoint: ['/srv/shop/bin/start'], Cmd: ['--port', '80'] }],
    ['the folder of a command of a shell', { Cmd: ['/bin/sh', '-c', 'cd /srv/shop && exec npm start'] }],
    ['named by its path from another folder', { Cmd: ['node', 'shop/main.js'], WorkingDir: '/srv' }],
    ['named by a path with dots', { Cmd: ['node', '../shop/./main.js'], WorkingDir: '/srv/other' }],
    ['behind a link', { Cmd: ['node', '/current/main.js'] }],
  ])('since it is in %s, then it is not listed', async (_, own) => {
    const layers = [[file('srv/shop/package.json', SHOP), symlink('current', 'srv/shop')]]
    expect(await listed(layers, { config: own })).toEqual([])
  })

  test.each([
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    '.pnp.cjs',
    'pnpm-lock.yaml',
    'bun.lock',
    'bun.lockb',
    'deno.lock',
  ])('since %s is beside it, in any layer, then it is not listed', async (name) => {
    const own = file('srv/shop/package.json', SHOP)
    const lock = file(`srv/shop/${name}`, '')
    for (const layers of [[[own, lock]], [[own], [lock]], [[lock], [own]]]) {
      expect(await listed(layers)).toEqual([])
    }
  })

  test.each<[string, Entry]>([
    ['a folder', folder('srv/shop/node_modules')],
    ['a link', symlink('srv/shop/node_modules', '../modules')],
  ])('since node_modules is beside it, as %s, then it is not listed', async (_, entry) => {
    expect(await listed([[file('srv/shop/package.json', SHOP)], [entry]])).toEqual([])
  })

  test('then a build’s copy of it is not listed either, and a package with other words is', async () => {
    const layers = [
      [
        file('srv/shop/package.json', SHOP),
        file('srv/shop/dist/package.json', SHOP),
        file('srv/shop/dist/api/package.json', SHOP),
        file('srv/shop/vendor/shop/package.json', packageOf('shop', '0.9.0')),
      ],
    ]
    expect(await listed(layers, { config: { WorkingDir: '/srv/shop', Cmd: ['npm', 'start'] } })).toEqual([
      'npm shop 0.9.0 at srv/shop/vendor/shop/package.json, loose',
    ])
  })

  const npm = (path: string, name: string) =>
    file(`${path}/node_modules/${name}/package.json`, packageOf(name, '1.0.0'))
  const ms = (path: string) => `npm ms 1.0.0 at ${path}/node_modules/ms/package.json`
  /** As the tools leave them, without the sources that builds remove. */
  test.each<[string, Layers, object, string[]]>([
    [
      'workspaces of npm',
      [
        [
          file('app/package.json', packageOf('shop', '1.0.0', { workspaces: ['packages/*'] })),
          folder('app/node_modules'),
          npm('app', 'ms'),
          symlink('app/node_modules/@shop/web', '../../packages/web'),
          file('app/packages/web/package.json', packageOf('@shop/web', '1.0.0')),
          file('app/packages/web/dist/package.json', '{"type":"module"}'),
        ],
      ],
      { WorkingDir: '/app', Cmd: ['npm', 'start', '-w', '@shop/web'] },
      ['npm @shop/web 1.0.0 at app/packages/web/package.json', ms('app')],
    ],
    [
      'workspaces of pnpm',
      [
        [
          file('app/package.json', SHOP),
          file('app/pnpm-lock.yaml', ''),
          npm('app/node_modules/.pnpm/ms@1.0.0', 'ms'),
          file('app/packages/web/package.json', packageOf('@shop/web', '1.0.0')),
          folder('app/packages/web/node_modules'),
          symlink('app/packages/web/node_modules/ms', '../../../node_modules/.pnpm/ms@1.0.0/node_modules/ms'),
        ],
      ],
      { WorkingDir: '/app', Cmd: ['pnpm', 'start'] },
      [ms('app/node_modules/.pnpm/ms@1.0.0')],
    ],
    [
      'Yarn with Plug’n’Play',
      [
        [
          file('app/package.json', SHOP),
          file('app/.pnp.cjs', ''),
          file('app/.yarn/cache/ms-npm-1.0.0-d1a3b1c5e2-8.zip', 'PK'),
          file('app/.yarn/sdks/eslint/package.json', packageOf('eslint', '8.57.0-sdk')),
          npm('app/.yarn/unplugged/ms-npm-1.0.0-d1a3b1c5e2', 'ms'),
        ],
      ],
      { Cmd: ['yarn', 'start'] },
      [ms('app/.yarn/unplugged/ms-npm-1.0.0-d1a3b1c5e2')],
    ],
    [
      'a standalone build of Next.js',
      [
        [
          file('app/package.json', SHOP),
          file('app/server.js', ''),
          file('app/.next/package.json', '{"type":"commonjs"}'),
          npm('app', 'ms'),
        ],
      ],
      { WorkingDir: '/app', Cmd: ['node', 'server.js'] },
      [ms('app')],
    ],
    [
      'a standalone build of Next.js in workspaces',
      [
        [
          file('app/package.json', packageOf('root', '1.0.0', { private: true })),
          file('app/apps/web/package.json', packageOf('web', '1.0.0')),
          file('app/apps/web/.next/package.json', '{"type":"commonjs"}'),
          npm('app', 'ms'),
        ],
      ],
      { WorkingDir: '/app', Cmd: ['node', 'apps/web/server.js'] },
      [ms('app')],
    ],
    [
      'Deno',
      [[file('app/deno.json', '{}'), file('app/package.json', SHOP), file('app/main.ts', '')]],
      { WorkingDir: '/app', Cmd: ['deno', 'run', '--allow-net', 'main.ts'] },
      [],
    ],
    [
      'Bun',
      [
        [
          file('home/bun/app/package.json', SHOP),
          file('home/bun/app/bun.lock', ''),
          npm('home/bun/app', 'ms'),
        ],
      ],
      { Entrypoint: ['/usr/local/bin/start.sh'], WorkingDir: '/home/bun' },
      [ms('home/bun/app')],
    ],
    [
      'a bundle alone, with dist/package.json',
      [[file('app/dist/package.json', SHOP), file('app/dist/main.js', '')]],
      { WorkingDir: '/app', Cmd: ['node', 'dist/main.js'] },
      [],
    ],
    [
      'a function of AWS Lambda',
      [[file('var/task/package.json', SHOP), file('var/task/app.js', '')]],
      { Entrypoint: ['/lambda-entrypoint.sh'], Cmd: ['app.handler'], WorkingDir: '/var/task' },
      [],
    ],
  ])('in %s, then only packages are listed', async (_, layers, own, wanted) => {
    expect(await listed(layers, { config: { ...own } })).toEqual(wanted)
  })
})
