import { afterAll, describe, expect, test } from '@jest/globals'
import { NEEDS, withBench } from '../../live/docker-bench/bench.js'
import { build, removeMutated } from '../build.js'
import { CONFIGURATION } from '../configuration.js'
import { dockerBench } from './docker-bench.js'
import { dockle } from './dockle.js'
import { besideOf, type Pair } from './other.js'

afterAll(removeMutated)

function pairOf(id: string): Pair {
  const mutation = CONFIGURATION.find((one) => one.id === id)
  if (mutation === undefined) {
    throw new Error(`there is no mutation ${id}`)
  }
  const unchanged = build(mutation.on)
  const evidence = { mutated: '', unchanged: '' }
  return { mutation, image: build(mutation.on, mutation), unchanged, evidence }
}

const dockleVersion = dockle.version()
const withDockle: typeof test.skip = 'version' in dockleVersion ? test : test.skip
const noDockle = 'version' in dockleVersion ? '' : ` [skipped: ${dockleVersion.notRun}]`

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

  withDockle(`then dockle names what it sees${noDockle}`, async () => {
    const ids = ['user/1', 'secret-in-env/1', 'add/1', 'limits/13'].map((id) => `configuration/${id}`)
    const fates = await dockle.judge(ids.map(pairOf))
    expect(dockleVersion).toEqual({ version: expect.stringMatching(/^0\.\d/) })
    expect(ids.map((id) => fates.get(id))).toEqual([
      { fate: 'killed', by: expect.stringContaining('CIS-DI-0001') },
      { fate: 'killed', by: expect.stringContaining('CIS-DI-0010') },
      // It takes the first ADD of any image for that of its base, which Debian's images of today do not have.
      { fate: 'survived', by: '' },
      { fate: 'not run', by: 'it does not see the options of docker run' },
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
