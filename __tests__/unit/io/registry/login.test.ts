import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { dockerLogins } from '../../../../src/io/registry/login.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const never = new AbortController().signal
const saved = process.env.PATH

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-login-'))
})
afterEach(() => {
  process.env.PATH = saved
  rmSync(folder, { recursive: true })
})

function logins(config: unknown) {
  const text = typeof config === 'string' ? config : JSON.stringify(config)
  writeFileSync(join(folder, 'config.json'), text)
  return dockerLogins({ DOCKER_CONFIG: folder })
}
function helper(name: string, script: string): void {
  const path = join(folder, `docker-credential-${name}`)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  process.env.PATH = `${folder}:${saved}`
}

describe('logins of docker', () => {
  // The shapes that `docker login` writes.
  test('when there is a login for the registry, then it is used for that one only', async () => {
    const read = logins({ auths: { 'ghcr.io': { auth: base64('me:secret') }, 'quay.io': {} } })
    expect(await read.basic('ghcr.io', never)).toBe(`Basic ${base64('me:secret')}`)
    expect(await read.basic('quay.io', never)).toBeNull()
    expect(await read.basic('ghcr.io.evil.example', never)).toBeNull()
    expect([read.has('ghcr.io'), read.has('evil.example')]).toEqual([true, false])
  })

  test('when it is Docker Hub, then its login is under the old address', async () => {
    const read = logins({ auths: { 'https://index.docker.io/v1/': { auth: base64('me:pa:ss') } } })
    expect(await read.basic('docker.io', never)).toBe(`Basic ${base64('me:pa:ss')}`)
  })

  test.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['of another shape', { auths: 'x', credHelpers: 7, credsStore: {} }],
    ['a refresh token', { auths: { 'r.example': { auth: base64('<token>:x') } } }],
    ['a password of two lines', { auths: { 'r.example': { auth: base64('me:a\r\nx: y') } } }],
    ['no base64', { auths: { 'r.example': { auth: '!!' } } }],
    ['a helper with a path', { credHelpers: { 'r.example': '../../bin/sh' } }],
    ['a helper that is not there', { credsStore: 'sw-none' }],
  ])('when the file is %s, then there is no login, and no error', async (_, config) => {
    expect(await logins(config).basic('r.example', never)).toBeNull()
  })

  test('when logins are in DOCKER_AUTH_CONFIG, then they come before the file, as with docker 28.3', async () => {
    const auths = { 'r.example': { auth: base64('file:one') }, 's.example': { auth: base64('file:two') } }
    logins({ auths })
    const read = (DOCKER_AUTH_CONFIG: string) => dockerLogins({ DOCKER_CONFIG: folder, DOCKER_AUTH_CONFIG })
    const both = read(JSON.stringify({ auths: { 'r.example': { auth: base64('env:one') } } }))
    expect(await both.basic('r.example', never)).toBe(`Basic ${base64('env:one')}`)
    expect(await both.basic('s.example', never)).toBe(`Basic ${base64('file:two')}`)
    for (const none of ['', '{', 'null', '{"auths":7}']) {
      expect(await read(none).basic('r.example', never)).toBe(`Basic ${base64('file:one')}`)
    }
  })

  test('when there is no file, then there is no login', async () => {
    expect(await dockerLogins({ DOCKER_CONFIG: join(folder, 'none') }).basic('ghcr.io', never)).toBeNull()
  })

  test('when there is a helper for the registry, then it is asked by its protocol', async () => {
    helper(
      'sw-test',
      `read server; [ "$1" = get ] && echo "{\\"Username\\":\\"u-$server\\",\\"Secret\\":\\"s\\"}"`,
    )
    const read = logins({ credHelpers: { 'r.example': 'sw-test' } })
    expect(await read.basic('r.example', never)).toBe(`Basic ${base64('u-r.example:s')}`)
    expect(read.has('r.example')).toBe(true)
  })

  test.each([
    ['fails', 'exit 1'],
    ['prints something else', 'echo credentials not found'],
    ['gives a refresh token', `echo '{"Username":"<token>","Secret":"x"}'`],
  ])('when the helper %s, then there is no login', async (_, script) => {
    helper('sw-test', script)
    expect(await logins({ credsStore: 'sw-test' }).basic('r.example', never)).toBeNull()
  })
})
