import { describe, expect, test } from '@jest/globals'
import { unexaminedFindings } from '../../../../src/inventory/application/findings.js'
import { applicationInventory } from '../../../../src/inventory/application/inventory.js'
import { rule } from '../../../../src/judge/rulings.js'
import type {
  ApplicationFile,
  ApplicationKind,
  ApplicationStatement,
} from '../../../../src/model/application.js'
import { becauseText } from '../../../../src/model/because/words.js'
import { isVulnerability } from '../../../../src/model/finding/index.js'
import { factsOf } from '../../../../src/reports/json/facts.js'
import { readFinding } from '../../../../src/reports/json/read-finding.js'
import {
  aLayer,
  anImage,
  aPolicy,
  aWhitelistEntry,
  LAYER,
  someApplications,
  TODAY,
} from '../../../support/builders.js'

function says(part: Partial<ApplicationStatement> = {}): ApplicationFile {
  return { md5: null, says: [{ kind: 'npm', name: 'qs', version: '6.7.0', inside: null, ...part }] }
}

function findingsOf(
  files: Readonly<Record<string, ApplicationFile>>,
  judged: readonly ApplicationKind[] = [],
) {
  const layers = [aLayer({ applications: someApplications({ files }) })]
  const inventory = applicationInventory(anImage({ layers }), { installed: [], foreign: [] })
  return unexaminedFindings(inventory, {
    judged: new Set(judged),
    confirming: new Set(),
    open: [],
    groups: new Map(),
    alone: [],
    clair: null,
  })
}

const SUBJECT = { reference: 'app:1.4.0', codename: 'bookworm' }
const QS = { 'srv/node_modules/qs/package.json': says() }

describe('a finding for each kind that was not examined', () => {
  test('when packages of two ecosystems lie there, then each kind has one, with layer and paths', () => {
    const files = {
      ...QS,
      'srv/node_modules/ms/package.json': says({ name: 'ms', version: null }),
      'a/b.jar': says({ kind: 'maven', name: 'g:a', version: '1', inside: 'x.jar' }),
    }
    const found = findingsOf(files)
    expect(found.map(({ check, id, why, layer, package: name }) => [check, id, why, layer, name])).toEqual([
      [
        'clair',
        'not-examined-npm',
        'not examined: 2 npm packages: ms in srv/node_modules/ms/package.json; qs 6.7.0 in srv/node_modules/qs/package.json',
        LAYER,
        null,
      ],
      ['clair', 'not-examined-maven', 'not examined: 1 Maven package: g:a 1 in a/b.jar:x.jar', LAYER, null],
    ])
    expect(found[0]?.details).toEqual({
      count: '2',
      paths: ['srv/node_modules/ms/package.json', 'srv/node_modules/qs/package.json'],
    })
    expect(findingsOf(files, ['npm']).map(({ id }) => id)).toEqual(['not-examined-maven'])
  })

  test('when there are thousands, then a few are named', () => {
    const many = Array.from({ length: 3000 }, (_, at) => [
      `node_modules/p${at}/package.json`,
      says({ name: `p${at}` }),
    ])
    const [found] = findingsOf(Object.fromEntries(many))
    expect(found?.why).toMatch(/^not examined: 3000 npm packages: .*; and 2997 more$/)
    expect(found?.details).toHaveProperty('paths.length', 20)
  })

  test('when a path is long or has commas, then it is cut, and stays one', () => {
    const [found] = findingsOf({ [`a, b/${'x'.repeat(4000)}`]: says({ kind: 'rust', name: '' }) })
    expect(found?.why.length).toBeLessThan(220)
    const read = found === undefined ? null : readFinding({ ...found, facts: factsOf(found) } as never)
    expect(read).toMatchObject({ id: 'not-examined-rust', details: found?.details })
  })

  test('when nobody has looked, then that is the finding', () => {
    expect(unexaminedFindings(null).map(({ id }) => id)).toEqual(['not-examined-inventory'])
  })

  test('when nothing lies there, then there is none', () => {
    expect(findingsOf({})).toEqual([])
  })
})

describe('the ruling on it', () => {
  const [finding] = findingsOf(QS)
  if (finding === undefined) {
    throw new Error('there is no finding')
  }
  const ruled = (...args: Parameters<typeof aPolicy>) => {
    const one = rule(finding, SUBJECT, aPolicy(...args), TODAY)
    return [one.ruling, one.blocks, becauseText(one)]
  }
  const entry = (id: string) => aWhitelistEntry({ id, package: null, maxSeverity: 'low' })

  test('when it is not said otherwise, then it is noted, and it is no vulnerability', () => {
    expect(isVulnerability(finding)).toBe(false)
    expect(ruled()).toEqual(['noted', false, finding.why])
    expect(ruled([], { strictWhitelist: true, failOnUnfixed: 'negligible' })[0]).toBe('noted')
  })

  test('when fail-on-unexamined is true, then it acts', () => {
    expect(ruled([], { failOnUnexamined: true })).toEqual([
      'act',
      true,
      `${finding.why}; fail-on-unexamined is true`,
    ])
  })

  test('when an entry has its id, then it is accepted, whatever its max-severity; one of another kind does not', () => {
    const gate = { failOnUnexamined: true }
    expect(ruled([entry('not-examined-npm')], gate)[0]).toBe('accepted')
    expect(ruled([entry('not-examined-pypi')], gate)[0]).toBe('act')
  })
})
