import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runSchema } from '../../src/checks/docker-bench/run/document.js'
import { runStep } from '../live/act/dist.js'
import { build, removeBuilt } from '../live/docker-bench/images.js'
import { docker, NO_BENCH, SMALL } from '../live/support.js'
import { HERE, runIn } from '../live/test-engine.js'

/** A network of others, on whose gateway the machine serves something. */
let network: string
let gateway: string
beforeAll(() => {
  network = docker(
    'network',
    'create',
    '--label',
    'seaworthy-test',
    `seaworthy-test-way-${process.pid}`,
  ).trim()
  gateway = docker('network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', network).trim()
})
afterAll(() => {
  docker('network', 'rm', network)
  removeBuilt()
})

/** Counts who comes to the gateway of the other network. */
async function listener() {
  let callers = 0
  const server = createServer((socket) => {
    callers += 1
    socket.on('error', () => undefined).end('of the machine')
  })
  await new Promise<void>((resolve) => server.listen(0, gateway, resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    callers: () => callers,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

test.each([
  ['start: true', { start: 'true' }],
  ['start: given', { start: 'given', 'run-options': '--init' }],
  ['start: hardened', { start: 'hardened' }],
])('when the image that is started calls the machine, then nobody hears it (%s)', async (_, inputs) => {
  const heard = await listener()
  const call = `timeout 5 bash -c 'cat </dev/tcp/${gateway}/${heard.port}'`
  const script = `${call}; touch /dev/shm/done; exec sleep 600`
  const image = build(
    `attack-way-${heard.port}`,
    [
      `FROM ${SMALL}`,
      'HEALTHCHECK --interval=1s --retries=100 CMD test -f /dev/shm/done',
      `CMD ["bash", "-c", ${JSON.stringify(script)}]`,
      '',
    ].join('\n'),
  )
  const all = { image, checks: 'docker-bench', 'bench-source': NO_BENCH, 'save-evidence': 'evidence' }
  const step = await runStep('action', { ...all, ...inputs })
  const callers = heard.callers()
  // A usual container is heard.
  expect(await runIn(HERE, ['--network', network], call)).toBe('of the machine')
  await heard.close()
  expect(callers).toBe(0)
  // It did start, and has called.
  const run = readFileSync(join(step.folder, 'evidence/image-0/docker-bench/run.json'), 'utf8')
  const { started, startTest } = runSchema.parse(JSON.parse(run))
  expect((started ?? startTest)?.report.outcome).toBe('healthy')
})
