import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { credentialsIn } from '../../../../../../src/io/archive/readers/credentials/examine.js'

// Each key is made by the program that people make it with; those programs are the oracles.

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(program: string, ...options: string[]): string {
  return execFileSync(program, options, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
const found = (name: string) => credentialsIn(`srv/app/${name}`, readFileSync(join(folder, name)))

test.each(['ed25519', 'rsa', 'ecdsa'])(
  'when ssh-keygen makes an %s key, then its fingerprint is the one that ssh-keygen shows',
  (type) => {
    run('ssh-keygen', '-q', '-t', type, '-N', '', '-f', `ssh-${type}`)
    const [, shown = ''] = run('ssh-keygen', '-l', '-f', `ssh-${type}`).split(' ')
    expect(found(`ssh-${type}`)).toEqual([
      { kind: 'private-key', what: 'OpenSSH private key', fingerprint: shown, line: 1 },
    ])
    expect(found(`ssh-${type}.pub`)).toEqual([])
  },
)

test('when ssh-keygen makes one with a password, then it is noted, by the same fingerprint', () => {
  run('ssh-keygen', '-q', '-t', 'ed25519', '-N', 'a password', '-f', 'protected')
  const [, shown = ''] = run('ssh-keygen', '-l', '-f', 'protected').split(' ')
  expect(found('protected')).toMatchObject([{ kind: 'encrypted-key', fingerprint: shown }])
})

test('when gpg exports keys, then secret ones are found, armoured or not, and public ones are not', () => {
  const home = ['--homedir', folder, '--batch', '--yes', '--quiet']
  run('gpg', ...home, '--passphrase', '', '--quick-generate-key', 'Ada <ada@example.org>', 'rsa2048')
  run('gpg', ...home, '--armor', '--output', 'secret.asc', '--export-secret-keys')
  run('gpg', ...home, '--output', 'secret.gpg', '--export-secret-keys')
  run('gpg', ...home, '--armor', '--output', 'public.asc', '--export')
  run('gpg', ...home, '--output', 'public.gpg', '--export')
  const [armoured] = found('secret.asc')
  expect(armoured).toMatchObject({ kind: 'private-key', what: 'OpenPGP private key', line: 1 })
  expect(found('secret.gpg')).toEqual([{ ...armoured, line: null }])
  expect(found('public.asc')).toEqual([])
  expect(found('public.gpg')).toEqual([])
  const [kept = ''] = readdirSync(join(folder, 'private-keys-v1.d'))
  expect(found(`private-keys-v1.d/${kept}`)).toMatchObject([
    { kind: 'private-key', what: 'GnuPG private key' },
  ])
  run('gpgconf', '--homedir', folder, '--kill', 'all')
})

test('when keytool makes stores, then those with a private key are found, and truststores are not', () => {
  // Java takes its time to start.
  const java = ['-J-XX:TieredStopAtLevel=1', '-storepass', 'changeit', '-alias', 'a']
  const pair = ['-genkeypair', ...java, '-dname', 'CN=a', '-keyalg', 'EC', '-keypass', 'changeit']
  for (const type of ['JKS', 'PKCS12']) {
    run('keytool', ...pair, '-storetype', type, '-keystore', `own.${type}`)
    expect([type, found(`own.${type}`).map(({ kind }) => kind)]).toEqual([type, ['keystore']])
  }
  run('keytool', '-exportcert', ...java, '-keystore', 'own.JKS', '-file', 'a.crt')
  for (const type of ['JKS', 'PKCS12']) {
    const trusted = ['-storetype', type, '-keystore', `trusted.${type}`]
    run('keytool', '-importcert', '-noprompt', ...java, '-file', 'a.crt', ...trusted)
    expect([type, found(`trusted.${type}`)]).toEqual([type, []])
  }
})

test('when openssl makes keys of several algorithms, then each is found', () => {
  for (const type of ['RSA', 'EC', 'ED25519', 'X25519', 'ED448', 'DSA']) {
    const options = type === 'EC' ? ['-pkeyopt', 'ec_paramgen_curve:P-384'] : []
    if (type === 'DSA') {
      run('openssl', 'dsaparam', '-genkey', '-out', 'DSA.pem', '1024')
    } else {
      run('openssl', 'genpkey', '-algorithm', type, ...options, '-out', `${type}.pem`)
    }
    expect(found(`${type}.pem`).map(({ kind }) => kind)).toEqual(['private-key'])
  }
})
