import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { judgeRebuilt, judgeUpdated, requestOfBuilt } from '../../../src/gate/judge-update.js'
import { readRequest } from '../../../src/inputs/request.js'
import type { Verdict } from '../../../src/model/verdict.js'
import { planOf } from '../../../src/update/plan/plan.js'
import type { PlannedUpdate } from '../../../src/update/plan-update.js'
import type { TestedUpdate } from '../../../src/update/test.js'
import { aBinary, anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'
import type { FakeEngine } from '../../support/fake-engine.js'
import { inputs } from '../../support/inputs.js'
import { anOutcome, NOTHING } from '../publish/update-setting.js'
import { aWorkshop } from '../update/workshops.js'

const lacking = (name: string, part = {}) =>
  aRuledFinding({ id: `CVE-2026-${name}`, package: name, binaries: [aBinary({ name })], ...part })
const verdictOf = (...findings: readonly ReturnType<typeof lacking>[]) =>
  aVerdict({ verdict: findings.length === 0 ? 'pass' : 'fail', images: [anImageVerdict({ findings })] })
const before = verdictOf(lacking('apt'), lacking('tar'))
const plan = planOf(before.images)
const ok = { ok: true, ended: 'exit 0', seconds: 1, output: '', attempt: 1 }
const patched = { id: 'sha256:2', bytes: 11, along: [], change: null }
const tested: TestedUpdate = { patched, packages: plan.packages, leftOut: [], testAfter: ok }

let fake: FakeEngine
let planned: PlannedUpdate
beforeEach(async () => {
  const { shop: trial, fake: engine } = await aWorkshop({})
  fake = engine
  const test = { spec: { kind: 'healthcheck' }, limitMs: 1, retries: 0, before: null } as const
  const known = { ...NOTHING, before: 'fail' as const }
  const request = {} as PlannedUpdate['request']
  planned = { request, before, plan, trial, dockerfile: null, test, known }
})
afterEach(() => fake.close())

test('when a built image is judged, then the update’s own test of it counts, and is not run again', () => {
  const request = readRequest(['app:1'], inputs({ test: 'exit 0' }))
  const judgedAs = { reference: 'app:1', unpatched: [] }
  const { images, regressionTest } = requestOfBuilt(request, { id: 'sha256:2', judgedAs, tested: ok })
  expect(images).toEqual(['sha256:2'])
  expect(regressionTest).toEqual({ ...request.regressionTest, earlierResult: ok })
})

describe('the patched image', () => {
  const judged = (after: Verdict, part: Partial<TestedUpdate> = {}) =>
    judgeUpdated(planned, { ...tested, ...part }, async () => after)

  test('when nothing blocks any more, then all packages are updated, and it is larger by its layer', async () => {
    const after = verdictOf()
    const { outcome, verdict } = await judged(after)
    expect(outcome).toMatchObject({ outcome: 'updated', after: 'pass', packages: plan.packages, leftOut: [] })
    expect(outcome.patched).toEqual({ id: 'sha256:2', name: null, pushed: null, grewBytes: 10 })
    expect(verdict).toBe(after)
  })

  test('when the scan saw that the test uses no image, then its pass on this one counts for no more', async () => {
    const ends: unknown[] = []
    for (const testBefore of [ok, { ...ok, isImageUnused: true as const }]) {
      const known = { ...planned.known, testBefore }
      await judgeUpdated({ ...planned, known }, tested, async (_, end) => {
        ends.push(end)
        return verdictOf()
      })
    }
    expect(ends).toEqual([ok, { ...ok, isImageUnused: true }])
  })

  test('when a package still has its old version, then it is left out by name', async () => {
    const { outcome } = await judged(verdictOf(lacking('tar')))
    expect(outcome).toMatchObject({ outcome: 'partly-updated', packages: [{ name: 'apt' }] })
    expect(outcome.leftOut).toMatchObject([{ package: { name: 'tar' }, by: 'apt' }])
  })

  test('when none has been updated, or none could be, then the verdict is that on the unchanged image', async () => {
    for (const end of [await judged(before), await judged(verdictOf(), { patched: null, packages: [] })]) {
      expect(end).toMatchObject({ outcome: { outcome: 'breaks', patched: null, packages: [] } })
      expect(end.verdict).toBe(before)
    }
  })

  test('when something else blocks now, then it is not delivered', async () => {
    const { outcome } = await judged(verdictOf(lacking('new', { binaries: [] })))
    expect(outcome).toMatchObject({ outcome: 'worse', patched: null })
    expect(outcome.worse).toEqual(['clair CVE-2026-new in new now blocks'])
  })
})

describe('the image that was only rebuilt', () => {
  const judged = (after: Verdict) =>
    judgeRebuilt(planned, patched, { testBefore: ok, testAfter: ok }, async () => after)

  test('when today’s base has all of the updates, then a rebuild is enough', async () => {
    expect((await judged(verdictOf()))?.outcome).toEqual(
      anOutcome({
        ...planned.known,
        ...{ outcome: 'rebuild', after: 'pass', packages: plan.packages, testBefore: ok, testAfter: ok },
        patched: { id: 'sha256:2', name: null, pushed: null, grewBytes: 10 },
      }),
    )
  })

  test.each([
    ['lacks one of them', verdictOf(lacking('tar'))],
    ['has something new that blocks', verdictOf(lacking('new', { binaries: [] }))],
  ])('when it %s, then it is not', async (_, after) => {
    expect(await judged(after)).toBeNull()
  })
})
