import { expect, test } from '@jest/globals'
import { readRunOptions } from '../../../../src/model/run/options.js'
import { problemThrownBy } from '../../../support/problems.js'

test.each([
  ['--pids-limit few', '"few" is not a whole number'],
  ['--cpus half', '"half" is not a valid number of CPUs'],
  ['--health-interval 5', '"5" is not a valid duration'],
  ['--privileged=yes', '"yes" is neither "true" nor "false"'],
  ['--ulimit nofile', '"nofile" is not a valid ulimit (name=soft:hard)'],
  ['--restart sometimes', '"sometimes" is not a valid restart policy'],
  ['-p 1-3:1-2', '"1-3:1-2" maps port ranges of different lengths'],
  ['-v data:there', '"there" is not an absolute path'],
  ['--mount type=volume,target=/x,volume-opt=o=bind', 'volume-opt=o=bind needs device=/a/path'],
  ['--mount type=nfs,target=/x', '"nfs" is not a known mount type'],
  ['--mount type=bind,source=data,target=/x', '"data" is not an absolute path'],
])('when %s is given, then that is an error, and says what is wrong', (line, message) => {
  const { code, what } = problemThrownBy(() => readRunOptions(line))
  expect(code).toBe('bad-run-options')
  expect(what).toContain(message)
})
