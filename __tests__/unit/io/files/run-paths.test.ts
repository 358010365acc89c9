import { mkdtempSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readInside } from '../../../../src/io/files/files.js'
import { withPaths } from '../../../../src/io/files/run-paths.js'
import { readRunOptions } from '../../../../src/model/run/options.js'
import { problemThrownBy } from '../../../support/problems.js'
import { aCreatedContainer, strictly } from '../../checks/docker-bench/builtin/builders.js'

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'))
const read = (line: string) =>
  withPaths(readRunOptions(line), folder, (path) => readInside(path, folder)).hostConfig

describe('files that run options name', () => {
  test.each([
    ['-v ./data:/x:ro', `${folder}/data:/x:ro`],
    ['-v ../../etc:/x', `${join(folder, '../../etc')}:/x`],
    ['-v ~/data:/x', `${homedir()}/data:/x`],
    ['-v /etc:/x', '/etc:/x'],
  ])('when %s is given, then the engine is given the full path', (line, bind) => {
    expect(read(line).Binds).toEqual([bind])
  })

  test('when a seccomp profile is a file, then what is in it is judged', () => {
    writeFileSync(join(folder, 'none.json'), '{\n  "defaultAction": "SCMP_ACT_ALLOW"\n}\n')
    const { SecurityOpt } = read('--security-opt seccomp=none.json --security-opt label=disable')
    const options = SecurityOpt as string[]
    expect(options).toEqual(['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}', 'label=disable'])
    expect(
      strictly('5.22', { containers: [aCreatedContainer({ HostConfig: { SecurityOpt: options } })] }).word,
    ).toBe('WARN')
    expect(read('--security-opt seccomp:none.json').SecurityOpt).toEqual([options[0]])
  })

  test.each(['seccomp=unconfined', 'seccomp=builtin', 'no-new-privileges'])(
    'when the option is %s, then it is as it was',
    (option) => {
      expect(read(`--security-opt ${option}`).SecurityOpt).toEqual([option])
    },
  )

  test.each([
    ['is not there', 'gone.json', 'the seccomp profile "gone.json" does not exist'],
    ['is not JSON', 'bad.json', 'the seccomp profile "bad.json" is not JSON'],
    [
      'is something else',
      'other.json',
      'the seccomp profile "other.json" is invalid: it has no "defaultAction" key',
    ],
    [
      'is no object',
      'null.json',
      'the seccomp profile "null.json" is invalid: it has no "defaultAction" key',
    ],
    [
      'lies elsewhere',
      '/etc/docker/daemon.json',
      'the seccomp profile "/etc/docker/daemon.json" cannot be read: it is outside the working folder',
    ],
  ])('when a profile %s, then that is an error', (_, name, what) => {
    writeFileSync(join(folder, 'bad.json'), 'secret: "hunter2"')
    writeFileSync(join(folder, 'other.json'), '{"auths": {"hunter2": {}}}')
    writeFileSync(join(folder, 'null.json'), 'null')
    expect(problemThrownBy(() => read(`--security-opt seccomp=${name}`))).toMatchObject({
      code: 'bad-run-options',
      what,
    })
  })
})
