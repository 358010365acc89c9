import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findLines } from '../../../src/gate/release-lines.js'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'
import { problemOfRejected } from '../../support/rejections.js'

let stub: GitHubStub
beforeEach(async () => {
  stub = await githubStub()
})
afterEach(async () => {
  await stub.close()
  expect(stub.errors).toEqual([])
})

const env = () => ({
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_EVENT_NAME: 'schedule',
  GITHUB_API_URL: stub.url,
})
const find = (lines: string, image = 'ghcr.io/acme/app:{version}', token = 'ghs_x') =>
  findLines({ lines, image, token }, { env: env(), backoffMs: 1 })

test('when a repository has hundreds of tags, then the newest of each line is found with its image', async () => {
  stub.tags.push(...Array.from({ length: 250 }, (_, patch) => `v4.1.${patch}`), 'v4.0.2', 'v3.2.0', 'nightly')
  expect(await find('4.1, 3')).toEqual({
    found: [
      { line: '4.1', tag: 'v4.1.249', version: '4.1.249', image: 'ghcr.io/acme/app:4.1.249' },
      { line: '3', tag: 'v3.2.0', version: '3.2.0', image: 'ghcr.io/acme/app:3.2.0' },
    ],
    warning: null,
  })
  expect((await find('all', 'ghcr.io/acme/app:{tag}')).found.map(({ image }) => image)).toEqual(
    ['v4.1.249', 'v4.0.2', 'v3.2.0'].map((tag) => `ghcr.io/acme/app:${tag}`),
  )
})

test('when tags have hostile names, then none gets into an image', async () => {
  stub.tags.push('v9.9.9;id', 'v9.9.9$(id)', 'v8.8.8\n', 'v1.0.0')
  expect((await find('all')).found.map(({ tag }) => tag)).toEqual(['v1.0.0'])
})

test('when a line has no tag yet, then the others are judged, and it is named', async () => {
  stub.tags.push('v4.1.0', 'v5.0.0-rc.1')
  const { found, warning } = await find('5, 4.1, 6')
  expect(found.map(({ line }) => line)).toEqual(['4.1'])
  expect(warning).toBe('no release tag was found for 5, 6, so only the other lines are judged')
})

test.each([
  ['5', 'no-release'],
  ['four', 'bad-input'],
  ['', 'bad-input'],
  ['all 4', 'bad-input'],
])('when the lines are %j, then it is %s', async (lines, code) => {
  stub.tags.push('v4.1.0')
  expect((await problemOfRejected(find(lines))).code).toBe(code)
})

test('when there is no release at all, then that is no success', async () => {
  expect((await problemOfRejected(find('all'))).code).toBe('no-release')
})

test('when the image has no place for the version, or makes no name, then it is reported', async () => {
  stub.tags.push('v1.0.0')
  expect((await problemOfRejected(find('all', 'ghcr.io/acme/app:latest'))).what).toContain('neither {tag}')
  expect((await problemOfRejected(find('all', 'ghcr.io/acme/App:{tag}'))).code).toBe('bad-input')
})

test('when tags cannot be read to their end, then there is no answer', async () => {
  stub.tags.push(...Array.from({ length: 150 }, (_, patch) => `v4.1.${patch}`))
  stub.fail({ path: /tags/, status: 403, first: () => undefined })
  expect((await problemOfRejected(find('4.1'))).code).toBe('github-refused')
})
