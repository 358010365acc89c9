import { describe, expect, test } from '@jest/globals'
import { credentialFindings, credentialLimits } from '../../../../src/inventory/credentials/findings.js'
import { partsByPath } from '../../../../src/judge/answers.js'
import type {
  Credential,
  CredentialKind,
  CredentialRecords,
} from '../../../../src/model/credentials/credential.js'
import { aLayer, anImage, aWhitelistEntry, TODAY } from '../../../support/builders.js'

const aCredential = (part: Partial<Credential> = {}): Credential => ({
  kind: 'token',
  what: 'GitHub token',
  fingerprint: '0123456789abcdef',
  line: 4,
  ...part,
})
const aFile = (...found: readonly Credential[]) => [{ found, isOfPackage: false, isReplaced: false }]
const NOTHING: CredentialRecords = { files: {}, accounts: {}, unread: { files: 0, bytes: 0 }, cut: null }
const records = (part: Partial<CredentialRecords>): CredentialRecords => ({ ...NOTHING, ...part })
const imageOf = (...all: readonly Partial<CredentialRecords>[]) =>
  anImage({
    layers: all.map((part, at) => aLayer({ diffId: `sha256:${at}`, credentials: records(part) })),
  })
const found = (...all: readonly Partial<CredentialRecords>[]) => credentialFindings(imageOf(...all))
const texts = (...all: readonly Partial<CredentialRecords>[]) => found(...all).map(({ why }) => why)
const files = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`srv/${at}`, aFile(aCredential())]))

describe('what findings about credentials say', () => {
  test('when one is found, then its kind, path, line and fingerprint are reported', () => {
    expect(found({ files: { 'srv/a': aFile(aCredential()) } })).toMatchObject([
      {
        ...{ check: 'credentials', id: 'token', layer: 'sha256:0', package: null, version: null },
        ...{ binaries: [], links: [], why: '1 token: /srv/a, line 4 (GitHub token)' },
        details: { count: '1', paths: ['srv/a'], fingerprints: ['0123456789abcdef'], state: 'in-image' },
      },
    ])
  })

  test('when the file has no lines, or the credential no fingerprint, then none is named', () => {
    const password = aCredential({ kind: 'password', what: 'password of a', fingerprint: null, line: null })
    expect(found({ files: { 'srv/a': aFile(password) } })).toMatchObject([
      { why: '1 password: /srv/a (password of a)', details: { fingerprints: ['none'] } },
    ])
  })

  test('when a later layer hides it, then that is reported', () => {
    const [hidden] = found({ files: { 'srv/a': aFile(aCredential()) } }, { files: { 'srv/a': aFile() } })
    expect(hidden).toMatchObject({
      why: '1 token in a lower layer, which later ones only hide: /srv/a, line 4 (GitHub token)',
      details: { state: 'deleted' },
    })
  })

  test.each([
    [
      3,
      '3 tokens: /srv/0, line 4 (GitHub token); /srv/1, line 4 (GitHub token); /srv/2, line 4 (GitHub token)',
    ],
    [
      4,
      '4 tokens: /srv/0, line 4 (GitHub token); /srv/1, line 4 (GitHub token); /srv/2, line 4 (GitHub token); and 1 more',
    ],
  ])('when there are %i in a folder, then up to three are named', (count, why) => {
    expect(texts({ files: files(count) })).toEqual([why])
  })

  test('when there are more than an entry can name, then they are several findings, and none is lost', () => {
    const counts = (count: number) =>
      found({ files: files(count) }).map((one) => 'count' in one.details && one.details.count)
    expect([counts(1000), counts(1001)]).toEqual([['1000'], ['1000', '1']])
  })

  test.each<[CredentialKind, string, string]>([
    ['private-key', '1 private key', '2 private keys'],
    ['ssh-host-key', '1 private key of an SSH server', '2 private keys of an SSH server'],
    ['keystore', '1 keystore with a private key', '2 keystores with a private key'],
    ['cloud-credential', '1 cloud credential', '2 cloud credentials'],
    ['token', '1 token', '2 tokens'],
    ['password', '1 password', '2 passwords'],
    ['encrypted-key', '1 private key with a password', '2 private keys with a password'],
    ['snakeoil-key', '1 key of ssl-cert', '2 keys of ssl-cert'],
    ['shell-history', '1 shell history', '2 shell histories'],
    ['git-folder', '1 folder of git', '2 folders of git'],
  ])('when one or two are a %s, then they are called that', (kind, one, two) => {
    const of = (count: number) => {
      const [text] = texts({ files: { 'srv/a': aFile(...Array(count).fill(aCredential({ kind }))) } })
      return text?.split(':')[0]
    }
    expect([of(1), of(2)]).toEqual([one, two])
  })

  test('when they are of several kinds, folders or layers, then each is a finding of its own', () => {
    const of = (...all: readonly Partial<CredentialRecords>[]) =>
      found(...all).map(({ id, layer }) => `${id} ${layer}`)
    expect(
      of(
        {
          files: {
            'srv/a': aFile(aCredential(), aCredential({ kind: 'password' })),
            'opt/a': aFile(aCredential()),
          },
        },
        { files: { 'srv/b': aFile(aCredential()) } },
      ),
    ).toEqual(['token sha256:0', 'password sha256:0', 'token sha256:0', 'token sha256:1'])
  })

  test('when a path has many characters, or what it is, then both are cut', () => {
    const [why] = texts({
      files: { [`srv/${'x'.repeat(500)}`]: aFile(aCredential({ what: 'y'.repeat(500) })) },
    })
    expect(why?.length).toBeLessThan(600)
    expect(why).toContain('…')
  })
})

