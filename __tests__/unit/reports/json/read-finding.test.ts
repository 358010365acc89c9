import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { becauseText, returnText } from '../../../../src/model/because/texts.js'
import { OBSTACLES, type ObstacleId, obstacle } from '../../../../src/model/finding/obstacle.js'
import { factsOf } from '../../../../src/reports/json/facts.js'
import { readBecause, readFinding, readReturn } from '../../../../src/reports/json/read-finding.js'
import type { Report } from '../../../../src/reports/json/schema.js'
import { ROOT } from '../../../rules/scan.js'
import { aFinding, anUpdate } from '../../../support/builders.js'

const CASES = join(ROOT, '__tests__/cases')
const WRITTEN = readdirSync(CASES)
  .map((name) => join(CASES, name, 'expected/report.json'))
  .filter((path) => existsSync(path))
  .flatMap((path) => (JSON.parse(readFileSync(path, 'utf8')) as Report).images)
  .flatMap(({ findings }) => findings)

/** All that an obstacle may know. */
const FACTS = 'codename lines packages file suites end suite stable saysSo base tag'.split(' ')

describe('what report.json tells of findings', () => {
  test('when it is read back, then it is formatted as it was', () => {
    expect(WRITTEN.length).toBeGreaterThan(300)
    for (const reported of WRITTEN) {
      const finding = readFinding(reported)
      expect([reported.id, finding && factsOf(finding)]).toEqual([reported.id, reported.facts])
      expect(becauseText({ because: readBecause(reported) })).toBe(reported.because)
      expect(reported.returnsWhen?.map((one) => returnText(readReturn(one)))).toEqual(
        reported.returnsWhen ?? undefined,
      )
    }
  })

  test('when what a finding knows is formatted and read, then it is the same', () => {
    const update = anUpdate({
      ...{ heldBack: { by: 'depends', text: 'Depends: libnew1' }, hasApt: false, exploited: ['CVE-2026-1'] },
      ...{ deb: { url: 'http://x/y.deb', sha256: '0'.repeat(64) }, asConfigured: '2', fixedSource: 'apt-ng' },
      aptSource: {
        ...{ uri: 'http://a/debian', suite: 'bookworm', component: 'contrib' },
        ...{ signedBy: '/k.gpg', style: 'deb822' },
      },
      ...{ indexes: ['a', 'b'], rebuild: { what: 'leaves', version: '2' } },
    })
    const again = readFinding({ ...reported(), ...update, facts: factsOf(update) } as unknown as ReturnType<
      typeof reported
    >)
    expect(again).toMatchObject({ ...update, links: [] })
  })

  test.each(Object.keys(OBSTACLES) as ObstacleId[])(
    'when what %s knows is formatted and read, then it is the same',
    (id) => {
      const facts = Object.fromEntries(FACTS.map((name) => [name, `${name}, two`]))
      const finding = obstacle(
        id,
        'why',
        OBSTACLES[id].details({ ...facts, restsOn: 'label', support: 'lts' }),
      )
      const again = readFinding({ ...reported(), check: finding.check, id, facts: factsOf(finding) })
      expect(again).toMatchObject({ id, why: 'why', details: finding.details })
    },
  )

  test('when it tells of what we never find, then there is no finding', () => {
    expect(readFinding({ ...reported(), check: 'security-updates', id: 'no-such-obstacle' })).toBeNull()
    expect(
      readFinding({ ...reported(), check: 'security-updates', id: 'security-update', fixedVersion: null }),
    ).toBeNull()
  })

  test('when facts are not understood, then nothing was evaluated', () => {
    const facts = { state: 'fine', 'builtin-word': 'OK' }
    expect(readFinding({ ...reported(), check: 'docker-bench', id: '4.1', facts })).toMatchObject({
      state: 'not-evaluated',
      builtin: { word: null },
    })
  })
})

function reported() {
  const [one] = WRITTEN
  if (one === undefined) {
    throw new Error('no case tells of a finding')
  }
  return { ...one, ...aFinding(), links: [] } as unknown as typeof one
}
