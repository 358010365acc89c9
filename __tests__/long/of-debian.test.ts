import { test } from '@jest/globals'
import { DEBIAN_PACKAGES, expectOfDebian } from '../live/of-debian.js'

test('when an image has some 400 packages of Debian in all languages, then nothing is reported as the application’s own', async () => {
  await expectOfDebian(DEBIAN_PACKAGES, 'whole')
}, 900_000)
