import { describe, expect, test } from '@jest/globals'
import {
  addEntries,
  EMPTY_WHITELIST,
  entryPairs,
  type NewEntry,
} from '../../../../src/policy/whitelist/edit.js'
import { coversAll } from '../../../../src/policy/whitelist/overlaps.js'
import { acceptablePaths, acceptsPath } from '../../../../src/policy/whitelist/paths.js'
import { readWhitelist, spanError } from '../../../../src/policy/whitelist/read.js'
import type { WhitelistEntry } from '../../../../src/policy/whitelist/schema.js'
import { aWhitelistEntry } from '../../../support/builders.js'
import { errorsOf, REST, readOne } from './entries.js'

const TOKEN = ['check: credentials', 'id: token']
const SHORT = ['reason: x', 'owner: y', 'expires: 2027-02-01']
const PRINT = 'fingerprint: 0123456789abcdef'
const SUM = 'a'.repeat(64)

describe('an entry about credentials', () => {
  test('when it has a path and a fingerprint, then both are read', () => {
    expect(readOne(...TOKEN, 'path: srv/.env', PRINT, ...REST)).toMatchObject({
      ...{ check: 'credentials', id: 'token', package: null },
      ...{ path: 'srv/.env', fingerprint: '0123456789abcdef', sha256: null },
    })
    expect(readOne(...TOKEN, 'path: srv/app/*', PRINT, ...REST)?.path).toBe('srv/app/*')
    expect(readOne(...TOKEN, 'path: srv/.env', ...SHORT)?.fingerprint).toBeNull()
  })

  test.each<[string, readonly string[], string]>([
    [
      'no path',
      [...TOKEN, PRINT],
      '3: entries[0].path: is missing: "token" is accepted only for paths; add a line such as "path: opt/app/lib/legacy.jar" with a path from the report',
    ],
    [
      'a pattern and no fingerprint',
      [...TOKEN, 'path: srv/app/*'],
      '5: entries[0].path: has a *, so the entry needs the fingerprint of the credential',
    ],
    [
      'the sum of a program',
      [...TOKEN, 'path: srv/.env', `sha256: ${SUM}`],
      '6: entries[0].sha256: is for programs; a credential has a fingerprint',
    ],
    [
      'a package',
      [...TOKEN, 'path: srv/.env', 'package: apt'],
      '6: entries[0].package: "token" is not about a package, so omit this key',
    ],
    [
      'any package',
      [...TOKEN, 'path: srv/.env', 'any-package: true'],
      '6: entries[0].any-package: "token" is not about a package, so omit this key',
    ],
    [
      'a justification',
      [...TOKEN, 'path: srv/.env', 'justification: component_not_present'],
      '6: entries[0].justification: is allowed only for a vulnerability (check: clair)',
    ],
  ])('when it has %s, then it is refused', (_, lines, error) => {
    expect(errorsOf(...lines, ...SHORT)).toEqual([error])
  })

  test('when an entry of another check has a fingerprint, then it is refused', () => {
    expect(errorsOf('id: CVE-2011-3374', 'package: apt', PRINT, ...REST)).toEqual([
      '5: entries[0].fingerprint: is allowed only for check: credentials',
    ])
    expect(errorsOf('check: docker-bench', 'id: "4.1"', 'any-package: true', ...REST)).toEqual([
      '5: entries[0].any-package: a Docker Bench check has no package, so omit this key',
    ])
  })

  test('when it names no fingerprint, then it holds for 90 days', () => {
    const span = { today: '2026-11-25', maxSpan: 365 }
    const entry = { check: 'credentials', id: 'token', added: null, expires: '2027-02-24' } as const
    expect(spanError({ ...entry, expires: '2027-02-23' }, span)).toBeNull()
    expect(spanError(entry, span)).toBe(
      '2027-02-24 is 91 days after the date of the verdict (2026-11-25); the maximum is 90 for an entry with a path but without a fingerprint',
    )
    expect(spanError({ ...entry, added: '2026-11-24' }, span)).toBe(
      '2027-02-24 is 92 days after the entry was added (2026-11-24); the maximum is 90 for an entry with a path but without a fingerprint',
    )
    expect(spanError({ ...entry, fingerprint: 'x' }, span)).toBeNull()
  })
})

describe('entries as they are written', () => {
  const { place: _, ...entry } = aWhitelistEntry()
  const full: NewEntry = {
    ...entry,
    ...{ check: 'credentials', id: 'token', package: null, path: 'srv/.env' },
    ...{ fingerprint: '0123456789abcdef', despiteMalware: true, despiteKev: false },
  }

  test('when an entry has all keys, then all of them are written, and read again', () => {
    const text = addEntries(EMPTY_WHITELIST, 'w.yml', [{ ...full, despiteMalware: false }])
    expect(readWhitelist(text, 'w.yml').entries).toEqual([
      { ...full, despiteMalware: false, place: { file: 'w.yml', line: 4 } },
    ])
    expect(entryPairs(full)).toEqual([
      'id: token',
      'path: srv/.env',
      'fingerprint: "0123456789abcdef"',
      'check: credentials',
      'reason: apt-key is not used in the image',
      'owner: platform',
      'expires: 2027-03-31',
      'despite: malware',
    ])
    const program = {
      ...full,
      check: 'clair',
      id: 'unowned-program',
      fingerprint: null,
      sha256: SUM,
    } as const
    expect(entryPairs(program)[2]).toBe(`sha256: ${SUM}`)
  })

  test('when there is nothing to add, then the text is the same', () => {
    expect(addEntries(EMPTY_WHITELIST, 'w.yml', [])).toBe(EMPTY_WHITELIST)
  })
})

