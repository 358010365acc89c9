import { describe, expect, test } from '@jest/globals'
import type { AptSource } from '../../../../src/model/packages/apt-source.js'
import { patchedName } from '../../../../src/update/name.js'
import { errorLines, failureOf, readSimulation } from '../../../../src/update/plan/apt-output.js'
import { patchScript, simulatedPart } from '../../../../src/update/plan/apt-script.js'
import { changedConfig, patchDockerfile } from '../../../../src/update/plan/patch-file.js'
import { problemThrownBy } from '../../../support/problems.js'

describe('patchDockerfile', () => {
  test('when the image runs as root, then one RUN is all', () => {
    expect(patchDockerfile('sha256:1', { User: '0:0' }, 'a "b"')).toBe(
      'FROM sha256:1\nRUN ["/bin/sh","-c","a \\"b\\""]\n',
    )
  })

  test('when it runs as someone else, then root is given back', () => {
    expect(patchDockerfile('sha256:1', { User: 'app$1' }, 'x').split('\n')).toEqual([
      ...['FROM sha256:1', 'USER 0:0', 'RUN ["/bin/sh","-c","x"]', 'USER app\\$1', ''],
    ])
  })

  test('when the image has ONBUILD instructions or a user of two lines, then it is refused', () => {
    for (const config of [{ OnBuild: ['RUN x'] }, { User: 'a\nRUN evil' }]) {
      expect(problemThrownBy(() => patchDockerfile('sha256:1', config, 'x')).code).toBe('update-refused')
    }
  })
})

describe('changedConfig', () => {
  test('when only what is empty is written differently, then nothing has changed', () => {
    const before = { User: '', Env: null, Labels: {}, Image: 'sha256:a', Cmd: ['x'] }
    expect(changedConfig(before, { Env: [], Cmd: ['x'], Hostname: 'b', Tty: false })).toEqual([])
  })

  test('when the builder writes down the path that holds without one, then nothing has changed', () => {
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    expect(changedConfig({}, { Env: [path] })).toEqual([])
    expect(changedConfig({ Env: ['A=1'] }, { Env: ['A=1', 'PATH=/evil'] })).toEqual(['Env'])
  })

  test('when a user, a label or the health check differs, then it is named', () => {
    const before = { User: 'app', Labels: { a: '1' }, Healthcheck: { Test: ['CMD', 'x'] } }
    expect(changedConfig(before, { User: '', Labels: { a: '2' } })).toEqual(['Healthcheck', 'Labels', 'User'])
  })
})

describe('what apt says', () => {
  test.each([
    "E: You don't have enough free space in /var/cache/apt/archives/.",
    'dpkg: error processing archive: failed to write (No space left on device)',
    // As Docker 20.10 says it itself.
    'Error processing tar file(exit status 1): write /usr/lib/x.so: no space left on device',
    'open /var/lib/docker/tmp/x: disk quota exceeded',
  ])('when it is %s, then the disk is full', (output) => {
    expect(failureOf(output)).toBe('no-space')
  })

  test('when it simulates, then what comes, what is new and what goes is read', () => {
    const output = [
      'Inst perl [5.36.0-7+deb12u3] (5.36.0-7+deb12u4 Debian-Security:12/stable-security [amd64]) []',
      'Inst libnew (1.0 Debian:12.1/stable [amd64])',
      'Remv old [1.0]',
      'Conf perl (5.36.0-7+deb12u4 Debian-Security:12/stable-security [amd64])',
    ].join('\n')
    expect(readSimulation(output)).toEqual({
      installs: [
        { name: 'perl', from: '5.36.0-7+deb12u3', to: '5.36.0-7+deb12u4' },
        { name: 'libnew', from: null, to: '1.0' },
      ],
      removes: ['old'],
      packagesOnHold: [],
    })
  })

  test('when it would change what is on hold, then that is read, which it says and does all the same', () => {
    const output = [
      'The following held packages will be changed:',
      '  libc-bin libc6',
      '  libssl3',
      'The following packages will be upgraded:',
      '  bash libc-bin libc6 libssl3',
      'Inst libssl3 [3.0.9-1] (3.0.9-2 Debian:12/stable [amd64])',
    ].join('\n')
    expect(readSimulation(output).packagesOnHold).toEqual(['libc-bin', 'libc6', 'libssl3'])
  })

  test.each([
    ["E: Version '9' for 'bash' was not found", 'version-gone'],
    ['E: Packages need to be removed but remove is disabled.', 'unresolvable'],
    ['E: Failed to fetch http://deb.example.org/x.deb  404  Not Found [IP: 1.2.3.4 80]', 'version-gone'],
    ['E: Failed to fetch http://deb.example.org/x/InRelease  404  Not Found', 'no-network'],
    ['Err:1 http://deb.example.org x InRelease\n  Temporary failure resolving', 'no-network'],
    ['dpkg: error: cannot write: No space left on device', 'no-space'],
    ['E: something else', 'other'],
  ])('when it says %j, then that is %s', (output, kind) => {
    expect(failureOf(output)).toBe(kind)
  })

  test('when it fails, then its last error lines are reported, else its last words', () => {
    expect(errorLines('Get:1 x\nE: one\nReading\nE: two')).toBe('E: one\nE: two')
    expect(errorLines('a\nb\nc', 2)).toBe('b\nc')
    expect(errorLines('dpkg: error processing package x (--configure): \n script returned 7\nE: y')).toBe(
      'dpkg: error processing package x (--configure): script returned 7\nE: y',
    )
  })

  test('when a script is run, then what was simulated is found in its output, and its own file goes away again', () => {
    const security = { url: 'http://a.example/s', suite: 'bookworm-security' }
    const contrib: AptSource = {
      ...{ uri: 'http://a.example/s', suite: 'bookworm-security', component: 'contrib' },
      ...{ signedBy: '/k.gpg', style: 'one-line' },
    }
    const script = patchScript(['bash=5'], { security, others: [contrib] })
    for (const file of ['seaworthy-security.list', 'zz-seaworthy.list']) {
      const path = `/etc/apt/sources.list.d/${file};`
      expect(script).toMatch(new RegExp(`>${path}.* apt-get update .*; rm -f ${path}`))
    }
    expect(patchScript(['bash=5'], { security: null, others: [] })).not.toContain('sources.list.d')
    expect(simulatedPart('x\n@seaworthy simulated\nInst a\n@seaworthy end\ny')).toBe('Inst a\n')
    expect(simulatedPart('@seaworthy simulated\nInst a\n')).toBe('')
  })
})

describe('patchedName', () => {
  test.each([
    ['app:1.4.0', 'app:1.4.0-patched'],
    ['app', 'app:latest-patched'],
    ['reg.example:5000/a/app', 'reg.example:5000/a/app:latest-patched'],
    [`app:1@sha256:${'0'.repeat(64)}`, 'app:1-patched'],
  ])('when the image is %s, then it is %s', (reference, name) => {
    expect(patchedName(reference, '-patched')).toBe(name)
  })

  test.each([
    ['sha256:0123456789abcdef', '-patched'],
    ['0123456789ab', '-patched'],
    ['app:1', ''],
    ['app:1', ' x'],
    ['app:1', '-'.repeat(130)],
  ])('when it is %s with %j, then that is refused', (reference, suffix) => {
    expect(problemThrownBy(() => patchedName(reference, suffix)).code).toBe('bad-input')
  })
})