test.each(['private-key', 'token', 'cloud-credential'] as const)(
  'when a %s is in a package of a package manager, then it counts, unless it is an example',
  (kind) => {
    const of = (path: string) => texts({ files: { [path]: aFile(aCredential({ kind })) } }).length
    expect(of('srv/node_modules/x/lib/a.js')).toBe(1)
    expect(of('srv/node_modules/x/test/a.js')).toBe(0)
    expect(of('srv/node_modules/x/README')).toBe(0)
    expect(of('srv/app/README')).toBe(1)
  },
)

test.each(['password', 'keystore', 'ssh-host-key', 'encrypted-key'] as const)(
  'when a %s is in a package of a package manager, then it is an example',
  (kind) => {
    const of = (path: string) => texts({ files: { [path]: aFile(aCredential({ kind })) } }).length
    expect([of('srv/node_modules/x/lib/a.js'), of('srv/lib/a.js')]).toEqual([0, 1])
  },
)

test('when a file is of a Debian package, then nothing in it counts', () => {
  const all = aFile(aCredential()).map((one) => ({ ...one, isOfPackage: true }))
  expect(found({ files: { 'usr/share/a': all } })).toEqual([])
})

describe('accounts', () => {
  const account = (name: string, uid: number | null, password: 'empty' | 'hashed' | 'locked' | 'shadow') => ({
    ...{ name, uid, password },
  })
  const about = (...accounts: readonly ReturnType<typeof account>[]) =>
    found({ accounts: { 'etc/passwd': accounts } })

  test('when one is open, a second root, or has a password, then it is named, with its file', () => {
    const all = about(
      account('root', 0, 'shadow'),
      account('open', 1000, 'empty'),
      account('toor', 0, 'locked'),
      account('ada', 1001, 'hashed'),
      account('daemon', 1, 'locked'),
    )
    expect(all.map(({ id, why }) => `${id}: ${why}`)).toEqual([
      'empty-password: account open has an empty password (/etc/passwd)',
      'second-root: account toor has UID 0, as root has (/etc/passwd)',
      'password-hash: account ada has a password (/etc/passwd)',
    ])
    expect(all[0]).toMatchObject({
      layer: 'sha256:0',
      details: { count: '1', paths: ['etc/passwd'], fingerprints: ['account:open'], state: 'in-image' },
    })
  })

  test('when root itself has UID 0, and no password, then it is open, and no second root', () => {
    expect(about(account('root', 0, 'empty')).map(({ id }) => id)).toEqual(['empty-password'])
  })
})

describe('what was not searched', () => {
  const limits = (...all: readonly Partial<CredentialRecords>[]) => credentialLimits(imageOf(...all))

  test('when layers have such files, then all of them are counted, and their size is rounded up', () => {
    expect(limits({}, {})).toEqual([])
    expect(limits({ unread: { files: 1, bytes: 1 } }, { unread: { files: 0, bytes: 0 } })).toEqual([
      'not examined: 1 file of no Debian package (1 MB): binaries, archives, and texts over 1 MB',
    ])
    expect(limits({ unread: { files: 1, bytes: 1_000_001 } })[0]).toContain('(2 MB)')
    expect(
      limits({ unread: { files: 1, bytes: 1_000_000 } }, { unread: { files: 2, bytes: 1_000_000 } }),
    ).toEqual(['not examined: 3 files of no Debian package (2 MB): binaries, archives, and texts over 1 MB'])
  })

  test('when a list was cut, then the first reason is reported', () => {
    expect(limits({ cut: null }, { cut: 'more than 9' }, { cut: 'other' })).toEqual([
      'not all credentials are listed: more than 9',
    ])
  })
})

test('when an entry accepts one of two credentials, then each part has the fingerprint of its own, or none', () => {
  const password = aCredential({ kind: 'token', fingerprint: null })
  const [finding] = found({ files: { 'srv/a': aFile(aCredential()), 'srv/b': aFile(password) } })
  if (finding === undefined) {
    throw new Error('there is no finding about tokens')
  }
  const entry = aWhitelistEntry({ check: 'credentials', id: 'token', package: null, path: 'srv/a' })
  const parts = partsByPath(finding, { reference: 'app:1', codename: null }, [entry], TODAY)
  expect(parts.map((part) => 'details' in part.finding && part.finding.details)).toEqual([
    expect.objectContaining({ count: '1', paths: ['srv/a'], fingerprints: ['0123456789abcdef'] }),
    expect.objectContaining({ count: '1', paths: ['srv/b'], fingerprints: ['none'] }),
  ])
  expect(parts.map(({ finding: one }) => 'why' in one && one.why)).toEqual([
    '2 tokens: /srv/a, line 4 (GitHub token); /srv/b, line 4 (GitHub token) (here: srv/a)',
    '2 tokens: /srv/a, line 4 (GitHub token); /srv/b, line 4 (GitHub token) (here: srv/b)',
  ])
  expect(parts.map(({ partReasons: others }) => others)).toEqual([
    [],
    [{ reason: 'accepted-in-part', accepted: 1, of: 2 }],
  ])
  const all = aWhitelistEntry({ ...entry, path: 'srv/b', place: { file: 'w.yml', line: 2 } })
  const whole = [{ finding, partReasons: [] }]
  const subject = { reference: 'app:1', codename: null }
  expect(partsByPath(finding, subject, [entry, all], TODAY)).toEqual(whole)
  expect(partsByPath(finding, subject, [], TODAY)).toEqual(whole)
})
