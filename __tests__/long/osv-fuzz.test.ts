import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { imageWith, removeApplications } from '../live/application-images.js'
import { type Neighbourhood, startNeighbourhood } from '../live/external-services.js'
import { expectToLive, fuzzedPackages } from '../live/fuzzed-clair.js'

// A tenth of it, of another seed, is in __tests__/live/external-clair.test.ts.
let place: Neighbourhood
beforeAll(async () => {
  place = await startNeighbourhood()
}, 300_000)
afterAll(async () => {
  removeApplications()
  await place.stop()
})

test('when Clair is given 10,000 fuzzed advisories as the gate would, then it lives on and has a report', async () => {
  await expectToLive(place, imageWith('fuzzed-long', ...fuzzedPackages()), { count: 10_000, seed: 2026 })
  expect(place.ends.length).toBeGreaterThan(0)
}, 900_000)
