import { expect, test } from '@jest/globals'
import { problemLine, renderProblem } from '../../../../src/reports/terminal/terminal.js'
import { placesOf } from '../../../../src/reports/view/problem.js'
import { aProblem } from '../../../support/builders.js'

test('when there is a problem then it is three lines: what, where, what to do', () => {
  expect(renderProblem(aProblem())).toBe(
    [
      'error: Clair did not load the security tracker within 60 s',
      'container seaworthy-clair-3f2a',
      'try --clair-timeout 180 (see docs/troubleshooting.md#clair-not-ready)',
      '',
    ].join('\n'),
  )
})

test('when inputs are at fault then each line names its input, and no place is said that says nothing', () => {
  const problem = aProblem({
    code: 'bad-input',
    what: 'fail-on: x\nmode: y',
    where: 'inputs',
    todo: 'correct them',
  })
  expect(renderProblem(problem, 'https://a.example/')).toBe(
    'error: fail-on: x\nmode: y\ncorrect them (see https://a.example/docs/troubleshooting.md#bad-input)\n',
  )
  expect(renderProblem({ ...problem, where: 'inputs, policies/gate.yml' })).toContain('\npolicies/gate.yml\n')
  const policy = { ...problem, what: 'gate.yml:2: mode: x\ngate.yml:3: vex: y', where: 'gate.yml' }
  expect(renderProblem(policy)).toMatch(/^error: gate.yml:2: mode: x\ngate.yml:3: vex: y\ncorrect them/)
  expect(problemLine(problem)).toBe('fail-on: x · mode: y · correct them')
  const refused = aProblem({
    what: 'nothing was pushed: the verdict is fail',
    where: 'push',
    todo: 'do the tasks',
  })
  expect(problemLine(refused)).toBe('nothing was pushed: the verdict is fail · do the tasks')
})

test.each([
  ['image', 'app:1 is not in the engine', []],
  ['seaworthy scan', 'unknown option --x', []],
  ['tag-suffix', 'tag-suffix is empty', []],
  ['tag-suffix', 'it is empty', ['tag-suffix']],
  ['policies/gate.yml:3', 'mode is x', ['policies/gate.yml:3']],
  ['container seaworthy-clair-3f2a', 'Clair ended', ['container seaworthy-clair-3f2a']],
])('when a problem is at %s and says %j, then it has the places %j', (where, what, places) => {
  expect(placesOf({ where, what })).toEqual(places)
})
