import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { loadEvidence } from '../../../src/gate/evidence/folder.js'
import { interpretEach, JOINS } from '../../../src/gate/joins.js'
import { CHECK_IDS } from '../../../src/model/checks.js'
import { aPolicy } from '../../support/builders.js'

type List = readonly Pick<(typeof JOINS)[number], 'name' | 'reads' | 'writes'>[]

/** What is judged, or known before the first join. */
const INPUT = ['reference', 'platform', 'others', 'codename', 'problem', 'answers', 'applications', 'account']
const CHECKS: readonly string[] = CHECK_IDS

/** What a join reads before any other has written it. */
function readTooEarly(list: List): readonly string[] {
  return list.flatMap(({ name, reads }, at) => {
    const known = [...CHECKS, ...INPUT.slice(0, 6), ...list.slice(0, at).flatMap(({ writes }) => writes)]
    return reads.filter((slot) => !known.includes(slot)).map((slot) => `${name}: ${slot}`)
  })
}

/** What a join writes for nobody. */
function writtenForNobody(list: List): readonly string[] {
  return list.flatMap(({ name, writes }, at) => {
    const wanted = [...CHECKS, ...INPUT, ...list.slice(at + 1).flatMap(({ reads }) => reads)]
    return writes.filter((slot) => !wanted.includes(slot)).map((slot) => `${name}: ${slot}`)
  })
}

describe('the list of joins', () => {
  test('when a join reads what another finds out, then that one is earlier, and nothing is found out for nobody', () => {
    expect([...readTooEarly(JOINS), ...writtenForNobody(JOINS)]).toEqual([])
    expect(new Set(JOINS.map(({ name }) => name)).size).toBe(JOINS.length)
  })

  test('when it is in another order, then the joins that come too early are named', () => {
    const at = JOINS.findIndex(({ name }) => name === 'inventory')
    const [inventory, ...origin] = [JOINS.slice(at), JOINS.slice(0, at)]
    expect(readTooEarly([...inventory, ...origin.flat()])).toEqual([
      'inventory: foreign',
      'lacking: ends',
      'applications: ends',
      'applications: foreign',
      'vendor-packages: foreign',
      'account: foreign',
      'not-examined: official',
      'not-examined: ends',
      'summary: ends',
    ])
    expect(writtenForNobody([...inventory, ...origin.flat()])).toEqual(['feeds: ends'])
  })

  test.each(['three-checks-careful', 'of-other-origin', 'proven-base-and-own'])(
    'when %s is joined, then each join changes nothing but what it says that it writes',
    (story) => {
      const { today, collected } = loadEvidence(join(import.meta.dirname, '../../cases', story, 'evidence'))
      const policy = aPolicy([], { checks: ['security-updates', 'clair', 'docker-bench'] })
      let all: ReturnType<(typeof JOINS)[number]['join']> = collected.map((one) =>
        interpretEach(one, policy, today),
      )
      const changes: string[] = []
      for (const { name, writes, join: add } of JOINS) {
        const next = add(all, policy)
        const before: Record<string, unknown> = { ...all[0]?.opened?.known }
        const after: Record<string, unknown> = { ...next[0]?.opened?.known }
        const changed = Object.keys(after).filter((slot) => before[slot] !== after[slot])
        expect(changed.filter((slot) => !writes.some((one) => one === slot))).toEqual([])
        changes.push(...changed.map((slot) => `${name}: ${slot}`))
        all = next
      }
      expect(changes).toEqual(
        expect.arrayContaining(['vulnerabilities: clair', 'installable: clair', 'summary: applications']),
      )
    },
  )
})
