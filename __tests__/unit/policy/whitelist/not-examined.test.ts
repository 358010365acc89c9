import { describe, expect, test } from '@jest/globals'
import { spanError } from '../../../../src/policy/whitelist/read.js'
import { errorsOf, REST, readOne } from './entries.js'

describe('readWhitelist', () => {
  test('when what was not examined is accepted, then its id is enough, and a package is refused', () => {
    expect(readOne('id: not-examined-npm', ...REST)).toMatchObject({ id: 'not-examined-npm', package: null })
    expect(errorsOf('id: not-examined-npm', 'package: qs', ...REST)).toEqual([
      '4: entries[0].package: "not-examined-npm" is not about a package, so omit this key',
    ])
  })

  test.each([
    ['program-end-of-life', 'program/node', 'program/node'],
    ['not-examined-program', 'pkg:bitnami/apache', 'program/httpd'],
    ['not-examined-program', 'program/*', 'program/*'],
  ])('when %s is accepted for %s, then that is %s', (id, name, read) => {
    expect(readOne(`id: ${id}`, `package: "${name}"`, ...REST)).toMatchObject({ id, package: read })
  })

  test('when an entry about a program names none, then it is refused', () => {
    const args =
      '"program-end-of-life" is about one program: name its program, such as "package: program/node"'
    expect(errorsOf('id: program-end-of-life', ...REST)).toEqual([`3: entries[0]: ${args}`])
    expect(errorsOf('id: program-end-of-life', 'package: nodejs', ...REST)).toEqual([
      `4: entries[0].package: ${args}`,
    ])
    expect(errorsOf('id: program-end-of-life', 'package: "*"', 'any-package: true', ...REST)).toEqual([
      `4: entries[0].package: ${args}`,
    ])
  })

  test.each([
    ['nodejs', 'node'],
    ['cpython', 'python'],
    ['ruby', 'ruby'],
    ['php', 'php'],
    ['jdk', 'openjdk'],
  ])('when an entry has the former id not-examined-%s, then the error names the new one', (kind, program) => {
    expect(errorsOf(`id: not-examined-${kind}`, ...REST)).toEqual([
      `3: entries[0].id: "not-examined-${kind}" no longer exists: use "id: not-examined-program" with "package: program/${program}"`,
    ])
  })

  describe('when what was not examined is accepted by path', () => {
    const UNREAD = 'id: not-examined-unreadable'
    const SHORT = ['reason: x', 'owner: y', 'expires: 2027-02-01']

    test.each([
      ['opt/x.jar', 'opt/x.jar'],
      ['/x.jar', 'x.jar'],
      ['opt/app/*', 'opt/app/*'],
      ['/opt/app/lib*/a, b.jar', 'opt/app/lib*/a,%20b.jar'],
    ])('then %s is taken, as reports write it', (path, as) => {
      const entry = readOne(UNREAD, `path: "${path}"`, ...SHORT)
      expect(entry).toMatchObject({ package: null, path: as, sha256: null })
    })

    test.each([
      '*',
      'opt/*',
      '/opt/*.jar',
      'opt*/app/x',
      'opt/../app/*',
      './opt/app/*',
      'opt//x',
      'opt/',
      '/',
    ])('then %s is refused', (path) => {
      expect(errorsOf(UNREAD, `path: "${path}"`, ...SHORT)).toEqual([
        `4: entries[0].path: "${path}" is not a path in the image, such as opt/app/lib/legacy.jar; the only wildcard is *, and only behind at least two named folders (opt/app/*)`,
      ])
    })

    test.each([
      'not-examined-unreadable',
      'not-examined-cut',
      'not-examined-unknown-owner',
      'unowned-program',
    ])('then %s without a path is an error with the line to write', (id) => {
      expect(errorsOf(`id: ${id}`, ...SHORT)).toEqual([
        `3: entries[0].path: is missing: "${id}" is accepted only for paths; add a line such as "path: opt/app/lib/legacy.jar" with a path from the report`,
      ])
    })

    test('then no other entry has a path, and none of these a package', () => {
      const args = 'not-examined-unreadable, not-examined-cut, not-examined-unknown-owner, unowned-program'
      expect(errorsOf('id: not-examined-rust', 'path: a', ...SHORT)).toEqual([
        `4: entries[0].path: is allowed only for check: credentials, and for ${args}`,
      ])
      expect(errorsOf(UNREAD, 'path: a', 'package: apt', ...SHORT)).toEqual([
        '5: entries[0].package: "not-examined-unreadable" is not about a package, so omit this key',
      ])
    })

    test('then a sum is an error where nobody knows the content, and where it is none', () => {
      const sum = 'a'.repeat(64)
      expect(errorsOf(UNREAD, 'path: a', `sha256: ${sum}`, ...SHORT)).toEqual([
        '5: entries[0].sha256: the content behind "not-examined-unreadable" is not known, so omit this key; the entry may be valid for at most 90 days',
      ])
      const owned = readOne('id: unowned-program', 'path: a', `sha256: ${sum}`, ...SHORT)
      expect(owned).toMatchObject({ path: 'a', sha256: sum })
      expect(errorsOf('id: unowned-program', 'path: a', 'sha256: ABC', ...SHORT)).toEqual([
        '5: entries[0].sha256: "ABC" is not a SHA-256 sum: 64 lower-case hexadecimal digits',
      ])
    })

    test('then it holds for 90 days, or with the content as long as any other', () => {
      const span = { today: '2026-11-25', maxSpan: 365 }
      const entry = { check: 'clair', id: 'unowned-program', added: null, expires: '2027-02-24' } as const
      expect(spanError({ ...entry, expires: '2027-02-23' }, span)).toBeNull()
      expect(spanError(entry, span)).toContain(
        'the maximum is 90 for an entry with a path but without the sha256 of its content',
      )
      expect(spanError(entry, { ...span, maxSpan: 30 })).toContain('the maximum is 30 (max-span)')
      const known = { ...entry, sha256: 'a'.repeat(64), expires: '2027-11-25' }
      expect(spanError(known, span)).toBeNull()
      expect(spanError({ ...known, expires: '2027-11-26' }, span)).toContain('the maximum is 365 (max-span)')
    })
  })
})
