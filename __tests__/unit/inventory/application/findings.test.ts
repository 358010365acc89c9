import { describe, expect, test } from '@jest/globals'
import { type OfficialBase, unexaminedFindings } from '../../../../src/inventory/application/findings.js'
import { applicationInventory } from '../../../../src/inventory/application/inventory.js'
import { rule } from '../../../../src/judge/rulings.js'
import { becauseText } from '../../../../src/model/because/texts.js'
import { isVulnerability } from '../../../../src/model/finding/index.js'
import type {
  ApplicationFile,
  ApplicationKind,
  ApplicationStatement,
} from '../../../../src/model/packages/application.js'
import {
  aLayer,
  anImage,
  aPolicy,
  aWhitelistEntry,
  LAYER,
  someApplications,
  TODAY,
} from '../../../support/builders.js'
import { readBack } from '../../../support/read-back.js'

const SUBJECT = { reference: 'app:1.4.0', codename: 'bookworm' }

function fileWith(part: Partial<ApplicationStatement> = {}): ApplicationFile {
  return { md5: null, says: [{ kind: 'npm', name: 'qs', version: '6.7.0', inside: null, ...part }] }
}

function findingsOf(
  files: Readonly<Record<string, ApplicationFile>>,
  judged: readonly ApplicationKind[] = [],
  { base = null, ...applications }: { base?: OfficialBase | null; cut?: string | null; cutAt?: string } = {},
) {
  const layers = [aLayer({ applications: someApplications({ files, ...applications }) })]
  const inventory = applicationInventory(anImage({ layers }), { installed: [], foreign: [] })
  const looked = {
    judged: new Set(judged),
    confirming: new Set<never>(),
    open: [],
    groups: new Map(),
    alone: [],
    clair: null,
  }
  return unexaminedFindings(inventory, looked, base)
}

const QS = { 'srv/node_modules/qs/package.json': fileWith() }

