import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { freePort, type Neighbourhood, startNeighbour, startNeighbourhood } from './external-services.js'
import { removeImages, restartedAs, tinyDebian } from './images.js'
import {
  BASES,
  docker,
  leftovers,
  lines,
  newFolder,
  type Ran,
  reportOf,
  seaworthy,
  TRACKER,
} from './support.js'

const PSK = { key: Buffer.from('thirty-two bytes of no secret...').toString('base64'), issuer: 'gate' }
const IMAGE = BASES.bookworm
const WHOLE = readFileSync(TRACKER, 'utf8')

let place: Neighbourhood
let clair: { url: string; id: string }
let tiny: string
beforeAll(async () => {
  tiny = tinyDebian('external')
  place = await startNeighbourhood()
  clair = await startNeighbour(place, { database: 'postgres', tracker: WHOLE })
})
afterAll(async () => {
  removeImages()
  await place.stop()
})

/** Runs the gate on that Clair; it must start no container of its own. */
async function scan(image: string, url: string, more: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const since = String(Math.floor(Date.now() / 1000))
  const layerUrl = more.includes('--layer-url')
    ? []
    : ['--layer-url', `http://${place.gateway}:${await freePort()}`]
  const started = performance.now()
  const ran = await seaworthy(['scan', image, '--clair-url', url, ...layerUrl, ...more], env)
  const tookMs = performance.now() - started
  const until = String(Math.ceil(Date.now() / 1000))
  const made = ['--filter', 'label=dev.seaworthy.run', '--filter', 'event=create']
  expect(lines(docker('events', '--since', since, '--until', until, ...made))).toEqual([])
  expect(leftovers(ran)).toEqual([])
  return { ran, tookMs }
}

function expectUnanswered(ran: Ran, code: string): void {
  expect(ran.code).toBe(2)
  expect(reportOf(ran).verdict).toBe('incomplete')
  expect(reportOf(ran).unanswered.map(({ problem }) => problem.code)).toEqual([code])
}

const layersFetched = () => docker('logs', clair.id).match(/layer fetch/g)?.length ?? 0

describe('when Clair is one that others run', () => {
  test('then the findings are those of a Clair of our own, and the next run costs new layers only', async () => {
    const own = await seaworthy(['scan', IMAGE])
    const first = await scan(IMAGE, clair.url)
    expect(reportOf(first.ran).images[0]?.findings).toEqual(reportOf(own).images[0]?.findings)
    expect(first.ran.code).toBe(own.code)
  })
})
