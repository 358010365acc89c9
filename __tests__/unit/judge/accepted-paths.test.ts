import { expect, test } from '@jest/globals'
import { unownedFindings } from '../../../src/inventory/account/findings.js'
import { partsByPath } from '../../../src/judge/answers.js'
import type { AccountedProgram } from '../../../src/model/packages/account.js'
import { aWhitelistEntry, TODAY } from '../../support/builders.js'

const program = (name: string, sha256: string | null): AccountedProgram => ({
  path: `srv/app/${name}`,
  form: 'elf',
  side: 'unowned',
  reason: 'no package explains it',
  layer: 'sha256:0',
  sha256,
})

test('when some paths of a finding are accepted, then each part has the sums of its paths as the whole has them', () => {
  const listed = [program('a', 'a'.repeat(64)), program('b', null), program('c', 'c'.repeat(64))]
  const [finding] = unownedFindings({
    programs: 3,
    sides: { judged: 0, 'not-examined': 0, copied: 0, unowned: 3 },
    judged: { debian: 0, parts: 0, packages: 0 },
    listed,
  })
  if (finding === undefined) {
    throw new Error('there is no finding about programs that no package explains')
  }
  const entry = aWhitelistEntry({ id: 'unowned-program', package: null, path: 'srv/app/a' })
  const parts = partsByPath(finding, { reference: 'app:1', codename: null }, [entry], TODAY)
  expect(
    [finding, ...parts.map((part) => part.finding)].map((one) => 'details' in one && one.details),
  ).toEqual([
    expect.objectContaining({ count: '3', sha256: ['a'.repeat(64), 'unknown', 'c'.repeat(64)] }),
    expect.objectContaining({ count: '1', sha256: ['a'.repeat(64)] }),
    expect.objectContaining({ count: '2', sha256: ['unknown', 'c'.repeat(64)] }),
  ])
})