describe('a finding for each kind that was not examined', () => {
  test('when packages of two ecosystems lie there, then each kind has one, with layer and paths', () => {
    const files = {
      ...QS,
      'srv/node_modules/ms/package.json': fileWith({ name: 'ms', version: null }),
      'a/b.jar': fileWith({ kind: 'maven', name: 'g:a', version: '1', inside: 'x.jar' }),
    }
    const found = findingsOf(files)
    expect(found.map(({ check, id, why, layer, package: name }) => [check, id, why, layer, name])).toEqual([
      [
        'clair',
        'not-examined-npm',
        'not examined: 2 npm packages: ms in srv/node_modules/ms/package.json; qs 6.7.0 in srv/node_modules/qs/package.json',
        LAYER,
        null,
      ],
      ['clair', 'not-examined-maven', 'not examined: 1 Maven package: g:a 1 in a/b.jar:x.jar', LAYER, null],
    ])
    expect(found[0]?.details).toMatchObject({
      count: '2',
      paths: ['srv/node_modules/ms/package.json', 'srv/node_modules/qs/package.json'],
    })
    expect(findingsOf(files, ['npm']).map(({ id }) => id)).toEqual(['not-examined-maven'])
  })

  test.each([
    [{ kind: 'jar', name: 'a' }, 'not examined: 1 code archive without a package name: srv/a'],
    [{ kind: 'nodejs', name: 'Node.js', version: '22.3.0' }, 'not examined: Node.js 22.3.0: srv/a'],
    [{ kind: 'rust', name: '' }, 'not examined: 1 Rust program: srv/a'],
    [{ kind: 'gem', name: 'rack', version: '2.0' }, 'not examined: 1 RubyGems package: rack 2.0 in srv/a'],
  ] as const)('when %j was not examined, then what is not in the count is named', (part, why) => {
    expect(findingsOf({ 'srv/a': fileWith(part) }).map((found) => found.why)).toEqual([why])
  })

  test('when programs were not examined, then each has a finding of its own, by its name', () => {
    const program = (name: string, version: string | null) => fileWith({ kind: 'program', name, version })
    const found = findingsOf({
      'opt/a/lib/erlang/releases/25/OTP_VERSION': program('erlang', '25.2.3'),
      'opt/b/mysqld': program('mysql', null),
      'opt/c/mysqld': program('mysql', null),
      'srv/erlang/releases/27/OTP_VERSION': program('erlang', '27.0'),
    })
    expect(found.map(({ id, package: name, version, why }) => [id, name, version, why])).toEqual([
      [
        'not-examined-program',
        'program/erlang',
        null,
        'not examined: Erlang/OTP 25.2.3: opt/a/lib/erlang/releases/25/OTP_VERSION; Erlang/OTP 27.0: srv/erlang/releases/27/OTP_VERSION',
      ],
      [
        'not-examined-program',
        'program/mysql',
        null,
        'not examined: MySQL of unknown version: opt/b/mysqld; opt/c/mysqld',
      ],
    ])
    const accepted = aWhitelistEntry({ id: 'not-examined-program', package: 'program/mysql' })
    const policy = aPolicy([accepted], { failOnUnexamined: true })
    expect(found.map((one) => rule(one, SUBJECT, policy, TODAY).ruling)).toEqual(['act', 'accepted'])
  })

  test('when there are thousands, then a few are named', () => {
    const many = Array.from({ length: 3000 }, (_, at) => [
      `node_modules/p${at}/package.json`,
      fileWith({ name: `p${at}` }),
    ])
    const [found] = findingsOf(Object.fromEntries(many))
    expect(found?.why).toMatch(/^not examined: 3000 npm packages: .*; and 2997 more$/)
    expect(found?.details).toHaveProperty('paths.length', 20)
  })

  test('when a path is long or has commas, then it is cut, and stays one', () => {
    const [found] = findingsOf({ [`a, b/${'x'.repeat(4000)}`]: fileWith({ kind: 'rust', name: '' }) })
    expect(found?.why.length).toBeLessThan(220)
    const read = found === undefined ? null : readBack(found)
    expect(read).toMatchObject({ id: 'not-examined-rust', details: found?.details })
  })

  test('when nobody has looked, then that is the finding', () => {
    expect(unexaminedFindings(null).map(({ id }) => id)).toEqual(['not-examined-inventory'])
  })

  test('when nothing lies there, then there is none', () => {
    expect(findingsOf({})).toEqual([])
  })
})

const unreadable = (why: string) => fileWith({ kind: 'unreadable', name: why, version: null })
const whatOf = (found: ReturnType<typeof findingsOf>) =>
  found.map(({ id, why, details }) => [id, why, 'paths' in details ? details.paths.length : 0])

