import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { IMPROVEMENTS } from '../../../../../src/checks/docker-bench/builtin/improvements.js'
import type { BenchResult } from '../../../../../src/checks/docker-bench/builtin/rule-result.js'
import { BENCH_IDS } from '../../../../../src/checks/docker-bench/builtin/table.js'
import type { BenchStatus } from '../../../../../src/model/finding/bench.js'
import { runs } from '../../../../support/runs.js'
import { aState, CONTAINER_ID, IMAGE_ID, strict } from './builders.js'
import { answerOf, described } from './generated.js'

const SUBJECT = { imageId: IMAGE_ID, containerId: CONTAINER_ID }

const BY_HAND = ['4.2', '4.3', '4.4', '4.8', '4.10', '4.11', '4.12', '5.23', '5.24']

/** Results that a check can have, in Docker Bench and in the strict rules. */
function statusesOf(id: string): readonly BenchStatus[] {
  if (BY_HAND.includes(id)) {
    return ['NOTE']
  }
  if (['4.7', '4.9', '5.18', '5.19', '5.30'].includes(id)) {
    return ['PASS', 'INFO']
  }
  if (id === '5.28') {
    return ['INFO']
  }
  return ['4.1', '5.6'].includes(id) ? ['PASS', 'WARN', 'INFO'] : ['PASS', 'WARN']
}

function isSound({ id, word, state, improvement, why }: BenchResult): boolean {
  const isNamed = improvement === null || Object.hasOwn(IMPROVEMENTS, improvement)
  const isOfTable = word === null || statusesOf(id).includes(word)
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
