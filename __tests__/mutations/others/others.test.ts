import { afterAll, describe, expect, test } from '@jest/globals'
import { NEEDS, withBench } from '../../live/docker-bench/bench.js'
import { removeMutated } from '../build.js'
import { dockerBench } from './docker-bench.js'
import { besideOf } from './other.js'
import { pairOf } from './pair.js'

afterAll(removeMutated)

describe('when another tool is asked about mutations', () => {
  withBench(`then Docker Bench names what it sees${NEEDS}`, async () => {
    const ids = ['configuration/user/3', 'configuration/limits/13', 'configuration/add/1']
    const fates = await dockerBench.judge(ids.map(pairOf))
    expect(dockerBench.version()).toEqual({ version: expect.stringMatching(/^1\.\d/) })
    expect(ids.map((id) => fates.get(id))).toEqual([
      // `0:0` is none of the three spellings of root that it knows.
      { fate: 'survived', by: '' },
      { fate: 'killed', by: '5.29' },
      { fate: 'informed', by: '4.9' },
    ])
  })

  test('then only what is new counts, and an information is no warning', () => {
    const root = { text: '4.1', warns: true }
    const added = { text: '4.9', warns: false }
    expect(besideOf([root, added], [root])).toEqual({ fate: 'informed', by: '4.9' })
    expect(besideOf([root, added], [added])).toEqual({ fate: 'killed', by: '4.1' })
    expect(besideOf([{ ...added, warns: true }], [added])).toEqual({ fate: 'killed', by: '4.9' })
    expect(besideOf([added], [root, added])).toEqual({ fate: 'survived', by: '' })
  })
})
