import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { freePort } from '../support/free-port.js'
import { example, startServices } from './act/clair-service.js'
import { leftOf, reportOfStep, runStep } from './act/dist.js'
import { LACKING_CVE, lackingImage } from './act/subjects.js'
import { removeImages } from './images.js'

/** Of Clair's services in examples/workflows/clair-services.yml. */
let services: Awaited<ReturnType<typeof startServices>> | null = null
let image: string
beforeAll(async () => {
  image = lackingImage()
  services = await startServices()
})
afterAll(async () => {
  removeImages()
  await services?.stop()
})

describe('when a job declares Clair and PostgreSQL under services, as the example does', () => {
  test('then the example’s own step waits for the tracker, and the action judges with them', async () => {
    const port = services?.port ?? ''
    const wait = example().wait?.replaceAll('6060', port) ?? ''
    expect(wait).toContain(`127.0.0.1:${port}/`)
    // Not the synchronous one: Clair asks this very process for the tracker meanwhile.
    await promisify(execFile)('bash', ['-e', '-c', wait], { timeout: 60_000 })

    const step = await runStep('action', {
      image,
      'clair-url': `http://127.0.0.1:${port}`,
      'layer-url': `http://host.docker.internal:${await freePort()}`,
    })
    expect(step.stdout).not.toContain('starting PostgreSQL')
    expect(step.outputs).toMatchObject({ verdict: 'fail', act: '1' })
    const [finding] = reportOfStep(step).images[0]?.findings ?? []
    expect([finding?.id, finding?.agreement]).toEqual([LACKING_CVE, 'confirmed'])
    expect(leftOf(step)).toEqual([])
  })
})
