import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { INPUTS } from '../../../../src/inputs/table.js'
import { CHOSEN_CHECK_IDS } from '../../../../src/model/checks.js'
import { readGatePolicy } from '../../../../src/policy/gate/read.js'
import { DEFAULT_RELEASES } from '../../../../src/policy/gate/release-rules.js'
import { THRESHOLD_ROWS } from '../../../../src/policy/gate/thresholds.js'
import { DEFAULT_TIMEOUTS, TIME_ROWS } from '../../../../src/policy/gate/time-rows.js'
import { problemThrownBy } from '../../../support/problems.js'

const NO_DAYS = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 }

function errors(text: string): string[] {
  return problemThrownBy(() => readGatePolicy(text, 'gate.yml')).what.split('\n')
}

describe('readGatePolicy', () => {
  test('when the starter file is read, then it says nothing', () => {
    expect(readGatePolicy(readFileSync('policies/gate.yml', 'utf8'), 'policies/gate.yml')).toEqual({})
  })

  test('when all is given, then all is read', () => {
    const text =
      'version: 1\nchecks: [clair, docker-bench]\nfail-on: medium\nfail-on-unfixed: critical\nfail-on-new-only: true\nunknown-severity: noted\nepss-at-least: 0.05\nmax-data-age: 24\n'
    expect(readGatePolicy(text, 'gate.yml')).toEqual({
      checks: ['clair', 'docker-bench'],
      failOn: 'medium',
      failOnUnfixed: 'critical',
      failOnNewOnly: true,
      maxDataAge: 24,
      unknownSeverity: 'noted',
      epssAtLeast: 0.05,
    })
  })

  test('when never and false are given, then they are values, not left out', () => {
    expect(readGatePolicy('version: 1\nfail-on-unfixed: never\nfail-on-new-only: false\n', 'g')).toEqual({
      failOnUnfixed: null,
      failOnNewOnly: false,
    })
  })

  test.each(['2', '-1', 'high', '""', '5%'])('when epss-at-least is %s, then it is refused', (value) => {
    expect(errors(`version: 1\nepss-at-least: ${value}\n`)).toEqual([
      expect.stringMatching(/^gate\.yml:2: epss-at-least: .* is not a number from 0 to 1$/),
    ])
  })

  test('when several lines are wrong, then all are reported, in order', () => {
    const text =
      'checks: [clair, clar, clair]\nfail_on: low\nfail-on-unfixed: unknown\nfail-on-new-only: yes\nfoo: 1\n'
    expect(errors(text)).toEqual([
      'gate.yml:1: version: is missing',
      `gate.yml:1: checks[1]: "clar" is not one of ${CHOSEN_CHECK_IDS.join(', ')}`,
      'gate.yml:1: checks[2]: clair appears twice',
      'gate.yml:2: fail_on: unknown key; did you mean fail-on?',
      'gate.yml:3: fail-on-unfixed: "unknown" is neither one of negligible, low, medium, high, critical, never nor one value for each owner, such as {base: critical, own: high}',
      'gate.yml:4: fail-on-new-only: "yes" is neither true nor false',
      `gate.yml:5: foo: unknown key (known: version, ${THRESHOLD_ROWS.map(({ name }) => name).join(', ')})`,
    ])
  })

  test('when a key no longer exists, then the error says what replaces it', () => {
    expect(errors('version: 1\nstrict-whitelist: true\n')).toEqual([
      'gate.yml:2: strict-whitelist: this key no longer exists: set fail-on: negligible and unknown-severity: act',
    ])
  })

  test('when it says how Docker Bench judges and the image is run, then that is read', () => {
    const text =
      'version: 1\nbench-engine: both-required\nrun-options: >-\n  --read-only\n  --init\ncompose-file: compose.yml\ncompose-service: app\nstart: true\n'
    expect(readGatePolicy(text, 'gate.yml')).toEqual({
      benchEngine: 'both-required',
      runOptions: '--read-only --init',
      composeFile: 'compose.yml',
      composeService: 'app',
      start: 'true',
    })
  })

  test.each([
    ['bench-engine: docker', 'gate.yml:2: bench-engine: "docker" is not one of both-required, both, builtin'],
    ['run-options: ""', 'gate.yml:2: run-options: it is empty'],
    ['run-options: [--init]', 'gate.yml:2: run-options: expected text, found a list'],
    ['compose-file: " "', 'gate.yml:2: compose-file: " " is empty'],
    ['compose-service: ""', 'gate.yml:2: compose-service: it is empty'],
    ['start: yes', 'gate.yml:2: start: "yes" is not one of auto, false, true, given, hardened'],
    ['bench-engine: auto', 'gate.yml:2: bench-engine: "auto" no longer exists; write both'],
    ['bench-engine: dbs', 'gate.yml:2: bench-engine: "dbs" no longer exists; write both-required'],
  ])('when it says %s, then that is told', (line, message) => {
    expect(errors(`version: 1\n${line}\n`)).toEqual([message])
  })

  test.each([
    ['bench-image', 'runs with access to the engine socket'],
    ['bench-source', 'runs with access to the engine socket'],
    ['clair-image', 'runs alongside the gate'],
    ['postgres-image', 'runs alongside the gate'],
    ['build-command', 'runs on the machine'],
    ['test', 'runs on the machine'],
  ])('when it names a %s, then it says why not, and which input does', (key, why) => {
    expect(INPUTS.some(({ name }) => name === key)).toBe(true)
    expect(errors(`version: 1\n${key}: evil\nfail_on: low\n`)).toEqual([
      `gate.yml:2: ${key}: is not allowed in this file, because it decides what ${why}, and the checkout might not be trustworthy; use the input ${key} (--${key})`,
      'gate.yml:3: fail_on: unknown key; did you mean fail-on?',
    ])
  })

  test('when bases are named, then they are read as they stand', () => {
    expect(
      readGatePolicy('version: 1\nallowed-bases:\n  - debian:*\n  - ghcr.io/acme/base:12\n', 'g'),
    ).toEqual({
      allowedBases: ['debian:*', 'ghcr.io/acme/base:12'],
    })
  })

  test.each([
    [
      'neither a word nor a list',
      'version: 1\nallowed-bases: oficial\n',
      'is not "official", "any" or a list',
    ],
    ['a word in a list', 'version: 1\nallowed-bases: [any]\n', 'must stand alone, not in a list of names'],
    ['a mirror of everything', 'version: 1\nofficial-mirrors: ["*"]\n', 'is not a prefix such as'],
    [
      'a mirror that is a registry',
      'version: 1\nofficial-mirrors: [docker.io/]\n',
      'is not a prefix such as',
    ],
    ['an empty mirror', 'version: 1\nofficial-mirrors: [""]\n', 'is not a prefix such as'],
    [
      'a mirror without a slash at its end',
      'version: 1\nofficial-mirrors: [a.example/library]\n',
      'is not a prefix',
    ],
    ['a mirror without a host', 'version: 1\nofficial-mirrors: [acme/library/]\n', 'is not a prefix such as'],
    [
      'a mirror with a wildcard',
      'version: 1\nofficial-mirrors: ["a.example/*/"]\n',
      'is not a prefix such as',
    ],
    ['no base', 'version: 1\nallowed-bases: []\n', 'must contain at least one name; "any" allows every base'],
    ['a base that is none', 'version: 1\nallowed-bases: ["a b"]\n', '"a b" is not an image name'],
    [
      'no check',
      'version: 1\nchecks: []\n',
      'gate.yml:2: checks: a list must contain at least one check; omit the key',
    ],
    ['an empty value', 'version: 1\nfail-on:\n', 'gate.yml:2: fail-on: it is neither one of'],
    ['another version', 'version: 2\n', 'gate.yml:1: version: "2" is not a supported version; use 1'],
    ['a list for text', 'version: 1\nfail-on: [low]\n', 'gate.yml:2: fail-on: a list is neither one of'],
    [
      'text for a list',
      'version: 1\nchecks: clair\n',
      'gate.yml:2: checks: expected a list, found the text "clair"',
    ],
    [
      'a threshold of one owner',
      'version: 1\nfail-on: {base: high}\n',
      'gate.yml:2: fail-on: a mapping is neither one of negligible, low, medium, high, critical nor one value for each owner',
    ],
    [
      'a threshold of two kinds',
      'version: 1\nfail-on: [high, {base: high, own: low}]\n',
      'gate.yml:2: fail-on: a list is neither one of',
    ],
    [
      'an owner for whom the gate never fails',
      'version: 1\nfail-on: {base: never, own: low}\n',
      'gate.yml:2: fail-on',
    ],
    [
      'a negative time to act',
      'version: 1\nact-within: {medium: -1}\n',
      'gate.yml:2: act-within.medium: "-1" is not a number of days from 0 to 365, such as 14d',
    ],
    [
      'an absurd time to act',
      'version: 1\nact-within: {low: 400d}\n',
      'gate.yml:2: act-within.low: "400d" is not',
    ],
    ['one time to act for all', 'version: 1\nact-within: 14d\n', 'gate.yml:2: act-within'],
    [
      'time for what nobody has rated',
      'version: 1\nact-within: {unknown: 14d}\n',
      'gate.yml:2: act-within.unknown: unknown key',
    ],
    ['a list as the file', '- a\n', 'gate.yml:1: the file: expected a mapping (key: value), found a list'],
  ])('when there is %s, then that is told', (_, text, message) => {
    expect(errors(text).join('\n')).toContain(message)
    expect(errors(text)).toHaveLength(1)
  })

  test.each([
    ['1', 1],
    ['90', 90],
    ['"365"', 365],
    ['3650', 3650],
  ])('when max-span is %s, then it is so many days', (text, days) => {
    expect(readGatePolicy(`version: 1\nmax-span: ${text}\n`, 'gate.yml').maxSpan).toBe(days)
  })

  test.each(['0', '-1', '1.5', '3651', '9999', '1e2', 'never', '""'])(
    'when max-span is %s, then it is refused',
    (text) => {
      expect(errors(`version: 1\nmax-span: ${text}\n`).join()).toContain(
        'is not a number of days from 1 to 3650',
      )
    },
  )

  test.each([
    ['timeout: 86400', { timeout: 86_400 }],
    ['timeout: 0.5', { timeout: 0.5 }],
    ['timeouts: {start: 3600}', { timeouts: { ...DEFAULT_TIMEOUTS, start: 3600 } }],
    ['max-data-age: 1', { maxDataAge: 1 }],
    ['max-data-age: 87600', { maxDataAge: 87_600 }],
    ['act-within: {low: 365d, high: 0}', { actWithin: { ...NO_DAYS, low: 365 } }],
  ])('when it says %s, then that is the most or the least that it may say', (line, policy) => {
    expect(readGatePolicy(`version: 1\n${line}\n`, 'gate.yml')).toEqual(policy)
  })

  test.each([
    ['timeout: 86401', 'timeout: "86401" is not a number of seconds, at most 86400'],
    ['timeout: 0', 'timeout: "0" is not a number of seconds, at most 86400'],
    ['timeouts: {start: 3601}', 'timeouts.start: "3601" is not a number of seconds, at most 3600'],
    ['act-within: {low: 366}', 'act-within.low: "366" is not a number of days from 0 to 365, such as 14d'],
  ])('when it says %s, then that is refused', (line, message) => {
    expect(errors(`version: 1\n${line}\n`)).toEqual([`gate.yml:2: ${message}`])
  })

  test.each(['0', '87601', '-1', '1.5'])('when max-data-age is %s, then it is refused', (hours) => {
    expect(errors(`version: 1\nmax-data-age: ${hours}\n`)).toEqual([
      expect.stringMatching(`^gate\\.yml:2: max-data-age: "${hours}" `),
    ])
  })

  test.each([
    ['86400', 86_400],
    ['0.5', 0.5],
    ['86401', { refused: ['"86401" is not a number of seconds, at most 86400'] }],
    ['0', { refused: ['"0" is not a number of seconds, at most 86400'] }],
  ])('when the input timeout is %s, then it is read as %j', (text, seconds) => {
    expect(TIME_ROWS.timeout.input?.read(text)).toEqual(seconds)
  })

  test('when kinds of release have rules, then the others stay as they are', () => {
    const text = [
      'version: 1',
      'releases:',
      '  major: {test: optional, require-release: supported}',
      '  patch: {docker-bench: optional, unexamined: fail}',
    ]
    const { major, minor, patch } = DEFAULT_RELEASES
    expect(readGatePolicy(text.join('\n'), 'gate.yml').releases).toEqual({
      major: { ...major, test: 'optional', requireRelease: 'supported' },
      minor,
      patch: { ...patch, dockerBench: 'optional', unexamined: 'fail' },
    })
  })

  test.each([
    [
      '{major: any-update}',
      'releases.major: "any-update" is a word alone; write what it is about, such as {updates: any-update}',
    ],
    [
      '{patch: all}',
      'releases.patch: "all" is a word alone; write what it is about, such as {updates: security}',
    ],
    ['{minor: [security]}', 'releases.minor: expected a mapping (key: value), found a list'],
    ['{minor: {update: security}}', 'releases.minor.update: unknown key; did you mean updates?'],
    ['{minor: {test: needed}}', 'releases.minor.test: "needed" is neither required nor optional'],
    ['{minor: {docker-bench: on}}', 'releases.minor.docker-bench: "on" is neither required nor optional'],
    ['{minor: {unexamined: act}}', 'releases.minor.unexamined: "act" is neither fail nor noted'],
    [
      '{major: {require-release: any}}',
      'releases.major.require-release: "any" is neither stable nor supported',
    ],
    ['{majr: {test: required}}', 'releases.majr: unknown key; did you mean major?'],
  ])('when releases is %s, then that is told', (rules, message) => {
    expect(errors(`version: 1\nreleases: ${rules}\n`)).toEqual([`gate.yml:2: ${message}`])
  })
})