describe('paths that an entry accepts', () => {
  const at = (path: string, sha256: string | null, fingerprint: string | null) => ({
    path,
    sha256,
    fingerprint,
  })

  test.each([
    [at('srv/a', null, null), true],
    [at('srv/*', null, null), true],
    [at('srv/b', null, null), false],
    [at('srv/a', 'x', null), true],
    [at('srv/a', 'y', null), false],
    [at('srv/a', null, 'p'), true],
    [at('srv/a', null, 'q'), false],
    [at('srv/a', 'x', 'q'), false],
  ])('when it is %j, then it accepts a path with its content: %s', (entry, is) => {
    expect(acceptsPath(entry, at('srv/a', 'x', 'p'))).toBe(is)
    expect(acceptsPath({ ...entry, path: null }, at('srv/a', 'x', 'p'))).toBe(false)
  })

  test('when a sum or fingerprint is not known, or the lists differ in length, then none is', () => {
    const of = (details: object) => acceptablePaths({ check: 'credentials', id: 'token', details })
    expect(of({ paths: ['a', 'b'], fingerprints: ['p', 'none'] })).toEqual([
      at('a', null, 'p'),
      at('b', null, null),
    ])
    expect(of({ paths: ['a', 'b'], fingerprints: ['p'] })).toEqual([at('a', null, null), at('b', null, null)])
    expect(of({ paths: ['a'], sha256: [SUM] })).toEqual([at('a', SUM, null)])
    expect(of({ paths: ['a'], sha256: [`${SUM}a`] })).toEqual([at('a', null, null)])
    expect(of({ paths: ['a'], sha256: [] })).toEqual([at('a', null, null)])
    expect(of({})).toEqual([])
    expect(acceptablePaths({ check: 'clair', id: 'CVE-2026-1', details: { paths: ['a'] } })).toBeNull()
  })
})

test.each<[string, Partial<WhitelistEntry>, Partial<WhitelistEntry>, boolean]>([
  ['the same', {}, {}, true],
  ['a pattern of its path', { path: 'srv/app/*' }, { path: 'srv/app/a' }, true],
  ['another path', { path: 'srv/app/b' }, { path: 'srv/app/a' }, false],
  ['a path, and the other has none', { path: 'srv/app/a' }, {}, false],
  ['no sum', {}, { sha256: SUM }, true],
  ['the same sum', { sha256: SUM }, { sha256: SUM }, true],
  ['another sum', { sha256: SUM }, { sha256: 'b' }, false],
  ['a sum, and the other has none', { sha256: SUM }, {}, false],
  ['the same fingerprint', { fingerprint: 'p' }, { fingerprint: 'p' }, true],
  ['another fingerprint', { fingerprint: 'p' }, { fingerprint: 'q' }, false],
  ['another check', { check: 'docker-bench' }, {}, false],
  ['the same end', { expires: '2027-03-31' }, {}, true],
  ['an earlier end', { expires: '2027-03-30' }, {}, false],
  ['a higher severity', { maxSeverity: 'high' }, {}, true],
  ['a lower severity', { maxSeverity: 'negligible' }, {}, false],
  [
    'the same statement',
    { justification: 'component_not_present' },
    { justification: 'component_not_present' },
    true,
  ],
  ['no statement', {}, { justification: 'component_not_present' }, false],
  ['a statement, and the other has none', { justification: 'component_not_present' }, {}, true],
  ['despite: kev too', { despiteKev: true }, { despiteKev: true }, true],
  ['no despite: kev', {}, { despiteKev: true }, false],
  ['no despite: malware', {}, { despiteMalware: true }, false],
  ['despite: malware too', { despiteMalware: true }, { despiteMalware: true }, true],
  ['other releases', { releases: ['trixie'] }, { releases: ['bookworm'] }, false],
  ['releases, and the other all', { releases: ['trixie'] }, {}, false],
  ['all images', {}, { images: ['app:1'] }, true],
  ['one of its images', { images: ['app:1'] }, { images: ['app:1', 'app:2'] }, false],
  ['any package', { package: null }, { package: 'apt' }, true],
  ['a package, and the other any', { package: 'apt' }, { package: null }, false],
])('when a wide entry has %s, then that decides whether it covers the narrow one', (_, wide, narrow, is) => {
  expect(coversAll(aWhitelistEntry(wide), aWhitelistEntry(narrow))).toBe(is)
})
