// How a gate reaches the Clair that it has started: each gate here starts its own.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { keys } from '../support/policies.js'
import { imageWithout, removeImages } from './images.js'
import { isolationTests } from './isolation.js'
import { printed } from './paused-gate.js'
import { docker, leftovers, lines, OWN_CLAIR, POSTGRES_IMAGE, reportOf, SMALL } from './support.js'
import { fromElsewhere, HERE, runOn, startOn, type TestEngine } from './test-engine.js'
import { verdictOf } from './verdict-of.js'

/** This machine's engine, as a gate uses it that reaches nothing but its socket. */
let far: TestEngine & { down(): void }
beforeAll(() => {
  far = fromElsewhere(HERE)
})
afterAll(() => {
  far.down()
  removeImages()
})

const RELAY = 'starting a relay'

describe('when the gate reaches the engine, but not its containers', () => {
  test('then it judges through a relay as it does directly, and leaves nothing', async () => {
    const direct = await runOn(HERE, ['scan', SMALL, ...OWN_CLAIR])
    const relayed = await runOn(far, ['scan', SMALL])
    expect([direct, relayed].map(({ stderr }) => stderr.includes(RELAY))).toEqual([false, true])
    expect([direct, relayed].map(({ made }) => made.length)).toEqual([2, 3])
    expect(reportOf(direct).images[0]?.findings.length).toBeGreaterThan(3)
    expect(verdictOf(relayed)).toBe(verdictOf(direct))
    expect([relayed.code, relayed.left]).toEqual([direct.code, []])
  })

  test('then a relay that is killed while Clair indexes is unanswered, and says so', async () => {
    const { child, ended } = startOn(far, ['scan', SMALL, keys({ timeouts: { clair: 20 } })])
    const stopped = printed(child, 'Clair is reading the layers').then(() => child.kill('SIGSTOP'))
    await stopped
    const owned = lines(
      docker('ps', '--filter', 'name=-relay', '--format', '{{.ID}} {{.Label "dev.seaworthy.owner"}}'),
    )
    const relay = owned.find((line) => line.endsWith(` ${child.pid}`))?.split(' ')[0] ?? ''
    docker('kill', relay)
    child.kill('SIGCONT')
    const ran = await ended
    expect(ran.code).toBe(2)
    const { verdict, unanswered } = reportOf(ran)
    expect(verdict).toBe('incomplete')
    expect(unanswered.map(({ check, problem }) => [check, problem.code])).toEqual([
      ['clair', 'service-ended'],
    ])
    expect(unanswered[0]?.problem.what).toMatch(/relay container/)
    expect(leftovers(ran)).toEqual([])
  })

  test('then an image of PostgreSQL without perl is unanswered, and says which is needed', async () => {
    const image = imageWithout(POSTGRES_IMAGE, 'no-perl', '/usr/bin/perl')
    const ran = await runOn(far, ['scan', SMALL, '--postgres-image', image])
    expect(ran.code).toBe(2)
    expect(reportOf(ran).unanswered.map(({ problem }) => problem.where)).toEqual(['postgres-image'])
    expect(ran.stdout).toContain('PostgreSQL image with perl')
    expect(ran.left).toEqual([])
  })
})

describe('while a gate reaches Clair through a relay', () => {
  isolationTests(
    () => HERE,
    () => far,
  )
})