describe('content that could not be read', () => {
  test('when files of two folders are too large, then each folder has a finding, with its reason and paths', () => {
    const found = findingsOf({
      'srv/node_modules/a/package.json': unreadable('1048577 bytes, over the limit of 1048576'),
      'srv/node_modules/b/package.json': unreadable('2000000 bytes, over the limit of 1048576'),
      'srv/node_modules/c/package.json': unreadable('a sparse file'),
      'opt/x.war': fileWith({ kind: 'unreadable', name: 'no zip archive', inside: 'WEB-INF/lib/y.jar' }),
    })
    expect(whatOf(found)).toEqual([
      [
        'not-examined-unreadable',
        'not examined: 2 unreadable files (1048577 bytes, over the limit of 1048576): srv/node_modules/a/package.json; srv/node_modules/b/package.json',
        2,
      ],
      [
        'not-examined-unreadable',
        'not examined: 1 unreadable file (a sparse file): srv/node_modules/c/package.json',
        1,
      ],
      [
        'not-examined-unreadable',
        'not examined: 1 unreadable file (no zip archive): opt/x.war:WEB-INF/lib/y.jar',
        1,
      ],
    ])
    expect(found.map(({ details }) => 'folder' in details && details.folder)).toEqual([
      'srv/node_modules',
      'srv/node_modules',
      'opt',
    ])
  })

  test('when a limit cut a layer, then the finding names the limit, and where it was reached', () => {
    const [found] = findingsOf({}, [], { cut: 'more than 9 packages', cutAt: 'srv/z/package.json' })
    expect(found?.id).toBe('not-examined-cut')
    expect(found?.why).toBe(
      'not examined: 1 layer read only in part (more than 9 packages), from here on: srv/z/package.json',
    )
    // Evidence from before does not say where.
    expect(findingsOf({}, [], { cut: 'more than 9 packages' })[0]?.details).toMatchObject({ paths: [LAYER] })
  })

  test('when there are thousands in one folder, then each path is in one finding', () => {
    const paths = Array.from({ length: 1234 }, (_, at) => `srv/lib/${at}.jar`)
    const found = findingsOf(Object.fromEntries(paths.map((path) => [path, unreadable('no zip archive')])))
    expect(found).toHaveLength(13)
    expect(found.flatMap(({ details }) => ('paths' in details ? details.paths : []))).toEqual(
      expect.arrayContaining(paths),
    )
    const long = Array.from({ length: 20 }, (_, at) => `srv/${'x'.repeat(4000)}/${at}.jar`)
    const ofLong = findingsOf(Object.fromEntries(long.map((path) => [path, unreadable('x')])))
    const lengths = ofLong.map(({ details }) => ('paths' in details ? details.paths.join(', ').length : 0))
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(20 * 4000)
    expect(Math.max(...lengths)).toBeLessThan(20_000)
  })

  test('when there are too many folders, then one finding counts the rest, and it blocks', () => {
    const many = Array.from({ length: 300 }, (_, at) => [`srv/${at}/x.jar`, unreadable('no zip archive')])
    const found = findingsOf(Object.fromEntries(many))
    expect(found).toHaveLength(201)
    const rest = found.at(-1)
    expect(rest?.details).toMatchObject({ count: '100', paths: [] })
    expect(rest?.why).toBe('not examined: 100 unreadable files, in folders that are not listed')
    const entry = aWhitelistEntry({ id: 'not-examined-unreadable', package: null, path: 'srv/a/*' })
    expect(rest && rule(rest, SUBJECT, aPolicy([entry]), TODAY).blocks).toBe(true)
  })

  test('when an official base is proven to have brought it, then it is only noted, but not what a limit cut', () => {
    const base = { name: 'debian:12', layers: new Set([LAYER]) }
    const found = findingsOf({ 'opt/x.jar': unreadable('no zip archive') }, [], { base, cut: 'too many' })
    const ruled = found.map((one) => rule(one, SUBJECT, aPolicy(), TODAY))
    expect(ruled.map((one) => [one.id, one.ruling, becauseText(one)])).toEqual([
      [
        'not-examined-unreadable',
        'noted',
        `${found[0]?.why}; all of this is in layers of the official base debian:12`,
      ],
      ['not-examined-cut', 'act', `${found[1]?.why}; unread is act`],
    ])
  })

  test.each([
    ['srv/node_modules/adm-zip/test/assets/broken.zip', true],
    ['srv/node_modules/@acme/zip/lib/fixtures/a.jar', true],
    ['usr/local/lib/python3.12/site-packages/setuptools/tests/indexes/x.egg', true],
    ['usr/local/lib/python3.12/test/archivetestdata/header.zip', true],
    ['srv/node_modules/x/test/node_modules/lodash/package.json', true],
    ['srv/node_modules/@acme/x/fixtures/a/node_modules/@b/c/package.json', true],
    ['srv/lib/python3.12/site-packages/x/tests/bad-1.0.dist-info/METADATA', true],
    ['usr/local/lib/python3.12/test/test_importlib/data/bad.egg-info', true],
    ['srv/node_modules/x/testdata/program', true],
    // Not inside a package, or the package has this name.
    ['srv/test/fixtures/a.jar', false],
    ['srv/test/node_modules/lodash/package.json', false],
    ['srv/tests/bad-1.0.dist-info/METADATA', false],
    ['srv/node_modules/test/package.json', false],
    ['srv/lib/python3.12/site-packages/tests/METADATA', false],
    ['srv/node_modules/test/a.jar', false],
    ['srv/node_modules/x/tested/a.jar', false],
    ['srv/lib/python3/test/a.jar', false],
  ])('when %s can’t be read, then it is test data of a package: %s', (path, isTestData) => {
    const [found] = findingsOf({ [path]: unreadable('no zip archive') })
    const ruled = found && rule(found, SUBJECT, aPolicy(), TODAY)
    expect(ruled?.ruling).toBe(isTestData ? 'noted' : 'act')
    // Who asks for everything gets everything.
    expect(found && rule(found, SUBJECT, aPolicy([], { failOnUnexamined: true }), TODAY).ruling).toBe('act')
  })

  test('when one folder has test data and others, then no finding has both', () => {
    const found = findingsOf({
      'srv/node_modules/x/test/a.jar': unreadable('no zip archive'),
      'srv/node_modules/x/lib/a.jar': unreadable('no zip archive'),
    })
    expect(found.map((one) => rule(one, SUBJECT, aPolicy(), TODAY).ruling).toSorted()).toEqual([
      'act',
      'noted',
    ])
  })

  test('when unread is noted, or application is off, then it is noted, and the reason says so', () => {
    const [found] = findingsOf({ 'opt/x.jar': unreadable('no zip archive') })
    const ruled = (gate: Parameters<typeof aPolicy>[1]) => {
      const one = found && rule(found, SUBJECT, aPolicy([], gate), TODAY)
      return one && [one.ruling, becauseText(one).split('; ').at(-1)]
    }
    expect(ruled({})).toEqual(['act', 'unread is act'])
    expect(ruled({ unread: 'noted' })).toEqual(['noted', 'unread is noted'])
    expect(ruled({ application: 'off' })).toEqual(['noted', 'application is off'])
    expect(ruled({ application: 'off', isOffByOsv: true })).toEqual(['noted', 'the input osv is none'])
    // Malware blocks there, and may be in what could not be read.
    expect(ruled({ application: 'report' })?.[0]).toBe('act')
    expect(ruled({ unread: 'noted', failOnUnexamined: true })).toEqual(['act', 'fail-on-unexamined is true'])
  })
})

