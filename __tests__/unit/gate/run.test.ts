import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { limitTime, once, rejectWhenAborted, sharedTracker } from '../../../src/gate/run.js'
import { readRequest } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { SeaworthyError } from '../../../src/model/problem.js'
import { type FakeServer, fakeServer } from '../../support/fake-server.js'
import { makePolicies } from '../../support/policies.js'
import { problemOfRejected } from '../../support/rejections.js'

describe('sharedTracker', () => {
  let folder: string
  let mute: FakeServer
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'run-'))
    mute = await fakeServer(() => undefined)
  })
  afterEach(async () => {
    await mute.close()
    rmSync(folder, { recursive: true })
  })

  test('when the server says nothing, then timeouts.download ends it, and not timeouts.clair', async () => {
    const values: Readonly<Record<string, string>> = {
      tracker: `${mute.url}/tracker`,
      'cache-dir': folder,
      policies: makePolicies(join(folder, 'policies'), { timeouts: { download: 0.2, clair: 900 } }),
    }
    const fallback = (name: string) => INPUTS.find((input) => input.name === name)?.default ?? ''
    const request = readRequest(['app:1'], (name) => values[name] ?? fallback(name))
    const run = { directory: folder, trustedCacheDir: folder, signal: new AbortController().signal }
    const tracker = sharedTracker(request, ['clair'], run)
    expect(tracker.started()).toBeNull()
    const problem = await problemOfRejected(tracker())
    expect(problem.code).toBe('tracker-unreachable')
    expect(problem.what).toContain('within 0.2 s')
    expect(tracker.started()).toBe(tracker())
  })
})

describe('limitTime', () => {
  test('when the time is over, then the reason says for how long it was waited', async () => {
    const limit = limitTime(1, new AbortController().signal)
    const problem = await problemOfRejected(rejectWhenAborted(limit.signal))
    expect(problem).toMatchObject({ code: 'timeout', what: 'the gate did not finish within 0.001 s' })
  })

  test('when the outer signal is aborted first, then its reason holds', async () => {
    const outer = new AbortController()
    const limit = limitTime(60_000, outer.signal)
    const stopped = new SeaworthyError({ code: 'interrupted', what: 'w', where: 'x', todo: 't' })
    outer.abort(stopped)
    await expect(rejectWhenAborted(limit.signal)).rejects.toBe(stopped)
    limit.end()
  })
})

describe('once', () => {
  test('when it is asked for twice, then it is made once, and not before', async () => {
    let made = 0
    const get = once(async () => ++made)
    expect([get.started(), made]).toEqual([null, 0])
    expect([await get(), await get(), await get.started()]).toEqual([1, 1, 1])
  })
})
