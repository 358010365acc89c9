import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

interface Facts {
  readonly version: string
  readonly branch: string
  readonly isMerged: boolean
  readonly isTagged: boolean
  readonly isClean: boolean
  readonly owners: string | null
  readonly unpinned: string | null
  readonly dist: string | null
  readonly packed: string | null
  readonly fragments: readonly object[]
  readonly changelog: string
}
const { errorsOfTag, errorsToPrepare, sectionOf, teamOf } = (await import(
  join(process.cwd(), 'script/lib/prepare-release.mjs')
)) as {
  errorsOfTag(tag: string, facts: Facts): readonly string[]
  errorsToPrepare(version: string, facts: Facts, team?: string | null): readonly string[]
  sectionOf(changelog: string, version: string): string | null
  teamOf(owners: string | null): string | null
}
const { linked, loadedBy, pagesIn, publishedManifest } = (await import(
  join(process.cwd(), 'script/pack.mjs')
)) as {
  pagesIn(docs: string): readonly string[]
  loadedBy(entry: string, textOf: (name: string) => string): readonly string[]
  publishedManifest(manifest: object, repository: string | null): object
  linked(readme: string, release: { readonly repository: string; readonly version: string }): string
}

const CHANGELOG =
  '# Changelog\n\n<!-- next -->\n\n## 1.2.0 (2026-11-28)\n\n### Gate\n\n- new\n\n## 1.1.0 (2026-10-01)\n\n- old\n'
const READY: Facts = {
  version: '1.2.0',
  branch: 'main',
  isMerged: true,
  isTagged: false,
  isClean: true,
  owners: '# all\n* @acme/release\n',
  unpinned: null,
  dist: null,
  packed: null,
  fragments: [],
  changelog: CHANGELOG,
}
const PREPARED: Facts = { ...READY, version: '1.1.0', fragments: [{ name: '018.gate.md' }] }
const whats = (errors: readonly string[]) => errors.map((one) => one.split('\n')[0])

describe('when a release is prepared', () => {
  test('and all is well, then nothing is refused', () => {
    expect(errorsToPrepare('1.2.0', PREPARED)).toEqual([])
  })

  test.each<[string, string, Partial<Facts>, string]>([
    ['the version is none', '1.2', {}, '"1.2" is not a version'],
    ['the version has a v', 'v1.2.0', {}, '"v1.2.0" is not a version'],
    ['a number begins with 0', '1.02.0', {}, '"1.02.0" is not a version'],
    ['the commit is not on the default branch', '1.2.0', { isMerged: false }, 'this commit is not on main'],
    ['it is released already', '1.2.0', { isTagged: true }, 'v1.2.0 is already released'],
    ['files are changed', '1.2.0', { isClean: false }, 'there are uncommitted changes'],
    ['there is no CODEOWNERS', '1.2.0', { owners: null }, 'no team owns this repository'],
    ['a person owns it', '1.2.0', { owners: '* @alice\n' }, 'no team owns this repository'],
    ['a team owns a folder only', '1.2.0', { owners: '/docs @acme/docs\n' }, 'no team owns this repository'],
    ['the template was not filled in', '1.2.0', { owners: '* @TEAM\n' }, 'no team owns this repository'],
    [
      'digests are missing',
      '1.2.0',
      { unpinned: 'clair-image' },
      'an image that runs alongside the gate has no digest: clair-image',
    ],
    ['dist is another', '1.2.0', { dist: 'cli.js:3' }, 'dist does not match what src builds: cli.js:3'],
    ['nothing has changed', '1.2.0', { fragments: [] }, 'nothing has changed since the last release'],
  ])('and %s, then it is refused', (_, version, facts, what) => {
    expect(whats(errorsToPrepare(version, { ...PREPARED, ...facts }))).toEqual([what])
  })

  test('and several things are wrong, then all are reported at once, each with what to do', () => {
    const errors = errorsToPrepare('1.2', { ...PREPARED, isMerged: false, dist: 'x', unpinned: 'y' })
    expect(errors).toHaveLength(4)
    expect(errors.every((one) => /\n {2}where: .+\n {2}to do: .+/.test(one))).toBe(true)
  })

  test('and the team is named, then it has to be one', () => {
    const facts = { ...PREPARED, owners: null }
    expect(errorsToPrepare('1.2.0', facts, '@acme/release')).toEqual([])
    for (const team of ['acme/release', '@alice', '@acme/a b', '']) {
      expect(whats(errorsToPrepare('1.2.0', facts, team))).toEqual([`${JSON.stringify(team)} is not a team`])
    }
  })
})

