import { describe, expect, test } from '@jest/globals'
import { benchFilesOf } from '../../../../../src/checks/docker-bench/builtin/state.js'
import { meaningOf } from '../../../../../src/checks/docker-bench/builtin/strict-4.js'
import { isUnspecified } from '../../../../../src/checks/docker-bench/builtin/strict-ports.js'
import type { Image, LayerFacts } from '../../../../../src/model/image/image.js'
import {
  aContainer,
  aCreatedContainer,
  anImage,
  aTop,
  type ContainerParts,
  line,
  strictly,
} from './builders.js'

const judged = (id: string, part: ContainerParts) => {
  const { word, state, items } = strictly(id, { containers: [aContainer(part)] })
  return { word: word ?? state, items }
}
const statusOf = (id: string, part: ContainerParts) => judged(id, part).word
const made = (id: string, part: ContainerParts) => strictly(id, { containers: [aCreatedContainer(part)] })

describe('users', () => {
  const PASSWD = 'root:x:0:0::/:/bin/sh\n1234:x:0:0::/:/bin/sh\napp:x:1000:0::/:\nodd:x:00:5::/:\n'

  test.each(['', ':100', '0', '00', '+0', '-0', '0:1000', 'root', 'root:x', '1234', 'odd', 'odd:app'])(
    'when the user is "%s", then it is root',
    (user) => {
      expect(meaningOf(user, PASSWD).kind).toBe('root')
    },
  )

  test.each([
    ['1000', 'other'],
    ['1000:0', 'other'],
    ['app:root', 'other'],
    ['4321', 'other'],
    ['nobody', 'missing'],
  ])('when the user is "%s", then it is %s', (user, kind) => {
    expect(meaningOf(user, PASSWD).kind).toBe(kind)
  })

  // A number may be the name of an account as well (moby/sys/user, GetExecUser): `1000:x:0:0::/:/bin/sh`.
  test('when /etc/passwd cannot be read, then neither a name nor a number is known', () => {
    expect(meaningOf('1000', '1000:x:0:0::/:/bin/sh\n').kind).toBe('root')
    expect(meaningOf('app', null).kind).toBe('unknown')
    expect(meaningOf('1000', null).kind).toBe('unknown')
    const files = { passwd: null, setuid: null }
    const image = anImage({ User: 'app' }, [line('COPY a /')], { files })
    expect(strictly('4.1', { images: [image], containers: [] }).state).toBe('not-evaluated')
    expect(strictly('4.8', { images: [image] }).state).toBe('not-evaluated')
  })

  test('when the image has no such user, then it is a warning: the container would not start', () => {
    const image = anImage({ User: 'ghost' }, [line('COPY a /'), line('USER ghost', true)])
    expect(strictly('4.1', { images: [image], containers: [] })).toMatchObject({
      word: 'WARN',
      items: ['app:1'],
      places: [{ line: 1, instruction: 'USER' }],
    })
  })

  test.each([
    ['app:x:10001:999::/:/bin/sh', 10001],
    ['app:x:1000:1000::/:/bin/sh', 1000],
    ['www:x:10001:0::/:', 10001],
    // Another app: the number alone is good.
    ['app:x:0:0::/:/bin/sh', 10001],
    ['app:x:-5:0::/:/bin/sh', 10001],
    // The engine takes no number above this one.
    ['app:x:2147483647:0::/:', 2147483647],
    ['app:x:2147483648:0::/:', 10001],
    ['10001:x:0:0::/:/bin/sh', undefined],
    ['app:x:10001:0::/:\n10001:x:0:0::/:', 10001],
    ['node:x:1000:1000::/:/bin/sh', undefined],
    ['', undefined],
  ])('when /etc/passwd has %j next to root, then the user to name is %s', (row, uid) => {
    const image = anImage({ User: 'root' }, [line('COPY a /')], {
      files: { passwd: `root:x:0:0::/root:/bin/sh\n${row}\n`, setuid: [] },
    })
    const result = strictly('4.1', { images: [image], containers: [] })
    expect(result).toMatchObject({ word: 'WARN' })
    expect(result.uid).toBe(uid)
  })

  test('when only the image is root, then it is named, and not the container', () => {
    expect(strictly('4.1', { images: [anImage({ User: '' })] })).toMatchObject({
      word: 'WARN',
      items: ['app:1'],
      improvement: 'image-user',
    })
  })
})

