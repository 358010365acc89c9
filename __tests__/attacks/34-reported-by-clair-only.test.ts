import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { newFolder } from '../live/support.js'
import { advisoriesOf } from '../support/osv/advisories.js'
import { policyFile } from '../support/policies.js'
import { LOG4SHELL, log4j, PLUGIN, replayOf } from './clair-lists.js'

/** Clair itself reports Log4Shell, as critical, for a package that only Clair lists: no report mentioned it. */

const REPORTED = [log4j([LOG4SHELL])]
/** What was looked up says nothing about the package. */
const ADVISORIES = [
  ['nothing was looked up in its ecosystem', advisoriesOf({ npm: ['lodash'] })],
  ['other names of its ecosystem were looked up', advisoriesOf({ Maven: ['a:b'] })],
] as const

const FOUND = {
  id: LOG4SHELL.name,
  package: 'maven/org.apache.logging.log4j/log4j-core',
  version: '2.14.1',
  fixedVersion: '2.15.0',
  severity: 'critical',
  ruling: 'act',
  blocks: true,
}

const foundIn = ({ images }: Report) =>
  images[0]?.findings.filter(({ details }) => details.type === 'application-vulnerability')

describe.each(ADVISORIES)('when %s', (_, advisories) => {
  test('then our own Clair contradicts us, and what it reports blocks', async () => {
    const { code, report } = await replayOf({ kind: 'own', packages: REPORTED, advisories })
    expect([code, report.verdict]).toEqual([1, 'fail'])
    expect(foundIn(report)).toMatchObject([FOUND])
    const [problem] = report.unanswered.map((one) => one.problem.what)
    expect(problem).toContain(
      `only Clair reports ${LOG4SHELL.name} for maven/org.apache.logging.log4j/log4j-core 2.14.1 in ${PLUGIN}`,
    )
  })

  test('then what an external Clair reports blocks, and says whose word it is', async () => {
    const { code, report, output } = await replayOf({ kind: 'other', packages: REPORTED, advisories })
    expect([code, report.verdict]).toEqual([1, 'fail'])
    expect(foundIn(report)).toMatchObject([
      { ...FOUND, because: expect.stringContaining('reported by the Clair at clair-url only') },
    ])
    expect(output).toContain('reported by the Clair at clair-url only')
  })
})

test('when advisories of another day do not have it, then an entry for package and version accepts it', async () => {
  const path = join(newFolder(), 'whitelist.yml')
  const whitelist = (version: string) => `version: 1
entries:
  - id: ${LOG4SHELL.name}
    package: maven/org.apache.logging.log4j/log4j-core@${version}
    reason: the plugin is not loaded
    owner: shop
    expires: "2026-12-31"
    max-severity: critical
`
  const reported = { ...LOG4SHELL, fixed: 'fixed=3.0.0&introduced=2.99.0' }
  const packages = [{ ...log4j([reported]), version: '2.99.0' }]
  const advisories = advisoriesOf({ Maven: [log4j().name] })
  const replay = (version: string) => {
    writeFileSync(path, whitelist(version))
    return replayOf({ kind: 'other', packages, advisories }, [policyFile('whitelist', path)])
  }
  const accepted = await replay('2.99.0')
  expect([accepted.code, accepted.report.verdict]).toEqual([0, 'pass'])
  expect(foundIn(accepted.report)).toMatchObject([
    { ruling: 'accepted', version: '2.99.0', fixedVersion: '3.0.0' },
  ])
  const other = await replay('2.98.0')
  expect([other.code, other.report.verdict]).toEqual([1, 'fail'])
})
