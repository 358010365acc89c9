import { expect, test } from '@jest/globals'
import { matchPackage } from '../../src/feeds/formats/osv/match.js'
import { advisoriesOf } from '../support/osv/advisories.js'
import { recordsOf } from '../support/osv/records.js'
import { LOG4SHELL, log4j, PLUGIN, replayOf } from './clair-lists.js'

/**
 * An honest image whose log4j-core 2.14.1 is in a place that only Clair opens: the names to look up came from Seaworthy's
 * own inventory, so nobody was asked about it, and a package in Clair's index that had no advisories was dropped.
 */

const NAME = 'org.apache.logging.log4j:log4j-core'
const own = (advisories: Readonly<Record<string, string>>, packages = [log4j()]) =>
  replayOf({ kind: 'own', packages, advisories })

test('when Clair lists nothing that is not Debian’s, then the image passes', async () => {
  const { code, report } = await own(advisoriesOf({ Maven: [NAME] }), [])
  expect([code, report.verdict]).toEqual([0, 'pass'])
  expect(report.images[0]?.applications?.clair).toMatchObject({ packages: 1, sides: { debian: 1 } })
})

test('when its advisories were looked up, then the image fails', async () => {
  // As our own Clair does, which reads the same advisories.
  const of = { ecosystem: 'Maven', name: NAME, version: '2.14.1' } as const
  const affecting = matchPackage(of, recordsOf('Maven')).filter(({ affects }) => affects === 'affected')
  const packages = [log4j(affecting.map(({ records: [name = ''] }) => ({ ...LOG4SHELL, name })))]
  const { code, report } = await own(advisoriesOf({ Maven: [NAME] }), packages)
  expect([code, report.verdict, report.unanswered]).toEqual([1, 'fail', []])
  const found = report.images[0]?.findings.find(({ id }) => id === 'CVE-2021-44228')
  expect(found).toMatchObject({
    package: 'maven/org.apache.logging.log4j/log4j-core',
    version: '2.14.1',
    fixedVersion: '2.15.0',
    blocks: true,
    details: { paths: [`${PLUGIN}:WEB-INF/lib/log4j-core-2.14.1.jar`] },
  })
  expect(report.images[0]?.applications?.words).toContain('1 Maven package judged by')
})

test.each<[string, Readonly<Record<string, string>>]>([
  ['nothing was looked up in its ecosystem', advisoriesOf({ npm: ['lodash'] })],
  ['other names of its ecosystem were looked up', advisoriesOf({ Maven: ['a:b'] })],
])('when %s, then there is no answer, and the package is named', async (_, advisories) => {
  const { code, report } = await own(advisories)
  expect([code, report.verdict]).toEqual([2, 'incomplete'])
  expect(report.unanswered).toMatchObject([
    { check: 'clair', problem: { code: 'evidence-incomplete', what: expect.stringContaining(NAME) } },
  ])
})

test('when it is of a package manager that Seaworthy does not know, then there is no answer, and it is named', async () => {
  const stranger = {
    ...log4j(),
    name: 'busybox',
    version: '1.36.1-r5',
    database: 'srv/alpine/lib/apk/db/installed',
  }
  const { code, report } = await own(advisoriesOf({ Maven: [NAME] }), [stranger])
  expect([code, report.verdict]).toEqual([2, 'incomplete'])
  expect(report.unanswered).toMatchObject([
    {
      problem: {
        code: 'clair-disagrees',
        what: expect.stringContaining('busybox 1.36.1-r5 in srv/alpine/lib/apk/db/installed'),
      },
    },
  ])
  expect(report.images[0]?.applications?.clair?.listed).toMatchObject([
    { name: 'busybox', side: 'unexplained' },
  ])
})
