import { describe, expect, test } from '@jest/globals'
import { readRunOptions } from '../../../../src/model/run/options.js'
import { readService } from '../../../support/compose.js'
import { problemThrownBy } from '../../../support/problems.js'

const host = (line: string) => readRunOptions(line).hostConfig
const config = (line: string) => readRunOptions(line).config

describe('run options', () => {
  test.each([
    ['--privileged', { Privileged: true }],
    ['--privileged=false', { Privileged: false }],
    ['--read-only --init', { ReadonlyRootfs: true, Init: true }],
    ['-m 64m --pids-limit 50', { Memory: 67108864, PidsLimit: 50 }],
    ['--memory=1.5g --cpus 0.5', { Memory: 1610612736, NanoCpus: 500000000 }],
    [
      '--cap-drop ALL --cap-drop=NET_RAW --cap-add SYS_TIME',
      { CapDrop: ['ALL', 'NET_RAW'], CapAdd: ['SYS_TIME'] },
    ],
    ['--net host', { NetworkMode: 'host' }],
    ['--restart on-failure:5', { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 } }],
    ['--ulimit nofile=1024:2048', { Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 2048 }] }],
    [
      '--security-opt no-new-privileges --tmpfs /tmp:size=1m',
      { SecurityOpt: ['no-new-privileges'], Tmpfs: { '/tmp': 'size=1m' } },
    ],
    ['-v /etc:/x:ro', { Binds: ['/etc:/x:ro'] }],
    ['--mount type=bind,source=/a,target=/b,readonly', { Binds: ['/a:/b:ro'] }],
    [
      '--device /dev/fuse',
      { Devices: [{ PathOnHost: '/dev/fuse', PathInContainer: '/dev/fuse', CgroupPermissions: 'rwm' }] },
    ],
    ['--log-driver none --name x -d --rm -q --attach stdout --sig-proxy=false --annotation a=b', {}],
    ['--dns-opt ndots:1', { DnsOptions: ['ndots:1'] }],
    ['--mount type=bind,source=./a,target=/b', { Binds: ['./a:/b'] }],
  ])('when %s is given, then the container is made with it', (line, expected) => {
    expect(host(line)).toEqual(expected)
  })

  test.each([
    ['-p 8080:80', '80/tcp', [{ HostIp: '', HostPort: '8080' }]],
    ['-p 80', '80/tcp', [{ HostIp: '', HostPort: '' }]],
    ['-p127.0.0.1:53:53/udp', '53/udp', [{ HostIp: '127.0.0.1', HostPort: '53' }]],
    ['-p 127.0.0.1::80', '80/tcp', [{ HostIp: '127.0.0.1', HostPort: '' }]],
    ['-p [::1]:81:80', '80/tcp', [{ HostIp: '::1', HostPort: '81' }]],
    ['-p 8000-8001:80-81', '81/tcp', [{ HostIp: '', HostPort: '8001' }]],
    ['-p 8000-8001:80', '80/tcp', [{ HostIp: '', HostPort: '8000-8001' }]],
    ['-p 8080-8080:80', '80/tcp', [{ HostIp: '', HostPort: '8080' }]],
    ['-p 65535', '65535/tcp', [{ HostIp: '', HostPort: '' }]],
    ['-p 1000-2000', '2000/tcp', [{ HostIp: '', HostPort: '' }]],
    [
      '-p 1:80 -p 2:80',
      '80/tcp',
      [
        { HostIp: '', HostPort: '1' },
        { HostIp: '', HostPort: '2' },
      ],
    ],
  ])('when %s is given, then the port is bound so', (line, key, expected) => {
    expect(host(line).PortBindings).toMatchObject({ [key]: expected })
    expect(config(line).ExposedPorts).toHaveProperty([key])
  })

  test('when options are about what runs, then they are of the configuration', () => {
    const line = `-e A=1 -eB="two words" -u 10001:10001 -w /srv --entrypoint /run --health-cmd 'x -y' --health-interval 1m30s -it`
    expect(config(line)).toEqual({
      Env: ['A=1', 'B=two words'],
      User: '10001:10001',
      WorkingDir: '/srv',
      Entrypoint: ['/run'],
      Healthcheck: { Test: ['CMD-SHELL', 'x -y'], Interval: 90e9 },
    })
  })

  test('when a volume has a name, then it is made without: data of that name is never touched', () => {
    expect(readRunOptions('-v data:/var/lib/x --mount source=db,target=/db')).toEqual({
      config: { Volumes: { '/var/lib/x': {}, '/db': {} } },
      hostConfig: {},
    })
  })

  test('when a value looks like an option, then it is still the value', () => {
    expect(config('--health-cmd -x').Healthcheck).toEqual({ Test: ['CMD-SHELL', '-x'] })
    expect(config('-e -it').Env).toEqual(['-it='])
  })

  test('when a line goes on after a backslash, then it is one line', () => {
    expect(host('--read-only \\\n  --init')).toEqual({ ReadonlyRootfs: true, Init: true })
    expect(host('--init ')).toEqual({ Init: true })
    expect(host('')).toEqual({})
  })

  test.each([
    ['an unknown option', '--nosuch', '"--nosuch" is not a known option'],
    ['an unknown short option', '-z', '"-z" is not a known option'],
    ['the image', '--init debian:12', '"debian:12" is not an option'],
    ['a missing value', '--memory', 'a value is missing'],
    ['a size that is none', '-m lots', '"lots" is not a valid size'],
    ['a port that is none', '-p 80:http', '"80:http" is not a valid port'],
    ['a port above the highest', '-p 65536', '"65536" is not a valid port or port range'],
    ['a range that falls', '-p 81-80', '"81-80" is not a valid port or port range'],
    ['a range of more than 1001 ports', '-p 1000-2001', '"1000-2001" is not a valid port or port range'],
    ['a value of 60 characters', `-m ${'x'.repeat(60)}`, `"${'x'.repeat(60)}" is not a valid size`],
    ['a longer value', `-m ${'x'.repeat(61)}`, `"${'x'.repeat(60)}…" is not a valid size`],
    ['ranges that differ', '-p 1-3:1-2', 'ranges of different lengths'],
    ['a variable', '-e A=$B', 'variables and commands are not expanded'],
    ['a variable in quotes', `-e "A=\${B}"`, 'variables and commands are not expanded'],
    ['a command', '-e A=`id`', 'variables and commands are not expanded'],
    ['another command', '--init; rm -rf /', '";" is allowed only in quotation marks'],
    ['an open quote', `-e 'A`, 'a quotation mark is not closed'],
    ['a name of Object.prototype', '--constructor', 'is not a known option'],
  ])('when there is %s, then that is an error', (_, line, message) => {
    const { code, what } = problemThrownBy(() => readRunOptions(line))
    expect(code).toBe('bad-run-options')
    expect(what).toContain(message)
  })

  test('when a dollar or a command stands in single quotes, then it is text', () => {
    expect(config(`-e 'A=$B;\`id\`'`).Env).toEqual(['A=$B;`id`'])
  })
})

