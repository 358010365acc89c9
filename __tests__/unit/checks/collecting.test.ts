import { describe, expect, test } from '@jest/globals'
import { type CollectedEvidence, collecting, rowsBoard } from '../../../src/checks/collecting.js'
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

describe('rowsBoard', () => {
  const [one, other] = [opening(anImage()), opening(anImage())]
  const SID = [{ codename: 'sid', packages: new Set(['django']) }]

  test('when an image is told of, then whoever asks gets it, before or after, and of that image alone', async () => {
    const board = rowsBoard()
    const before = board.of(one)
    board.provide(one, SID)
    expect([await before, await board.of(one)]).toEqual([SID, SID])
    board.close()
    expect([await board.of(one), await board.of(other)]).toEqual([SID, []])
  })

  test('when it is closed, then who waits gets nothing, and what comes later counts no more', async () => {
    const board = rowsBoard()
    const before = board.of(one)
    board.close()
    board.provide(one, SID)
    board.provide(other, SID)
    expect([await before, await board.of(one), await board.of(other)]).toEqual([[], [], []])
  })
})
