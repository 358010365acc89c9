import { expect, test } from '@jest/globals'
import { NOTHING_JUDGED } from '../../../../../src/inventory/application/inventory.js'
import { BASE_TAG, withTag } from '../../../../../src/inventory/provenance/base/tag.js'
import { anApplicationFinding, anEvidence } from '../../../../support/builders.js'

const about = (name: string, version: string, fixedVersion: string | null) =>
  anApplicationFinding({ package: `program/${name}`, version, fixedVersion })
const findings = [
  about('node', '18.16.0', '18.20.8'),
  about('node', '18.16.0', null),
  about('node', '20.1.0', '20.2.0'),
  about('php', '18.16.0', '18.20.8'),
]
const tag = { package: 'program/node', version: '18.16.0', from: 'node:18', to: 'node:18.20.8' }
const tagged = (document: object) => {
  const judged = {
    ...NOTHING_JUDGED,
    ...{ findings, problem: null, programProblem: null, notes: [], limits: [] },
  }
  const evidence = anEvidence({ documents: { [BASE_TAG]: JSON.stringify(document) } })
  return withTag(judged, evidence)?.findings.map(({ baseTag }) => baseTag?.to ?? null)
}

test('when the registry has a tag with the fix, then what it fixes of that program in that version names it', () => {
  expect(tagged({ ...tag, outcome: 'ok' })).toEqual(['node:18.20.8', null, null, null])
})

test('when the registry has no such tag, then nothing names one', () => {
  expect(tagged({ ...tag, outcome: 'registry-not-found' })).toEqual([null, null, null, null])
})