describe('setuid files, and sources that are not verified', () => {
  test('when files have the bits, then they are listed by path', () => {
    const setuid = ['usr/bin/su', 'usr/bin/chage'].map((path) => ({ path, mode: 0o4755, uid: 0, gid: 0 }))
    const image = anImage({}, [line('COPY a /')], { files: { passwd: '', setuid } })
    expect(strictly('4.8', { images: [image] })).toMatchObject({
      word: 'NOTE',
      items: ['/usr/bin/chage', '/usr/bin/su'],
      improvement: 'setuid-list',
    })
  })

  test('when a file has capabilities for the container’s own network, memory or time alone, then it is not listed', () => {
    const names = ['net_bind_service', 'net_broadcast', 'net_admin', 'net_raw', 'ipc_lock', 'sys_nice']
    const capabilities = [...names, 'wake_alarm', 'block_suspend'].map((name) => `cap_${name}`)
    const setuid = [{ path: 'usr/bin/ping', mode: 0o755, uid: 0, gid: 0, capabilities }]
    const image = anImage({}, [line('COPY a /')], { files: { passwd: '', setuid } })
    expect(strictly('4.8', { images: [image] }).items).toEqual([])
  })

  test('when a file has capabilities that are as good, then they stand next to its path', () => {
    const setuid = [
      { path: 'usr/bin/su', mode: 0o4755, uid: 0, gid: 0 },
      { path: 'opt/my python', mode: 0o755, uid: 0, gid: 0, capabilities: ['cap_setgid', 'cap_setuid'] },
      { path: 'usr/bin/ping', mode: 0o755, uid: 0, gid: 0, capabilities: ['cap_net_raw'] },
      { path: 'bin/fping', mode: 0o4755, uid: 0, gid: 0, capabilities: ['cap_net_raw'] },
      { path: 'x', mode: 0o755, uid: 0, gid: 0, capabilities: ['cap_net_admin', 'cap_unknown'] },
    ]
    const image = anImage({}, [line('COPY a /')], { files: { passwd: '', setuid } })
    expect(strictly('4.8', { images: [image] })).toMatchObject({
      items: ['/bin/fping', '/opt/my\\u{20}python cap_setgid cap_setuid', '/usr/bin/su', '/x cap_unknown'],
      why: '2 files have the setuid or setgid bit. 2 files have capabilities as powerful as the setuid bit.',
    })
  })

  test.each([
    ['apt-get install -y --allow-unauthenticated x', 1],
    ["echo 'deb [trusted=yes] https://example.org x main' > /etc/apt/sources.list", 1],
    ['apt-get -o APT::Get::AllowUnauthenticated=true install x', 1],
    ['echo "APT::Get::AllowUnauthenticated \\"true\\";" > /etc/apt/apt.conf.d/99', 1],
    ['echo \'Acquire::AllowWeakRepositories "1";\' > /etc/apt/apt.conf.d/99', 1],
    ["printf 'Types: deb\\nTrusted: yes\\n' > /etc/apt/sources.list.d/x.sources", 1],
    ['echo "deb [allow-insecure=yes] http://x y z" > /etc/apt/sources.list.d/x.list', 1],
    ['apt-get -o Acquire::AllowInsecureRepositories=false update; echo trusted=yesterday', 0],
    // nginx and postgres: packages that were just built, as good as dpkg -i.
    ['echo "deb [ trusted=yes ] file://$tempDir ./" > /etc/apt/sources.list.d/temp.list', 0],
    ['echo "deb [trusted=yes] file:/a ./" > a; echo "deb [trusted=yes] http://x ./" > b', 1],
    ['echo "deb [trusted=yes] mirror+file:/mirrors ./" > a', 1],
    ['git config --global safe.trusted=true; corepack --allow-insecure=1; x --un-trusted=yes', 0],
    ['apt-get install -y x', 0],
    ['echo --allow-unauthenticated-not', 0],
  ])('when a RUN is %s, then %d is told', (text, count) => {
    const image = anImage({}, [line(`RUN /bin/sh -c ${text}`)])
    expect(strictly('4.11', { images: [image] }).items).toHaveLength(count)
  })
})

