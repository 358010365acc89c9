import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readScan } from '../../../src/inputs/request.js'
import { gateYml } from '../../support/policies.js'
import { problemThrownBy } from '../../support/problems.js'
import { BASE, GATE, inputs, judging, MERGE, policies, scan, stub, TODAY } from './pull-request.js'

describe('when inputs ask for less than the base’s gate.yml', () => {
  test('then it is reported, and the base’s holds; what is stricter is obeyed', async () => {
    const text =
      'version: 1\nfail-on: medium\nfail-on-unfixed: critical\nfail-on-unexamined: true\nmax-data-age: 24\nchecks: [clair, docker-bench]\n'
    for (const commit of [BASE, MERGE]) {
      stub.files.set(`${commit}:${GATE}`, text)
    }
    const { policy, notices } = await judging({
      'fail-on': 'critical',
      'fail-on-unfixed': 'never',
      checks: 'clair',
    })
    expect(policy.gate).toMatchObject({
      failOn: 'medium',
      failOnUnfixed: 'critical',
      failOnUnexamined: true,
      requireRelease: 'stable',
      maxDataAge: 24,
      checks: ['clair', 'docker-bench'],
      file: GATE,
    })
    expect(notices.map(({ kind }) => kind)).toEqual(Array(3).fill('laxer'))
    expect(notices.map(({ text }) => text.split(' (')[0])).toEqual(
      ['checks', 'fail-on', 'fail-on-unfixed'].map((it) => `the input "${it}"`),
    )
    expect(notices[1]?.text).toContain('(critical) is laxer than policies/gate.yml on the base branch')
  })

  test.each([
    ['all', 'linux/amd64', 'all'],
    ['[linux/amd64, linux/arm64]', 'linux/arm64', ['linux/amd64', 'linux/arm64']],
    ['[linux/amd64, linux/arm64]', 'linux/s390x', ['linux/amd64', 'linux/arm64']],
  ])(
    'by platforms (%s, and %s is asked for), then the base’s are judged',
    async (current, requested, expected) => {
      stub.files.set(
        `${BASE}:${GATE}`,
        `version: 1\nplatform: ${current}\nreleases: { patch: { updates: any-update, test: required } }\n`,
      )
      // Nor does the gate.yml of the change itself leave one out, or let a release wait for less.
      stub.files.set(
        `${MERGE}:${GATE}`,
        `version: 1\nplatform: [${requested}]\nreleases: { patch: { updates: security, docker-bench: optional } }\n`,
      )
      const { policy, notices } = await judging({ platform: requested, release: 'v1.2.3' })
      expect(policy.gate).toMatchObject({ platform: expected, release: 'patch' })
      expect(policy.gate.releases.patch).toEqual({
        ...{ updates: 'any-update', test: 'required', requireRelease: null },
        ...{ dockerBench: 'required', unexamined: 'noted' },
      })
      expect(notices.map(({ kind, text }) => [kind, text.split(' (')[0]])).toContainEqual([
        'laxer',
        'the input "platform"',
      ])
      const unsaid = await judging({})
      expect(unsaid.policy.gate.platform).toEqual(expected)
    },
  )

  test('by naming no folder at all, then the one at the default path holds', async () => {
    const text = readFileSync('policies/dictionary.yml', 'utf8')
    for (const commit of [BASE, MERGE]) {
      stub.files.set(`${commit}:${GATE}`, 'version: 1\nfail-on: medium\n')
      stub.files.set(`${commit}:policies/dictionary.yml`, text)
    }
    const { policy } = await judging({ policies: ' ' })
    expect([policy.gate.failOn, policy.gate.file]).toEqual(['medium', GATE])
    expect(policy.dictionary.file).toBe('policies/dictionary.yml')
    expect(policy.whitelist.file).toBeNull()
  })

  test('by saying that nobody wants advisories, then the base’s word on applications holds, and OSV is asked', async () => {
    const { judging: judgingFromBase, request } = await scan({ osv: 'none' })
    expect([judgingFromBase.policy.gate.application, request.feeds.osv.length]).toEqual(['act', 1])
    expect(judgingFromBase.policy.gate.isOffByOsv).toBe(false)
    expect(judgingFromBase.notices.map(({ kind, text }) => `${kind} ${text.split(' is ')[0]}`)).toEqual([
      'laxer the input "osv" (none)',
    ])
    expect(judgingFromBase.notices[0]?.text).toContain(
      'is ignored; application: act applies. Change gate.yml',
    )
    for (const commit of [BASE, MERGE]) {
      stub.files.set(`${commit}:${GATE}`, 'version: 1\napplication: off\n')
    }
    const off = await scan({ osv: 'none' })
    expect([off.judging.policy.gate.application, off.request.feeds.osv]).toEqual(['off', []])
    expect(off.judging.policy.gate.isOffByOsv).toBe(false)
  })

  test('by the mode audit, then the base enforces; where the base audits, nothing is to be said', async () => {
    const requested = await judging({ mode: 'audit' })
    expect([requested.policy.gate.mode, requested.notices.map(({ kind }) => kind)]).toEqual([
      'enforce',
      ['laxer'],
    ])
    // Saved with the evidence are only inputs that hold.
    expect((await judging({ mode: 'audit', 'fail-on': 'low' })).inputs).toEqual({ 'fail-on': 'low' })
    expect(requested.notices[0]?.text).toContain('the input "mode" (audit) is laxer than the default')
    stub.files.set(`${MERGE}:${GATE}`, 'version: 1\nmode: audit\n')
    expect((await judging({ mode: 'audit' })).policy.gate.mode).toBe('enforce')
    stub.files.set(`${BASE}:${GATE}`, 'version: 1\nmode: audit\n')
    const judgingFromBase = await judging({})
    expect([judgingFromBase.policy.gate.mode, judgingFromBase.notices]).toEqual(['audit', []])
  })

  test('by keys that no input sets, then those of the base hold, and an input of such a name is an error', async () => {
    const lax = {
      'fail-on-deferred': 'never',
      'act-within': { low: '30d' },
      'unknown-severity': 'noted',
      'epss-at-least': 1,
      'fail-on-unexamined': false,
      application: 'off',
      'require-release': 'supported',
      'max-data-age': 9000,
      'allowed-bases': 'any',
      'fail-on-new-only': true,
      'bench-engine': 'builtin',
      timeouts: { start: 3600, test: 9000 },
    }
    const strict = {
      failOnDeferred: 'low',
      actWithin: { critical: 0, high: 0, medium: 0, low: 1, negligible: 0 },
      unknownSeverity: 'act',
      epssAtLeast: 0.5,
      failOnUnexamined: true,
      application: 'act',
      requireRelease: 'stable',
      maxDataAge: 24,
      allowedBases: 'official',
      failOnNewOnly: false,
      benchEngine: 'both-required',
      timeouts: { download: 120, clair: 120, start: 60, test: 300, update: 3600 },
    }
    stub.files.set(
      `${BASE}:${GATE}`,
      'version: 1\nfail-on-deferred: low\nact-within: {low: 1d}\nepss-at-least: 0.5\nfail-on-unexamined: true\nmax-data-age: 24\nbench-engine: both-required\n',
    )
    stub.files.set(`${MERGE}:${GATE}`, gateYml(lax))
    const { policy, proposed } = await judging()
    expect(policy.gate).toMatchObject(strict)
    expect(proposed?.gate).toMatchObject({ application: 'off', allowedBases: 'any', maxDataAge: 9000 })
    for (const [name, value] of Object.entries(lax)) {
      const old = await policies()
      const faulty = inputs({ [name]: JSON.stringify(value) })
      expect(problemThrownBy(() => readScan(['app:1'], faulty, TODAY, old)).what).toContain(
        `${name}: this is not an input: set the key ${name}`,
      )
    }
  })

  test('by a day of the past, then today holds, for an entry that has expired stays so; a later day is stricter', async () => {
    const past = await judging({ today: '2026-11-23' })
    expect([past.today, past.notices.map(({ kind }) => kind)]).toEqual([TODAY, ['laxer']])
    expect(past.notices[0]?.text).toContain(
      'the input "today" specifies a date (2026-11-23) before 2026-11-24 and is ignored',
    )
    expect(past.isDaySet).toBe(true)
    for (const today of [TODAY, '2026-12-01']) {
      expect(await judging({ today })).toMatchObject({ today, notices: [] })
    }
  })

  test('and the base has none, then the defaults hold', async () => {
    const { policy, notices } = await judging({ 'fail-on': 'critical' })
    expect([policy.gate.failOn, notices[0]?.kind]).toEqual(['high', 'laxer'])
  })
})
