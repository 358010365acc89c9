import { expect, test } from '@jest/globals'
import { connectEngine } from '../../../src/io/engine/engine.js'
import type { UpdateRequest } from '../../../src/update/request.js'
import { update } from '../../../src/update/update.js'
import { aBinary, anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'
import { fakeEngine, type Routes } from '../../support/fake-engine.js'
import { json } from '../../support/fake-server.js'
import { NEVER } from '../../support/waiting.js'
import { IMAGE_ID, RUN_ID } from './workshops.js'

const onHold = aRuledFinding({
  check: 'security-updates',
  id: 'security-update',
  blocks: true,
  ruling: 'act',
  binaries: [aBinary({ name: 'apt' })],
  heldBack: { by: 'hold', text: '' },
})
const before = aVerdict({ verdict: 'fail', images: [anImageVerdict({ findings: [onHold] })] })
const state = { Id: IMAGE_ID, Os: 'linux', Architecture: 'amd64', Size: 1, Config: {} }
const request: UpdateRequest = {
  image: 'app:1',
  test: { kind: 'command', command: 'true' },
  testLimitMs: 10_000,
  testRetries: 0,
  tagSuffix: '-patched',
  push: null,
  securityMirror: '',
  build: null,
}

/** By an engine that says the same of every image that it is asked of. */
async function updated(request: UpdateRequest) {
  const judged: string[] = []
  const answer: Routes[string] = ({ path }, response) =>
    json(response, 200, path.includes('/images/json') ? [] : state)
  const fake = await fakeEngine(new Proxy({}, { get: () => answer }))
  try {
    const { outcome } = await update(request, before, {
      engine: await connectEngine({ DOCKER_HOST: fake.host }),
      runId: RUN_ID,
      signal: new AbortController().signal,
      progress: () => {},
      judge: async (id) => {
        judged.push(id)
        return before
      },
    })
    return { outcome, judged, calls: fake.calls() }
  } finally {
    await fake.close()
  }
}

test('when all that has an update is on hold, then nothing is built nor tested, and it is left out by name', async () => {
  const { outcome, calls } = await updated(request)
  expect(outcome).toMatchObject({ outcome: 'breaks', packages: [], patched: null, testBefore: null })
  expect(outcome.leftOut).toMatchObject([{ package: { name: 'apt' }, by: 'hold' }])
  expect(calls).toEqual(['GET /images/app:1/json'])
})

test('when today’s base still lacks what is on hold, then a rebuild is not enough', async () => {
  const source = { file: 'Dockerfile', text: 'FROM debian:12\n', from: { endLine: 1, user: null } }
  const { outcome, judged } = await updated({
    ...request,
    build: { source, command: 'true', limitMs: NEVER },
  })
  expect(judged).toEqual([IMAGE_ID])
  expect(outcome).toMatchObject({ outcome: 'breaks', leftOut: [{ by: 'hold' }] })
})
