import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { anchorsOf, deadLinks, deadPages, filesBelow, passagesOf, refusedPhrases } from './english.js'
import { ROOT } from './scan.js'

const MARKDOWN = [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs'],
  ...['__tests__/attacks/README.md', '__tests__/support/osv/README.md'],
]
/** What users get: the actions, policies, examples, reusable workflows, scripts of the quick start, and messages. */
const SHIPPED = [
  ...[
    'action.yml',
    'close-stale',
    'release-lines',
    'publish-fork',
    'policies',
    'examples',
    '.github/workflows',
  ],
  ...['script/demo', 'script/setup', 'script/test', 'src'],
]

/**
 * Still to be rewritten: files, or folders with a slash at the end. Take a line out once its text is plain; one whose text is
 * plain already fails.
 */
const PENDING: readonly string[] = []

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const markdown = filesBelow(ROOT, MARKDOWN, /\.md$/)
/** Their links are written for CHANGELOG.md, which is where they end up. */
const fragments = filesBelow(ROOT, ['changes'], /\.md$/)
const shipped = filesBelow(ROOT, SHIPPED, /\.(ts|yml|md)$/)

describe('plain English', () => {
  const phrases = [...markdown, ...fragments, ...shipped].flatMap((path) =>
    refusedPhrases(path, passagesOf(path, read(path))),
  )
  const isBelow = (line: string, place: string) => line.startsWith(place.endsWith('/') ? place : `${place}:`)

  test('when documents, comments, help and messages are read, then no phrase of the list is in them', () => {
    expect(phrases.filter((line) => !PENDING.some((place) => isBelow(line, place)))).toEqual([])
  })

  test('when a place is plain, then it is no longer listed as pending', () => {
    expect(PENDING.filter((place) => !phrases.some((line) => isBelow(line, place)))).toEqual([])
  })

  test.each([
    ['a.md', 'It is laid to\nthe base.', ['a.md:1: laid to']],
    ['a.md', '# Title\n\n- Packages are mended.\n- Made anew', ['a.md:3: mended', 'a.md:4: anew']],
    ['a.md', 'Recommended: lay the file in; at least one is none of ours, or there is none.', []],
    [
      'a.md',
      'A date that is none. It cannot\nbe had, and goes before.',
      ['a.md:1: cannot be had', 'a.md:1: goes before', 'a.md:1: is none'],
    ],
    ['a.md', 'Write `beside` no more, nor [here](beside.md) beside.', ['a.md:1: beside']],
    ['a.md', 'The map is at hand.\n\nA base is at hand, not proven.', ['a.md:1: at hand']],
    ['a.yml', 'a: 1\n# It runs without a way\n# out, and is told.', ['a.yml:2: way out', 'a.yml:2: is told']],
    ['a.yml', 'a: beside # beside\nb: is\nc: told', ['a.yml:1: beside', 'a.yml:1: beside']],
    ['a.ts', "// beside\nconst beside = 'beside'\nconst a = 'It runs beside the gate'", ['a.ts:3: beside']],
    [
      'a.ts',
      '\n/** About. */\nf(`could not be had: \u0024{a}`, [1], { b: `is laid \u0024{to}` })',
      ['a.ts:3: could not be had'],
    ],
    ['a.ts', "const a = {\n  b: c(['x', `left for want of \u0024{d}`]),\n}", ['a.ts:2: for want of']],
  ])('when %s has %j, then it is said', (path, text, errors) => {
    expect(refusedPhrases(path, passagesOf(path, text))).toEqual(errors)
  })
})

describe('links', () => {
  test('when documents link to a file or a heading, then it is there', () => {
    expect(markdown.flatMap((path) => deadLinks(path, read(path), ROOT))).toEqual([])
  })

  test('when messages and comments name a page of docs, then it is there', () => {
    expect(shipped.flatMap((path) => deadPages(path, read(path), ROOT))).toEqual([])
  })

  const root = mkdtempSync(join(tmpdir(), 'links-'))
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'docs/a.md'), '# A\n## Two words\n')
  writeFileSync(join(root, 'README.md'), '# Top\n')
  afterAll(() => rmSync(root, { recursive: true }))

  test('when a link leads to no file or heading, then it is reported with its line', () => {
    const text = [
      '[a](docs/a.md) [b](docs/a.md#two-words) [top](#top) [folder](docs) [web](https://example.org/x#y)',
      '![picture](docs/gone.png) [b](docs/a.md#gone) [self](#gone)',
      '```',
      '[in a fence](gone.md)',
      '```',
      '[out](../outside.md) [folder](docs#x)',
    ]
    expect(deadLinks('README.md', text.join('\n'), root)).toEqual([
      'README.md:2: docs/gone.png leads nowhere',
      'README.md:2: docs/a.md#gone leads nowhere',
      'README.md:2: #gone leads nowhere',
      'README.md:6: ../outside.md leads nowhere',
      'README.md:6: docs#x leads nowhere',
    ])
  })

  test('when code names a page or a heading that is not there, then it is reported; of a variable only the page is known', () => {
    const code = [
      "todo: 'see docs/a.md#two-words'",
      'todo: `see docs/a.md#\u0024{code}, docs/b.md#\u0024{code}`',
      '// docs/a.md#<code>, docs/a.md#gone, other/docs/c.md',
    ]
    expect(deadPages('src/a.ts', code.join('\n'), root)).toEqual([
      'src/a.ts:2: docs/b.md leads nowhere',
      'src/a.ts:3: docs/a.md#gone leads nowhere',
    ])
  })

  test('when headings are made into anchors, then as GitHub does', () => {
    expect([
      ...anchorsOf("# Debian's *archive*\n## `max-span`, and more\n## [Link](x.md)\n## Same\n## Same\n"),
    ]).toEqual(['debians-archive', 'max-span-and-more', 'link', 'same', 'same-1'])
  })
})