describe('mounts', () => {
  const bind = (Source: string, RW = true, Destination = '/x') => ({ Type: 'bind', Source, Destination, RW })

  test('when some can be written to, then only those are named', () => {
    expect(judged('5.6', { Mounts: [bind('/etc', false), bind('/usr/share'), bind('/srv')] })).toEqual({
      word: 'WARN',
      items: ['web:/usr/share'],
    })
  })

  test.each(['/srv', '/home/me/project', '/etcetera', '/data/etc'])(
    'when %s is mounted, then it is none of the host',
    (source) => {
      expect(statusOf('5.6', { Mounts: [bind(source)] })).toBe('PASS')
    },
  )

  test('when a socket below one of the host is mounted, then that is the matter of 5.32 alone', () => {
    const Mounts = [bind('/var/lib/docker/x/docker.sock')]
    expect([statusOf('5.6', { Mounts }), statusOf('5.32', { Mounts })]).toEqual(['PASS', 'WARN'])
  })

  test('when a path takes detours, then it is the path it leads to', () => {
    expect(judged('5.6', { Mounts: [bind('/srv/../etc/./apt/')] }).items).toEqual(['web:/etc/apt'])
  })

  test('when a volume is a bind mount by its driver, then it is one', () => {
    const options = (o: string) => ({
      HostConfig: {
        Mounts: [
          {
            Type: 'volume',
            Target: '/x',
            VolumeOptions: { DriverConfig: { Options: { o, device: '/etc', type: 'none' } } },
          },
        ],
      },
    })
    expect(judged('5.6', options('bind'))).toEqual({ word: 'WARN', items: ['web:/etc'] })
    expect(statusOf('5.6', options('uid=1000'))).toBe('PASS')
  })

  test.each([
    ['/run/docker.sock', '/x'],
    ['/var/run/docker.sock', '/var/run/docker.sock'],
    ['/srv/proxy.sock', '/var/run/docker.sock'],
    ['/run/podman/podman.sock', '/x'],
    ['/run/containerd', '/x'],
    ['/run/crio', '/x'],
    ['/run/buildkit', '/x'],
    ['/run/user/1000/docker.sock', '/x'],
    ['/run/user/1000/podman', '/x'],
  ])('when %s is mounted at %s, then a socket is reached', (source, destination) => {
    expect(statusOf('5.32', { Mounts: [bind(source, false, destination)] })).toBe('WARN')
  })

  test.each(['/run/app', '/run/user/1000/app', '/srv/docker.sock.d', '/var/lib/app', '/var/running'])(
    'when %s is mounted, then no socket is reached',
    (source) => {
      expect(statusOf('5.32', { Mounts: [bind(source)] })).toBe('PASS')
    },
  )

  test('when a volume is called docker.sock, then it is none', () => {
    const volume = {
      Type: 'volume',
      Name: 'docker.sock',
      Source: '/v/docker.sock/_data',
      Destination: '/x',
      RW: true,
    }
    expect(statusOf('5.32', { Mounts: [volume] })).toBe('PASS')
  })
})

describe('ports', () => {
  test.each(['0.0.0.0', '::', '[::]', '::0', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0'])(
    'when it is %s, then it is any address',
    (ip) => {
      expect(isUnspecified(ip)).toBe(true)
    },
  )

  test.each(['127.0.0.1', '::1', '10.0.0.1', 'fe80::', '::ffff:127.0.0.1'])(
    'when it is %s, then it is one address',
    (ip) => {
      expect(isUnspecified(ip)).toBe(false)
    },
  )

  test('when a container was made with -P, then every exposed port counts, once', () => {
    const part = {
      HostConfig: { PublishAllPorts: true, PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
      Config: { ExposedPorts: { '80/tcp': {}, '81/tcp': {} } },
    }
    expect(made('5.9', part).items).toEqual(['web:8080', 'web:0'])
    expect(made('5.14', part).items).toEqual(['web:0.0.0.0'])
    expect(made('5.8', part).word).toBe('PASS')
  })

  test('when a range begins low, then a privileged port is taken', () => {
    expect(
      made('5.8', { HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '80-90' }] } } }).items,
    ).toEqual(['web:80-90'])
  })

  test('when it is bound to one address of the host, then that is told by port only', () => {
    const part = { HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] } } }
    expect([made('5.9', part).word, made('5.14', part).word]).toEqual(['WARN', 'PASS'])
  })
})

