import { describe, expect, test } from '@jest/globals'
import { foreignOf, isLeft, rowsWanted } from '../../../../../src/checks/security-updates/origin/rule.js'
import { archiveOf, installedOne, type Suite } from './archive-of-the-day.js'

const OWN: readonly Suite[] = ['trixie', 'trixie-updates', 'trixie-security']

/** Where it is from, in a trixie image, as "origin suite row". */
function from(text: string, archive = archiveOf('trixie'), unread = false): string {
  const found = foreignOf(installedOne(text), archive, unread)
  return found === null ? 'own' : `${found.origin} ${found.suite} ${found.release}`
}

describe('when all indexes are there, then the first place that fits counts', () => {
  test.each([
    ['of the release', 'bash 5.2.37-2+b10', 'own'],
    ['of its security suite', 'nginx 1.26.3-3+deb13u11', 'own'],
    ['for all architectures', 'tzdata 2026f-0+deb13u1 all', 'own'],
    ['of several that one index has', 'linux-libc-dev 6.12.107-1 all', 'own'],
    ['superseded, by its mark', 'nginx 1.26.3-3+deb13u2', 'own'],
    ['superseded, by none else having it', 'linux-libc-dev 6.12.90-1 all', 'own'],
    ['of bookworm, which trixie has not', 'libicu72 72.1-3+deb12u1', 'stable bookworm bookworm'],
    ['of bookworm, which trixie has higher', 'bash 5.2.15-2+b13', 'stable bookworm bookworm'],
    ['of bookworm-security', 'linux-libc-dev 6.1.192-2', 'stable bookworm-security bookworm'],
    ['of backports', 'curl 8.21.0-2~bpo13+1', 'backports trixie-backports sid'],
    ['of the backports of bookworm', 'golang-go 2:1.23~2~bpo12+1', 'backports bookworm-backports sid'],
    [
      'of the backports of bookworm, made of what is marked for trixie',
      'curl 8.14.1-2+deb13u2~bpo13+1',
      'backports bookworm-backports sid',
    ],
    ['of testing', 'python3-django 3:5.2.17-2 all', 'testing forky sid'],
    ['of testing and sid', 'golang-go 2:1.27~1', 'testing forky sid'],
    ['of sid', 'python3-django 3:5.2.18-2 all', 'sid sid sid'],
    ['of experimental', 'python3-django 3:6.1.1-1 all', 'experimental experimental sid'],
    ['above all of them', 'nginx 1.29.0-1~trixie', 'third-party null null'],
    ['that nobody has', 'acme-tools 1.0', 'third-party null null'],
    ['by the name of a property', 'constructor 1.0', 'third-party null null'],
    ['of another architecture, which no index has', 'bash 5.2.37-2+b10 i386', 'third-party null null'],
  ])('one %s: %s is %s', (_, text, where) => {
    expect(from(text)).toBe(where)
  })
})

test('when proposed-updates has it, then it is the release’s, before any other place', () => {
  const text = 'nginx 1.26.3-3+deb13u12'
  const more = { 'trixie-proposed-updates': [`${text} amd64`], sid: [`${text} amd64`] }
  expect(from(text, archiveOf('trixie', OWN, more))).toBe('own')
  expect(from(text, archiveOf('trixie', OWN))).toBe('third-party null null')
})

test('when a suite could not be read, then what none has is unknown, and what is superseded stays so', () => {
  const archive = archiveOf('trixie', [...OWN, 'bookworm'])
  expect(from('python3-django 3:5.2.18-2 all', archive, true)).toBe('unknown null null')
  expect(from('linux-libc-dev 6.12.90-1 all', archive, true)).toBe('own')
})

describe('when the release’s own indexes are read, then no other is asked for', () => {
  test.each([
    ['what they hold', 'bash 5.2.37-2+b10', false],
    ['what they hold higher, and is marked as built for the release', 'nginx 1.26.3-3+deb13u2', false],
    ['the same, rebuilt', 'nginx 1.26.3-3+deb13u2+b1', false],
    ['the same with a number of its own', 'nginx 1.26.3-3+deb13u2.1', false],
    ['what they hold higher, and is marked for another', 'curl 7.88.1-10+deb12u15', true],
    ['what they hold higher, a backport', 'curl 8.14.1-2+deb13u2~bpo13+1', true],
    ['what they hold higher, without a mark', 'linux-libc-dev 6.12.90-1 all', true],
    ['what they hold lower, marked', 'nginx 1.26.3-3+deb13u99', true],
    ['what they do not hold, marked', 'acme-tools 1.0+deb13u1', true],
  ])('%s: %s is left: %s', (_, text, left) => {
    expect(isLeft(installedOne(text), archiveOf('trixie', OWN))).toBe(left)
  })
})

test('when rows of the tracker are asked for, then by release, with what is signed from another source', () => {
  const archive = archiveOf('trixie', undefined, { sid: ['shim-signed 1.47+15.8-1 amd64'] })
  const foreign = [
    installedOne('shim-signed 1.47+15.8-1', 'shim-signed'),
    installedOne('libicu72 72.1-3+deb12u1', 'icu'),
    installedOne('acme-tools 1.0'),
  ].flatMap((one) => foreignOf(one, archive, false) ?? [])
  expect(rowsWanted(foreign)).toEqual([
    { codename: 'sid', packages: new Set(['shim-signed', 'shim']) },
    { codename: 'bookworm', packages: new Set(['icu']) },
  ])
})
