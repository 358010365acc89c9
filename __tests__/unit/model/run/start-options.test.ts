import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BENCH_CHECKS } from '../../../../src/checks/docker-bench/builtin/table.js'
import { HARDENED } from '../../../../src/checks/docker-bench/run/containers.js'
import { HOST_CONFIG, START_LIMITS, startable, withheldIn } from '../../../../src/model/run/start-options.js'
import { runs } from '../../../support/runs.js'

const LIMITS = { Memory: 2 ** 30, PidsLimit: 1024 }
const of = (hostConfig: Readonly<Record<string, unknown>>) => startable({ config: {}, hostConfig })
/** What is left of these options, next to the limits that everything has. */
function kept(hostConfig: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const all = { ...of(hostConfig).hostConfig } as Record<string, unknown>
  for (const [key, usual] of Object.entries(LIMITS)) {
    if (!(key in hostConfig) && all[key] === usual) {
      delete all[key]
    }
  }
  return all
}
const withheld = (hostConfig: Readonly<Record<string, unknown>>) => withheldIn(of(hostConfig).differs)

/** Members of an interface of @types/dockerode, which follows the Engine API. */
function membersOf(name: string): string[] {
  const text = readFileSync('node_modules/@types/dockerode/index.d.ts', 'utf8')
  const [, body = ''] = new RegExp(`\\n    interface ${name} \\{\\n(.*?)\\n    \\}`, 's').exec(text) ?? []
  return [...body.matchAll(/^ {8}(\w+)\??:/gm)].map(([, member = '']) => member)
}

describe('each member of HostConfig', () => {
  const members = membersOf('HostConfig')

  test('is known: it may be given, or is withheld', () => {
    expect(members.length).toBeGreaterThan(60)
    expect(members.filter((member) => !Object.hasOwn(HOST_CONFIG, member))).toEqual([])
  })

  /** Of each kind, what would open something up. */
  const VALUES: readonly unknown[] = [
    true,
    -1,
    2 ** 50,
    'host',
    ['host'],
    { host: 'host' },
    [{ host: 1 }],
    'container:x',
  ]
  /** Whatever is said in these, it is about the container's own, or less than it has. */
  const HARMLESS: Readonly<Record<string, readonly unknown[]>> = {
    CapDrop: [['host']],
    Init: [true],
    ReadonlyRootfs: [true],
    CpuQuota: [2 ** 50],
    NanoCpus: [2 ** 50],
  }

  test.each([...new Set([...members, ...Object.keys(HOST_CONFIG)])])(
    '%s is not given what it does not know',
    (key) => {
      for (const value of VALUES) {
        const found = kept({ [key]: value })[key]
        const limit = { Memory: 4 * 2 ** 30, PidsLimit: 4096, CpuShares: 1024, ShmSize: 2 ** 30 }[key]
        const expected = HARMLESS[key]?.some((one) => JSON.stringify(one) === JSON.stringify(value))
          ? value
          : typeof value === 'number' && value > 0
            ? limit
            : (LIMITS as Record<string, unknown>)[key]
        expect({ key, value, found }).toEqual({ key, value, found: expected })
      }
    },
  )

  test('that nobody has listed is withheld, and told', () => {
    expect(kept({ NewOption: ['/'], constructor: { x: 1 } })).toEqual({})
    expect(withheld({ NewOption: ['/'], toString: 'x' })).toEqual(['NewOption', 'toString'])
  })

  test('that is withheld stands in docs/start.md, with the ids that judge it', () => {
    const lines = readFileSync('docs/start.md', 'utf8').split('\n')
    const missing = Object.keys(HOST_CONFIG).flatMap((key) =>
      of({ [key]: [{ x: 1 }] }).differs.flatMap(({ kind, what, ids }) => {
        const isListed = lines.some((one) =>
          [what, ...ids].every((part) => one.startsWith('|') && one.includes(part)),
        )
        return kind === 'with' || what === '--read-only' || isListed ? [] : [`${what}: ${ids}`]
      }),
    )
    expect(missing).toEqual([])
  })

  test('names ids of Docker Bench that there are', () => {
    const ids = Object.keys(HOST_CONFIG).flatMap((key) =>
      VALUES.flatMap((value) => of({ [key]: value }).differs.flatMap((one) => one.ids)),
    )
    expect(ids.filter((id) => !Object.hasOwn(BENCH_CHECKS, id))).toEqual([])
    expect(new Set(ids).size).toBeGreaterThan(20)
  })
})

