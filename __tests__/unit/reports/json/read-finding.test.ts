import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { becauseText, returnText } from '../../../../src/model/because/words.js'
import { OBSTACLES, type ObstacleId, obstacle } from '../../../../src/model/finding/obstacle.js'
import { factsOf } from '../../../../src/reports/json/facts.js'
import { readBecause, readFinding, readReturn } from '../../../../src/reports/json/read-finding.js'
import type { Report } from '../../../../src/reports/json/schema.js'
import { ROOT } from '../../../rules/scan.js'
import { aFinding, anUpdate } from '../../../support/builders.js'

const CASES = join(ROOT, '__tests__/cases')
const TOLD = readdirSync(CASES)
  .map((name) => join(CASES, name, 'expected/report.json'))
  .filter((path) => existsSync(path))
  .flatMap((path) => (JSON.parse(readFileSync(path, 'utf8')) as Report).images)
  .flatMap(({ findings }) => findings)

/** All that an obstacle may know. */
const FACTS = 'codename lines packages file suites end suite stable saysSo base tag'.split(' ')

describe('what report.json tells of findings', () => {
  test('when it is read back, then it is laid out as it was', () => {
    expect(TOLD.length).toBeGreaterThan(300)
    for (const told of TOLD) {
      const finding = readFinding(told)
      expect([told.id, finding && factsOf(finding)]).toEqual([told.id, told.facts])
      expect(becauseText({ because: readBecause(told) })).toBe(told.because)
      expect(told.returnsWhen?.map((one) => returnText(readReturn(one)))).toEqual(
        told.returnsWhen ?? undefined,
      )
    }
  })

  test('when what a finding knows is laid out and read, then it is the same', () => {
    const update = anUpdate({
      ...{ heldBack: { by: 'depends', text: 'Depends: libnew1' }, hasApt: false, exploited: ['CVE-2026-1'] },
      ...{ deb: { url: 'http://x/y.deb', sha256: '0'.repeat(64) }, asConfigured: '2', fixedSource: 'apt-ng' },
      aptSource: {
        ...{ uri: 'http://a/debian', suite: 'bookworm', component: 'contrib' },
        ...{ signedBy: '/k.gpg', style: 'deb822' },
      },
      ...{ indexes: ['a', 'b'], rebuild: { what: 'leaves', version: '2' } },
    })
    const again = readFinding({ ...told(), ...update, facts: factsOf(update) } as unknown as ReturnType<
      typeof told
    >)
    expect(again).toMatchObject({ ...update, links: [] })
  })

  test.each(Object.keys(OBSTACLES) as ObstacleId[])(
    'when what %s knows is laid out and read, then it is the same',
    (id) => {
      const facts = Object.fromEntries(FACTS.map((name) => [name, `${name}, two`]))
      const finding = obstacle(
        id,
        'why',
        OBSTACLES[id].details({ ...facts, restsOn: 'label', support: 'lts' }),
      )
      const again = readFinding({ ...told(), check: finding.check, id, facts: factsOf(finding) })
      expect(again).toMatchObject({ id, why: 'why', details: finding.details })
    },
  )

  test('when it tells of what we never find, then there is no finding', () => {
    expect(readFinding({ ...told(), check: 'security-updates', id: 'no-such-obstacle' })).toBeNull()
    expect(
      readFinding({ ...told(), check: 'security-updates', id: 'security-update', fixedVersion: null }),
    ).toBeNull()
  })

  test('when facts are not understood, then nothing was evaluated', () => {
    const facts = { state: 'fine', 'builtin-word': 'OK' }
    expect(readFinding({ ...told(), check: 'docker-bench', id: '4.1', facts })).toMatchObject({
      state: 'not-evaluated',
      builtin: { word: null },
    })
  })
})

function told() {
  const [one] = TOLD
  if (one === undefined) {
    throw new Error('no case tells of a finding')
  }
  return { ...one, ...aFinding(), links: [] } as unknown as typeof one
}
