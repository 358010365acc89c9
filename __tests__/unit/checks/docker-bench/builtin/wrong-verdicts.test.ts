import { describe, expect, test } from '@jest/globals'
import { knownWrong } from '../../../../../src/checks/docker-bench/builtin/known-wrong.js'
import type { BenchResultState, BenchStatus } from '../../../../../src/model/finding/bench.js'
import {
  aContainer,
  aCreatedContainer,
  anImage,
  aState,
  aTop,
  type BenchState,
  type ContainerParts,
  IMAGE_ID,
  line,
  recordsIn,
  strict,
  strictly,
} from './builders.js'

/** Words of an answer, or its state where there is none: `WARN`, `not-evaluated`. */
const judgedWith = (id: string, part: Partial<BenchState>) => {
  const { word, state, improvement } = strictly(id, part)
  return { strict: word ?? state, improvement, seen: recordsIn(part) }
}
const ofContainer = (id: string, part: ContainerParts) => judgedWith(id, { containers: [aContainer(part)] })
const bind = (Source: string, Destination: string, RW: boolean) => ({ Type: 'bind', Source, Destination, RW })
const ports = (HostIp: string, HostPort: string) => ({
  NetworkSettings: { Ports: { '80/tcp': [{ HostIp, HostPort }] } },
})
const host = (HostConfig: ContainerParts['HostConfig']): ContainerParts => (HostConfig ? { HostConfig } : {})

/** [what, id, answer, Docker Bench's word, the strict one, why it differs] */
type Case = readonly [
  string,
  string,
  ReturnType<typeof judgedWith>,
  BenchStatus,
  BenchStatus | BenchResultState,
  string,
]

const FALSE_PASS: readonly Case[] = [
  ...['0:0', 'root:root', 'root:x', '00', 'toor', '0:app'].map((User): Case => {
    const rule = User === 'toor' ? 'passwd-uid' : 'uid-zero'
    return [`--user ${User}`, '4.1', ofContainer('4.1', { Config: { User } }), 'PASS', 'WARN', rule]
  }),
  [
    'HEALTHCHECK NONE',
    '4.6',
    judgedWith('4.6', { images: [anImage({ Healthcheck: { Test: ['NONE'] } })] }),
    'PASS',
    'WARN',
    'healthcheck-none',
  ],
  [
    'an update alone, behind column 45',
    '4.7',
    judgedWith('4.7', {
      images: [
        anImage({}, [
          line(''),
          line('RUN /bin/sh -c set -eux; export DEBIAN_FRONTEND=noninteractive; apt-get update'),
        ]),
      ],
    }),
    'PASS',
    'INFO',
    'update-by-run',
  ],
  [
    'FROM scratch and ADD',
    '4.9',
    judgedWith('4.9', { images: [anImage({}, [line('/bin/sh -c #(nop) ADD file:1110 in / ')])] }),
    'PASS',
    'INFO',
    'add-by-instruction',
  ],
  [
    'only no-new-privileges',
    '5.3',
    ofContainer('5.3', host({ SecurityOpt: ['no-new-privileges'] })),
    'PASS',
    'WARN',
    'label-options',
  ],
  [
    'only seccomp=unconfined',
    '5.3',
    ofContainer('5.3', host({ SecurityOpt: ['seccomp=unconfined'] })),
    'PASS',
    'WARN',
    'label-options',
  ],
  [
    'privileged',
    '5.4',
    ofContainer('5.4', host({ Privileged: true })),
    'PASS',
    'WARN',
    'privileged-implies-all',
  ],
  [
    'privileged',
    '5.18',
    ofContainer('5.18', host({ Privileged: true })),
    'PASS',
    'INFO',
    'privileged-implies-all',
  ],
  [
    'privileged',
    '5.22',
    ofContainer('5.22', host({ Privileged: true })),
    'PASS',
    'WARN',
    'privileged-implies-all',
  ],
  [
    '--gpus all',
    '5.18',
    ofContainer('5.18', host({ DeviceRequests: [{ Driver: 'nvidia', Count: -1 }] })),
    'PASS',
    'INFO',
    'devices-by-any-way',
  ],
  [
    '-v /etc:/x:ro -v /:/y:ro',
    '5.6',
    ofContainer('5.6', { Mounts: [bind('/etc', '/x', false), bind('/', '/y', false)] }),
    'PASS',
    'INFO',
    'mounts-by-source',
  ],
  ...['/etc/apt', '/var/run', '/root/.ssh'].map((source): Case => {
    const answer = ofContainer('5.6', { Mounts: [bind(source, '/x', true)] })
    return [`-v ${source}:/x`, '5.6', answer, 'PASS', 'WARN', 'mounts-by-source']
  }),
  [
    'sshd in a paused container',
    '5.7',
    ofContainer('5.7', { State: { Paused: true }, top: aTop('sshd') }),
    'PASS',
    'WARN',
    'ssh-by-process',
  ],
  [
    'processes that cannot be listed',
    '5.7',
    ofContainer('5.7', { top: null }),
    'PASS',
    'not-evaluated',
    'ssh-by-process',
  ],
  ['-p [::1]:81:80', '5.8', ofContainer('5.8', ports('::1', '81')), 'PASS', 'WARN', 'all-published-ports'],
  ['-p [::]:8080:80', '5.9', ofContainer('5.9', ports('::', '8080')), 'PASS', 'WARN', 'all-published-ports'],
  [
    '-p [::]:8080:80',
    '5.14',
    ofContainer('5.14', ports('::', '8080')),
    'PASS',
    'WARN',
    'unspecified-address',
  ],
  ...['always', 'unless-stopped', 'on-failure'].map((Name): Case => {
    const answer = ofContainer('5.15', host({ RestartPolicy: { Name, MaximumRetryCount: 0 } }))
    return [`--restart ${Name}`, '5.15', answer, 'PASS', 'WARN', 'restart-forever']
  }),
  [
    'no-new-privileges:false',
    '5.26',
    ofContainer('5.26', host({ SecurityOpt: ['no-new-privileges:false'] })),
    'PASS',
    'WARN',
    'no-new-privileges-value',
  ],
  ...['/var/run', '/run', '/', '/var', '/run/containerd/containerd.sock', '/run/user/1000'].map(
    (source): Case => {
      const answer = ofContainer('5.32', { Mounts: [bind(source, '/host/run', false)] })
      return [`-v ${source}:/host/run`, '5.32', answer, 'PASS', 'WARN', 'socket-by-any-way']
    },
  ),
]

