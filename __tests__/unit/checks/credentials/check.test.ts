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

test('when COPY took a folder of git along, then one note names it, also if a later layer hides it', () => {
  const head = { kind: 'git-folder', what: 'folder of git', fingerprint: null, line: null } as const
  const file = { found: [head], isOfPackage: false, isReplaced: false }
  const layer = (...paths: readonly string[]) =>
    aLayer({
      credentials: {
        ...{ accounts: {}, unread: { files: 0, bytes: 0 }, cut: null },
        files: Object.fromEntries(paths.map((path) => [path, [file]])),
      },
    })
  const answer = (...layers: ReturnType<typeof aLayer>[]) =>
    credentialsInterpreter.interpret(anEvidence({ check: 'credentials' }), anImage({ layers }))
  const packaged = 'srv/app/node_modules/a/.git/HEAD'
  expect(answer(layer('srv/app/.git/HEAD', packaged), layer('srv/app/.git/HEAD'), layer())).toMatchObject({
    notes: ['the image has a folder of git: /srv/app/.git (add .git to .dockerignore)'],
  })
  expect(answer(layer(packaged))).toMatchObject({ notes: [] })
})
