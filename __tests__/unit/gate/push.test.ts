import { expect, test } from '@jest/globals'
import { publishImages } from '../../../src/gate/push.js'
import { anImageVerdict, aVerdict } from '../../support/builders.js'

const around = {
  runId: '0'.repeat(12),
  signal: new AbortController().signal,
  progress: () => undefined,
  warn: () => undefined,
}
const options = { push: 'judged', full: false, published: [], isOffline: true } as const

test.each([
  ['fail', 'enforce', 'the verdict is fail'],
  ['incomplete', 'audit', 'the verdict is incomplete'],
] as const)(
  'when the verdict is %s in mode %s, then nothing is pushed, whatever the exit code',
  async (verdict, mode, why) => {
    const image = anImageVerdict({ verdict, findings: [] })
    const { inRegistry, problem } = await publishImages(
      aVerdict({ verdict, mode, images: [image] }),
      options,
      around,
    )
    expect(inRegistry).toEqual([])
    expect(problem).toMatchObject({
      code: 'push-refused',
      what: expect.stringContaining(why),
      todo: 'do the tasks in the report, and judge the rebuilt image',
    })
  },
)