describe('what may be given', () => {
  test.each<[string, Record<string, unknown>]>([
    ['capabilities taken away', { CapDrop: ['ALL'] }],
    ['capabilities that each container has', { CapAdd: ['CHOWN', 'cap_net_bind_service'] }],
    ['a read-only root', { ReadonlyRootfs: true }],
    [
      'limits',
      {
        Memory: 64 * 2 ** 20,
        PidsLimit: 50,
        NanoCpus: 5e8,
        CpuShares: 512,
        CpuQuota: 5000,
        CpuPeriod: 100_000,
      },
    ],
    [
      'memory and swap',
      { Memory: 2 ** 20, MemorySwap: 2 ** 21, MemoryReservation: 2 ** 19, MemorySwappiness: 0 },
    ],
    ['some of the processors', { CpusetCpus: '0-1,3', CpusetMems: '0' }],
    [
      'no new privileges',
      { SecurityOpt: ['no-new-privileges', 'no-new-privileges:true', 'no-new-privileges=true'] },
    ],
    ['the engine’s own profiles', { SecurityOpt: ['seccomp=builtin', 'apparmor=docker-default'] }],
    ['ulimits', { Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 4096 }] }],
    ['tmpfs', { Tmpfs: { '/run': '', '/tmp': 'rw,noexec,nosuid,size=64m,mode=1777,uid=1000' } }],
    ['sysctls of its own network', { Sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' } }],
    ['namespaces of its own', { IpcMode: 'private', CgroupnsMode: 'private' }],
    ['an init', { Init: true, ShmSize: 2 ** 27 }],
    ['not to be started again', { RestartPolicy: { Name: 'no' } }],
  ])('%s: as it is', (_, options) => {
    expect(kept(options)).toEqual(options)
    expect(withheld(options)).toEqual([])
  })

  test('what asks for nothing is passed over', () => {
    const nothing = {
      Privileged: false,
      PidMode: '',
      Binds: [],
      Devices: null,
      Sysctls: {},
      OomScoreAdj: 0,
      NetworkMode: 'own',
    }
    expect(kept(nothing)).toEqual({})
    expect(withheld(nothing)).toEqual([])
  })
})

