import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { credentialFindings, credentialLimits } from '../../../../src/inventory/credentials/findings.js'
import { type Entry, gone } from '../../io/archive/build.js'
import { file, imageOf, lists, program, status } from '../account/image.js'

const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const token = `ghp_${randomBytes(18).toString('hex')}`
const password = randomBytes(9).toString('hex')

async function found(...layers: (readonly Entry[])[]) {
  const image = await imageOf(layers.map((all) => [...all]))
  return credentialFindings(image).map(({ id, details, layer, why }) => ({
    id,
    layer: image.layers.findIndex(({ diffId }) => diffId === layer),
    ...(details as { readonly paths: readonly string[]; readonly state: string }),
    why,
  }))
}

describe('a file with a private key', () => {
  test('when it is in the image, then it is found in its layer', async () => {
    expect(await found([file('a', 'x')], [file('srv/id', key)])).toMatchObject([
      { id: 'private-key', layer: 1, paths: ['srv/id'], state: 'in-image' },
    ])
  })

  test.each<[string, readonly Entry[]]>([
    ['is deleted', [gone('srv/app/id')]],
    ['is replaced', [file('srv/app/id', 'no key')]],
    ['has its folder deleted', [gone('srv/app')]],
    ['has its folder replaced by a file', [file('srv/app', 'x')]],
    ['has its folder made opaque', [file('srv/app/.wh..wh..opq', '')]],
  ])('when a later layer %s, then it is found as deleted', async (_, later) => {
    expect(await found([file('srv/app/id', key)], later)).toMatchObject([
      { id: 'private-key', layer: 0, paths: ['srv/app/id'], state: 'deleted' },
    ])
  })

  test('when a later entry of its own layer replaces it, then it is found all the same', async () => {
    expect(await found([file('srv/id', key), file('srv/id', 'no key')])).toMatchObject([
      { id: 'private-key', paths: ['srv/id'], state: 'deleted' },
    ])
  })

  test('when a folder has several, then they are one finding, in the plural', async () => {
    const [one, ...others] = await found([
      file('etc/ssh/ssh_host_a_key', key),
      file('etc/ssh/ssh_host_b_key', key),
    ])
    expect(one?.why).toMatch(/^2 private keys of an SSH server: \/etc\/ssh\/ssh_host_a_key, line 1 /)
    expect(others).toEqual([])
  })

  test('when two layers have one at the same path, then both are found', async () => {
    const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const all = await found([file('srv/id', key)], [file('srv/id', other)])
    expect(all.map(({ layer, state }) => [layer, state])).toEqual([
      [0, 'deleted'],
      [1, 'in-image'],
    ])
  })

  test('when a Debian package states its MD5 sum, then it is not counted; another content at that path is', async () => {
    const ofPackage = [status({ demo: '1' }), ...lists('demo', [program('usr/share/demo/key', key)])]
    expect(await found([...ofPackage, file('usr/share/demo/key', key)])).toEqual([])
    expect(await found([...ofPackage, file('usr/share/demo/key', `${key}\n`)])).toHaveLength(1)
  })
})

describe('files of package managers', () => {
  test('when keys and tokens are in tests and documentation, then they are examples; elsewhere they count', async () => {
    const paths = [
      'srv/node_modules/tls/test/server.key',
      'srv/node_modules/tls/README.md',
      'usr/lib/python3/dist-packages/x/tests/data/key.pem',
    ]
    for (const path of paths) {
      expect(await found([file(path, `${key}\n${token}`)])).toEqual([])
    }
    expect(await found([file('srv/node_modules/tls/lib/key.pem', key)])).toMatchObject([
      { id: 'private-key' },
    ])
    expect(await found([file('srv/node_modules/own/index.js', `"${token}"`)])).toMatchObject([
      { id: 'token' },
    ])
    expect(await found([file('srv/tests/server.key', key)])).toMatchObject([{ id: 'private-key' }])
  })

  test('when a package has a file of passwords, then it is an example', async () => {
    expect(await found([file('srv/node_modules/dotenv/.env', `DB_PASSWORD=${password}`)])).toEqual([])
    expect(await found([file('srv/.env', `DB_PASSWORD=${password}`)])).toMatchObject([{ id: 'password' }])
  })
})

describe('accounts', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\n'
  const locked = 'root:*:1:0:99999:7:::\ndaemon:!:1:0:99999:7:::\n'

  test('when all are locked, as Debian makes them, then there is nothing', async () => {
    expect(await found([file('etc/passwd', passwd), file('etc/shadow', locked)])).toEqual([])
  })

  test('when one has no password, UID 0 or a hash, then each is told by its name, and no hash', async () => {
    const hash = `$y$j9T$${randomBytes(12).toString('hex')}$${randomBytes(20).toString('hex')}`
    const all = await found([
      file('etc/passwd', `${passwd}toor:x:0:0::/:/bin/sh\nopen::1000:1000::/:/bin/sh\n`),
      file('etc/shadow', `${locked}guest::1:0:99999:7:::\nada:${hash}:1:0:99999:7:::\n`),
    ])
    expect(all.map(({ id, paths }) => [id, ...paths])).toEqual([
      ['empty-password', 'etc/passwd'],
      ['second-root', 'etc/passwd'],
      ['empty-password', 'etc/shadow'],
      ['password-hash', 'etc/shadow'],
    ])
    expect(JSON.stringify(all)).not.toContain(hash.slice(8, 20))
  })

  test('when a later layer replaces the file, then only that one counts', async () => {
    const open = [file('etc/shadow', `${locked}guest::1:0:99999:7:::\n`)]
    expect(await found(open, [file('etc/shadow', locked)])).toEqual([])
    expect(await found(open, [gone('etc/shadow')])).toEqual([])
  })
})

test('when files are too large or binary, then one limit says how many are of no package, and nothing blocks', async () => {
  const tool = file('usr/bin/tool', Buffer.alloc(100))
  const large = Buffer.alloc(2_000_000, 'x')
  const image = await imageOf([
    [file('srv/large.txt', large), file('srv/a.bin', Buffer.alloc(64)), ...lists('tool', [tool]), tool],
  ])
  expect(credentialFindings(image)).toEqual([])
  expect(credentialLimits(image)).toEqual([
    'not examined: 2 files of no Debian package (3 MB): binaries, archives, and texts over 1 MB',
  ])
})
