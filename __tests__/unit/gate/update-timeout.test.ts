import { afterEach, expect, test } from '@jest/globals'
import { runUpdate } from '../../../src/gate/update.js'
import type { Judging } from '../../../src/inputs/policies.js'
import type { Request } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { readUpdateRequest } from '../../../src/inputs/update.js'
import { DEFAULT_TIMEOUTS } from '../../../src/policy/gate/time-rows.js'
import { anImageVerdict, aPolicy, aVerdict } from '../../support/builders.js'
import { fakeEngine } from '../../support/fake-engine.js'
import { problemOfRejected } from '../../support/rejections.js'

const HOST = process.env.DOCKER_HOST
afterEach(() => {
  if (HOST === undefined) {
    delete process.env.DOCKER_HOST
  } else {
    process.env.DOCKER_HOST = HOST
  }
})

test('when an update does not end in time, then that is reported, with what it waited for', async () => {
  // An engine that takes the question and never answers.
  const fake = await fakeEngine({ 'GET /images/app:1/json': () => undefined })
  process.env.DOCKER_HOST = fake.host
  try {
    const inputs = (name: string) => INPUTS.find((input) => input.name === name)?.default ?? ''
    const around = {
      runId: '0123456789ab',
      signal: new AbortController().signal,
      progress: () => {},
      warn: () => {},
    }
    const before = aVerdict({ images: [anImageVerdict()] })
    const requests = readUpdateRequest(['app:1'], inputs)
    const timeouts = { ...DEFAULT_TIMEOUTS, update: 0.2 }
    const judging = { policy: aPolicy([], { timeouts }), proposed: null } as unknown as Judging
    const problem = await problemOfRejected(runUpdate(requests, before, {} as Request, judging, around))
    expect(problem).toMatchObject({ code: 'update-timeout', what: 'the update did not finish within 0.2 s' })
  } finally {
    await fake.close()
  }
})
