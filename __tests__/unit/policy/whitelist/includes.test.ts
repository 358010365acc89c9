import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  baseOf,
  includedPath,
  includedTexts,
  loadWhitelist,
} from '../../../../src/policy/whitelist/includes.js'
import { problemThrownBy } from '../../../support/problems.js'

const LIMIT = { today: '2026-11-24', maxSpan: 365 }
const ROOT = 'policies/whitelist.yml'

/** A whitelist that includes `includes` and accepts `ids` in apt. */
function file(includes: readonly string[], ...ids: string[]): string {
  const include = includes.length === 0 ? '' : `include: [${includes.map((one) => `"${one}"`).join(', ')}]\n`
  const entries = ids.map(
    (id) => `\n  - id: ${id}\n    package: apt\n    reason: x\n    owner: y\n    expires: 2027-03-31`,
  )
  return `version: 1\n${include}entries:${entries.length === 0 ? ' []' : entries.join('')}\n`
}

const reader = (files: Readonly<Record<string, string>>) => (path: string) => files[path] ?? null
const load = (files: Readonly<Record<string, string>>, root = ROOT) =>
  loadWhitelist(root, files[root] ?? '', reader(files), LIMIT)
const errors = (files: Readonly<Record<string, string>>, root = ROOT) =>
  problemThrownBy(() => load(files, root)).what.split('\n')

describe('loadWhitelist', () => {
  test('when files include others, then all entries count and each names its own file', () => {
    const whitelist = load({
      [ROOT]: file(['teams/web.yml', '../shared/base.yml'], 'CVE-2026-0001'),
      'policies/teams/web.yml': file(['../../shared/base.yml'], 'CVE-2026-0002'),
      'shared/base.yml': file([], 'CVE-2026-0003'),
    })
    expect(whitelist.file).toBe(ROOT)
    expect(whitelist.entries.map(({ id, place }) => `${place.file}:${place.line} ${id}`)).toEqual([
      'policies/whitelist.yml:4 CVE-2026-0001',
      'policies/teams/web.yml:4 CVE-2026-0002',
      'shared/base.yml:3 CVE-2026-0003',
    ])
  })

  test('when files include each other, then the loop is reported with its line and its way round', () => {
    expect(
      errors({
        [ROOT]: file(['a.yml']),
        'policies/a.yml': file(['./b.yml']),
        'policies/b.yml': file(['whitelist.yml']),
      }),
    ).toEqual([
      'policies/b.yml:2: include[0]: "whitelist.yml" includes itself: policies/whitelist.yml → policies/a.yml → policies/b.yml → policies/whitelist.yml',
    ])
    expect(errors({ [`./${ROOT}`]: file(['../policies/whitelist.yml']) }, `./${ROOT}`)).toEqual([
      expect.stringContaining('includes itself'),
    ])
  })

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    '..',
    '.',
    'a/../../../b.yml',
    'https://example.org/w.yml',
    'C:\\\\w.yml',
    'C:w.yml',
    '..\\\\w.yml',
    'a\\u0000.yml',
    'folder/',
  ])('when a file includes %j, then it is refused and not read', (path) => {
    const files = { [ROOT]: file([path]) }
    const read = (path: string): string => {
      throw new Error(`${path} was read`)
    }
    const problem = problemThrownBy(() => loadWhitelist(ROOT, files[ROOT] ?? '', read, LIMIT))
    expect(problem.what).toMatch(
      /^policies\/whitelist\.yml:2: include\[0\]: ".*" is not a path to a file inside the working directory$/,
    )
  })

  test('when the first file lies outside the working directory, then its own folder is the border', () => {
    for (const folder of ['/etc/seaworthy/', '../shared/']) {
      const root = `${folder}w.yml`
      expect(
        load({ [root]: file(['sub/a.yml']), [`${folder}sub/a.yml`]: file([], 'CVE-2026-0001') }, root)
          .entries,
      ).toHaveLength(1)
      expect(errors({ [root]: file(['../b.yml']) }, root)).toEqual([
        `${root}:2: include[0]: "../b.yml" is not a path to a file inside ${folder}`,
      ])
    }
  })

  test('when an included file is missing, empty or wrong, then all is reported at once, each in its file', () => {
    expect(
      errors({
        [ROOT]: file(['gone.yml', 'wrong.yml', 'wrong.yml', 'empty.yml']),
        'policies/wrong.yml': file([], 'CVE-1'),
        'policies/empty.yml': '',
      }),
    ).toEqual([
      'policies/empty.yml:1: the file is empty',
      'policies/whitelist.yml:2: include[0]: "gone.yml" does not exist',
      'policies/whitelist.yml:2: include[2]: "wrong.yml" appears twice',
      expect.stringMatching(/^policies\/wrong\.yml:3: entries\[0\]\.id: "CVE-1" is not a CVE id/),
    ])
  })

  test('when the chain is too long or the files too many, then it is refused', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 7 }, (_, index) => [`${index}.yml`, file([`${index + 1}.yml`])]),
    )
    expect(errors(chain, '0.yml')).toEqual(['4.yml:2: include[0]: "5.yml" is nested more than 5 levels deep'])
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`${index}.yml`, file([])]))
    const root = file(Object.keys(many).map((name) => name))
    expect(errors({ ...many, 'w.yml': root }, 'w.yml')).toHaveLength(21)
  })

  test.each([
    ['include: []', 'a list must contain at least one file; omit the key if there is none'],
    ['include: a.yml', 'expected a list, found the text "a.yml"'],
    ['include: [""]', 'it is empty'],
    ['include: [{path: a.yml}]', 'expected text, found a mapping'],
  ])('when it says %s, then it is refused', (line, text) => {
    expect(errors({ [ROOT]: `version: 1\n${line}\nentries: []\n` })[0]).toContain(text)
  })

  test('when whatever path is included, then what is read lies inside', () => {
    const step = fc.constantFrom('..', '.', 'a', 'b', '', '...', 'c.yml')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.array(step, { maxLength: 4 }), (path, folder) => {
        const from = [...folder, 'w.yml'].join('/')
        const base = baseOf(from)
        const target = includedPath(from, path.join('/'), base)
        if (target === null) {
          return
        }
        expect(target.startsWith(base)).toBe(true)
        expect(target.slice(base.length).split('/')).not.toContain('..')
        expect(target.startsWith('/')).toBe(base.startsWith('/'))
      }),
    )
  })
})

