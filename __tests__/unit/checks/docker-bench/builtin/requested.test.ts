import { describe, expect, test } from '@jest/globals'
import { benchFinding } from '../../../../../src/model/finding/bench.js'
import type { Json } from '../../../../../src/model/json.js'
import { DEFAULT_DICTIONARY } from '../../../../../src/policy/dictionary/default.js'
import { ruleBench } from '../../../../../src/policy/dictionary/rules.js'
import { aResult, engineResult } from '../../../../support/bench.js'
import { aContainer, aCreatedContainer, strictly } from './builders.js'

/** A host without AppArmor and SELinux, with version 1 of control groups: where options show nothing of themselves. */
const BARE = { SecurityOptions: ['name=seccomp,profile=builtin'], CgroupVersion: '1' }

/** The word or state of a check for a container that was only created. */
function judged(
  id: string,
  HostConfig: Json,
  { info = BARE as Json | null, cgroupns = undefined as string | undefined } = {},
) {
  const containers = [aCreatedContainer({ HostConfig })]
  const { word, state } = strictly(id, { info, containers }, { cgroupns })
  return word ?? state
}

describe('options that ask for less confinement', () => {
  test.each([
    ['5.2', ['apparmor=unconfined']],
    ['5.2', ['apparmor:unconfined']],
    ['5.2', ['apparmor=docker-default', 'apparmor=unconfined']],
    ['5.3', ['label=disable']],
    ['5.3', ['label:disable']],
    ['5.3', ['label=type:app_t', 'label=disable']],
  ])('when %s is about %j, then it is a warning on every host', (id, SecurityOpt) => {
    const all = { SecurityOptions: ['name=apparmor', 'name=selinux'], CgroupVersion: '2' }
    expect([BARE, all, null].map((info) => judged(id, { SecurityOpt }, { info }))).toEqual([
      'WARN',
      'WARN',
      'WARN',
    ])
    const running = [aContainer({ AppArmorProfile: 'unconfined', HostConfig: { SecurityOpt } })]
    expect(strictly(id, { info: BARE, containers: running }).word).toBe('WARN')
  })

  test.each([
    ['5.2', {}],
    ['5.2', { SecurityOpt: [] }],
    ['5.2', { SecurityOpt: ['apparmor=docker-default'] }],
    ['5.2', { SecurityOpt: ['apparmor=unconfined', 'apparmor=docker-default'] }],
    ['5.2', { SecurityOpt: ['seccomp=unconfined'] }],
    ['5.2', { Privileged: true }],
    ['5.3', {}],
    ['5.3', { SecurityOpt: [] }],
    ['5.3', { SecurityOpt: ['label=type:app_t'] }],
    // The engine itself adds the option to these.
    ['5.3', { SecurityOpt: ['label=disable'], Privileged: true }],
    ['5.3', { SecurityOpt: ['label=disable'], PidMode: 'host' }],
    ['5.3', { SecurityOpt: ['label=disable'], IpcMode: 'host' }],
  ])(
    'when nobody asks for it, as in %s with %j, then a host without the feature is not judged',
    (id, options) => {
      expect(judged(id, options)).toBe('not-applicable')
    },
  )

  test.each(['PidMode', 'IpcMode'])(
    'when labels are off because of %s, then a host with SELinux is judged',
    (key) => {
      const info = { SecurityOptions: ['name=selinux'] }
      expect(judged('5.3', { SecurityOpt: ['label=disable'], [key]: 'host' }, { info })).toBe('WARN')
    },
  )

  test("when the options name the host's control groups, then it is a warning, and the host's default is none", () => {
    // With version 1 an engine answers `host`, whether or not anybody asked.
    const options = { CgroupnsMode: 'host' }
    expect(
      [undefined, 'private', '', 'host'].map((cgroupns) => judged('5.25', options, { cgroupns })),
    ).toEqual(['PASS', 'PASS', 'PASS', 'WARN'])
  })

  test.each([
    [{ CapAdd: ['NET_RAW'] }, 'NET_RAW'],
    [{ CapDrop: ['ALL'], CapAdd: ['cap_net_raw'] }, 'NET_RAW'],
    [{ CapDrop: ['ALL'], CapAdd: ['CHOWN', 'net_raw', 'SYS_TIME'] }, 'SYS_TIME, NET_RAW'],
  ])('when the options are %j, then %s is named', (HostConfig, named) => {
    const found = strictly('5.4', { containers: [aContainer({ HostConfig })] })
    expect(found).toMatchObject({ word: 'WARN', items: ['web'], why: `Capabilities are added: ${named}.` })
  })

  test('when default capabilities are kept, or added one by one without NET_RAW, then it is no warning', () => {
    const most = [
      'AUDIT_WRITE',
      'CHOWN',
      'DAC_OVERRIDE',
      'FOWNER',
      'FSETID',
      'KILL',
      'MKNOD',
      'NET_BIND_SERVICE',
    ]
    const rest = ['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']
    const all = [
      {},
      { CapAdd: [] },
      { CapDrop: ['NET_RAW'] },
      { CapDrop: ['ALL'], CapAdd: [...most, ...rest] },
    ]
    expect(all.map((options) => judged('5.4', options))).toEqual(all.map(() => 'PASS'))
  })
})

describe('the built-in dictionary', () => {
  const context = { reference: 'app:1', today: '2026-11-24', evidence: new Set<string>() }
  const blocking = (...results: ReturnType<typeof aResult>[]) =>
    ruleBench(
      results.map((one) => benchFinding(one)),
      DEFAULT_DICTIONARY,
      context,
    )
      .results.filter(({ blocks, outcome }) => blocks && outcome !== 'missing')
      .map(({ finding }) => finding.id)

  test.each([[[]], [['apparmor', 'selinux']]])(
    'when the host has %j, then a warning of 5.2 or 5.3 blocks',
    (host) => {
      const found = (id: string) => aResult(id, { builtin: engineResult('WARN', 'container'), host })
      expect(blocking(found('5.2'), found('5.3'))).toEqual(['5.2', '5.3'])
    },
  )

  test('when neither applies to a host, then nothing blocks, whatever Docker Bench warns of', () => {
    const part = {
      builtin: engineResult(null),
      dbs: engineResult('WARN', 'container'),
      state: 'not-applicable',
      counts: null,
    } as const
    expect(blocking(aResult('5.2', part), aResult('5.3', part))).toEqual([])
  })
})
