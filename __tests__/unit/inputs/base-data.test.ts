import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readBasePolicies } from '../../../src/inputs/base-policies.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { problemOf } from '../../../src/model/problem.js'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'
import { NEVER } from '../../support/waiting.js'

const [BASE, HEAD, MERGE] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string]
const KEV = 'data/kev.json'

let stub: GitHubStub
let folder: string
beforeEach(async () => {
  stub = await githubStub()
  stub.commits.set(MERGE, [BASE, HEAD])
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sw-data-')))
  mkdirSync(join(folder, 'work/data'), { recursive: true })
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await stub.close()
  expect(stub.errors).toEqual([])
})

const here = (path: string) => join(folder, 'work', path)
const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
/** What the commits have of it; the work tree has the merge's. */
function commit({ base, merge }: { readonly base?: string; readonly merge?: string }, path = KEV): void {
  for (const [sha, text] of [
    [BASE, base],
    [MERGE, merge],
  ] as const) {
    if (text !== undefined) {
      stub.files.set(`${sha}:${path}`, text)
    }
  }
  if (merge !== undefined) {
    write(`work/${path}`, merge)
  }
}

/** The code of the problem, or `read`. */
async function policies(values: Readonly<Record<string, string>>): Promise<string> {
  const inputs = (name: string) =>
    values[name] ??
    (name === 'github-token' ? 'ghs_x' : (INPUTS.find((input) => input.name === name)?.default ?? ''))
  const env = {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SHA: MERGE,
    GITHUB_API_URL: stub.url,
    GITHUB_WORKSPACE: here(''),
  }
  try {
    await readBasePolicies(inputs, { env, backoffMs: 1, timeoutMs: NEVER })
    return 'read'
  } catch (error) {
    return problemOf(error, '').code
  }
}

const FEEDS = INPUTS.filter(({ name }) => /^(?:tracker|cvss|epss|kev|osv|data)/.test(name)).map(
  ({ name }) => name,
)

test.each(FEEDS)('when %s names a file that the pull request brings, then it is refused', async (name) => {
  commit({ merge: '{}' })
  expect(await policies({ [name]: here(KEV) })).toBe('data-of-change')
  expect(await policies({ [name]: pathToFileURL(here(KEV)).href })).toBe('data-of-change')
})

test('when a file is the base’s byte for byte, then it is read; when it is changed, then not', async () => {
  commit({ base: '{}', merge: '{}' })
  expect(await policies({ kev: here(KEV) })).toBe('read')
  commit({ base: '{}', merge: '{ }' })
  expect(await policies({ kev: here(KEV) })).toBe('data-of-change')
})

test('when the pull request removes a file and something else lies in its place, then that is refused', async () => {
  commit({ base: '{}' })
  write(`work/${KEV}`, '{ }')
  expect(await policies({ kev: here(KEV) })).toBe('data-of-change')
})

test('when the job has put the file there, or it lies outside of the checkout, then it is read', async () => {
  commit({ merge: 'x' }, 'data/other.json')
  write(`work/${KEV}`, '{}')
  write('outside.json', '{}')
  expect(await policies({ kev: here(KEV), tracker: join(folder, 'outside.json') })).toBe('read')
})

test('when it is a folder, then the repository’s own is refused, and the job’s is read', async () => {
  expect(await policies({ osv: here('data') })).toBe('read')
  expect(await policies({ osv: here('') })).toBe('data-of-change')
  commit({ base: 'x', merge: 'x' }, 'data/npm.zip')
  expect(await policies({ osv: here('data') })).toBe('data-of-change')
})

test('when it is the folder of published data, then none in the checkout is read, whoever put it there', async () => {
  expect(await policies({ data: here('data') })).toBe('data-of-change')
  mkdirSync(join(folder, 'outside'))
  expect(await policies({ data: join(folder, 'outside') })).toBe('read')
})

test.each([
  ['a link of the checkout leads to it', 'work/link.json', 'data/kev.json'],
  ['a folder on its way is a link', 'work/linked', 'data'],
  ['a link leads out of the checkout', 'work/link.json', '../outside.json'],
  ['a link outside leads into the checkout', 'outside-link.json', 'work/data/kev.json'],
])('when %s, then it is refused', async (_, link, target) => {
  commit({ merge: '{}' })
  write('outside.json', '{}')
  symlinkSync(target, join(folder, link))
  const named = link === 'work/linked' ? 'work/linked/kev.json' : link
  expect(await policies({ kev: join(folder, named) })).toBe('data-of-change')
})

test('when it lies in a submodule, then it is refused', async () => {
  write(`work/${KEV}`, '{}')
  stub.submodules.add(`${MERGE}:data`)
  expect(await policies({ kev: here(KEV) })).toBe('data-of-change')
})

test('when GitHub does not say what the base has, then nothing is judged', async () => {
  write(`work/${KEV}`, '{}')
  stub.fail({ path: /kev\.json$/, status: 500 })
  expect(await policies({ kev: here(KEV) })).toBe('policy-base-unreadable')
})

test('when a feed is an address, none or not there, then nothing is asked for it', async () => {
  const values = { kev: 'https://kev.example/kev.json', epss: 'none', tracker: here('gone.json') }
  expect(await policies(values)).toBe('read')
})