describe('what is withheld', () => {
  test.each<[string, Record<string, unknown>, readonly string[], readonly string[]]>([
    ['privileged mode', { Privileged: true }, ['--privileged'], ['5.2', '5.3', '5.4', '5.5', '5.18', '5.22']],
    ['bind mounts', { Binds: ['/:/h'] }, ['bind mounts'], ['5.6', '5.20', '5.32']],
    ['processes of the machine', { PidMode: 'host' }, ['--pid host'], ['5.16']],
    ['processes of another', { PidMode: 'container:db' }, ['--pid container:db'], ['5.16']],
    ['messages of the machine', { IpcMode: 'host' }, ['--ipc host'], ['5.17']],
    ['names of the machine', { UTSMode: 'host' }, ['--uts host'], ['5.21']],
    ['users of the machine', { UsernsMode: 'host' }, ['--userns host'], ['5.31']],
    ['control groups of the machine', { CgroupnsMode: 'host' }, ['--cgroupns host'], ['5.25']],
    ['the network of the machine', { NetworkMode: 'host' }, ['--network host'], ['5.10']],
    ['the network of another', { NetworkMode: 'container:db' }, ['--network container:db'], ['5.10']],
    ['a device', { Devices: [{ PathOnHost: '/dev/sda' }] }, ['--device'], ['5.18']],
    ['a graphics card', { DeviceRequests: [{ Count: -1 }] }, ['--gpus'], ['5.18']],
    ['a rule for devices', { DeviceCgroupRules: ['a *:* rwm'] }, ['--device-cgroup-rule'], ['5.18']],
    ['a capability more', { CapAdd: ['SYS_ADMIN'] }, ['--cap-add SYS_ADMIN'], ['5.4']],
    ['all of them', { CapAdd: ['ALL'] }, ['--cap-add ALL'], ['5.4']],
    [
      'no seccomp',
      { SecurityOpt: ['seccomp=unconfined'] },
      ['--security-opt seccomp=unconfined'],
      ['5.22', '5.3'],
    ],
    [
      'a profile of one’s own',
      { SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'] },
      ['--security-opt seccomp'],
      ['5.22', '5.3'],
    ],
    [
      'no AppArmor',
      { SecurityOpt: ['apparmor:unconfined'] },
      ['--security-opt apparmor:unconfined'],
      ['5.2', '5.3'],
    ],
    [
      'another profile of AppArmor',
      { SecurityOpt: ['apparmor=mine'] },
      ['--security-opt apparmor=mine'],
      ['5.2', '5.3'],
    ],
    [
      'a label of SELinux',
      { SecurityOpt: ['label=type:spc_t'] },
      ['--security-opt label=type:spc_t'],
      ['5.3'],
    ],
    [
      'new privileges',
      { SecurityOpt: ['no-new-privileges:false'] },
      ['--security-opt no-new-privileges:false'],
      ['5.26', '5.3'],
    ],
    [
      'what is masked',
      { SecurityOpt: ['systempaths=unconfined'] },
      ['--security-opt systempaths=unconfined'],
      ['5.3'],
    ],
    ['no limit of memory', { Memory: 0 }, ['--memory 0'], ['5.11']],
    ['memory below nothing', { Memory: -1 }, ['--memory -1'], ['5.11']],
    ['too much memory', { Memory: 2 ** 40 }, ['--memory above 4 GiB'], ['5.11']],
    ['no limit of processes', { PidsLimit: -1 }, ['--pids-limit -1'], ['5.29']],
    ['nor by 0', { PidsLimit: 0 }, ['--pids-limit 0'], ['5.29']],
    ['swap without a limit', { MemorySwap: -1 }, ['--memory-swap -1'], []],
    ['more swap than memory', { Memory: 2 ** 20, MemorySwap: 2 ** 30 }, ['--memory-swap 1073741824'], []],
    ['CPU time without a limit', { CpuQuota: -1 }, ['--cpu-quota -1'], ['5.12']],
    ['more of the CPU than others', { CpuShares: 2048 }, ['--cpu-shares above 1024'], ['5.12']],
    ['to be killed last', { OomScoreAdj: -1000 }, ['--oom-score-adj -1000'], []],
    ['never to be killed', { OomKillDisable: true }, ['--oom-kill-disable'], []],
    [
      'open files without a limit',
      { Ulimits: [{ Name: 'nofile', Soft: -1, Hard: -1 }] },
      ['--ulimit nofile'],
      ['5.19'],
    ],
    [
      'to go before others',
      { Ulimits: [{ Name: 'rtprio', Soft: 99, Hard: 99 }] },
      ['--ulimit rtprio'],
      ['5.19'],
    ],
    [
      'a sysctl of the machine',
      { Sysctls: { 'kernel.core_pattern': '|/x' } },
      ['--sysctl kernel.core_pattern'],
      [],
    ],
    ['a tmpfs that shares', { Tmpfs: { '/x': 'rshared' } }, ['--tmpfs /x'], []],
    [
      'published ports',
      { PortBindings: { '80/tcp': [{ HostPort: '80' }] } },
      ['--publish'],
      ['5.8', '5.9', '5.14'],
    ],
    ['all of them', { PublishAllPorts: true }, ['--publish-all'], ['5.8', '5.9', '5.14']],
    ['another start', { RestartPolicy: { Name: 'always' } }, ['--restart'], ['5.15']],
    [
      'a resolver',
      { Dns: ['192.0.2.1'], DnsSearch: ['x'], DnsOptions: ['y'] },
      ['--dns', '--dns-search', '--dns-option'],
      [],
    ],
    ['names of hosts', { ExtraHosts: ['a:1'] }, ['--add-host'], []],
    ['groups', { GroupAdd: ['docker'] }, ['--group-add'], []],
    ['another runtime', { Runtime: 'mine' }, ['--runtime mine'], []],
    ['another parent', { CgroupParent: '/x' }, ['--cgroup-parent /x'], ['5.25']],
    ['volumes of another', { VolumesFrom: ['db'] }, ['--volumes-from'], ['5.6', '5.20', '5.32']],
    [
      'mounts',
      { Mounts: [{ Type: 'bind', Source: '/', Target: '/h' }] },
      ['--mount'],
      ['5.6', '5.20', '5.32'],
    ],
    ['options of the store', { StorageOpt: { size: '1t' } }, ['--storage-opt'], []],
    ['links', { Links: ['db'] }, ['--link'], []],
    ['paths laid bare', { MaskedPaths: ['/x'], ReadonlyPaths: ['/y'] }, ['--security-opt systempaths'], []],
  ])('%s', (_, options, text, ids) => {
    expect(withheld(options)).toEqual(text)
    const differs = of(options).differs.filter(({ kind }) => kind === 'without')
    expect([...new Set(differs.flatMap((one) => one.ids))].sort()).toEqual([...ids].sort())
  })

  test('then what else is in the list stays', () => {
    expect(
      kept({ CapAdd: ['SYS_ADMIN', 'KILL'], SecurityOpt: ['label=disable', 'no-new-privileges'] }),
    ).toEqual({
      CapAdd: ['KILL'],
      SecurityOpt: ['no-new-privileges'],
    })
  })

  test('then of a value that is long, or may be secret, nothing is reported', () => {
    const options = {
      Runtime: 'a b',
      PidMode: `container:${'x'.repeat(80)}`,
      Binds: ['/secret:/x'],
      CapAdd: ['::error::x y'],
    }
    expect(withheld(options)).toEqual(['--runtime', '--pid', 'bind mounts', '--cap-add'])
  })
})

describe('what is added', () => {
  test('where nobody says how much, then limits, and what judges them is named', () => {
    const { hostConfig, differs, network } = of({})
    expect([hostConfig, network]).toEqual([LIMITS, 'closed'])
    expect(differs.flatMap(({ kind, ids }) => [kind, ...ids])).toEqual([
      'with',
      '5.30',
      'with',
      '5.11',
      'with',
      '5.29',
    ])
  })

  test('where no network was asked for, then there is none', () => {
    expect(of({ NetworkMode: 'none' }).network).toBe('none')
    expect(of({ NetworkMode: 'host' }).network).toBe('closed')
  })
})

test('what is started without anybody’s options is started as it is', () => {
  expect(withheldIn(startable(HARDENED).differs)).toEqual([])
  expect(kept(START_LIMITS)).toEqual(START_LIMITS)
  const waiting = {
    NetworkMode: 'none',
    LogConfig: { Type: 'none' },
    Init: false,
    Memory: 64 * 2 ** 20,
    PidsLimit: 16,
  }
  expect(withheld(waiting)).toEqual([])
})

test('of what is next to HostConfig, only what runs in the container is given', () => {
  const config = {
    Env: ['A=b'],
    Cmd: ['x'],
    User: '1',
    Volumes: { '/data': {} },
    MacAddress: '02:42',
    Domainname: 'x',
  }
  const { config: kept, differs } = startable({ config, hostConfig: {} })
  expect(kept).toEqual({ Env: ['A=b'], Cmd: ['x'], User: '1', Volumes: { '/data': {} } })
  expect(withheldIn(differs)).toEqual(['MacAddress', 'Domainname'])
})

test('whatever is asked for, twice through the list is as once, and nothing is shared or unlimited', () => {
  const key = fc.oneof(fc.constantFrom(...Object.keys(HOST_CONFIG)), fc.string())
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('host', 'container:x', -1, 0, true, ['ALL'], ['seccomp=unconfined'], [{ Type: 'bind' }]),
  )
  fc.assert(
    fc.property(fc.dictionary(key, value), (hostConfig) => {
      const once = of(hostConfig)
      expect(of(once.hostConfig).hostConfig).toEqual(once.hostConfig)
      const { Memory, PidsLimit, CapDrop: _, ...rest } = once.hostConfig as Record<string, number>
      expect(Memory).toBeGreaterThan(0)
      expect(PidsLimit).toBeGreaterThan(0)
      expect(JSON.stringify(rest)).not.toMatch(
        /"(?:host|container:x|seccomp=unconfined|Privileged|Binds|Mounts)"/,
      )
    }),
    runs(2000),
  )
})