describe('options', () => {
  test.each([
    ['no-new-privileges', 'PASS'],
    ['no-new-privileges:true', 'PASS'],
    ['no-new-privileges=1', 'PASS'],
    ['no-new-privileges:false', 'WARN'],
    ['no-new-privileges=0', 'WARN'],
    ['no-new-privileges-not', 'WARN'],
  ])('when the option is %s, then 5.26 is %s', (option, expected) => {
    expect(statusOf('5.26', { HostConfig: { SecurityOpt: [option] } })).toBe(expected)
  })

  test('when the daemon forbids new privileges, then it is the default, which an option overrides', () => {
    const info = { SecurityOptions: ['name=no-new-privileges'] }
    const with_ = (SecurityOpt: string[]) =>
      strictly('5.26', { info, containers: [aContainer({ HostConfig: { SecurityOpt } })] }).word
    expect([with_([]), with_(['no-new-privileges:false'])]).toEqual(['PASS', 'WARN'])
  })

  test.each([
    [['seccomp=unconfined'], 'WARN'],
    [['seccomp:unconfined'], 'WARN'],
    [['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'], 'WARN'],
    [['seccomp={"defaultAction":"SCMP_ACT_ERRNO"}'], 'PASS'],
    [['seccomp={"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"action":"SCMP_ACT_ERRNO"}]}'], 'PASS'],
    [['seccomp=builtin'], 'PASS'],
    [['seccomp=unconfined', 'seccomp=builtin'], 'PASS'],
    [['seccomp=builtin', 'seccomp=unconfined'], 'WARN'],
    [[], 'PASS'],
  ])('when the options are %j, then 5.22 is %s', (SecurityOpt, expected) => {
    expect(statusOf('5.22', { HostConfig: { SecurityOpt } })).toBe(expected)
  })

  test.each([
    [['name=seccomp,profile=unconfined'], 'WARN'],
    [[], 'WARN'],
    [['name=seccomp,profile=default'], 'PASS'],
  ])('when the daemon has %j, then 5.22 is %s', (SecurityOptions, expected) => {
    expect(strictly('5.22', { info: { SecurityOptions } }).word).toBe(expected)
  })

  test.each([
    ['host', '2', 'WARN'],
    ['private', '2', 'PASS'],
    ['host', '1', 'PASS'],
  ])(
    'when the namespace of control groups is %s with v%s, then 5.25 is %s',
    (CgroupnsMode, CgroupVersion, expected) => {
      const containers = [aContainer({ HostConfig: { CgroupnsMode } })]
      expect(strictly('5.25', { info: { CgroupVersion }, containers }).word).toBe(expected)
    },
  )

  test('when a made container is not given a profile, then AppArmor will be on, unless switched off', () => {
    expect(made('5.2', {}).word).toBe('PASS')
    expect(made('5.2', { HostConfig: { SecurityOpt: ['apparmor=unconfined'] } }).word).toBe('WARN')
    expect(made('5.2', { HostConfig: { Privileged: true } }).word).toBe('WARN')
  })

  test('when SELinux is on, then labels confine, but for those that are off and a privileged container', () => {
    const on = (
      HostConfig: NonNullable<ContainerParts['HostConfig']>,
      ProcessLabel = 'system_u:system_r:container_t:s0:c1,c2',
    ) => {
      const containers = [aContainer({ HostConfig, ProcessLabel })]
      return strictly('5.3', { info: { SecurityOptions: ['name=selinux'] }, containers }).word
    }
    expect(on({ SecurityOpt: [] })).toBe('PASS')
    expect(on({ SecurityOpt: [] }, '')).toBe('WARN')
    expect(on({ SecurityOpt: ['label=level:s0'] }, '')).toBe('PASS')
    expect([on({ SecurityOpt: ['label=disable'] }), on({ Privileged: true })]).toEqual(['WARN', 'WARN'])
  })

  test.each([
    [{}, 'PASS'],
    [{ CapAdd: ['NET_ADMIN'] }, 'WARN'],
    [{ CapAdd: ['cap_sys_admin'] }, 'WARN'],
    [{ CapAdd: ['CHOWN', 'CAP_NET_BIND_SERVICE'] }, 'PASS'],
    [{ Privileged: true }, 'WARN'],
  ])('when the options are %j, then 5.4 is %s', (HostConfig, expected) => {
    expect(statusOf('5.4', { HostConfig })).toBe(expected)
  })

  test.each([
    [{}, 'PASS'],
    [{ Devices: [{ PathOnHost: '/dev/kvm' }] }, 'INFO'],
    [{ DeviceRequests: [{ Driver: 'nvidia' }] }, 'INFO'],
    [{ DeviceCgroupRules: ['c 1:3 mr'] }, 'INFO'],
    [{ Privileged: true }, 'INFO'],
  ])('when %j hands devices in, then 5.18 is %s', (HostConfig, expected) => {
    expect(statusOf('5.18', { HostConfig })).toBe(expected)
  })

  test('when the engine was not asked, then what hangs on the host is not evaluated', () => {
    for (const id of ['5.1', '5.2', '5.3']) {
      expect(strictly(id, { info: null }).state).toBe('not-evaluated')
    }
  })

  test.each([
    ['bridge', 'INFO'],
    ['default', 'INFO'],
    ['own', 'PASS'],
    ['none', 'PASS'],
  ])('when a container is made on the network %s, then 5.30 is %s', (NetworkMode, expected) => {
    expect(made('5.30', { HostConfig: { NetworkMode } }).word).toBe(expected)
  })
})

