import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { actionPagesOf, isFork } from '../../../../src/io/github/environment.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-event-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const from = (head: unknown, base: unknown = { full_name: 'acme/shop' }) =>
  JSON.stringify({ pull_request: { head: { repo: head }, base: { repo: base } } })

/** Whether a run for this event, with this text as its payload, is a stranger's. */
function forkOf(event: string, payload: string | null): boolean {
  const path = join(folder, 'event.json')
  if (payload === null) {
    rmSync(path, { force: true })
  } else {
    writeFileSync(path, payload)
  }
  return isFork({ GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path })
}

describe('whose pull request a run is for', () => {
  test.each([
    ['a branch of the repository', 'pull_request', from({ full_name: 'acme/shop' }), false],
    ['a branch of another one', 'pull_request', from({ full_name: 'mallory/shop' }), true],
    ['the same, by pull_request_target', 'pull_request_target', from({ full_name: 'mallory/shop' }), true],
    ['a fork that was deleted', 'pull_request', from(null), true],
    ['repositories that nobody names', 'pull_request', from({}, {}), true],
    ['an event without a pull request', 'pull_request', '{}', true],
    ['an event that is null', 'pull_request', 'null', true],
    ['an event that is not JSON', 'pull_request', '{', true],
    ['an event that is not there', 'pull_request', null, true],
    ['a push', 'push', from({ full_name: 'mallory/shop' }), false],
  ])('when it is %s, then isFork says so', (_, event, payload, is) => {
    expect(forkOf(event, payload)).toBe(is)
  })

  test('when there is no event, as in a terminal, then it is nobody’s', () => {
    expect(isFork({})).toBe(false)
  })
})

describe('where the pages of the action’s own repository are', () => {
  const known = { GITHUB_ACTION_REPOSITORY: 'acme/gate', GITHUB_ACTION_REF: 'v1.2.0' }

  test('when the runner names repository and ref, then by them, on its own server', () => {
    expect(actionPagesOf(known)).toBe('https://github.com/acme/gate/blob/v1.2.0/')
    expect(actionPagesOf({ ...known, GITHUB_SERVER_URL: 'https://ghe.example:8443' })).toBe(
      'https://ghe.example:8443/acme/gate/blob/v1.2.0/',
    )
  })

  test.each([
    ['no action', {}],
    ['one of the work tree', { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }],
    ['one without a ref', { GITHUB_ACTION_REPOSITORY: 'acme/gate' }],
    ['an odd ref', { ...known, GITHUB_ACTION_REF: 'a)<b>' }],
    ['a ref that leads elsewhere', { ...known, GITHUB_ACTION_REF: 'v1/../../../x' }],
    ['an odd server', { ...known, GITHUB_SERVER_URL: 'javascript:x' }],
  ])('when it is %s, then nobody is made up', (_, env) => {
    expect(actionPagesOf(env)).toBeNull()
  })
})
