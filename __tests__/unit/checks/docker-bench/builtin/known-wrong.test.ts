import { existsSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { KNOWN_WRONG, knownWrong } from '../../../../../src/checks/docker-bench/builtin/known-wrong.js'
import type { BenchState } from '../../../../../src/checks/docker-bench/builtin/state.js'
import { strict } from '../../../../../src/checks/docker-bench/builtin/strict.js'
import { aContainer, anImage, aState, aTop, type ContainerParts, line, strictly } from './builders.js'
import { RECORDED } from './recorded.js'

const image = (config: object, history?: ReturnType<typeof line>[]): Partial<BenchState> => ({
  images: [anImage({ ...config }, history)],
})
const run = (part: ContainerParts): Partial<BenchState> => ({ containers: [aContainer(part)] })
const host = (HostConfig: NonNullable<ContainerParts['HostConfig']>) => run({ HostConfig })
const security = (...options: string[]) => host({ SecurityOpt: options })
const mount = (Source: string, Destination: string, RW: boolean, Type = 'bind') => ({
  Type,
  Source,
  Destination,
  RW,
})
const ports = (HostIp: string, HostPort: string) =>
  run({ NetworkSettings: { Ports: { '80/tcp': [{ HostIp, HostPort }] } } })
const bare = (part: ContainerParts): Partial<BenchState> => ({ ...run(part), info: { SecurityOptions: [] } })

/** A state for each row, in which Docker Bench's own rule is wrong as the row says. */
const STATES: Readonly<Record<string, Partial<BenchState>>> = {
  '4.1 PASS WARN': run({ Config: { User: '0:0' } }),
  '4.6 PASS WARN': image({ Healthcheck: { Test: ['NONE'] } }),
  '4.7 PASS INFO': image({}, [
    line(''),
    line('RUN /bin/sh -c set -eux; export DEBIAN_FRONTEND=noninteractive; apt-get update'),
  ]),
  '4.7 INFO PASS': image({}, [line('RUN /bin/sh -c apt-get update && apt-get install -y curl')]),
  '4.7 PASS not-evaluated': image({}, [line('')]),
  '4.9 PASS INFO': image({}, [line('/bin/sh -c #(nop) ADD file:1110 in / ')]),
  '4.9 INFO PASS': image({}, [line('COPY a /'), line('ENV LISTEN_ADDR=0.0.0.0', true)]),
  '4.9 PASS not-evaluated': image({}, [line('')]),
  '5.2 PASS WARN': host({ Privileged: true }),
  '5.2 WARN not-applicable': bare({ AppArmorProfile: '' }),
  '5.3 PASS WARN': security('no-new-privileges'),
  '5.3 WARN PASS': run({ HostConfig: { SecurityOpt: [] }, ProcessLabel: 'system_u:system_r:container_t' }),
  '5.3 WARN not-applicable': bare({ HostConfig: { SecurityOpt: [] } }),
  '5.3 PASS not-applicable': bare({}),
  '5.4 PASS WARN': host({ Privileged: true }),
  '5.6 PASS WARN': run({ Mounts: [mount('/etc/apt', '/x', true)] }),
  '5.6 PASS INFO': run({ Mounts: [mount('/etc', '/x', false)] }),
  '5.6 WARN PASS': run({ Mounts: [mount('/data/v', '/boot', true, 'volume')] }),
  '5.6 WARN INFO': run({ Mounts: [mount('/etc', '/x', false), mount('/data/v', '/data', true, 'volume')] }),
  '5.7 PASS WARN': run({ State: { Paused: true }, top: aTop('sshd') }),
  '5.7 WARN PASS': run({ top: aTop('tail -f /var/log/sshd.log') }),
  '5.7 PASS not-evaluated': run({ top: null }),
  '5.8 PASS WARN': ports('::1', '81'),
  '5.8 WARN PASS': ports('127.0.0.1', '1024'),
  '5.9 PASS WARN': ports('::', '8080'),
  '5.11 PASS WARN': host({ Memory: -1 }),
  '5.12 PASS WARN': host({ NanoCpus: -1 }),
  '5.12 WARN PASS': host({ NanoCpus: 0, CpuQuota: 50_000 }),
  '5.14 PASS WARN': ports('::', '8080'),
  '5.15 PASS WARN': host({ RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } }),
  '5.18 PASS INFO': host({ DeviceRequests: [{ Driver: 'nvidia', Count: -1 }] }),
  '5.22 PASS WARN': host({ Privileged: true }),
  '5.22 WARN PASS': security('seccomp=unconfined', 'seccomp=builtin'),
  '5.25 PASS WARN': host({ CgroupnsMode: 'host' }),
  '5.26 PASS WARN': security('no-new-privileges:false'),
  '5.27 PASS WARN': run({ State: { Health: { Status: 'none' } } }),
  '5.29 PASS WARN': host({ PidsLimit: -2 }),
  '5.32 PASS WARN': run({ Mounts: [mount('/var/run', '/host/run', false)] }),
  '5.32 WARN PASS': run({ Mounts: [mount('/srv/docker.socks', '/x', false)] }),
}
const keyOf = ({ id, says, right }: { id: string; says: string; right: string }) => `${id} ${says} ${right}`

describe('known wrong verdicts of Docker Bench', () => {
  test.each(KNOWN_WRONG.map((row) => [keyOf(row), row] as const))(
    'when it is %s, then its own rule says so, and the built-in rule what is right',
    (key, { id, says, right }) => {
      const { compatWord, word, state } = strictly(id, STATES[key] ?? {})
      expect([compatWord, word ?? state]).toEqual([says, right])
    },
  )

  test('when the engine lists the same mounts in another order, then its own rule is known to say it all the same', () => {
    const mounts = [mount('/data/v', '/data', true, 'volume'), mount('/etc', '/x', false)]
    const { compatWord, word } = strictly('5.6', run({ Mounts: mounts }))
    expect([compatWord, word]).toEqual(['WARN', 'INFO'])
  })

  test('when a row is there, then it is there once, has a page, and is found', () => {
    expect(Object.keys(STATES).sort()).toEqual(KNOWN_WRONG.map(keyOf).sort())
    for (const { id, says, right, reason } of KNOWN_WRONG) {
      const found = knownWrong(id, says, right)
      expect(found?.reason).toBe(reason)
      expect(existsSync(found?.page ?? '')).toBe(true)
    }
    expect(knownWrong('5.5', 'WARN', 'PASS')).toBeNull()
  })

  test('when recorded containers and images are judged, then each difference from its own rule is a row', () => {
    const unknown = RECORDED.images.flatMap(({ id: imageId }) =>
      RECORDED.containers.flatMap(({ id: containerId }) =>
        strict(RECORDED, { imageId, containerId }).flatMap(({ id, word, state, compatWord: says }) => {
          const right = word ?? state
          // NOTE is no verdict, and 4.5 is about the client: it is never taken.
          return says === null ||
            says === 'NOTE' ||
            id === '4.5' ||
            says === right ||
            knownWrong(id, says, right) !== null
            ? []
            : [keyOf({ id, says, right })]
        }),
      ),
    )
    expect([...new Set(unknown)]).toEqual([])
  })

  test('when nothing is odd, then both say the same of all that has a word', () => {
    const same = strict(aState(), { imageId: anImage().id, containerId: aContainer().id })
    const differing = same.filter(({ word, compatWord }) => word && compatWord && word !== compatWord)
    expect(differing.map(({ id }) => id)).toEqual([])
  })
})
