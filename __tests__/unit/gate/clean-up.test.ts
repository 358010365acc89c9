import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { cleanUp } from '../../../src/gate/clean-up.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../support/fake-engine.js'
import { json } from '../../support/fake-server.js'

const RUN = '0123456789ab'
const temp = process.env.RUNNER_TEMP
const fakes: FakeEngine[] = []
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clean-up-'))
  process.env.RUNNER_TEMP = folder
})
afterEach(async () => {
  if (temp === undefined) {
    delete process.env.RUNNER_TEMP
  } else {
    process.env.RUNNER_TEMP = temp
  }
  rmSync(folder, { recursive: true, force: true })
  for (const fake of fakes.splice(0)) {
    await fake.close()
  }
})

async function cleaned(routes: Routes, limitMs?: number): Promise<readonly string[]> {
  const fake = await fakeEngine(routes)
  fakes.push(fake)
  const warnings: string[] = []
  const around = { runId: RUN, composes: false, warn: (text: string) => void warnings.push(text) }
  await cleanUp(around, connectEngine({ DOCKER_HOST: fake.host }), limitMs)
  return warnings
}

const NOTHING: Routes = {
  'GET /containers/json': (_, response) => json(response, 200, []),
  'GET /networks': (_, response) => json(response, 200, []),
  'GET /volumes': (_, response) => json(response, 200, { Volumes: [] }),
  'GET /images/json': (_, response) => json(response, 200, []),
}

describe('cleanUp', () => {
  test('when all goes well, then nothing is said and the folders are gone', async () => {
    mkdirSync(join(folder, `seaworthy-${RUN}-x`))
    expect(await cleaned(NOTHING)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('when the engine says nothing, then it ends within its limit and names what may be left', async () => {
    const warnings = await cleaned({ ...NOTHING, 'GET /containers/json': () => {} }, 100)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('within 0.1 s')
    expect(warnings[0]).toContain(`dev.seaworthy.run=${RUN}`)
  })

  test('when the engine refuses, then its words are reported, and what may be left', async () => {
    const refuse: Routes = { 'GET /networks': (_, response) => json(response, 500, { message: 'no driver' }) }
    const warnings = await cleaned({ ...NOTHING, ...refuse })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('no driver')
    expect(warnings[0]).toContain(`dev.seaworthy.run=${RUN}`)
  })

  test('when the folder for temporary files is gone, then the engine is cleaned nevertheless', async () => {
    rmSync(folder, { recursive: true })
    const warnings = await cleaned(NOTHING)
    expect(warnings).toEqual([expect.stringContaining(folder)])
    expect(fakes[0]?.calls()).toContain('GET /networks')
  })

  test('when no engine was asked for, or none answered, then there is nothing to say', async () => {
    const warn = (text: string) => {
      throw new Error(text)
    }
    await cleanUp({ runId: RUN, composes: false, warn }, null)
    await cleanUp({ runId: RUN, composes: false, warn }, Promise.reject(new Error('no engine')))
  })
})
