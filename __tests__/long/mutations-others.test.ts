import { afterAll, describe, expect } from '@jest/globals'
import { NEEDS, withBench } from '../live/docker-bench/bench.js'
import { removeMutated } from '../mutations/build.js'
import { dockerBench } from '../mutations/others/docker-bench.js'
import { pairOf } from '../mutations/others/pair.js'

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
})
