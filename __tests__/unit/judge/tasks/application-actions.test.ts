import { describe, expect, test } from '@jest/globals'
import { thingsToDo } from '../../../../src/judge/tasks/actions.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import { aLine, anImageVerdict, aRuledApplication, aRuledFinding } from '../../../support/builders.js'

const things = (...findings: RuledFinding[]) => thingsToDo(anImageVerdict({ findings }))
const line = aLine({ file: 'Dockerfile', line: 4 })

describe('things to do about packages of an application', () => {
  test('when one package has several weaknesses, then its file is to be changed once, to what settles all', () => {
    const second = aRuledApplication({
      id: 'CVE-2019-10744',
      ids: ['CVE-2019-10744'],
      fixedVersion: '4.17.12',
      severity: 'critical',
      line,
    })
    const [action, ...more] = things(aRuledApplication({ line }), second)
    expect(more).toEqual([])
    expect(action).toMatchObject({
      kind: 'decide',
      title: 'Change package.json: npm/lodash 4.17.4 → 4.17.21',
      command: null,
      dockerfile: null,
      where: { file: 'Dockerfile', line: 4 },
      packages: [],
    })
    expect(action?.why).toContain('fixes 2 CVEs: 1 critical, 1 high')
    expect(action?.why).toContain('Debian updates do not include this fix')
  })

  test('when no version settles all, then the highest of the fixes is named', () => {
    const second = aRuledApplication({ id: 'CVE-2019-10744', fixedVersion: '4.17.12', settles: null })
    const [action] = things(aRuledApplication({ settles: null }), second)
    expect(action?.title).toBe('Change package.json: npm/lodash 4.17.4 → the highest of 4.17.21, 4.17.12')
  })

  test('when packages of two ecosystems and of Debian act, then each is a thing, and apt takes its own alone', () => {
    const django = aRuledApplication({
      package: 'pypi/django',
      kind: 'pypi',
      purl: 'pkg:pypi/django@3.2.0',
      version: '3.2.0',
      settles: '3.2.25',
    })
    const all = things(aRuledFinding(), aRuledApplication(), django)
    expect(all.map(({ kind, title }) => [kind, title])).toEqual([
      ['update', 'Update 2 packages'],
      ['decide', 'Change package.json: npm/lodash 4.17.4 → 4.17.21'],
      ['decide', 'Change requirements.txt: pypi/django 3.2.0 → 3.2.25'],
    ])
    expect(all[0]?.command).not.toContain('lodash')
  })

  test('when it is malware, or nothing fixes it, then it is to be removed', () => {
    const malware = aRuledApplication({ id: 'MAL-2025-46969', malware: true, package: 'npm/chalk' })
    const unfixed = aRuledApplication({ fixedVersion: null, installable: null })
    expect(things(unfixed, malware).map(({ title }) => title)).toEqual([
      'Remove npm/chalk, and treat everything that it could access as compromised: it is malicious according to MAL-2025-46969',
      'No fix exists: remove npm/lodash, accept CVE-2021-23337 with max-severity: high, or add a VEX statement',
    ])
  })
})
