import { afterAll, expect, test } from '@jest/globals'
import { removeMutated } from '../mutations/build.js'
import { dockle } from '../mutations/others/dockle.js'
import { pairOf } from '../mutations/others/pair.js'

afterAll(removeMutated)

test('when dockle is asked about mutations, then it names what it sees', async () => {
  const ids = ['user/1', 'secret-in-env/1', 'add/1', 'limits/13'].map((id) => `configuration/${id}`)
  const fates = await dockle.judge(ids.map(pairOf))
  expect(dockle.version()).toEqual({ version: expect.stringMatching(/^0\.\d/) })
  expect(ids.map((id) => fates.get(id))).toEqual([
    { fate: 'killed', by: expect.stringContaining('CIS-DI-0001') },
    { fate: 'killed', by: expect.stringContaining('CIS-DI-0010') },
    // It takes the first ADD of any image for that of its base, which Debian's images of today do not have.
    { fate: 'survived', by: '' },
    { fate: 'not run', by: 'it does not see the options of docker run' },
  ])
})
