import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { judge } from '../../../../src/judge/judge.js'
import { CHECK_IDS } from '../../../../src/model/checks.js'
import { addDays } from '../../../../src/model/dates.js'
import { RATED_SEVERITIES } from '../../../../src/model/severity.js'
import { refuseLaxer, withRequested } from '../../../../src/policy/gate/laxer.js'
import {
  DEFAULT_RELEASES,
  NEEDS,
  REQUIRED_RELEASES,
  UNEXAMINED_MODES,
  UPDATES_MODES,
} from '../../../../src/policy/gate/release-rules.js'
import { START_MODES } from '../../../../src/policy/gate/run-rows.js'
import { DEFAULT_GATE, type Thresholds } from '../../../../src/policy/gate/thresholds.js'
import { DEFAULT_TIMEOUTS } from '../../../../src/policy/gate/time-rows.js'
import { aFinding, aJudgedInput, aPolicy, TODAY } from '../../../support/builders.js'
import { runs } from '../../../support/runs.js'

const AT_ONCE = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 }
const rules = fc.record({
  updates: fc.constantFrom(...UPDATES_MODES),
  test: fc.constantFrom(...NEEDS),
  requireRelease: fc.option(fc.constantFrom(...REQUIRED_RELEASES)),
  dockerBench: fc.constantFrom(...NEEDS),
  unexamined: fc.constantFrom(...UNEXAMINED_MODES),
})
/** The defaults, but for one member of patch releases. */
const patch = (part: Partial<(typeof DEFAULT_RELEASES)['patch']>) => ({
  releases: { ...DEFAULT_RELEASES, patch: { ...DEFAULT_RELEASES.patch, ...part } },
})
const limit = fc.constantFrom(...RATED_SEVERITIES)
const limits = fc.oneof(limit, fc.record({ base: limit, own: limit }))
const never = fc.option(limit)
const limitsOrNever = fc.oneof(never, fc.record({ base: never, own: never }))
const days = fc.integer({ min: 0, max: 30 })
const seconds = fc.integer({ min: 1, max: 100 })
const thresholds: fc.Arbitrary<Thresholds> = fc.record({
  checks: fc.subarray([...CHECK_IDS], { minLength: 1 }),
  failOn: limits,
  failOnUnfixed: limitsOrNever,
  failOnDeferred: limitsOrNever,
  actWithin: fc.record({ critical: days, high: days, medium: days, low: days, negligible: days }),
  failOnUnexamined: fc.boolean(),
  unread: fc.constantFrom('act' as const, 'noted' as const),
  application: fc.constantFrom('act' as const, 'report' as const, 'off' as const),
  programs: fc.constantFrom(null, 'act' as const, 'report' as const, 'off' as const),
  endOfLife: fc.constantFrom('act' as const, 'report' as const),
  failOnNewOnly: fc.boolean(),
  vex: fc.subarray(['a.json', 'b.json']),
  unknownSeverity: fc.constantFrom('act', 'noted', ...RATED_SEVERITIES),
  epssAtLeast: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  allowedBases: fc.oneof(
    fc.constantFrom('official' as const, 'any' as const),
    fc.subarray(['debian:*', 'ghcr.io/acme/*'], { minLength: 1 }),
  ),
  officialMirrors: fc.subarray(['a.example/x/', 'b.example/y/']),
  requireRelease: fc.constantFrom('stable' as const, 'supported' as const),
  releases: fc.record({ major: rules, minor: rules, patch: rules }),
  maxDataAge: fc.integer({ min: 1, max: 100 }),
  maxSpan: fc.integer({ min: 1, max: 100 }),
  vexAuthor: fc.option(fc.constantFrom('a', 'b')),
  mode: fc.constantFrom('enforce' as const, 'audit' as const),
  auditUntil: fc.option(fc.constantFrom('2026-12-01', '2027-01-31')),
  platform: fc.oneof(
    fc.constantFrom(null, 'all' as const),
    fc.subarray(['linux/amd64', 'linux/arm64', 'linux/s390x'], { minLength: 1 }),
  ),
  benchEngine: fc.constantFrom('builtin' as const, 'both' as const, 'both-required' as const),
  runOptions: fc.option(fc.constantFrom('--read-only', '--privileged')),
  composeFile: fc.option(fc.constantFrom('compose.yml', 'other.yml')),
  composeService: fc.option(fc.constantFrom('app', 'db')),
  start: fc.constantFrom(...START_MODES),
  timeout: seconds,
  timeouts: fc.record({ download: seconds, clair: seconds, start: seconds, test: seconds, update: seconds }),
})

