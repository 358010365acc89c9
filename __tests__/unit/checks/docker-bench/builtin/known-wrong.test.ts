import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { KNOWN_WRONG, knownWrong } from '../../../../../src/checks/docker-bench/builtin/known-wrong.js'
import { anchorsOf } from '../../../../rules/english.js'
import {
  aContainer,
  anImage,
  type BenchState,
  type ContainerParts,
  line,
  recordsIn,
  strictly,
} from './builders.js'

const image = (config: object, history?: ReturnType<typeof line>[]): Partial<BenchState> => ({
  images: [anImage({ ...config }, history)],
})
const run = (part: ContainerParts): Partial<BenchState> => ({ containers: [aContainer(part)] })
const host = (HostConfig: NonNullable<ContainerParts['HostConfig']>) => run({ HostConfig })
const security = (...options: string[]) => host({ SecurityOpt: options })
const mount = (Source: string, Destination: string, RW: boolean) => ({
  ...{ Type: 'bind', Source, Destination, RW },
})
const volume = (Destination: string) => ({
  ...{ Type: 'volume', Name: 'v', Driver: 'local', Source: '/data/v/_data', Destination, RW: true },
})
const ports = (HostIp: string, HostPort: string) =>
  run({ NetworkSettings: { Ports: { '80/tcp': [{ HostIp, HostPort }] } } })
const bare = (part: ContainerParts): Partial<BenchState> => ({ ...run(part), info: { SecurityOptions: [] } })

/** A state for each row, in which Docker Bench is wrong as the row says. */
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
  '5.6 WARN PASS': run({ Mounts: [volume('/boot')] }),
  '5.6 WARN INFO': run({ Mounts: [mount('/etc', '/x', false), volume('/data')] }),
  '5.7 PASS WARN': run({ State: { Paused: true }, Config: { Cmd: ['/usr/sbin/sshd', '-D'] } }),
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
  '5.32 WARN PASS': run({ Mounts: [volume('/var/lib/docker.sock.d')] }),
}
const keyOf = ({ id, status, right }: { id: string; status: string; right: string }) =>
  `${id} ${status} ${right}`
const WORSE = ['PASS', 'NOTE', 'INFO', 'WARN']

describe('known wrong verdicts of Docker Bench', () => {
  test.each(KNOWN_WRONG.map((row) => [keyOf(row), row] as const))(
    'when it is %s, then the built-in rule says what is right, and the state shows the mistake',
    (key, { id, status, right, reason }) => {
      const { word, state } = strictly(id, STATES[key] ?? {})
      expect(word ?? state).toBe(right)
      expect(knownWrong(id, status, right, recordsIn(STATES[key] ?? {}))?.reason).toBe(reason)
    },
  )

  test('when a row is there, then it is there once, and has a page', () => {
    expect(Object.keys(STATES).sort()).toEqual(KNOWN_WRONG.map(keyOf).sort())
    for (const { id, status, right } of KNOWN_WRONG) {
      const page =
        knownWrong(id, status, right, recordsIn(STATES[`${id} ${status} ${right}`] ?? {}))?.page ?? ''
      const [file = '', section = ''] = page.split('#')
      expect([id, anchorsOf(readFileSync(file, 'utf8')).has(section)]).toEqual([id, true])
    }
    expect(knownWrong('5.5', 'WARN', 'PASS', recordsIn({}))).toBeNull()
    for (const { reason } of KNOWN_WRONG) {
      expect(reason).toMatch(/^(?:it|the host) (?:\S+ ){3}/)
    }
  })

  test('when Docker Bench is the stricter one, then its mistake has to be shown, and nothing shows it by itself', () => {
    for (const { id, status, right, isShown } of KNOWN_WRONG) {
      const isStricter = WORSE.includes(right)
        ? WORSE.indexOf(status) > WORSE.indexOf(right)
        : WORSE.indexOf(status) > WORSE.indexOf('NOTE')
      expect({ id, right, isConditional: isShown !== null }).toEqual({ id, right, isConditional: isStricter })
      const nothing = { info: null, image: anImage({}, [], { history: null }), container: null }
      expect(isShown?.(nothing) ?? false).toBe(false)
      // A container and an image in which nothing is odd.
      expect(isShown?.(recordsIn({})) ?? false).toBe(false)
    }
  })
})

