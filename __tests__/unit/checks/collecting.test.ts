import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import type { Origins, OriginsOf } from '../../../src/checks/check.js'
import {
  type CollectedEvidence,
  collectAll,
  collecting,
  collectOrigins,
  NO_ORIGINS,
  type OnOrigins,
} from '../../../src/checks/collecting.js'
import { SeaworthyError } from '../../../src/model/problem.js'
import { anImage } from '../../support/builders.js'
import { opening } from '../../support/debian-archive.js'

const got: CollectedEvidence = { documents: { 'a.txt': 'a' }, sources: [] }
const broken = new SeaworthyError({ code: 'clair-not-ready', what: 'w', where: 'x', todo: 't' })
const open = () => new AbortController().signal

describe('collecting', () => {
  test('when documents are got, then they are evidence of the check, with its time', async () => {
    const [evidence] = await collecting('clair', [1], open(), async (each) => [await each(async () => got)])
    expect(evidence).toEqual({ check: 'clair', ...got, problem: null, tookMs: expect.any(Number) })
    expect(Number.isInteger(evidence?.tookMs)).toBe(true)
  })

  test('when one image fails, then it alone has the problem', async () => {
    const evidence = await collecting('clair', [1, 2], open(), async (each) => [
      await each(() => Promise.reject(broken)),
      await each(async () => got),
    ])
    expect(evidence.map(({ problem }) => problem)).toEqual([broken.problem, null])
    expect(evidence[0]?.documents).toEqual({})
  })

  test('when documents come with a problem, then both are kept', async () => {
    const reported = { ...got, problem: broken.problem }
    const [evidence] = await collecting('clair', [1], open(), async (each) => [
      await each(async () => reported),
    ])
    expect(evidence).toMatchObject({ documents: got.documents, problem: broken.problem })
  })

  test('when what all images share fails, then each of them has the problem', async () => {
    const evidence = await collecting('docker-bench', [1, 2], open(), () => Promise.reject(broken))
    expect(evidence.map(({ check, problem }) => [check, problem])).toEqual([
      ['docker-bench', broken.problem],
      ['docker-bench', broken.problem],
    ])
  })

  test('when it is an error of ours, then the problem says so, and which check it was', async () => {
    const [evidence] = await collecting('clair', [1], open(), () => Promise.reject(new TypeError('x of y')))
    expect(evidence?.problem).toMatchObject({ code: 'internal', what: 'x of y', where: 'clair' })
  })

  test('when the run is aborted, then what breaks has the reason of that; what was got is kept', async () => {
    const ended = new AbortController()
    const reason = new SeaworthyError({ code: 'timeout', what: 'w', where: 'gate', todo: 't' })
    const evidence = await collecting('clair', [1, 2], ended.signal, async (each) => {
      const first = await each(async () => got)
      ended.abort(reason)
      return [first, await each(() => Promise.reject(new Error('socket hang up')))]
    })
    expect(evidence.map(({ problem }) => problem?.code ?? 'got')).toEqual(['got', 'timeout'])
    const [none] = await collecting('clair', [1], ended.signal, () => Promise.reject(new Error('cut off')))
    expect(none?.problem).toEqual(reason.problem)
  })
})

const SID: Origins = { foreign: [], trackerRows: [{ codename: 'sid', packages: new Set(['django']) }] }

describe('findingOrigins', () => {
  const [one, other] = [opening(anImage()), opening(anImage())]

  test('when those of an image are known, then whoever asks gets them, before or after, and of that image alone', async () => {
    const [begun, ended] = [Promise.withResolvers<OnOrigins>(), Promise.withResolvers<readonly []>()]
    const { evidence, origins } = collectOrigins([one, other], (onOrigins) => {
      begun.resolve(onOrigins)
      return ended.promise
    })
    const before = origins?.(one)
    const onOrigins = await begun.promise
    onOrigins(one, SID)
    expect([await before, await origins?.(one)]).toEqual([SID, SID])
    ended.resolve([])
    expect([await evidence, await origins?.(one), await origins?.(other)]).toEqual([[], SID, NO_ORIGINS])
  })

  test('when it ends without them, then who waits gets nothing, and what comes later counts no more', async () => {
    const { origins } = collectOrigins([one], async (onOrigins) => {
      void setImmediate().then(() => onOrigins(one, SID))
      return []
    })
    const before = await origins?.(one)
    await setImmediate()
    await setImmediate()
    expect([before, await origins?.(one), await origins?.(other)]).toEqual([
      NO_ORIGINS,
      NO_ORIGINS,
      NO_ORIGINS,
    ])
  })
})

describe('collectAll', () => {
  const one = opening(anImage())
  const known: OriginsOf = (image) => Promise.resolve(image === one ? SID : NO_ORIGINS)
  const waiting = (answers: unknown[], name: string, origins: OriginsOf) =>
    origins(one).then((found) => {
      answers.push([name, found])
      return []
    })

  test('when a check finds origins out, then those after it wait for them, and not for its evidence', async () => {
    const answers: unknown[] = []
    const archive = Promise.withResolvers<readonly []>()
    const all = collectAll(['before', 'archive', 'clair'], (name, origins) => {
      return name === 'archive'
        ? { evidence: archive.promise, origins: known }
        : { evidence: waiting(answers, name, origins) }
    })
    await setImmediate()
    expect(answers).toEqual([
      ['before', NO_ORIGINS],
      ['clair', SID],
    ])
    archive.resolve([])
    expect(await all).toEqual([[], [], []])
  })

  test('when no check finds them out, then nobody waits, and all begin at once', async () => {
    const [answers, begun]: [unknown[], string[]] = [[], []]
    const all = collectAll(['credentials', 'clair'], (name, origins) => {
      begun.push(name)
      return { evidence: waiting(answers, name, origins) }
    })
    expect(begun).toEqual(['credentials', 'clair'])
    await all
    expect(answers).toEqual([
      ['credentials', NO_ORIGINS],
      ['clair', NO_ORIGINS],
    ])
  })
})