describe('compose', () => {
  const COMPOSE = `
x-common: &common
  restart: on-failure:5
  cap_drop: [ALL]
services:
  db: {image: postgres}
  app:
    <<: *common
    image: acme/app
    build: .
    user: "10001"
    read_only: true
    command: serve --port 8080
    entrypoint: ["/app"]
    environment: {A: 1, B: "x y"}
    ports: ["127.0.0.1:8080:8080", {target: 53, published: "5353", protocol: udp, host_ip: "::1"}]
    volumes: ["data:/data", {type: bind, source: /etc, target: /x, read_only: true}]
    tmpfs: /tmp
    security_opt: ["no-new-privileges:true"]
    ulimits: {nofile: {soft: 1, hard: 2}, nproc: 5}
    healthcheck: {test: ["CMD", "x"], interval: 5s, start_period: 1s}
    deploy: {resources: {limits: {cpus: "0.5", memory: 64M, pids: 50}}}
    depends_on: [db]
    labels: ["a=b"]
    networks: [default]
    x-more: 1
`
  test('when a service is read, then it is run as docker compose would', () => {
    expect(readService(COMPOSE, 'compose.yml', 'app')).toEqual({
      config: {
        User: '10001',
        Cmd: ['serve', '--port', '8080'],
        Entrypoint: ['/app'],
        Env: ['A=1', 'B=x y'],
        ExposedPorts: { '8080/tcp': {}, '53/udp': {} },
        Volumes: { '/data': {} },
        Labels: { a: 'b' },
        Healthcheck: { Test: ['CMD', 'x'], Interval: 5e9, StartPeriod: 1e9 },
      },
      hostConfig: {
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
        CapDrop: ['ALL'],
        ReadonlyRootfs: true,
        Binds: ['/etc:/x:ro'],
        Tmpfs: { '/tmp': '' },
        PortBindings: {
          '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }],
          '53/udp': [{ HostIp: '::1', HostPort: '5353' }],
        },
        SecurityOpt: ['no-new-privileges:true'],
        Ulimits: [
          { Name: 'nofile', Soft: 1, Hard: 2 },
          { Name: 'nproc', Soft: 5, Hard: 5 },
        ],
        NanoCpus: 500000000,
        Memory: 67108864,
        PidsLimit: 50,
        NetworkMode: 'project_default',
      },
    })
  })

  const OF_PROJECT = { NetworkMode: 'project_default' }
  const one = (lines: string) => () => readService(`services: {app: {${lines}}}`, 'compose.yml', 'app')
  test('when a variable has a default, then that is taken, and two dollars are one', () => {
    expect(one(`user: "\${UID:-10001}", environment: [A=$$x]`)().config).toEqual({
      User: '10001',
      Env: ['A=$x'],
    })
  })

  test.each(['disable: true', 'disable: "true"', `disable: "\${OFF:-true}"`, 'disable: true, test: curl x'])(
    'when the health check is switched off (%s), then it is',
    (lines) => {
      expect(one(`healthcheck: {${lines}}`)().config).toEqual({ Healthcheck: { Test: ['NONE'] } })
    },
  )

  test.each([
    ['any', '', ['always', 0]],
    ['on-failure', ', max_attempts: 3', ['on-failure', 3]],
    ['none', '', ['no', 0]],
  ])(
    'when deploy restarts on %s, then that holds over restart',
    (condition, more, [Name, MaximumRetryCount]) => {
      const lines = `deploy: {restart_policy: {condition: ${condition}${more}}}, restart: "on-failure:9"`
      expect(one(lines)().hostConfig.RestartPolicy).toEqual({ Name, MaximumRetryCount })
    },
  )

  test.each([
    ['nothing', '', '{}', 'project_default'],
    ['one by name', 'networks: [back]', '{back: {}}', 'project_back'],
    ['some with aliases', 'networks: {back: {aliases: [x]}}', '{back: null}', 'project_back'],
    ['one that has a name', 'networks: [back]', '{back: {name: shared}}', 'shared'],
    ["the engine's own", 'networks: [bridge]', '{bridge: {external: true}}', 'bridge'],
    ['a mode', 'network_mode: host', '{}', 'host'],
  ])('when a service says %s, then it is on that network', (_, lines, networks, expected) => {
    const yaml = `services: {app: {${lines}}}\nnetworks: ${networks}\n`
    expect(readService(yaml, 'c.yml', 'app').hostConfig.NetworkMode).toBe(expected)
  })

  test.each([
    ['short', '["./data:/d", "data:/e"]', ['./data:/d']],
    ['long', '[{type: bind, source: data, target: /d, read_only: "true"}]', ['./data:/d:ro']],
  ])('when a path begins at the file (%s), then it is a bind mount', (_, volumes, Binds) => {
    expect(one(`volumes: ${volumes}`)().hostConfig).toEqual({ Binds, ...OF_PROJECT })
  })

  test.each([
    ['another machine has', 'type: nfs, o: "addr=192.0.2.1,rw", device: ":/data"', undefined],
    ['lies in memory', 'type: tmpfs, device: tmpfs', undefined],
    ['is beside the file', 'type: none, o: bind, device: data', ['./data:/d']],
  ])('when a volume %s, then it is that', (_, options, binds) => {
    const yaml = `services: {app: {volumes: ["v:/d"]}}\nvolumes: {v: {driver_opts: {${options}}}}\n`
    expect(readService(yaml, 'c.yml', 'app').hostConfig.Binds).toEqual(binds)
  })

  test('when a device has the long form, then it is handed in', () => {
    expect(one('devices: [{source: /dev/x, target: /dev/y, permissions: r}]')().hostConfig.Devices).toEqual([
      { PathOnHost: '/dev/x', PathInContainer: '/dev/y', CgroupPermissions: 'r' },
    ])
  })

  test('when a command has a dollar of its own, then that is text', () => {
    expect(one(`command: 'sh -c "echo $$HOME"'`)().config.Cmd).toEqual(['sh', '-c', 'echo $HOME'])
  })

  test.each([
    ['a variable without default', one('user: $UID'), 'the variable "UID" has no default'],
    ['extends', one('extends: {file: x}'), 'unknown key "extends"'],
    ['an unknown key', one('priviledged: true'), 'unknown key "priviledged"'],
    ['a list instead of a value', one('user: [a]'), 'a single value is expected'],
    ['a mapping instead of a list', one('security_opt: {a: b}'), 'a list is expected'],
    ['a variable without a closing brace', one(`user: "\${UID"`), 'has no closing brace'],
    [
      'no such service',
      () => readService('services: {db: {}}', 'c.yml', 'app'),
      'there is no service "app" (available: db)',
    ],
    ['no mapping', () => readService('- a', 'c.yml', 'app'), 'a mapping (key: value) is expected'],
    ['no YAML', () => readService('a: [', 'c.yml', 'app'), 'not YAML'],
  ])('when there is %s, then that is an error', (_, act, message) => {
    const { code, what } = problemThrownBy(act)
    expect(code).toBe('bad-run-options')
    expect(what).toContain(message)
  })

  test('when the file includes others, then what the service has from none but these is an error', () => {
    const yaml = (service: string, more = '') => `include: [x.yml]\nservices: {app: {${service}}}\n${more}`
    const problem = problemThrownBy(() =>
      readService(yaml('volumes: ["data:/x", "./y:/y", /z]'), 'c.yml', null),
    )
    expect(problem).toMatchObject({ code: 'bad-run-options', where: 'c.yml' })
    expect(problem.what).toContain('included files are not read, but the service uses data')
    expect(problemThrownBy(() => readService(yaml('networks: [theirs]'), 'c.yml', null)).what).toContain(
      'theirs',
    )
    const own = yaml(
      'volumes: [{source: data, target: /x}], networks: {default: null, ours: null}',
      'volumes: {data: null}\nnetworks: {ours: null}\n',
    )
    expect(readService(own, 'c.yml', null).config.Volumes).toEqual({ '/x': {} })
  })
})
