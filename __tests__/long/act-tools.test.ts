import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ownRepository, runOwn } from '../live/act/own-release.js'
import { newFolder } from '../live/support.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'

let stub: GitHubStub
beforeAll(async () => {
  stub = await githubStub()
})
afterAll(() => stub.close())

test('when tools.yml runs where no repository of a tool answers, then it says which, and proposes nothing', async () => {
  const repository = ownRepository({
    // As it is, but for the address of the repositories, where nobody answers.
    'script/lib/newer-tools.mjs': (text) => text.replace("'https://github.com/'", "'http://127.0.0.1:1/'"),
  })
  repository.commit('all')
  repository.git('push', '--quiet', 'origin', 'main')
  const ran = await runOwn(
    repository,
    { workflow: 'tools.yml', event: 'schedule', payload: { schedule: '41 5 * * 1' }, ref: 'main' },
    { url: stub.url, token: 'ghs_x' },
    newFolder(),
  )
  expect(ran.jobs).toEqual({ try: 'failure' })
  for (const tool of ['Clair', 'PostgreSQL', 'the docker command', 'Docker Bench']) {
    expect(ran.output).toContain(`not looked up: ${tool}: Command failed`)
  }
  expect(stub.log.filter(({ method }) => method !== 'GET')).toEqual([])
}, 300_000)