describe('when a tag is to be released', () => {
  test('and all is well, then nothing is refused', () => {
    expect(errorsOfTag('v1.2.0', READY)).toEqual([])
  })

  test.each<[string, string, Partial<Facts>, string]>([
    ['is not a version', 'v1.2.x', {}, '"v1.2.x" is not a version'],
    ['has no v', '1.2.0', {}, '"1.2.0" is not a version'],
    ['has more than a version', 'v1.2.0;id', {}, '"v1.2.0;id" is not a version'],
    [
      'is not the version of package.json',
      'v1.3.0',
      {},
      'the tag is v1.3.0, but package.json has version 1.2.0',
    ],
    ['is not on the default branch', 'v1.2.0', { isMerged: false }, 'this commit is not on main'],
    ['has no owner', 'v1.2.0', { owners: null }, 'no team owns this repository'],
    ['has fragments left', 'v1.2.0', { fragments: [{}] }, 'changes that are not in the changelog: 1'],
    ['has no section', 'v1.2.0', { changelog: '# Changelog\n' }, 'the changelog has no section for 1.2.0'],
    [
      'has images without digests',
      'v1.2.0',
      { unpinned: 'x' },
      'an image that runs alongside the gate has no digest: x',
    ],
    ['has another dist', 'v1.2.0', { dist: 'x' }, 'dist does not match what src builds: x'],
    ['was packed from other files', 'v1.2.0', { packed: 'x' }, 'the package is not what src builds: x'],
  ])('and it %s, then it is refused', (_, tag, facts, what) => {
    expect(whats(errorsOfTag(tag, { ...READY, ...facts }))).toEqual([what])
  })
})

test('when notes are made, then they are the section of that version alone', () => {
  expect(sectionOf(CHANGELOG, '1.2.0')).toBe('### Gate\n\n- new\n')
  expect(sectionOf(CHANGELOG, '1.1.0')).toBe('- old\n')
  expect(sectionOf(CHANGELOG, '1.3.0')).toBeNull()
})

test('when several rules are for all files, then the last one counts, as for GitHub', () => {
  expect(teamOf('* @acme/one\n* @acme/two @alice\n')).toBe('@acme/two')
  expect(teamOf('* @acme/one\n* @alice\n')).toBeNull()
})

test('when the package is made, then it has what the command loads, lazily too, and no more', () => {
  const files: Readonly<Record<string, string>> = {
    'cli.js': 'import{a}from"./a.js";const b=()=>import("./b.js");',
    'a.js': 'import "./c.js";import x from "node:fs"',
    'b.js': 'export{d}from "./d.js"',
    'c.js': '',
    'd.js': '',
    'action.js': '',
  }
  expect(loadedBy('cli.js', (name) => files[name] ?? '')).toEqual(['a.js', 'b.js', 'c.js', 'cli.js', 'd.js'])
  const manifest = {
    name: 'seaworthy',
    version: '1.2.0',
    private: true,
    dependencies: { a: '1' },
    scripts: { x: 'y' },
  }
  expect(Object.keys(publishedManifest(manifest, 'acme/seaworthy'))).not.toEqual(
    expect.arrayContaining(['private']),
  )
  expect(publishedManifest(manifest, 'acme/seaworthy')).toMatchObject({
    version: '1.2.0',
    repository: { url: 'git+https://github.com/acme/seaworthy.git' },
    files: ['dist', 'docs', 'examples'],
  })
})

test('when messages name pages of ours, then the package has them', () => {
  const pages = pagesIn('docs').map((name) => `docs/${name}`)
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const texts = sources.map((name) => readFileSync(join('src', name), 'utf8')).join('\n')
  const named = new Set([...texts.matchAll(/'docs\/[a-z0-9/-]+\.md/g)].map(([text]) => text.slice(1)))
  expect(named.size).toBeGreaterThan(5)
  expect([...named].filter((page) => !pages.includes(page))).toEqual([])
  expect(pages.filter((page) => page.includes('decisions'))).toEqual([])
})

test('when the package has a README, then its links lead to the repository at that release', () => {
  const base = 'https://github.com/acme/seaworthy/blob/v1.2.0/'
  const readme =
    '![a](docs/pictures/a.png) [quick\nstart](docs/quick-start.md#x) [here](#limits) [web](https://example.org/)'
  expect(linked(readme, { repository: 'acme/seaworthy', version: '1.2.0' })).toBe(
    `![a](${base}docs/pictures/a.png?raw=true) [quick\nstart](${base}docs/quick-start.md#x) [here](#limits) [web](https://example.org/)`,
  )
})
