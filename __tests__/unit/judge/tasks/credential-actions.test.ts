import { describe, expect, test } from '@jest/globals'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import { benchFinding } from '../../../../src/model/finding/bench.js'
import { BARE } from '../../../../src/model/finding/common.js'
import { obstacle } from '../../../../src/model/finding/obstacle.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import { aComparison, aResult, engineResult } from '../../../support/bench.js'
import { aLine, anImageVerdict, aRuledFinding } from '../../../support/builders.js'

const { because, ruling, blocks } = aRuledFinding()
const RULED = { ...aRuledFinding(), because, ruling, blocks }

function aToken(path: string, line: RuledFinding['line']): RuledFinding {
  const details = { count: '1', paths: [path], fingerprints: ['none'], state: 'in-image' } as const
  return {
    ...RULED,
    ...BARE,
    ...obstacle('token', `1 token: /${path}, line 2`, details),
    line,
  } as RuledFinding
}

const secret = {
  ...RULED,
  ...benchFinding(
    aResult('4.10', { builtin: engineResult('NOTE', 'ENV API_TOKEN'), why: '1 value looks like a secret.' }),
    { ours: { title: 'No secrets', advice: 'Pass secrets at run time.' }, compared: aComparison('worse') },
  ),
  line: aLine({ line: 2 }),
} as RuledFinding

const copy = { ...aLine({ line: 5 }), isCopy: true } as const
const tasks = (...findings: RuledFinding[]) => imageTasks(anImageVerdict({ findings }))

describe('credentials in files that COPY took from the build context', () => {
  test('when there is a line, then the task has it, and the pattern for .dockerignore', () => {
    const [task, ...more] = tasks(aToken('app/.env', copy))
    expect(more).toEqual([])
    expect(task?.where).toMatchObject({ file: copy.file, line: 5 })
    expect(task?.why).toMatch(/; list \*\*\/\.env in \.dockerignore$/)
    // A name that would be another pattern is left to a person.
    expect(tasks(aToken('app/[a]*', copy))[0]?.why).toMatch(/; list the files in \.dockerignore$/)
  })

  test('when another instruction made the file, then .dockerignore would not keep it out', () => {
    expect(tasks(aToken('app/.env', aLine({ line: 5 })))[0]?.why).not.toContain('list ')
  })
})

describe('when the image has its own Dockerfile with a secret', () => {
  test('then it is one task with both places, and both findings', () => {
    const [task, ...more] = tasks(secret, aToken('app/Dockerfile', copy))
    expect(more).toEqual([])
    expect(task).toMatchObject({
      title: 'Pass secrets at run time',
      where: { line: 2 },
      checks: ['docker-bench', 'credentials'],
      why: expect.stringMatching(
        /1 value looks like a secret\. The image has the Dockerfile too: 1 token: \/app\/Dockerfile, line 2, from \S+:5; list \*\*\/Dockerfile in \.dockerignore$/,
      ),
    })
    expect(task?.findings.map(({ id }) => id)).toEqual(['4.10', 'token'])
  })

  test('and 4.10 is accepted, or the secret is in another file, then they are two matters', () => {
    expect(tasks({ ...secret, blocks: false }, aToken('app/Dockerfile', copy))).toMatchObject([
      { findings: [{ id: 'token' }] },
    ])
    expect(tasks(secret, aToken('app/Dockerfile/x', copy))).toHaveLength(2)
  })
})