describe('includedTexts', () => {
  test('when the reader takes its time, then what it fetched gives the same whitelist', async () => {
    const files: Record<string, string> = {
      [ROOT]: file(['a.yml', 'gone.yml']),
      'policies/a.yml': file(['b.yml'], 'CVE-2026-0001'),
      'policies/b.yml': file([], 'CVE-2026-0002'),
    }
    const texts = await includedTexts(ROOT, files[ROOT] ?? '', async (path) => files[path] ?? null)
    expect([...texts.keys()]).toEqual(['policies/a.yml', 'policies/b.yml', 'policies/gone.yml'])
    expect(texts.get('policies/gone.yml')).toBeNull()
    files['policies/gone.yml'] = file([])
    const again = await includedTexts(ROOT, files[ROOT] ?? '', async (path) => files[path] ?? null)
    const read = (path: string) => again.get(path) ?? null
    expect(loadWhitelist(ROOT, files[ROOT] ?? '', read, LIMIT)).toEqual(load(files))
  })

  test('when the reader fails, then so does this', async () => {
    const failing = async () => Promise.reject(new Error('403'))
    await expect(includedTexts(ROOT, file(['a.yml']), failing)).rejects.toThrow('403')
  })
})

describe('how long an entry may hold', () => {
  const one = (lines: string, check = '') =>
    `version: 1\nentries:\n  - package: apt\n${check}    reason: x\n    owner: y\n${lines}`
  const problemOfText = (lines: string, check = '    id: CVE-2026-0001\n', limit = LIMIT) => {
    try {
      loadWhitelist(ROOT, one(lines, check), () => null, limit)
      return null
    } catch {
      return problemThrownBy(() => loadWhitelist(ROOT, one(lines, check), () => null, limit)).what
    }
  }

  test('when it expires far away, then it is refused with the line and the days', () => {
    expect(problemOfText('    expires: 2027-11-24\n')).toBeNull()
    expect(problemOfText('    expires: 2027-11-25\n')).toBe(
      'policies/whitelist.yml:7: entries[0].expires: 2027-11-25 is 366 days after the date of the verdict (2026-11-24); the maximum is 365 (max-span)',
    )
    expect(problemOfText('    expires: 9999-12-31\n')).toContain('the maximum is')
    expect(
      problemOfText('    expires: 2026-12-25\n', '    id: CVE-2026-0001\n', { ...LIMIT, maxSpan: 30 }),
    ).toContain('the maximum is 30')
  })

  test('when it says when it was added, then the days are counted from there, but not from a day to come', () => {
    expect(problemOfText('    expires: 2027-01-01\n    added: 2026-01-01\n')).toBeNull()
    expect(problemOfText('    expires: 2027-01-02\n    added: 2026-01-01\n')).toContain(
      '366 days after the entry was added (2026-01-01)',
    )
    expect(problemOfText('    expires: 2099-12-31\n    added: 2099-01-01\n')).toContain(
      'after the date of the verdict',
    )
    expect(problemOfText('    expires: 2026-01-01\n    added: 2026-01-02\n')).toContain(
      'added: "2026-01-02" is after the entry\'s expiry date',
    )
    expect(problemOfText('    expires: 2027-01-01\n    added: 2026-02-30\n')).toContain('is not a date')
  })

  test('when a missing security update is accepted, then for 30 days at most', () => {
    const update = '    check: security-updates\n'
    expect(problemOfText('    expires: 2026-12-24\n', update)).toBeNull()
    expect(problemOfText('    expires: 2026-12-25\n', update)).toContain(
      'the maximum is 30 for a security-updates entry without an id',
    )
    expect(problemOfText('    expires: 2026-12-05\n', update, { ...LIMIT, maxSpan: 10 })).toContain(
      'the maximum is 10 (max-span)',
    )
  })

  test('when a file is valid on one day, then it is valid on each later one', () => {
    const day = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, day, fc.option(day), (a, b, expires, added) => {
        const [today, later] = a < b ? [a, b] : [b, a]
        fc.pre(added === null || added <= expires)
        const lines = `    expires: ${expires}\n${added === null ? '' : `    added: ${added}\n`}`
        const check = '    id: CVE-2026-0001\n'
        if (problemOfText(lines, check, { today, maxSpan: 365 }) === null) {
          expect(problemOfText(lines, check, { today: later, maxSpan: 365 })).toBeNull()
        }
      }),
    )
  })
})
