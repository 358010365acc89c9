import { afterAll, expect, test } from '@jest/globals'
import { removePlaces } from '../live/docker-bench/places.js'
import { reportOf } from '../live/support.js'
import { build, removeMutated } from '../mutations/build.js'
import { asExpectedIn5, judgeRun } from '../mutations/gate.js'
import { IMAGE_NAMES, RUN_OPTIONS } from '../mutations/images.js'

afterAll(removeMutated)
afterAll(removePlaces)

// As mutations of the options are judged; script/test judges the four in one run.
test.each(IMAGE_NAMES)(
  'when the %s image is unchanged, then it passes in a gate of its own',
  async (name) => {
    const alone = await judgeRun(build(name), RUN_OPTIONS)
    const [image] = reportOf(alone).images
    expect([alone.code, image && asExpectedIn5(image).count > 20]).toEqual([0, true])
  },
  300_000,
)
