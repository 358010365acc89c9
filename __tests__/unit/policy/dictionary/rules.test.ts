import { describe, expect, test } from '@jest/globals'
import { benchFinding } from '../../../../src/model/finding/bench.js'
import { DEFAULT_DICTIONARY } from '../../../../src/policy/dictionary/default.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { ruleBench } from '../../../../src/policy/dictionary/rules.js'
import { aResult, engineResult } from '../../../support/bench.js'
import { withTexts } from '../../../support/facts.js'

const CONTEXT = { reference: 'ghcr.io/acme/app:1', today: '2026-11-24', evidence: new Set<string>() }
const dictionary = (...lines: string[]) =>
  readDictionary(
    `version: 1\nnumbering: dbs-1.6.1\ndefaults: {missing: report}\n${lines.join('\n')}`,
    'd.yml',
  )

describe('ruleBench', () => {
  const finding = (id: string, status: 'PASS' | 'WARN') =>
    benchFinding(aResult(id, { builtin: engineResult(status) }))

  test('when results are as expected, then they are rows and no findings', () => {
    const ruled = ruleBench(
      [finding('4.6', 'PASS'), finding('4.9', 'WARN')],
      dictionary('checks: {"4.6": {}, "4.9": {}}'),
      CONTEXT,
    )
    expect(ruled.rows).toMatchObject([
      { id: '4.6', outcome: 'match', expected: 'PASS', builtin: { word: 'PASS' }, place: { line: 4 } },
      { id: '4.9', outcome: 'worse', expected: 'PASS', builtin: { word: 'WARN' }, place: { line: 4 } },
    ])
    expect(ruled.results).toMatchObject([
      {
        finding: { id: '4.9', compared: { outcome: 'worse', expected: 'PASS', reported: { word: 'WARN' } } },
        blocks: true,
        policy: { file: 'd.yml', line: 4 },
      },
    ])
  })

  test('when the dictionary sets a section aside, then what is bad in it is reported, and no more', () => {
    const ours = dictionary('not_applicable: {"4": not ours}')
    const { results, rows } = ruleBench([finding('4.6', 'WARN'), finding('4.9', 'PASS')], ours, CONTEXT)
    expect(results).toMatchObject([{ finding: { id: '4.6' }, outcome: 'not-applicable', blocks: false }])
    const because = [{ reason: 'left-out', words: 'not ours' }]
    expect(rows).toMatchObject([
      { id: '4.6', outcome: 'not-applicable', because, place: { file: 'd.yml', line: 4 } },
      { id: '4.9', outcome: 'not-applicable', because },
    ])
  })

  test('when an expected one is missing, then it becomes a finding', () => {
    const strict = readDictionary('version: 1\nnumbering: dbs-1.6.1\nchecks: {"4.6": {}}', 'd.yml')
    const { results, rows } = ruleBench([], strict, CONTEXT)
    expect(results).toMatchObject([
      { finding: { check: 'docker-bench', id: '4.6', compared: { outcome: 'missing' } }, blocks: true },
    ])
    expect(rows).toMatchObject([{ id: '4.6', outcome: 'missing', dbs: null, builtin: null, title: null }])
  })

  test('when a result has items and a bad one is of the base, then its row has both, and who counts', () => {
    const counts = { by: 'stricter', whose: 'docker-bench' } as const
    const result = aResult('4.9', {
      builtin: engineResult('PASS'),
      dbs: engineResult('INFO', 'app:1'),
      counts,
    })
    const { rows } = ruleBench(
      [
        benchFinding(aResult('4.8', { builtin: engineResult('NOTE'), whyNoDbs: 'no rule' })),
        benchFinding(result, { ofBase: 'docker.io/library/debian' }),
      ],
      DEFAULT_DICTIONARY,
      CONTEXT,
    )
    expect(rows.find(({ id }) => id === '4.8')).toMatchObject({
      expected: 'NOTE',
      allowed: expect.stringMatching(/^no more than \/bin\/mount, /),
      whyNoDbs: 'no rule',
      place: { file: 'the built-in dictionary', line: null },
    })
    expect(rows.find(({ id }) => id === '4.9')).toMatchObject({
      dbs: { word: 'INFO', items: ['app:1'] },
      builtin: { word: 'PASS' },
      counts,
      because: [{ reason: 'other-word' }, { reason: 'of-base' }],
    })
  })

  test('when a test of ours found something, and no rule allows it, then all of it is unexpected', () => {
    const found = aResult('4.8', {
      builtin: engineResult('NOTE', '/bin/su', '[/bin/b /bin/a]'),
      evidence: ['setuid-scan'],
    })
    const unexpected = (rule: string) => {
      const line = `checks: {"4.8": {expect: [NOTE], evidence: setuid-scan, items: ${rule}}}`
      const { results } = ruleBench([benchFinding(found)], dictionary(line), CONTEXT)
      return results.map(({ finding }) => finding.compared?.unexpected)
    }
    expect(unexpected('{max: 0}')).toEqual([['/bin/a', '/bin/b', '/bin/su']])
    expect(unexpected('{count: 0}')).toEqual([['/bin/a', '/bin/b', '/bin/su']])
    // Which of them is one too many, nobody knows.
    expect(unexpected('{max: 1}')).toEqual([[]])
    expect(unexpected('{subset_of: [/bin/su]}')).toEqual([['/bin/a', '/bin/b']])
    const by = dictionary('checks: {"4.8": {expect: [NOTE], evidence: setuid-scan}}')
    expect(ruleBench([benchFinding(found)], by, CONTEXT).results).toMatchObject([
      { outcome: 'worse', finding: { compared: { unexpected: ['/bin/a', '/bin/b', '/bin/su'] } } },
    ])
  })

  test('when the only line about a result has expired, then that is the line to open', () => {
    const by = dictionary('not_applicable: {"4.6": {reason: r, owner: o, expires: "2026-11-23"}}')
    const { results, rows } = ruleBench([finding('4.6', 'WARN')], by, CONTEXT)
    expect(results.map(({ policy }) => policy)).toEqual([{ file: 'd.yml', line: 4 }])
    expect(rows.map(({ place }) => place)).toEqual([{ file: 'd.yml', line: 4 }])
  })

  test('when the built-in dictionary decides, then there is no line to open', () => {
    const { results } = ruleBench([finding('4.6', 'WARN')], DEFAULT_DICTIONARY, CONTEXT)
    const found = results.find(({ finding }) => finding.id === '4.6')
    expect(found && withTexts(found)).toMatchObject({
      policy: null,
      because: 'WARN, but the built-in dictionary expects PASS',
    })
  })

  test('when the start test failed, then it blocks without an entry', () => {
    const { results } = ruleBench(
      [finding('start-test', 'WARN'), finding('4.6', 'PASS')],
      dictionary('checks: {"4.6": {}}'),
      CONTEXT,
    )
    expect(results).toMatchObject([{ outcome: 'worse', blocks: true, finding: { id: 'start-test' } }])
  })
})
