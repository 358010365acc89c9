import { expect, test } from '@jest/globals'
import { dockerBenchInterpreter } from '../../../../src/checks/docker-bench/interpret.js'
import { isBench } from '../../../../src/model/finding/index.js'
import { aLayer, anImage, LAYER } from '../../../support/builders.js'
import { CONTAINER, IMAGE_ID } from './answers.js'

const HISTORY = [{ created_by: 'COPY app /app # buildkit' }]

test('when an image and its options are known, then the advice has its own user, ports and name', () => {
  const config = { User: 'root', Cmd: ['/app'] }
  const image = anImage({
    reference: 'acme/app:pr',
    config: { config, rootfs: { type: 'layers', diff_ids: [LAYER] }, history: HISTORY },
    layers: [aLayer({ files: { 'etc/passwd': 'root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:\n' } })],
  })
  const run = {
    ...{
      engine: 'builtin',
      withoutDbs: 'bench-engine is builtin',
      imageId: IMAGE_ID,
      imageNames: ['acme/app:pr'],
    },
    ...{ hasOptions: true, isCompose: true, start: false, judged: CONTAINER, started: null, waiter: null },
    ...{ apart: null, notAsked: [], dbs: null, startTest: null },
  }
  const container = {
    ...{ Id: CONTAINER.id, Name: `/${CONTAINER.name}`, State: { Running: false, Status: 'created' } },
    ...{ Config: config, Mounts: [], NetworkSettings: { Ports: {}, Networks: {} } },
    HostConfig: { PortBindings: { '3000/tcp': [{ HostIp: '', HostPort: '3000' }] } },
  }
  const documents = Object.fromEntries(
    Object.entries({ 'run.json': run, 'container.json': container, 'info.json': {} }).map(([name, value]) => [
      name,
      JSON.stringify(value),
    ]),
  )
  const evidence = { check: 'docker-bench', documents, sources: [], problem: null, tookMs: 1 } as const
  const answer = dockerBenchInterpreter.interpret(evidence, image)
  const findings = answer.state === 'answered' ? answer.findings.filter((one) => isBench(one)) : []
  const adviceOn = (wanted: string) => findings.find(({ id }) => id === wanted)?.ours?.advice
  expect(adviceOn('4.1')).toMatch(/USER 1000\.$/)
  expect(findings.find(({ id }) => id === '4.1')?.uid).toBe(1000)
  expect(adviceOn('5.14')).toBe("Give the address: ports: ['127.0.0.1:3000:3000'].")
  // The state that holds comes first; the command can be run as it is printed, but for the two values.
  expect(adviceOn('5.9')).toBe(
    'Publish only port 8080 of the host (ports: [\'127.0.0.1:8080:3000\']), which the built-in dictionary expects for good; for another port, until an expiry date, run: seaworthy dictionary record acme/app:pr --owner NAME --reason "TEXT"',
  )
})