const FALSE_ALARM: readonly Case[] = [
  [
    'update and install in one RUN',
    '4.7',
    judgedWith('4.7', {
      images: [anImage({}, [line('RUN /bin/sh -c apt-get update && apt-get install -y curl')])],
    }),
    'INFO',
    'PASS',
    'update-by-run',
  ],
  ...['update-ca-certificates', 'update-rc.d app defaults'].map((text): Case => {
    const answer = judgedWith('4.7', { images: [anImage({}, [line(`RUN /bin/sh -c ${text} # buildkit`)])] })
    return [text, '4.7', answer, 'INFO', 'PASS', 'update-by-run']
  }),
  [
    'ENV LISTEN_ADDR',
    '4.9',
    judgedWith('4.9', { images: [anImage({}, [line(''), line('ENV LISTEN_ADDR=0.0.0.0', true)])] }),
    'INFO',
    'PASS',
    'add-by-instruction',
  ],
  [
    'a named volume at /boot',
    '5.6',
    ofContainer('5.6', {
      Mounts: [{ Type: 'volume', Driver: 'local', Source: '/data/v', Destination: '/boot', RW: true }],
    }),
    'WARN',
    'PASS',
    'mounts-by-source',
  ],
  [
    '/etc read-only beside a volume that can be written to',
    '5.6',
    ofContainer('5.6', {
      Mounts: [bind('/etc', '/x', false), { Type: 'volume', Name: 'v', Destination: '/data', RW: true }],
    }),
    'WARN',
    'INFO',
    'mounts-by-source',
  ],
  [
    '--cpu-quota',
    '5.12',
    ofContainer('5.12', host({ NanoCpus: 0, CpuQuota: 50_000 })),
    'WARN',
    'PASS',
    'cpu-quota',
  ],
  ['port 1024', '5.8', ofContainer('5.8', ports('127.0.0.1', '1024')), 'WARN', 'PASS', 'unprivileged-1024'],
  [
    'no AppArmor on the host',
    '5.2',
    judgedWith('5.2', { info: { SecurityOptions: [] }, containers: [aContainer({ AppArmorProfile: '' })] }),
    'WARN',
    'not-applicable',
    'apparmor-host',
  ],
  [
    'no SELinux on the host',
    '5.3',
    judgedWith('5.3', { info: { SecurityOptions: [] }, containers: [aContainer(host({ SecurityOpt: [] }))] }),
    'WARN',
    'not-applicable',
    'selinux-host',
  ],
]

describe('wrong verdicts of Docker Bench', () => {
  test.each([...FALSE_PASS, ...FALSE_ALARM])(
    'when it is %s, then %s is reported right, and Docker Bench is known to be wrong',
    (_, id, { seen, ...answer }, theirs, ours, improvement) => {
      expect(answer).toEqual({ strict: ours, improvement })
      expect(knownWrong(id, theirs, ours, seen)).not.toBeNull()
    },
  )

  test('when --cpuset-cpus alone is given, then it is no limit', () => {
    expect(ofContainer('5.12', host({ NanoCpus: 0, CpusetCpus: '0' })).strict).toBe('WARN')
  })

  test('when ADD is of the base, of the oldest layer too, then it is reported, and ENV LISTEN_ADDR is not', () => {
    const history = [
      line('/bin/sh -c #(nop) ADD file:1 in / '),
      line('ADD a.tar / # buildkit'),
      line('ENV LISTEN_ADDR=:80'),
    ]
    const images = [anImage({}, history)]
    expect(strictly('4.9', { images }).items).toEqual(['ADD file:1 in /', 'ADD a.tar /'])
  })

  test('when a container was only made, which Docker Bench does not see, then it is judged all the same', () => {
    const made = aCreatedContainer({
      HostConfig: {
        PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '80' }], '81/tcp': [{}] },
        Privileged: true,
      },
    })
    const results = strict(aState({ containers: [made] }), { imageId: IMAGE_ID, containerId: made.id })
    const low = results.find(({ id }) => id === '5.8')
    expect(low).toMatchObject({ word: 'WARN', items: ['web:80'] })
    expect(results.find(({ id }) => id === '5.9')?.items).toEqual(['web:80', 'web:0'])
    expect(results.find(({ id }) => id === '5.5')?.word).toBe('WARN')
  })

  test.each([
    ['a name with nil', { id: 'x', name: 'web-vanilla' }, {}],
    ['a label of its image', { id: 'x', name: 'web' }, { Labels: { a: 'docker-bench-security' } }],
  ])('when %s hides a container from Docker Bench, then it is judged all the same', (_, names, Config) => {
    const hidden = { ...aContainer({ Config: { User: '0', ...Config } }), ...names }
    const results = strict(aState({ containers: [hidden] }), { imageId: IMAGE_ID, containerId: 'x' })
    expect(results.find(({ id }) => id === '5.5')).toMatchObject({ word: 'PASS' })
  })
})