/** What could be mistaken for the mistake: an image or options that would have the stricter result set apart. */
const SHOWN_BY_NOTHING: readonly (readonly [what: string, row: string, state: Partial<BenchState>])[] = [
  ...[
    'apt-get update',
    '"apt-get" update',
    'A=apt-get; $A update',
    'ap""t-get update',
    '/usr/bin/ap?-get update',
    'apt-get -qq update # install',
    'apt-get update; echo apt-get install',
    'apt-get install -y curl; apt-get update',
    'sh -c "$X update"',
    'eval "apt-get" "update"',
  ].map(
    (script) => [`RUN ${script}`, '4.7 INFO PASS', image({}, [line(`RUN /bin/sh -c ${script}`)])] as const,
  ),
  [
    'an update beside a harmless one',
    '4.7 INFO PASS',
    image({}, [line('RUN /bin/sh -c update-ca-certificates'), line('RUN /bin/sh -c $A update')]),
  ],
  [
    // A classic builder with a shell of the image's own.
    'a RUN that looks like ENV',
    '4.7 INFO PASS',
    image({}, [line('/sh #(nop) ENV apt-get update')]),
  ],
  [
    'an update behind column 45',
    '4.7 INFO PASS',
    image({}, [line(`RUN /bin/sh -c ${'x'.repeat(40)}; update-rc.d a`)]),
  ],
  ...['ADD a /', '/bin/sh -c #(nop) ADD file:1 in / ', '/bin/ash -eux -c #(nop)  ADD a /', ' add a /'].map(
    (text) =>
      [
        `${text} beside LISTEN_ADDR`,
        '4.9 INFO PASS',
        image({}, [line('COPY a /'), line('ENV LISTEN_ADDR=1', true), line(text)]),
      ] as const,
  ),
  [
    'letters in the oldest line alone',
    '4.9 INFO PASS',
    image({}, [line('ENV LISTEN_ADDR=1'), line('COPY a /')]),
  ],
  ['an engine with AppArmor', '5.2 WARN not-applicable', run({ AppArmorProfile: '' })],
  [
    'apparmor=unconfined, which counts on other hosts',
    '5.2 WARN not-applicable',
    bare({ AppArmorProfile: 'unconfined' }),
  ],
  ['an engine with SELinux', '5.3 WARN not-applicable', host({ SecurityOpt: [] })],
  ['options of which Docker Bench knows one', '5.3 WARN not-applicable', bare({})],
  ['no label', '5.3 WARN PASS', run({ HostConfig: { SecurityOpt: [] }, ProcessLabel: '' })],
  [
    'a directory of the host beside a volume',
    '5.6 WARN PASS',
    run({ Mounts: [volume('/boot'), mount('/etc', '/x', true)] }),
  ],
  [
    'a directory of the host that may be a link',
    '5.6 WARN PASS',
    run({ Mounts: [mount('/srv/x', '/etc', true)] }),
  ],
  [
    'a volume of another driver',
    '5.6 WARN PASS',
    run({ Mounts: [{ ...volume('/etc'), Driver: 'bind-host' }] }),
  ],
  ['a volume at another place', '5.6 WARN PASS', run({ Mounts: [volume('/data')] })],
  [
    'one of two directories that can be written to',
    '5.6 WARN INFO',
    run({ Mounts: [mount('/etc', '/x', false), mount('/usr', '/y', true), volume('/data')] }),
  ],
  ['nothing that can be written to', '5.6 WARN INFO', run({ Mounts: [mount('/etc', '/x', false)] })],
  [
    'port 22 beside port 1024',
    '5.8 WARN PASS',
    run({
      NetworkSettings: {
        Ports: { '1/tcp': [{ HostIp: '', HostPort: '1024' }], '2/tcp': [{ HostIp: '', HostPort: '22' }] },
      },
    }),
  ],
  ['port 8080', '5.8 WARN PASS', ports('127.0.0.1', '8080')],
  ['a quota that is none', '5.12 WARN PASS', host({ NanoCpus: 0, CpuQuota: -1 })],
  ['no quota at all', '5.12 WARN PASS', host({ NanoCpus: 0, CpuQuota: 0 })],
  ['a quota beside CPUs, which Docker Bench sees', '5.12 WARN PASS', host({ CpuQuota: 50_000 })],
  [
    'a quota beside a weight, which Docker Bench sees',
    '5.12 WARN PASS',
    host({ NanoCpus: 0, CpuShares: 2, CpuQuota: 50_000 }),
  ],
  [
    'the option before one about something else',
    '5.22 WARN PASS',
    security('seccomp=unconfined', 'no-new-privileges'),
  ],
  ['the option at the end', '5.22 WARN PASS', security('seccomp=builtin', 'seccomp:unconfined')],
  [
    'the socket itself',
    '5.32 WARN PASS',
    run({ Mounts: [mount('/run/docker.sock', '/run/docker.sock', true)] }),
  ],
  [
    'the socket under another name, beside a volume',
    '5.32 WARN PASS',
    run({ Mounts: [volume('/docker.sock.d'), mount('/srv/docker.socket', '/x', true)] }),
  ],
]

