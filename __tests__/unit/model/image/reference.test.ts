import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  familiarName,
  parseReference,
  referenceName,
  referenceTitle,
} from '../../../../src/model/image/reference.js'
import { runs } from '../../../support/runs.js'

const D = `sha256:${'a'.repeat(64)}`

describe('parseReference', () => {
  // As `docker pull` completes them (distribution/reference, its own tests have these kinds).
  test.each([
    ['debian', 'docker.io/library/debian:latest'],
    ['python:3-slim', 'docker.io/library/python:3-slim'],
    ['acme/app', 'docker.io/acme/app:latest'],
    ['index.docker.io/library/debian:12', 'docker.io/library/debian:12'],
    ['docker.io/debian', 'docker.io/library/debian:latest'],
    ['localhost/app', 'localhost/app:latest'],
    ['127.0.0.1:5000/a/b:1', '127.0.0.1:5000/a/b:1'],
    ['[::1]:5000/a', '[::1]:5000/a:latest'],
    ['gcr.io/distroless/base-debian12:nonroot', 'gcr.io/distroless/base-debian12:nonroot'],
    [`debian@${D}`, `docker.io/library/debian@${D}`],
    [`ghcr.io/a/b:1@${D}`, `ghcr.io/a/b:1@${D}`],
  ])('when it is %s, then it is %s', (text, whole) => {
    const reference = parseReference(text)
    expect(reference === null ? null : referenceName(reference)).toBe(whole)
  })

  test.each([
    '',
    'Debian',
    'a b',
    'debian:',
    'debian:-x',
    'debian@sha256:12',
    'evil.example/../x',
    'evil.example//x',
    'evil.example/x?y=1',
    'user:pass@evil.example/x',
    'evil.example:99999999/x',
    'x/',
    `debian:${'t'.repeat(129)}`,
    'a'.repeat(600),
    'debian:12\n',
  ])('when it is %j, then it is no reference', (text) => {
    expect(parseReference(text)).toBeNull()
  })

  test('when what was read is written and read again, then it is the same, and part of a URL as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aB0.:/@-_[]?#% *sha256') }), (text) => {
        const reference = parseReference(text)
        if (reference === null) {
          return
        }
        const name = referenceName(reference)
        expect(parseReference(name)).toEqual(reference)
        const address = `https://${reference.registry}/v2/${reference.repository}/manifests/x`
        // A host whose last label is a number has to be an IPv4 address (URL Standard, "ends in a number").
        if (!URL.canParse(address)) {
          expect(reference.registry).toMatch(/(?:^|\.)\d+\.?(?::\d+)?$/)
          return
        }
        const url = new URL(address)
        expect(url.pathname).toBe(`/v2/${reference.repository}/manifests/x`)
        expect(url.username + url.search + url.hash).toBe('')
      }),
      runs(5000),
    )
  })

  test('when a name is shortened, then only what Docker adds goes', () => {
    expect(
      ['docker.io/library/debian:12', 'docker.io/acme/app:1', 'ghcr.io/library/x:1'].map(familiarName),
    ).toEqual(['debian:12', 'acme/app:1', 'ghcr.io/library/x:1'])
  })
})

describe('referenceTitle', () => {
  test.each([
    ['app', 'app'],
    [`localhost:5000/a/b:1@${D}`, 'localhost:5000/a/b:1'],
    [`localhost:5000/a/b@${D}`, 'localhost:5000/a/b@sha256:aaaaaaaaaaaa'],
  ])('when it is %s, then its title is %s', (text, title) => {
    expect(referenceTitle(text)).toBe(title)
  })
})
