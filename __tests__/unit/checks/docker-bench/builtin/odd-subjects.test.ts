import { describe, expect, test } from '@jest/globals'
import type { Json } from '../../../../../src/model/json.js'
import { readRunOptions } from '../../../../../src/model/run/options.js'
import { compareResults } from '../../../../../src/policy/dictionary/compare.js'
import { readDictionary } from '../../../../../src/policy/dictionary/read.js'
import { aResult, engineResult } from '../../../../support/bench.js'
import { readService } from '../../../../support/compose.js'
import { aContainer, aCreatedContainer, anImage, line, strictly } from './builders.js'

// Images and containers made to slip through, and sound ones that were told off.

const setuid = (...paths: readonly string[]) =>
  strictly('4.8', {
    images: [
      anImage({}, undefined, {
        files: { passwd: '', setuid: paths.map((path) => ({ path, mode: 0o4755, uid: 0, gid: 0 })) },
      }),
    ],
  }).items

/** The outcome of 4.8 where su and mount may be there, and nothing else. */
function outcomeOf(items: readonly string[]): string | undefined {
  const dictionary = readDictionary(
    'version: 1\nnumbering: dbs-1.6.1\nchecks:\n  "4.8": {expect: [NOTE], evidence: setuid-scan, items: {subset_of: [/bin/su, /bin/mount]}}\n',
    'd.yml',
  )
  const result = aResult('4.8', { builtin: engineResult('NOTE', ...items), evidence: ['setuid-scan'] })
  const context = { reference: 'app:1', today: '2026-11-24', evidence: new Set<string>() }
  return compareResults([result], dictionary, context).find(({ id }) => id === '4.8')?.outcome
}

describe('a setuid file whose name looks like one that is expected', () => {
  test.each([
    ['is two of them with a blank', 'bin/su /bin/mount'],
    ['is two of them with a line break', 'bin/su\n/bin/mount'],
    ['ends in a blank', 'bin/su '],
    ['ends in a control character', 'bin/su\u0001'],
    ['ends in a zero-width space', 'bin/su\u200b'],
    ['begins with a bracket', '[bin/su'],
    ['ends with a bracket', 'bin/su]'],
    ['has the escape of a blank in it', 'bin/su\\u{20}'],
  ])('when it %s, then it is not taken for it', (_, path) => {
    expect(outcomeOf(setuid('bin/su'))).toBe('match')
    expect(outcomeOf(setuid('bin/su', path))).toBe('worse')
  })
})

describe('an image that was flattened', () => {
  test.each([
    ['4.7', 'not-evaluated'],
    ['4.9', 'not-evaluated'],
    // Its configuration has no secret, and its files are searched by the check credentials.
    ['4.10', 'not-applicable'],
    ['4.11', 'not-evaluated'],
  ])('when its history is one line that says nothing, then %s is %s', (id, state) => {
    expect(strictly(id, { images: [anImage({}, [line('')])] }).state).toBe(state)
    // As a base below instructions it is what bases are.
    const built = [line(''), line('COPY app /app # buildkit')]
    expect(strictly(id, { images: [anImage({}, built)] }).state).toBe('evaluated')
  })
})

describe('a health check that runs nothing', () => {
  test.each([[['NONE']], [['CMD']], [['CMD-SHELL', ' ']], [['none', 'true']], [[]]])(
    'when it is %j, then there is none',
    (Test) => {
      const Healthcheck = { Test }
      expect(strictly('4.6', { images: [anImage({ Healthcheck })] }).word).toBe('WARN')
      expect(strictly('5.27', { containers: [aCreatedContainer({ Config: { Healthcheck } })] }).word).toBe(
        'WARN',
      )
    },
  )
})

describe('an SSH server that is started in a roundabout way', () => {
  const statusOf = (Cmd: readonly string[]) =>
    strictly('5.7', { containers: [aContainer({ Config: { Cmd } })] }).word

  test.each([
    [['sh', '-c', '/usr/sbin/sshd -D']],
    [['sh', '-c', 'app & exec /usr/sbin/sshd']],
    [['sh', '-c', 'service ssh start && app']],
    [['sh', '-c', '/etc/init.d/ssh start; app']],
    [['/usr/sbin/dropbear', '-F']],
  ])('when the command is %j, then it is told', (command) => {
    expect(statusOf(command)).toBe('WARN')
  })

  test.each([[['cat', '/etc/ssh/sshd_config']], [['/usr/bin/sshd-exporter']], [['ssh', 'host']]])(
    'when the command is %j, then it is none',
    (command) => {
      expect(statusOf(command)).toBe('PASS')
    },
  )
})