describe('a stricter result of Docker Bench', () => {
  test.each(SHOWN_BY_NOTHING)('when there is %s, then %s is not shown to be a mistake', (_, key, state) => {
    const row = KNOWN_WRONG.find((one) => keyOf(one) === key)
    expect(row?.isShown?.(recordsIn(state))).toBe(false)
  })

  test.each([
    'apt-get update && apt-get install -y curl',
    'set -eux; apt-get update; apt-get install -y curl',
    'update-ca-certificates',
    'git submodule update --init',
    'echo LISTEN_UPDATE=update',
  ])('when the RUN is %s, then a 4.7 of INFO is one', (script) => {
    const state = image({}, [line(''), line(`RUN /bin/sh -c ${script} # buildkit`)])
    expect(knownWrong('4.7', 'INFO', 'PASS', recordsIn(state))).not.toBeNull()
  })

  test('when the letters end in column 44, then Docker Bench sees them; in the next, it does not', () => {
    const shown = (count: number) => {
      const state = image({}, [line(''), line(`RUN /bin/sh -c ${'x'.repeat(count)}; update-rc.d a`)])
      return knownWrong('4.7', 'INFO', 'PASS', recordsIn(state)) !== null
    }
    expect([shown(21), shown(22)]).toEqual([true, false])
  })

  test('when only the comment of a line has the letters, then a 4.7 of INFO is one', () => {
    const records = recordsIn({})
    const history = [{ CreatedBy: 'COPY a /', Comment: 'update' }]
    expect(
      knownWrong('4.7', 'INFO', 'PASS', { ...records, image: { ...records.image, history } }),
    ).not.toBeNull()
  })

  test('when the engine lists the same mounts in another order, then it is shown all the same', () => {
    const state = run({ Mounts: [volume('/data'), mount('/etc', '/x', false)] })
    expect(knownWrong('5.6', 'WARN', 'INFO', recordsIn(state))).not.toBeNull()
  })

  test('when a directory that has nothing to do with it is mounted too, then a 5.32 of WARN is one', () => {
    const state = run({ Mounts: [volume('/docker.sock.d'), mount('/srv', '/x', true)] })
    expect(knownWrong('5.32', 'WARN', 'PASS', recordsIn(state))).not.toBeNull()
  })

  test('when it is an SSH server, then no name of a process speaks against it', () => {
    expect(KNOWN_WRONG.filter(({ id, right }) => id === '5.7' && right === 'PASS')).toEqual([])
  })
})
