import { expect, test } from '@jest/globals'
import { correctionOf } from '../../../../../src/checks/clair/applications/programs.js'
import { matchPackage } from '../../../../../src/feeds/formats/osv/match.js'
import { applicationPurl } from '../../../../../src/inventory/application/purl.js'
import { bitnamiVersion, knownProgram } from '../../../../../src/model/packages/known-programs.js'
import { upstreamVersion, vendorOf } from '../../../../../src/model/provenance/vendors.js'
import { vendorsExpected, vendorsRecords } from '../../../../support/osv/vendors.js'

/**
 * The matcher alone, by names and versions of vendors' packages: without the files of a program, the gate judges none of
 * them.
 */

const RECORDS = vendorsRecords()
const EXPECTED = vendorsExpected()

test.each([...EXPECTED.keys()])(
  'when %s is looked up, then its program’s vulnerabilities are found',
  (text) => {
    const [name = '', version = ''] = text.split(' ')
    const program = vendorOf(name, version)?.program ?? ''
    const bitnami = knownProgram(program)?.bitnami ?? null
    if (bitnami === null) {
      expect([program, EXPECTED.get(text)]).toEqual([expect.stringMatching(/^(?:erlang|mysql)$/), []])
      return
    }
    const numbers = bitnamiVersion(program, upstreamVersion(version))
    const purl = applicationPurl('bitnami', bitnami, numbers)
    const matches = matchPackage({ ecosystem: 'Bitnami', name: bitnami, version: numbers }, RECORDS)
    const found = matches.filter(
      (match) => match.affects === 'affected' && correctionOf(match, { purl }).agreement !== 'refuted',
    )
    expect(found.map(({ ids: [id], fixed }) => `${id} ${fixed.next}`).sort()).toEqual(EXPECTED.get(text))
    expect(matches.filter(({ affects }) => affects === 'unknown')).toEqual([])
  },
)

test('when all of them are counted, then there are 329 vulnerabilities of twelve packages', () => {
  expect([EXPECTED.size, [...EXPECTED.values()].flat().length]).toEqual([12, 329])
})
