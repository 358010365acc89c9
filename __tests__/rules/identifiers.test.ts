import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { filesBelow } from './english.js'
import { bannedIn, declaredNames } from './identifiers.js'
import { ROOT } from './scan.js'

/**
 * Words that say nothing in this field; CONTRIBUTING.md has the field's terms. A name counts if one of its parts is
 * such a word: names are split at capitals, `_`, `-` and `.`, and compared in lower case, so `Spotless` and `keyword` do
 * not count. Each word is listed in each form that counts. No name is quoted from an API; one that is would be an exception
 * with its source.
 */
const BANNED: ReadonlySet<string> = new Set([
  ...[
    'word',
    'words',
    'fault',
    'faults',
    'given',
    'told',
    'untold',
    'tell',
    'tells',
    'leg',
    'legs',
    'beside',
  ],
  ...[
    'eye',
    'eyes',
    'seen',
    'unseen',
    'way',
    'ways',
    'world',
    'worlds',
    'asked',
    'said',
    'say',
    'says',
    'held',
  ],
  ...['there', 'spot', 'spots', 'mask', 'masks', 'laid', 'mend', 'mended', 'anew', 'house', 'door', 'doors'],
])

/**
 * Members that are written into reports, evidence and caches, by file. They are the format's, so renaming one changes the
 * format (reason: wire).
 */
const WIRE: Readonly<Record<string, readonly string[]>> = {
  'src/checks/docker-bench/builtin/rule-result.ts': ['word'],
  'src/checks/docker-bench/dbs/read.ts': ['word'],
  'src/checks/security-updates/archive/suite.ts': ['asked'],
  'src/inventory/provenance/base/deduce.ts': ['asked'],
  'src/inventory/provenance/origin/findings.ts': ['saysSo'],
  'src/policy/dictionary/match.ts': ['word'],
  'src/policy/vex/read.ts': ['words'],
  '__tests__/live/docker-bench/alone.ts': ['word'],
  '__tests__/unit/checks/security-updates/collected.ts': ['asked', 'notAsked'],
}

const paths = filesBelow(ROOT, ['src', 'script', '__tests__'], /\.(ts|mjs)$/)
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** `path: name (word)` for each name and each part of a path with a banned word. */
function bannedNames(path: string, text: string): readonly string[] {
  const names = [...new Set([...path.split('/'), ...declaredNames(text, path.endsWith('.ts'))])]
  return names.flatMap((name) => {
    const part = bannedIn(name, BANNED)
    return part === null || WIRE[path]?.includes(name) ? [] : [`${path}: ${name} (${part})`]
  })
}

describe('identifiers', () => {
  test('when names are declared, then none contains a word of the list', () => {
    expect(paths.length).toBeGreaterThan(1000)
    expect(paths.flatMap((path) => bannedNames(path, read(path)))).toEqual([])
  })

  test('when a name is excepted, then its file still declares it', () => {
    const gone = Object.entries(WIRE).flatMap(([path, names]) => {
      const declared = declaredNames(read(path), true)
      return names.filter((name) => !declared.includes(name)).map((name) => `${path}: ${name}`)
    })
    expect(gone).toEqual([])
  })

  test.each([
    ['a variable', 'const lastWords = 1', 'lastWords (words)'],
    ['a parameter', 'const a = (legOf: string) => legOf', 'legOf (leg)'],
    ['a parameter of a function', 'function a(given: string) {}', 'given (given)'],
    ['a parameter of a type', 'type A = (told: string) => void', 'told (told)'],
    ['a function', 'function isSeen() {}', 'isSeen (seen)'],
    ['a type', 'interface AptWorld {}', 'AptWorld (world)'],
    ['a type parameter', 'type A<Word> = Word', 'Word (word)'],
    ['a member', 'interface A { readonly isThere: boolean }', 'isThere (there)'],
    ['a member of a type', 'type A = { asked(): void }', 'asked (asked)'],
    ['a constant', 'const MOST_TOLD = 1', 'MOST_TOLD (told)'],
    ['a renamed binding', 'const { a: held } = b', 'held (held)'],
    ['a nested binding', 'const [{ a: [said] }] = b', 'said (said)'],
    ['a name of a catch', 'try {} catch (fault) {}', 'fault (fault)'],
    ['an import by another name', "import { a as eyes } from 'a'", 'eyes (eyes)'],
  ])('when %s has a word of the list, then it is reported', (_, text, expected) => {
    expect(bannedNames('src/a.ts', text)).toEqual([`src/a.ts: ${expected}`])
  })

  test.each([
    ['a part only contains it', 'const keywords = 1, swordfish = 2, anywhere = 3'],
    ['a pattern repeats a member', 'const { told, says } = a'],
    ['a literal repeats a member', 'const a = { told: 1, says: 2 }'],
    ['a text or a comment has it', "const a = 'told' // told"],
  ])('when %s, then it is not', (_, text) => {
    expect(bannedNames('src/a.ts', text)).toEqual([])
  })

  test('when a file or a folder is named so, then it is reported', () => {
    expect(bannedNames('src/house/last-words.ts', '')).toEqual([
      'src/house/last-words.ts: house (house)',
      'src/house/last-words.ts: last-words.ts (words)',
    ])
  })
})
