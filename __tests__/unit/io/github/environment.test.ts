import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { isFork } from '../../../../src/io/github/environment.js'

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
