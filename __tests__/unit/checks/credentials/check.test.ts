import { expect, test } from '@jest/globals'
import { credentialsInterpreter } from '../../../../src/checks/credentials/check.js'
import { aLayer, anEvidence, anImage } from '../../../support/builders.js'
import { problemThrownBy } from '../../../support/problems.js'

test('when a layer was not searched, then the check has no answer, rather than no finding', () => {
  const searched = { files: {}, accounts: {}, unread: { files: 0, bytes: 0 }, cut: null }
  const answer = (...layers: ReturnType<typeof aLayer>[]) =>
    credentialsInterpreter.interpret(anEvidence({ check: 'credentials' }), anImage({ layers }))
  expect(answer(aLayer({ credentials: searched }))).toEqual({
    ...{ check: 'credentials', state: 'answered', findings: [], notes: [], limits: [] },
  })
  const { credentials: _, ...old } = aLayer()
  expect(problemThrownBy(() => answer(aLayer({ credentials: searched }), old))).toMatchObject({
    ...{ code: 'evidence-incomplete', what: 'the layers were not searched for credentials' },
  })
})
