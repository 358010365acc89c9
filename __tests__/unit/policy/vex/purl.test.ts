import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseReference } from '../../../../src/model/image/reference.js'
import { debPurl, ociPurl, parsePurl } from '../../../../src/policy/vex/purl.js'

describe('parsePurl', () => {
  // Examples of purl-spec's own type definitions (types/deb-definition.json, oci-definition.json).
  test('when it is one of a Debian package then its parts are read', () => {
    expect(parsePurl('pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie')).toEqual({
      type: 'deb',
      namespace: 'debian',
      name: 'curl',
      version: '7.50.3-1',
      qualifiers: new Map([
        ['arch', 'i386'],
        ['distro', 'jessie'],
      ]),
      subpath: null,
    })
  })

  test('when a version is escaped, or not, then it is the same version', () => {
    const versions = ['pkg:oci/app@sha256%3Aab', 'pkg:oci/app@sha256:ab'].map(
      (one) => parsePurl(one)?.version,
    )
    expect(versions).toEqual(['sha256:ab', 'sha256:ab'])
    expect(parsePurl('pkg:deb/debian/libstdc%2B%2B6@1%3A12-1%2Bb1')).toMatchObject({
      name: 'libstdc++6',
      version: '1:12-1+b1',
    })
  })

  test('when it is written in capitals then deb and oci are the same in any case, and others are not', () => {
    const named = { type: 'deb', namespace: 'debian', name: 'apt' }
    expect(parsePurl('PKG:DEB/Debian//Apt/')).toMatchObject({ ...named, version: null })
    expect(parsePurl('pkg:Generic/Acme/App')).toMatchObject({
      type: 'generic',
      namespace: 'Acme',
      name: 'App',
    })
    // npm's namespaces begin with the sign that comes before a version.
    expect(parsePurl('pkg:npm/@acme')).toMatchObject({ name: '@acme', version: null })
  })

  test.each([
    '',
    'app:1.4.0',
    'https://example.org',
    'see pkg:oci/a',
    'pkg:oci//',
    'pkg:',
    'pkg:deb',
    'pkg:deb/%zz',
    'pkg:oci/a?b=%',
  ])('when it is %j then it is none', (text) => {
    expect(parsePurl(text)).toBeNull()
  })

  test('when any package is written and read again then name, version and architecture come back', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9+.-]{1,20}$/)
    const version = fc.stringMatching(/^[0-9]:[0-9][A-Za-z0-9.+~-]{0,20}$/)
    fc.assert(
      fc.property(name, version, (name, version) => {
        const text = debPurl({ name, version, architecture: 'amd64' }, 'bookworm')
        expect(text).toMatch(
          /^pkg:deb\/debian\/[A-Za-z0-9.%_~-]+@[A-Za-z0-9.%_~:-]+\?arch=amd64&distro=bookworm$/,
        )
        expect(parsePurl(text)).toMatchObject({ name, version, type: 'deb', namespace: 'debian' })
      }),
    )
  })
})

test('when a name has characters that a browser leaves as they are, then they are escaped', () => {
  expect(debPurl({ name: "a!'()*~_.-:b", version: '1:2/3', architecture: null }, null)).toBe(
    'pkg:deb/debian/a%21%27%28%29%2A~_.-:b@1:2%2F3',
  )
})

test('when nothing is known of a package but its name, then there is nothing else in its URL', () => {
  expect(debPurl({ name: 'tar', version: null, architecture: null }, null)).toBe('pkg:deb/debian/tar')
  expect(debPurl({ name: 'tar', version: '1', architecture: '' }, 'trixie')).toBe(
    'pkg:deb/debian/tar@1?distro=trixie',
  )
})

describe('ociPurl', () => {
  test('when an image is written as a package URL then repository, tag and digest are in it', () => {
    const digest = `sha256:${'a'.repeat(64)}`
    const name = parseReference(`ghcr.io/acme/app:1@${digest}`)
    if (name === null) {
      throw new Error('not read')
    }
    expect(ociPurl(name, 'amd64')).toBe(
      `pkg:oci/app@${digest}?arch=amd64&repository_url=ghcr.io%2Facme%2Fapp&tag=1`,
    )
  })
})