describe('the ruling on it', () => {
  const [finding] = findingsOf(QS)
  if (finding === undefined) {
    throw new Error('there is no finding')
  }
  const ruled = (...args: Parameters<typeof aPolicy>) => {
    const one = rule(finding, SUBJECT, aPolicy(...args), TODAY)
    return [one.ruling, one.blocks, becauseText(one)]
  }
  const entry = (id: string) => aWhitelistEntry({ id, package: null, maxSeverity: 'low' })

  test('when it is not said otherwise, then it is noted, and it is no vulnerability', () => {
    expect(isVulnerability(finding)).toBe(false)
    expect(ruled()).toEqual(['noted', false, finding.why])
    expect(ruled([], { failOn: 'negligible', failOnUnfixed: 'negligible' })[0]).toBe('noted')
  })

  test('when fail-on-unexamined is true, then it acts', () => {
    expect(ruled([], { failOnUnexamined: true })).toEqual([
      'act',
      true,
      `${finding.why}; fail-on-unexamined is true`,
    ])
  })

  test('when an entry has its id, then it is accepted, whatever its max-severity; one of another kind does not', () => {
    const gate = { failOnUnexamined: true }
    expect(ruled([entry('not-examined-npm')], gate)[0]).toBe('accepted')
    expect(ruled([entry('not-examined-pypi')], gate)[0]).toBe('act')
  })
})
