import { afterAll, expect, test } from '@jest/globals'
import { said } from './held-gate.js'
import { removeImages, tinyDebian } from './images.js'
import { BASES, leftovers, seaworthy, start } from './support.js'

afterAll(removeImages)

// Any other gate that starts meanwhile would do the sweeping: it runs alone (jest.config.js).
test('when the gate is killed, then the next run sweeps what is left', async () => {
  const image = tinyDebian('after-killed')
  const { child, ended } = start(['scan', BASES.bookworm])
  await said(child, 'Clair is reading the layers')
  child.kill('SIGKILL')
  await ended
  expect(leftovers().length).toBeGreaterThan(0)
  const ran = await seaworthy(['scan', image])
  expect(ran.code).not.toBeNull()
  expect(leftovers(ran)).toEqual([])
})
