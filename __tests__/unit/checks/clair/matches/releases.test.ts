import { expect, test } from '@jest/globals'
import { releasesOf, SAME_RELEASE } from '../../../../../src/checks/clair/matches/releases.js'
import { foreignOf } from '../../../../../src/inventory/provenance/origin/rule.js'
import { anEvidence } from '../../../../support/builders.js'
import { problemThrownBy } from '../../../../support/problems.js'
import { archiveOf, installedOne } from '../../../inventory/provenance/origin/archive-of-the-day.js'

const foreign = [installedOne('libicu72 72.1-3+deb12u1', 'icu')].flatMap(
  (one) => foreignOf(one, archiveOf('trixie'), false) ?? [],
)
const releases = (sources: readonly string[]) => {
  const text = JSON.stringify([{ release: 'bookworm', sources }])
  return releasesOf(foreign, anEvidence({ documents: { 'releases.json': text } }))
}

test('when a package is from another release, then the rows of that one are for it', () => {
  const [one] = foreign
  expect(one && releases(['icu']).releaseOf(one)).toBe('bookworm')
  expect(releasesOf([], anEvidence({ documents: {} }))).toBe(SAME_RELEASE)
})

test('when its rows were not collected, then it does not pass for unaffected', () => {
  const lost = {
    code: 'evidence-incomplete',
    what: 'the evidence has no security tracker rows for icu in bookworm, the release that this package comes from',
  }
  expect(problemThrownBy(() => releases(['openssl']))).toMatchObject(lost)
  expect(problemThrownBy(() => releasesOf(foreign, anEvidence({ documents: {} })))).toMatchObject(lost)
})
