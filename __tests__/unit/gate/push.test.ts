import { expect, test } from '@jest/globals'
import { publishImages, pushedLines } from '../../../src/gate/push.js'
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

test('when images were pushed, then each has a line with its digest; one that was only looked up has none', () => {
  const inRegistry = ['sha256:1', 'sha256:2'].map((digest) => ({
    ...{ reference: 'ghcr.io/acme/shop:1', repository: 'ghcr.io/acme/shop', digest },
    ...{ manifests: [], isIndex: false },
  }))
  expect(pushedLines({ push: 'judged' }, { inRegistry })).toEqual([
    'pushed: ghcr.io/acme/shop@sha256:1',
    'pushed: ghcr.io/acme/shop@sha256:2',
  ])
  expect(pushedLines({ push: 'none' }, { inRegistry })).toEqual([])
})
