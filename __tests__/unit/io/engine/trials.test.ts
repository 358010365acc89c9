import { afterEach, expect, test } from '@jest/globals'
import type { Engine } from '../../../../src/io/engine/engine.js'
import {
  removeTrialContainers,
  removeTrialsOf,
  sweepTrials,
  trialName,
} from '../../../../src/io/engine/trials.js'
import { closeWorkshop, nameForTrial } from '../../../../src/update/workshop.js'
import type { FakeEngine } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'
import { aWorkshop, IMAGE_ID, RUN_ID } from '../../update/workshops.js'

const NOW = Date.UTC(2026, 10, 24)
const HOUR = 3_600_000
const idOf = (image: string) => `of-${image}`.replace(/\W/g, '-')
const fakes: FakeEngine[] = []
afterEach(async () => {
  for (const fake of fakes.splice(0)) {
    await fake.close()
  }
})

async function sweptOf(
  tags: readonly (readonly string[] | null)[],
  sweep: (engine: Engine) => Promise<void> = (engine) => sweepTrials(engine, NOW),
): Promise<readonly string[]> {
  const { shop, fake } = await aWorkshop({
    // Created long ago: the user's own image has a name of ours while it is tested.
    'GET /images/json': (_, response) =>
      json(
        response,
        200,
        tags.map((RepoTags) => ({ RepoTags, Created: 1 })),
      ),
    'GET /containers/json': (_, response) =>
      json(
        response,
        200,
        tags.flatMap((names) => (names ?? []).map((Image) => ({ Id: idOf(Image), Image }))),
      ),
  })
  fakes.push(fake)
  await sweep(shop.engine)
  return fake.requestsReceived
    .filter(({ method }) => method === 'DELETE')
    .map(({ path }) => path.replace(/^\/v[\d.]+/, ''))
}

test('when a killed run has left names for more than a day, then they are removed, and nothing else', async () => {
  const old = trialName(RUN_ID, '3', NOW - 25 * HOUR)
  const young = trialName(RUN_ID, '3', NOW - 23 * HOUR)
  expect(
    await sweptOf([[old, 'app:1'], [young], null, ['seaworthy-update-x:1', 'seaworthy-update:mine']]),
  ).toEqual([`/containers/${idOf(old)}?force=1&v=1`, `/images/${old}?force=1`])
})

test('when a step of an action was killed, then what its run has left goes at once, and nothing of another run', async () => {
  const own = trialName(RUN_ID, '3', NOW)
  const others = trialName('ba9876543210', '3', NOW)
  expect(await sweptOf([[own], [others]], (engine) => removeTrialsOf(engine, RUN_ID))).toEqual([
    `/containers/${idOf(own)}?force=1&v=1`,
    `/images/${own}?force=1`,
  ])
})

test('when the engine cannot list images, then the update goes on', async () => {
  const { shop, fake } = await aWorkshop({})
  fakes.push(fake)
  await sweepTrials(shop.engine, NOW)
  expect(fake.calls().map((call) => call.replace(/\?.*/, ''))).toContain('GET /images/json')
})

test('when a test has left containers, then those by the trial’s name go, and the user’s of the same image stay', async () => {
  const name = trialName(RUN_ID, '0', NOW)
  const { shop, fake } = await aWorkshop({
    'GET /containers/json': (_, response) =>
      json(response, 200, [
        { Id: 'left', Image: name },
        { Id: 'production', Image: 'app:1' },
        { Id: 'by-id', Image: IMAGE_ID },
      ]),
    'DELETE /containers/left': (_, response) => response.writeHead(204).end(),
  })
  fakes.push(fake)
  await removeTrialContainers(shop.engine, name)
  expect(fake.calls()).toEqual(['GET /containers/json', 'DELETE /containers/left'])
})

test('when the user’s own image was tested, then only our name of it is removed, never the image by its id', async () => {
  const { shop, fake } = await aWorkshop({
    [`POST /images/${IMAGE_ID}/tag`]: (_, response) => response.writeHead(201).end(),
  })
  fakes.push(fake)
  const name = await nameForTrial(shop, IMAGE_ID)
  await closeWorkshop(shop)
  expect(fake.calls().slice(1)).toEqual([`DELETE /images/${name}`])
})