describe('a mount that gives away the engine', () => {
  test.each(['/var', '/var/lib', '/var/lib/docker', '/var/lib/docker/volumes', '/var/lib/containerd'])(
    'when it is %s, then it is reported',
    (Source) => {
      const Mounts = [{ Type: 'bind', Source, Destination: '/x', RW: true, Propagation: 'rprivate' }]
      const found = strictly('5.6', { containers: [aContainer({ Mounts })] })
      expect([found.word, ...found.items]).toEqual(['WARN', `web:${Source}`])
    },
  )

  test.each(['/var/www', '/var/library', '/srv'])('when it is %s, then it is not', (Source) => {
    const Mounts = [{ Type: 'bind', Source, Destination: '/x', RW: true, Propagation: 'rprivate' }]
    expect(strictly('5.6', { containers: [aContainer({ Mounts })] }).word).toBe('PASS')
  })

  test('when a volume of the run options binds a directory of the host, then it is a bind mount', () => {
    const mount =
      '--mount type=volume,src=a,dst=/b,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc'
    expect(readRunOptions(mount).hostConfig.Binds).toEqual(['/etc:/b'])
    expect(readRunOptions(`${mount},readonly`).hostConfig.Binds).toEqual(['/etc:/b:ro'])
    expect(() => readRunOptions('--mount type=volume,dst=/b,volume-opt=o=bind')).toThrow('volume-opt')
  })

  test.each([
    ['short', '[data:/b:ro]', ['/etc:/b:ro']],
    ['long', '[{type: volume, source: data, target: /b}]', ['/etc:/b']],
  ])('when a volume of a compose file does (%s), then it is one too', (_, volumes, binds) => {
    const yaml = `services: {app: {volumes: ${volumes}}}\nvolumes: {data: {driver_opts: {type: none, o: bind, device: /etc}}}\n`
    expect(readService(yaml, 'c.yml', 'app').hostConfig.Binds).toEqual(binds)
  })

  test('when a compose file asks for devices by reservation, then they are handed in', () => {
    const devices = '[{driver: nvidia, count: 1, capabilities: [gpu]}]'
    const yaml = `services: {app: {deploy: {resources: {reservations: {devices: ${devices}}}}}}\n`
    expect(readService(yaml, 'c.yml', 'app').hostConfig.DeviceRequests).toHaveLength(1)
  })
})

describe('a secret in an odd place', () => {
  const found = (config: Json, ...history: readonly Json[]) =>
    strictly('4.10', { images: [anImage(config, history)] }).items

  test.each([
    ['the command, as a list', { Cmd: ['app', '--password=hunter2'] }, 'CMD --password'],
    ['the command, beside its option', { Cmd: ['app', '--api-key', 'hunter2'] }, 'CMD --api-key'],
    ['the entrypoint', { Entrypoint: ['sh', '-c', 'TOKEN=hunter2 app'] }, 'ENTRYPOINT TOKEN'],
    [
      'the health check',
      { Healthcheck: { Test: ['CMD-SHELL', 'curl -u me:hunter2 x'] } },
      'HEALTHCHECK password for curl',
    ],
    ['a label', { Labels: { 'acme.token': 'hunter2' } }, 'LABEL acme.token'],
    ['a document in a variable', { Env: ['CONFIG={"db":{"password":"hunter2"}}'] }, 'ENV CONFIG'],
  ])('when it is in %s, without a line of the history, then it is told', (_, config, item) => {
    expect(found(config, line('COPY app /app # buildkit'))).toEqual([item])
  })

  test.each([
    [`RUN /bin/sh -c echo 'root:hunter2' | chpasswd # buildkit`, 'RUN password for chpasswd'],
    [`RUN /bin/sh -c echo "//npm.acme.example/:_authToken=hunter2hunter2" > .npmrc`, 'RUN _authToken'],
    ['RUN /bin/sh -c sshpass -p hunter2 scp a b:', 'RUN password for sshpass'],
    ['CMD ["app" "--password=hunter2"]', 'CMD --password'],
  ])('when the history says %s, then it is told without its value', (text, item) => {
    const items = found({}, line(text))
    expect(items).toEqual([item])
    expect(items.join()).not.toContain('hunter2')
  })

  test.each([
    'RUN /bin/sh -c adduser --disabled-password --gecos "" app # buildkit',
    'RUN /bin/sh -c useradd --no-password-expiry app && docker login --password-stdin ghcr.io',
    'RUN /bin/sh -c git config --global credential.helper store',
    'ENV TOKEN_EXPIRY_SECONDS=3600 GIT_CREDENTIAL_HELPER=store',
    `RUN /bin/sh -c echo "root:*" | chpasswd -e; curl -u "$USER:$PASS" https://x`,
  ])('when the history says %s, then nothing is told', (text) => {
    expect(found({}, line(text))).toEqual([])
  })
})
