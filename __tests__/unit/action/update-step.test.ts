import { expect, test } from '@jest/globals'
import { updateStep } from '../../../src/action/update.js'
import type { Judging } from '../../../src/inputs/policies.js'
import type { Request } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { readUpdatePlan } from '../../../src/inputs/update.js'
import { aCheckResult, anImageVerdict, aProblem, aVerdict } from '../../support/builders.js'

const around = {
  runId: '0123456789ab',
  signal: new AbortController().signal,
  progress: () => undefined,
  warn: () => undefined,
}
/** The update after a verdict without an answer, for which no engine is asked. */
function stepFor(mode: string, where: string) {
  const inputs = (name: string) =>
    name === 'update' ? mode : (INPUTS.find((input) => input.name === name)?.default ?? '')
  const silent = aCheckResult({ state: 'unanswered', problem: aProblem({ where }) })
  const images = [anImageVerdict({ verdict: 'incomplete', checks: [silent] })]
  const verdict = aVerdict({ verdict: 'incomplete', images })
  return updateStep(readUpdatePlan(['app:1'], inputs), verdict, {} as Request, {} as Judging, around)
}

test('when nothing is to be built, then nothing is done, and nothing said', async () => {
  for (const mode of ['off', 'suggest']) {
    expect(await stepFor(mode, 'Clair')).toEqual({ outcome: null, text: '', notes: [], pull: null })
  }
})

test('when the update cannot be made, then that is reported in one line without controls, and nothing is thrown', async () => {
  const { outcome, notes } = await stepFor('prove', 'a\n::error::\u001b[31mb')
  expect(outcome).toBeNull()
  expect(notes).toEqual([expect.stringMatching(/^No update was made: no answer from clair.*\. To do: /)])
  expect(notes[0]).not.toMatch(/\p{Cc}/u)
})
