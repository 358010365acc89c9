import { existsSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readTestCompose } from '../../../src/inputs/test-compose.js'
import { readCompose } from '../../../src/model/run/compose.js'
import { docker, lines } from '../../live/support.js'
import { asUpdate, labImage } from '../../live/update/lab.js'
import { planFor, runProof } from '../../live/update/proof.js'

/** Debian's docker-compose, as `script/setup compose` brings it. */
const PROGRAM = process.env.SEAWORTHY_COMPOSE ?? '/usr/bin/docker-compose'
const PATH = process.env.PATH
const PACKAGES = [{ name: 'lab-a' }, { name: 'lab-b', printed: 'broken' }]

let image: string
let document: string
beforeAll(async () => {
  if (!existsSync(PROGRAM)) {
    throw new Error(`no docker-compose at ${PROGRAM}: run script/setup compose`)
  }
  process.env.PATH = `${dirname(PROGRAM)}${delimiter}${PATH}`
  image = await labImage('compose', PACKAGES)
  const service = (script: string) => ({
    image: '${IMAGE}',
    network_mode: 'none',
    entrypoint: ['sh', '-c', script],
    stop_grace_period: '1s',
  })
  const services = {
    app: { ...service('sleep 300'), volumes: ['data:/data'] },
    test: service('test -z "$$(grep -rl broken /usr/share/lab)"'),
  }
  const text = JSON.stringify({ version: '3', services, volumes: { data: {} } })
  document = readTestCompose(readCompose(text, 'compose.yml'), 'test', {})
}, 120_000)
afterAll(() => {
  process.env.PATH = PATH
  docker('rmi', '-f', image)
})

const left = () => [
  ...lines(docker('ps', '-aq', '--filter', 'label=com.docker.compose.service=app')),
  ...lines(docker('volume', 'ls', '-q', '--filter', 'name=seaworthy-')),
]

test('when a service of a compose file tests the application, then what breaks it is left out, and nothing stays', async () => {
  const spec = { kind: 'compose', document, service: 'test' } as const
  const proof = await runProof(image, planFor(PACKAGES.map((one) => asUpdate(one))), spec)
  expect(proof.testBefore).toMatchObject({ ok: true, ended: 'exit 0' })
  expect(proof.packages.map(({ name }) => name)).toEqual(['lab-a'])
  expect(proof.leftOut).toMatchObject([{ package: { name: 'lab-b' }, by: 'test' }])
  expect(proof.testAfter).toMatchObject({ ok: true })
  expect(left()).toEqual([])
}, 180_000)

test('when the service is not in the file, then the test has failed before, with compose’s words', async () => {
  const spec = { kind: 'compose', document, service: 'nobody' } as const
  const { testBefore, patched } = await runProof(image, planFor([asUpdate({ name: 'lab-a' })]), spec)
  expect(patched).toBeNull()
  expect(testBefore).toMatchObject({ ok: false, output: expect.stringMatching(/nobody/) })
}, 60_000)
