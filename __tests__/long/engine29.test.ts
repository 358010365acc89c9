import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { listTests } from '../live/docker-bench/lists.js'
import { dockerOn, secondEngine, type TestEngine } from '../live/test-engine.js'

// The code of the 29 line takes minutes to build (script/setup engine29): not for each pull request.
describe.each(['classic', 'ctrd'] as const)('an engine of the 29 line with the %s store', (store) => {
  let engine: TestEngine & { down(): void }
  beforeAll(() => {
    engine = secondEngine(`test-29-${store}-${process.pid}`, store, '29')
  })
  afterAll(() => engine.down())

  test('then it is that one', () => {
    const engineInfo = dockerOn(engine, 'info', '-f', '{{.ServerVersion}} {{.Driver}}').trim()
    expect(engineInfo).toMatch(store === 'classic' ? /^29\S+ overlay2$/ : /^29\S+ overlayfs$/)
  })

  listTests(() => engine)
})