test('when neither gate.yml nor an input says anything, then these hold', () => {
  expect(DEFAULT_GATE).toEqual({
    checks: ['security-updates', 'clair', 'docker-bench'],
    failOn: 'high',
    failOnUnfixed: null,
    failOnDeferred: null,
    actWithin: { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 },
    unknownSeverity: 'act',
    epssAtLeast: null,
    failOnUnexamined: false,
    unread: 'act',
    application: 'act',
    programs: null,
    endOfLife: 'act',
    requireRelease: 'stable',
    releases: {
      major: {
        ...{ updates: 'any-update', test: 'required', requireRelease: 'stable' },
        ...{ dockerBench: 'required', unexamined: 'noted' },
      },
      minor: {
        ...{ updates: 'security', test: 'optional', requireRelease: null },
        ...{ dockerBench: 'required', unexamined: 'noted' },
      },
      patch: {
        ...{ updates: 'security', test: 'optional', requireRelease: null },
        ...{ dockerBench: 'required', unexamined: 'noted' },
      },
    },
    maxDataAge: 48,
    maxSpan: 365,
    allowedBases: 'official',
    officialMirrors: [],
    failOnNewOnly: false,
    vex: [],
    vexAuthor: null,
    mode: 'enforce',
    auditUntil: null,
    platform: null,
    benchEngine: 'both',
    runOptions: null,
    composeFile: null,
    composeService: null,
    start: 'auto',
    timeout: 900,
    timeouts: { download: 120, clair: 120, start: 60, test: 300, update: 3600 },
    release: null,
    pushes: false,
    isOffByOsv: false,
    isShared: false,
    file: null,
  })
})