describe('processes and health', () => {
  test.each([
    [aTop('app', 'sshd'), 'WARN'],
    [aTop('/usr/sbin/sshd -D'), 'WARN'],
    [aTop('sshd-session'), 'WARN'],
    [aTop('dropbear'), 'WARN'],
    [aTop('app', 'ssh-agent'), 'PASS'],
    [aTop(), 'not-evaluated'],
  ])('when the processes are %j, then 5.7 is %s', (top, expected) => {
    expect(statusOf('5.7', { top })).toBe(expected)
  })

  test('when a container does not run, then a list of processes is not its own', () => {
    expect(made('5.7', { top: aTop('app') }).state).toBe('not-evaluated')
  })

  test('when nothing was started, then the command tells of an SSH server, and nothing else is known', () => {
    expect(made('5.7', { Config: { Cmd: ['/usr/sbin/sshd', '-D'] } }).word).toBe('WARN')
    expect(made('5.7', {}).state).toBe('not-evaluated')
  })

  test('when a container was only made, then its health check is that of its configuration', () => {
    expect(made('5.27', {}).word).toBe('PASS')
    expect(made('5.27', { Config: { Healthcheck: { Test: ['NONE'] } } }).word).toBe('WARN')
  })

  test('when Docker leaves an empty health, then it is none', () => {
    expect(statusOf('5.27', { State: { Health: { Status: 'none' } } })).toBe('WARN')
    expect(statusOf('5.27', { State: { Health: {} } })).toBe('WARN')
    expect(statusOf('5.27', { State: { Health: { Status: '' } } })).toBe('WARN')
  })
})

describe('an image that was opened', () => {
  const layer = (part: Partial<LayerFacts>): LayerFacts => ({
    diffId: 'sha256:a',
    size: 0,
    files: {},
    unreadable: {},
    removed: [],
    opaque: [],
    setuid: [],
    ...part,
  })
  const image = (layers: readonly LayerFacts[]): Image => ({
    reference: 'app:1',
    digest: `sha256:${'d'.repeat(64)}`,
    platform: { os: 'linux', architecture: 'amd64', variant: null },
    config: {
      config: { User: 'app' },
      rootfs: { diff_ids: layers.map(({ diffId }) => diffId) },
      history: [],
    },
    history: [],
    layers,
  })
  const su = { path: 'bin/su', mode: 0o4755, uid: 0, gid: 0 }

  test('when layers replace files, then the last text and bits count', () => {
    const opened = image([
      layer({ files: { 'etc/passwd': 'app:x:0:' }, setuid: [su] }),
      layer({ files: { 'etc/passwd': 'app:x:9:' }, removed: ['bin/su'] }),
    ])
    expect(benchFilesOf(opened)).toEqual({ passwd: 'app:x:9:', setuid: [] })
  })

  test.each([
    ['passwd is a link', [layer({ unreadable: { 'etc/passwd': 'a link' } })], { passwd: null, setuid: [] }],
    [
      'too many files are listed',
      [layer({ unreadable: { '.': 'too many' } })],
      { passwd: null, setuid: null },
    ],
    ['there is no passwd', [layer({})], { passwd: '', setuid: [] }],
  ])('when %s, then that is what is known', (_, layers, files) => {
    expect(benchFilesOf(image(layers))).toEqual(files)
  })

  test('when layers were not read, then nothing is known of files', () => {
    expect(benchFilesOf({ ...image([layer({})]), layers: [] })).toEqual({ passwd: null, setuid: null })
  })
})
