import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'

test('when npm test is given a word, as CONTRIBUTING.md says, then only tests whose path has it are run', () => {
  const args = ['test', '--silent', '--', 'unit/repository/npm-test', '--listTests']
  const printed = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const paths = printed.split('\n').filter((line) => line.endsWith('.test.ts'))
  expect(paths).toEqual([expect.stringMatching(/unit\/repository\/npm-test\.system\.test\.ts$/)])
})