describe('when inputs are compared with the base’s policy', () => {
  test.each<[Partial<Thresholds>, Partial<Thresholds>, string[]]>([
    [{ failOn: 'critical' }, { failOn: 'high' }, ['fail-on: critical, high holds']],
    [{ failOn: 'low' }, { failOn: 'high' }, []],
    [{ failOn: { base: 'critical', own: 'high' } }, {}, ['fail-on: base=critical,own=high, high holds']],
    [{ failOn: { base: 'high', own: 'low' } }, {}, []],
    [{ failOn: 'high' }, { failOn: { base: 'critical', own: 'high' } }, []],
    [
      { failOn: { base: 'low', own: 'critical' } },
      { failOn: { base: 'critical', own: 'high' } },
      ['fail-on: base=low,own=critical, base=critical,own=high holds'],
    ],
    [
      { failOnUnfixed: { base: null, own: 'low' } },
      { failOnUnfixed: 'critical' },
      ['fail-on-unfixed: base=never,own=low, critical holds'],
    ],
    [{ failOnDeferred: { base: null, own: 'low' } }, {}, []],
    [
      { actWithin: { ...AT_ONCE, low: 1 } },
      {},
      [
        'act-within: critical=0d,high=0d,medium=0d,low=1d,negligible=0d, critical=0d,high=0d,medium=0d,low=0d,negligible=0d holds',
      ],
    ],
    // More days for one severity are laxer, whatever the others get.
    [
      { actWithin: { ...AT_ONCE, low: 8 } },
      { actWithin: { ...AT_ONCE, medium: 30, low: 7 } },
      [
        'act-within: critical=0d,high=0d,medium=0d,low=8d,negligible=0d, critical=0d,high=0d,medium=30d,low=7d,negligible=0d holds',
      ],
    ],
    [{ actWithin: { ...AT_ONCE, low: 7 } }, { actWithin: { ...AT_ONCE, medium: 30, low: 7 } }, []],
    [{ failOnUnfixed: null }, { failOnUnfixed: 'critical' }, ['fail-on-unfixed: never, critical holds']],
    [{ failOnUnfixed: 'critical' }, { failOnUnfixed: null }, []],
    [{ failOnDeferred: null }, { failOnDeferred: 'low' }, ['fail-on-deferred: never, low holds']],
    [{ failOnDeferred: 'high' }, { failOnDeferred: 'low' }, ['fail-on-deferred: high, low holds']],
    [{ failOnDeferred: 'low' }, { failOnDeferred: 'high' }, []],
    [
      { checks: ['clair'] },
      { checks: ['clair', 'docker-bench'] },
      ['checks: clair, clair, docker-bench holds'],
    ],
    [{ checks: ['clair', 'docker-bench'] }, { checks: ['clair'] }, []],
    [
      { checks: ['clair'] },
      { checks: ['clair', 'regression-test'] },
      ['checks: clair, clair, regression-test holds'],
    ],
    [{ checks: ['clair', 'regression-test'] }, { checks: ['clair'] }, []],
    [{ failOnUnexamined: false }, { failOnUnexamined: true }, ['fail-on-unexamined: false, true holds']],
    [{ failOnUnexamined: true }, { failOnUnexamined: false }, []],
    [{ unread: 'noted' }, {}, ['unread: noted, act holds']],
    [{ unread: 'act' }, { unread: 'noted' }, []],
    [{ application: 'report' }, {}, ['application: report, act holds']],
    [{ application: 'off' }, { application: 'report' }, ['application: off, report holds']],
    [{ application: 'act' }, { application: 'report' }, []],
    [{ application: 'report' }, { application: 'off' }, []],
    [{ programs: 'report' }, {}, ['programs: report, never holds']],
    [{ programs: 'off' }, { programs: 'report' }, ['programs: off, report holds']],
    [{ programs: null }, { programs: 'act' }, ['programs: never, act holds']],
    [{ programs: 'act' }, {}, []],
    [{ programs: 'report' }, { programs: 'off' }, []],
    [{ programs: null }, {}, []],
    [{ endOfLife: 'report' }, {}, ['end-of-life: report, act holds']],
    [{ endOfLife: 'act' }, { endOfLife: 'report' }, []],
    [{ requireRelease: 'supported' }, {}, ['require-release: supported, stable holds']],
    [{ unknownSeverity: 'noted' }, {}, ['unknown-severity: noted, act holds']],
    [{ unknownSeverity: 'act' }, { unknownSeverity: 'high' }, ['unknown-severity: act, high holds']],
    [{ unknownSeverity: 'critical' }, { unknownSeverity: 'high' }, []],
    [{ unknownSeverity: 'low' }, { unknownSeverity: 'high' }, ['unknown-severity: low, high holds']],
    [{ unknownSeverity: 'noted' }, { unknownSeverity: 'high' }, ['unknown-severity: noted, high holds']],
    [{ unknownSeverity: 'act' }, { unknownSeverity: 'noted' }, []],
    [{ epssAtLeast: 0.9 }, { epssAtLeast: 0.5 }, ['epss-at-least: 0.9, 0.5 holds']],
    [{ epssAtLeast: 0.9 }, {}, []],
    [{ allowedBases: ['*'] }, { allowedBases: ['debian:*'] }, ['allowed-bases: *, debian:* holds']],
    [{ allowedBases: ['debian:*'] }, {}, ['allowed-bases: debian:*, official holds']],
    [{ allowedBases: 'any' }, {}, ['allowed-bases: any, official holds']],
    [
      { allowedBases: 'official' },
      { allowedBases: ['debian:*'] },
      ['allowed-bases: official, debian:* holds'],
    ],
    [{ allowedBases: 'official' }, { allowedBases: 'any' }, []],
    [{ allowedBases: ['debian:*'] }, { allowedBases: 'any' }, []],
    [{ officialMirrors: ['a.example/x/'] }, {}, ['official-mirrors: a.example/x/,  holds']],
    [{ officialMirrors: [] }, { officialMirrors: ['a.example/x/'] }, []],
    [{ mode: 'audit' }, {}, ['mode: audit, enforce holds']],
    [{ mode: 'enforce' }, { mode: 'audit' }, []],
    [{ mode: 'audit' }, { mode: 'audit' }, []],
    [
      { auditUntil: '2027-01-02' },
      { auditUntil: '2027-01-01' },
      ['audit-until: 2027-01-02, 2027-01-01 holds'],
    ],
    [{ auditUntil: null }, { auditUntil: '2027-01-01' }, ['audit-until: never, 2027-01-01 holds']],
    [{ auditUntil: '2026-12-31' }, { auditUntil: '2027-01-01' }, []],
    [{ auditUntil: '2027-01-01' }, {}, []],
    [{ failOnNewOnly: true }, {}, ['fail-on-new-only: true, false holds']],
    [{ vex: ['mine.json'] }, { vex: ['ours.json'] }, ['vex: mine.json, ours.json holds']],
    [{ maxDataAge: 48 }, { maxDataAge: 24 }, ['max-data-age: 48, 24 holds']],
    [{ platform: ['linux/amd64'] }, { platform: 'all' }, ['platform: linux/amd64, all holds']],
    [{ platform: 'all' }, { platform: ['linux/amd64'] }, []],
    [
      { platform: ['linux/amd64'] },
      { platform: ['linux/amd64', 'linux/arm64'] },
      ['platform: linux/amd64, linux/amd64, linux/arm64 holds'],
    ],
    [{ platform: ['linux/arm64', 'linux/amd64'] }, { platform: ['linux/amd64'] }, []],
    [
      { platform: ['linux/arm64/v8'] },
      { platform: ['linux/arm64'] },
      ['platform: linux/arm64/v8, linux/arm64 holds'],
    ],
    // Where the base names none, the workflow does, as it names the images.
    [{ platform: ['linux/arm64'] }, {}, []],
    [{ benchEngine: 'builtin' }, {}, ['bench-engine: builtin, both holds']],
    [{ benchEngine: 'both' }, { benchEngine: 'both-required' }, ['bench-engine: both, both-required holds']],
    [
      { benchEngine: 'builtin' },
      { benchEngine: 'both-required' },
      ['bench-engine: builtin, both-required holds'],
    ],
    [{ benchEngine: 'both-required' }, {}, []],
    [{ benchEngine: 'both' }, { benchEngine: 'builtin' }, []],
    [{ start: 'false' }, { start: 'true' }, ['start: false, true holds']],
    [{ start: 'true' }, {}, []],
    [{ start: 'false' }, {}, ['start: false, auto holds']],
    [{ start: 'auto' }, { start: 'false' }, []],
    [{ start: 'auto' }, { start: 'true' }, ['start: auto, true holds']],
    [{ start: 'auto' }, { start: 'given' }, ['start: auto, given holds']],
    [{ start: 'hardened' }, {}, []],
    [{ start: 'given' }, { start: 'true' }, []],
    [{ start: 'true' }, { start: 'given' }, ['start: true, given holds']],
    [{ start: 'hardened' }, { start: 'given' }, ['start: hardened, given holds']],
    [{ start: 'given' }, { start: 'hardened' }, ['start: given, hardened holds']],
    [{ timeout: 9000 }, { timeout: 10 }, []],
    [{ timeouts: { ...DEFAULT_TIMEOUTS, download: 900, clair: 900, update: 9000, start: 5 } }, {}, []],
    [
      { timeouts: { ...DEFAULT_TIMEOUTS, start: 61 } },
      {},
      [
        'timeouts: {"download":120,"clair":120,"start":61,"test":300,"update":3600}, {"download":120,"clair":120,"start":60,"test":300,"update":3600} holds',
      ],
    ],
    [
      { timeouts: { ...DEFAULT_TIMEOUTS, test: 301 } },
      {},
      [
        'timeouts: {"download":120,"clair":120,"start":60,"test":301,"update":3600}, {"download":120,"clair":120,"start":60,"test":300,"update":3600} holds',
      ],
    ],
    [{ runOptions: '--init' }, { runOptions: '--read-only' }, ['run-options: --init, --read-only holds']],
    [{ runOptions: '--init' }, { runOptions: '--init' }, []],
    [{ runOptions: null }, { runOptions: '--init' }, ['run-options: never, --init holds']],
    // What the base says nothing of only adds section 5,
    [{ runOptions: '--init' }, {}, []],
    [{ composeFile: 'a.yml', composeService: 'app' }, {}, []],
    [{ composeFile: 'a.yml' }, { composeFile: 'b.yml' }, ['compose-file: a.yml, b.yml holds']],
    [{ composeService: 'a' }, { composeFile: 'b.yml', composeService: 'b' }, ['compose-service: a, b holds']],
    // but not where it says a part of it, or starts the image as it is.
    [{ composeService: 'a' }, { composeFile: 'b.yml' }, ['compose-service: a, never holds']],
    [{ composeFile: 'a.yml' }, { runOptions: '--init' }, ['compose-file: a.yml, never holds']],
    [{ runOptions: '--init' }, { composeFile: 'a.yml' }, ['run-options: --init, never holds']],
    [{ runOptions: '--user=1' }, { start: 'true' }, ['run-options: --user=1, never holds']],
    [{ maxSpan: 90 }, { maxSpan: 30 }, ['max-span: 90, 30 holds']],
    // A higher severity is stricter, unless the base gives that one more days.
    [{ unknownSeverity: 'critical' }, { unknownSeverity: 'low' }, []],
    [
      { unknownSeverity: 'critical' },
      { unknownSeverity: 'low', actWithin: { ...AT_ONCE, critical: 15, low: 7 } },
      ['unknown-severity: critical, low holds'],
    ],
    // Only noted, it may still block at once, by another threshold of the base.
    [
      { unknownSeverity: 'critical' },
      { unknownSeverity: 'noted', actWithin: { ...AT_ONCE, critical: 15 }, epssAtLeast: 0.5 },
      ['unknown-severity: critical, noted holds'],
    ],
    [
      { unknownSeverity: 'critical' },
      { unknownSeverity: 'noted', actWithin: { ...AT_ONCE, critical: 15 } },
      [],
    ],
  ])('%j over %j, then %j is refused', (requested, base, expected) => {
    const { applied: obeyed, refused } = refuseLaxer(requested, { ...DEFAULT_GATE, ...base })
    expect(refused.map(({ name, requested, holds }) => `${name}: ${requested}, ${holds} holds`)).toEqual(
      expected,
    )
    expect(obeyed).toEqual(expected.length === 0 ? requested : {})
  })

  // Only a file sets these, and a row has its direction all the same.
  test.each<[string, Partial<Thresholds>, Partial<Thresholds>, boolean]>([
    ['fewer updates', patch({}), patch({ updates: 'any-update' }), true],
    ['more updates', patch({ updates: 'any-update' }), patch({}), false],
    ['no test', patch({}), patch({ test: 'required' }), true],
    ['a test', patch({ test: 'required' }), patch({}), false],
    ['no Docker Bench', patch({ dockerBench: 'optional' }), patch({}), true],
    ['Docker Bench', patch({}), patch({ dockerBench: 'optional' }), false],
    ['any supported release', patch({ requireRelease: 'supported' }), patch({}), true],
    ['the release of the key', patch({}), patch({ requireRelease: 'stable' }), true],
    ['the release of the key', patch({}), patch({ requireRelease: 'supported' }), false],
    ['the stable release', patch({ requireRelease: 'stable' }), patch({}), false],
    ['what was not examined', patch({}), patch({ unexamined: 'fail' }), true],
    ['only what was examined', patch({ unexamined: 'fail' }), patch({}), false],
    // Another kind's stricter member does not make up for it.
    [
      'no test of a major',
      { releases: { ...patch({ test: 'required' }).releases, major: DEFAULT_RELEASES.minor } },
      {},
      true,
    ],
  ])('and a kind of release asks for %s, then it is refused: %#', (_, requested, base, isRefused) => {
    const { refused } = refuseLaxer(requested, { ...DEFAULT_GATE, ...base })
    expect(refused.map(({ name }) => name)).toEqual(isRefused ? ['releases'] : [])
  })

  test('then what is the same is never refused, and what is obeyed lets nothing through', () => {
    fc.assert(
      fc.property(thresholds, thresholds, (requested, holds) => {
        expect(refuseLaxer(holds, holds).refused).toEqual([])
        const { applied: obeyed, refused } = refuseLaxer(requested, holds)
        const now = withRequested(holds, obeyed)
        const rank = (engine: Thresholds['benchEngine']) =>
          ['builtin', 'both', 'both-required'].indexOf(engine)
        expect(rank(now.benchEngine)).toBeGreaterThanOrEqual(rank(holds.benchEngine))
        const isRequested = holds.start !== 'false' && holds.start !== 'auto'
        expect(holds.start === 'false' || now.start !== 'false').toBe(true)
        expect(/given|hardened/.test(holds.start) ? now.start : holds.start).toBe(holds.start)
        expect(holds.start === 'true' ? now.start : '').not.toBe('auto')
        const runOf = ({ runOptions, composeFile, composeService }: Thresholds) =>
          [runOptions, composeFile, composeService].map(String)
        const isRunSet = isRequested || runOf(holds).some((one) => one !== 'null')
        expect(isRunSet ? runOf(now) : []).toEqual(isRunSet ? runOf(holds) : [])
        expect(Object.keys(obeyed).length + refused.length).toBe(Object.keys(requested).length)
        for (const severity of [...RATED_SEVERITIES, 'unknown'] as const) {
          for (const [fixedVersion, kind] of [
            ['2.6.2'],
            [null],
            [null, 'no-dsa'],
            [null, 'unimportant'],
          ] as const) {
            const debian = kind === undefined ? null : { kind, words: '' }
            const installable = fixedVersion !== null
            const fixDay = fixedVersion === null ? null : addDays(TODAY, -15)
            const part = { severity, fixedVersion, installable, debian, kev: false, fixDay }
            const input = aJudgedInput([
              aFinding({ ...part, epss: { probability: 0.7, percentile: 0.9, date: TODAY } }),
            ])
            const blocks = (gate: Partial<Thresholds>) =>
              judge([input], aPolicy([], { ...holds, ...gate, checks: ['clair'] }), TODAY).verdict !== 'pass'
            if (blocks({})) {
              expect(blocks({ ...obeyed })).toBe(true)
            }
          }
        }
      }),
      runs(500),
    )
  })

  test('then no platform of the base’s is left out, whatever is asked for', () => {
    const names = ['linux/amd64', 'linux/arm64', 'linux/arm64/v8', 'linux/s390x']
    const choice = fc.oneof(
      fc.constantFrom(null, 'all' as const),
      fc.shuffledSubarray(names, { minLength: 1 }),
    )
    // A list that names each of today's is less than all: an index may have others tomorrow.
    const judgedOf = (platform: Thresholds['platform']) => (platform === 'all' ? names : (platform ?? []))
    fc.assert(
      fc.property(choice, choice, (requested, current) => {
        const holds = { ...DEFAULT_GATE, platform: current }
        const { applied: obeyed, refused } = refuseLaxer({ platform: requested }, holds)
        const now = withRequested(holds, obeyed).platform
        expect(judgedOf(now)).toEqual(expect.arrayContaining([...judgedOf(current)]))
        expect(current === 'all' ? now : current).toBe(current)
        // Who asks for less is reported so; what holds is then the base's, unmixed.
        expect(refused.length > 0 ? now : current).toEqual(current)
        const isMore =
          current === 'all'
            ? requested === 'all'
            : judgedOf(current).every((one) => judgedOf(requested).includes(one))
        expect(refused).toHaveLength(isMore ? 0 : 1)
      }),
      runs(500),
    )
  })
})
