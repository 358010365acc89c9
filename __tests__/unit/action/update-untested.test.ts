import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { warnUntested } from '../../../src/action/update.js'
import { refuseUntested } from '../../../src/gate/update.js'
import { readUpdatePlan, readUpdateRequest } from '../../../src/inputs/update.js'
import { type FakeEngine, fakeEngine } from '../../support/fake-engine.js'
import { json } from '../../support/fake-server.js'
import { inputs } from '../../support/inputs.js'
import { problemOfRejected } from '../../support/rejections.js'

const HOST = process.env.DOCKER_HOST
const { signal } = new AbortController()
let fake: FakeEngine
beforeEach(async () => {
  const image = (Test: readonly string[] | null) => (_: unknown, response: Parameters<typeof json>[0]) =>
    json(response, 200, { Id: 'sha256:1', Config: Test === null ? {} : { Healthcheck: { Test } } })
  fake = await fakeEngine({
    'GET /images/none:1/json': image(null),
    'GET /images/off:1/json': image(['NONE']),
    'GET /images/checked:1/json': image(['CMD', 'true']),
  })
  process.env.DOCKER_HOST = fake.host
})
afterEach(async () => {
  await fake.close()
  if (HOST === undefined) {
    delete process.env.DOCKER_HOST
  } else {
    process.env.DOCKER_HOST = HOST
  }
})

const refused = (image: string, values = {}) =>
  refuseUntested(readUpdateRequest([image], inputs(values)), signal)

test('when there is no test and no health check, then that is told by the config alone', async () => {
  for (const image of ['none:1', 'off:1']) {
    const problem = await problemOfRejected(refused(image))
    expect(problem).toMatchObject({ code: 'update-no-test', where: image })
  }
  expect(fake.calls()).toEqual(['GET /images/none:1/json', 'GET /images/off:1/json'])
})

test('when there is a test, a health check, or no such image yet, then the scan may begin', async () => {
  await refused('none:1', { test: 'true' })
  expect(fake.calls()).toEqual([])
  await refused('checked:1')
  await refused('elsewhere:1')
  process.env.DOCKER_HOST = 'unix:///nowhere/docker.sock'
  await refused('none:1')
})

test('when the action is to prove an update without a test, then it says so and goes on to the scan', async () => {
  const warnings: string[] = []
  const around = {
    runId: '0123456789ab',
    signal,
    progress: (text: string) => warnings.push(text),
    warn: () => {},
  }
  await warnUntested(readUpdatePlan(['none:1'], inputs({ update: 'prove' })), around)
  await warnUntested(readUpdatePlan(['none:1'], inputs({ update: 'suggest' })), around)
  expect(warnings).toEqual([
    expect.stringMatching(/^No update was made: there is no evidence that .* \(none:1\)\. To do: /),
  ])
})
