import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { IMPROVEMENTS } from '../../../../../src/checks/docker-bench/builtin/improvements.js'
import { strict } from '../../../../../src/checks/docker-bench/builtin/strict.js'
import { BENCH_CHECKS, BENCH_IDS, isBenchId } from '../../../../../src/checks/docker-bench/builtin/table.js'
import type { BenchResult } from '../../../../../src/checks/docker-bench/result.js'
import { runs } from '../../../../support/runs.js'
import { aContainer, aState, CONTAINER_ID, IMAGE_ID } from './builders.js'
import { answerOf, described } from './generated.js'

const SUBJECT = { imageId: IMAGE_ID, containerId: CONTAINER_ID }

function isSound({ id, word, state, improvement, why }: BenchResult): boolean {
  const isNamed = improvement === null || Object.hasOwn(IMPROVEMENTS, improvement)
  const isOfTable = word === null || (isBenchId(id) && BENCH_CHECKS[id].words.includes(word))
  return why !== '' && isOfTable && (state === 'evaluated') === (word !== null) && isNamed
}

describe('strict, of any container', () => {
  test('when it is judged, then words are of the table, and improvements of theirs', () => {
    const met = new Set<string>()
    fc.assert(
      fc.property(described, (one) => {
        const results = strict(aState({ containers: [answerOf(one, CONTAINER_ID)] }), SUBJECT)
        expect(results.map(({ id }) => id)).toEqual(BENCH_IDS)
        expect(results.filter((result) => !isSound(result))).toEqual([])
        for (const { improvement } of results) {
          if (improvement !== null) {
            met.add(improvement)
          }
        }
      }),
      runs(500),
    )
    // The generator reaches what it is for.
    expect([...met]).toEqual(expect.arrayContaining(['restart-forever', 'uid-zero', 'negative-limit']))
  })
})

describe('strict, without a subject', () => {
  test('when the image is not in the state, then section 4 is not evaluated, and never a pass', () => {
    const results = strict(aState({ images: [] }), { imageId: IMAGE_ID, containerId: null })
    const section4 = results.filter(({ id }) => id.startsWith('4.'))
    expect(section4).toHaveLength(12)
    expect(new Set(section4.map(({ state, word }) => `${state} ${word}`))).toEqual(
      new Set(['not-evaluated null']),
    )
    expect(section4.find(({ id }) => id === '4.9')).toMatchObject({
      improvement: 'no-subject',
    })
  })

  test('when no run options are given, then section 5 is not applicable, in words', () => {
    const results = strict(aState({ containers: [] }), { imageId: IMAGE_ID, containerId: null })
    const section5 = results.filter(({ id }) => id.startsWith('5.'))
    expect(section5).toHaveLength(32)
    for (const { state, word, why } of section5) {
      expect({ state, word }).toEqual({ state: 'not-applicable', word: null })
      expect(why).toMatch(/run options/)
    }
  })

  test.each([
    ['is not in the state', []],
    ['could not be inspected', [{ id: CONTAINER_ID, name: 'web', inspect: null, top: null }]],
    ['has no HostConfig', [{ id: CONTAINER_ID, name: 'web', inspect: { Config: {} }, top: null }]],
  ])('when the container %s, then section 5 is not evaluated', (_, containers) => {
    const results = strict(aState({ containers }), SUBJECT)
    const states = results.filter(({ id }) => id.startsWith('5.')).map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set(['not-evaluated']))
  })

  test('when the container could not be inspected, then a good user of the image is no pass', () => {
    const results = strict(aState({ containers: [] }), SUBJECT)
    expect(results.find(({ id }) => id === '4.1')?.state).toBe('not-evaluated')
  })
})

describe('strict, and the rest of the machine', () => {
  const others = Array.from({ length: 500 }, (_, at) => ({
    ...aContainer({ HostConfig: { Privileged: true, NetworkMode: 'host' }, Config: { User: '0' } }),
    id: `other-${at}`,
    name: `web-${at}`,
  }))

  test('when 500 other containers run, then the answer is the same', () => {
    const [alone, crowded] = [aState(), aState({ containers: [...others, aContainer()] })]
    expect(strict(crowded, SUBJECT)).toEqual(strict(alone, SUBJECT))
  })
})
