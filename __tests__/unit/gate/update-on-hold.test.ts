import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { update } from '../../../src/gate/update.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { removeTemporary } from '../../../src/io/files/temporary.js'
import type { UpdateRequest } from '../../../src/update/request.js'
import { aBinary, anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'
import { fakeEngine, type Routes } from '../../support/fake-engine.js'
import { json } from '../../support/fake-server.js'
import { NEVER } from '../../support/waiting.js'
import { IMAGE_ID, RUN_ID } from '../update/workshops.js'

// Dockerfiles lie in the working folder: this test has one of its own.
const back = process.cwd()
let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sw-on-hold-')))
  process.chdir(folder)
  writeFileSync('Dockerfile', 'FROM debian:12\n')
})
afterEach(() => {
  process.chdir(back)
  rmSync(folder, { recursive: true })
  removeTemporary(RUN_ID)
})

const onHold = aRuledFinding({
  check: 'security-updates',
  id: 'security-update',
  blocks: true,
  ruling: 'act',
  binaries: [aBinary({ name: 'apt' })],
  heldBack: { by: 'hold', text: '' },
})
const dockerfile = { file: 'Dockerfile', note: null, from: { endLine: 1, user: null } }
const before = aVerdict({ verdict: 'fail', images: [anImageVerdict({ findings: [onHold], dockerfile })] })
const state = { Id: IMAGE_ID, Os: 'linux', Architecture: 'amd64', Size: 1, Config: {} }
const request: UpdateRequest = {
  image: 'app:1',
  by: 'layer',
  buildCommand: 'true',
  buildLimitMs: NEVER,
  test: { kind: 'command', command: 'true' },
  testRetries: 0,
  tagSuffix: '-patched',
  push: null,
  pullRequest: false,
  securityMirror: '',
}

/** By an engine that says the same of every image that it is asked of. */
async function updated(request: UpdateRequest) {
  const judged: string[] = []
  const answer: Routes[string] = ({ path }, response) =>
    json(response, 200, path.includes('/images/json') ? [] : state)
  const fake = await fakeEngine(new Proxy({}, { get: () => answer }))
  try {
    const { outcome } = await update(request, before, {
      engine: connectEngine({ DOCKER_HOST: fake.host }),
      runId: RUN_ID,
      signal: new AbortController().signal,
      progress: () => {},
      testLimitMs: 10_000,
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
  const { outcome, judged } = await updated({ ...request, by: 'dockerfile' })
  expect(judged).toEqual([IMAGE_ID])
  expect(outcome).toMatchObject({ outcome: 'breaks', leftOut: [{ by: 'hold' }] })
})
