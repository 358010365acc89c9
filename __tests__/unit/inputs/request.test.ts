import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { readJudging } from '../../../src/inputs/policies.js'
import { readRequest, readScan } from '../../../src/inputs/request.js'
import { STRUCK_INPUTS } from '../../../src/inputs/struck.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { CHOSEN_CHECK_IDS } from '../../../src/model/checks.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { problemThrownBy } from '../../support/problems.js'

// Default paths are relative to the working directory: these tests have one without policies.
const back = process.cwd()
const root = realpathSync(mkdtempSync(join(tmpdir(), 'request-')))
beforeEach(() => {
  process.chdir(mkdtempSync(join(root, 'work-')))
})
afterAll(() => {
  process.chdir(back)
  rmSync(root, { recursive: true })
})

type Values = Readonly<Record<string, string>>

/** The inputs as the entries give them: the default where nothing else was said. */
const inputs = (values: Values = {}) => {
  const known = new Map(INPUTS.map((input) => [input.name, input.default]))
  for (const name of Object.keys(values)) {
    if (!known.has(name)) {
      throw new Error(`no input ${name}`)
    }
  }
  return (name: string) => values[name] ?? known.get(name) ?? ''
}
const request = (values: Values = {}, images: readonly string[] = ['app:1']) =>
  readRequest(images, inputs(values))
const judging = (values: Values = {}) => readJudging(inputs(values), '2026-11-24')

/** Faults of a `bad-input`, one line each. */
function errorsOf(act: () => unknown): readonly string[] {
  const problem = problemThrownBy(act)
  expect(problem).toMatchObject({ code: 'bad-input', where: 'inputs' })
  return problem.what.split('\n')
}

function write(path: string, text: string): string {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

const entry = (part = '') =>
  `version: 1\nentries:\n  - id: CVE-2011-3374\n    package: apt\n    reason: r\n    owner: o\n    expires: 2027-03-31\n${part}`

describe('readRequest', () => {
  test('when nothing is given but an image, then the defaults hold', () => {
    expect(request()).toMatchObject({
      images: ['app:1'],
      dockerfile: null,
      clair: { url: null, psk: null, layerUrl: null, timeoutMs: 120_000 },
      downloadTimeoutMs: 120_000,
      timeoutMs: 900_000,
      saveEvidence: null,
    })
  })

  test('when gate.yml has time limits, then each holds for its part, and the input for the whole', () => {
    write('policies/gate.yml', 'version: 1\ntimeout: 60\ntimeouts: {clair: 0.5, download: 7, test: 8}\n')
    expect(request()).toMatchObject({
      timeoutMs: 60_000,
      clair: { timeoutMs: 500 },
      downloadTimeoutMs: 7000,
      regressionTest: { limitMs: 8000 },
      bench: { startTimeoutMs: 60_000 },
    })
    expect(request({ timeout: '30' }).timeoutMs).toBe(30_000)
    for (const bad of [
      'timeout: 0',
      'timeouts: {clair: x}',
      'timeouts: {start: 3601}',
      'timeouts: {all: 1}',
    ]) {
      write('policies/gate.yml', `version: 1\n${bad}\n`)
      expect(problemThrownBy(() => request()).code).toBe('policy-invalid')
    }
  })

  test('when a Dockerfile is named that is not there, then that is an error; when none is named, none need be there', () => {
    expect(errorsOf(() => request({ dockerfile: 'Dockerfile.nope' }))).toEqual([
      'dockerfile: there is no file "Dockerfile.nope"; omit this input to search for one',
    ])
    expect(request({ dockerfile: '' }).dockerfile).toBeNull()
  })

  test('when an input no longer exists, then the error says what replaces it', () => {
    const old = (name: string) => (STRUCK_INPUTS.has(name) ? 'true' : inputs()(name))
    const errors = errorsOf(() => readRequest(['app:1'], old))
    expect(errors.map((message) => message.split(':')[0])).toEqual([...STRUCK_INPUTS.keys()])
    const KEYS =
      'fail-on-deferred act-within unknown-severity epss-at-least fail-on-unexamined application require-release max-data-age allowed-bases fail-on-new-only vex vex-author bench-engine'
    expect(errors).toEqual(
      expect.arrayContaining([
        'strict-whitelist: this is not an input: set fail-on: negligible and unknown-severity: act',
        ...KEYS.split(' ').map(
          (key) => `${key}: this is not an input: set the key ${key} in policies/gate.yml`,
        ),
        ...['gate', 'whitelist', 'dictionary'].map(
          (name) => `${name}: this is not an input: set policies to the folder that contains ${name}.yml`,
        ),
        'test-command: this is not an input: set the input test to the command',
        'test-service: this is not an input: set the input test to FILE.yml#SERVICE',
        'start-test: this is not an input: set start to given or hardened',
        ...['download', 'clair', 'start', 'test', 'update'].map(
          (part) =>
            `${part}-timeout: this is not an input: set the key timeouts in policies/gate.yml, such as {${part}: 60}`,
        ),
        expect.stringMatching(/^changelogs: this is not an input: .*set tracker to a copy of it/),
      ]),
    )
  })

  test('when all is given, with blanks around it, then it is read', () => {
    writeFileSync('app.Dockerfile', '')
    const values = {
      platform: ' linux/arm64/v8 ',
      dockerfile: ' app.Dockerfile ',
      tracker: 'tracker.json',
      'clair-url': 'https://clair.example/base',
      'clair-psk': 'a2V5',
      'clair-psk-issuer': 'gate',
      'layer-url': 'http://runner.example:8090/',
      timeout: '86400',
      'save-evidence': 'evidence',
    }
    mkdirSync('dir')
    writeFileSync('dir/my app.tar', '')
    expect(request(values, ['dir/my app.tar', 'ghcr.io/acme/app:1'])).toMatchObject({
      images: ['dir/my app.tar', 'ghcr.io/acme/app:1'],
      dockerfile: 'app.Dockerfile',
      feeds: { tracker: 'tracker.json' },
      clair: {
        url: 'https://clair.example/base',
        psk: { key: 'a2V5', issuer: 'gate' },
        layerUrl: 'http://runner.example:8090/',
      },
      timeoutMs: 86_400_000,
      saveEvidence: 'evidence',
    })
  })

  test.each<[string, Values, string]>([
    [
      'a platform without an architecture',
      { platform: 'linux' },
      'platform: "linux" is not a platform such as linux/arm64',
    ],
    ['a platform in capitals', { platform: 'Linux/AMD64' }, 'platform: '],
    [
      'seconds that are words',
      { timeout: 'two minutes' },
      'timeout: "two minutes" is not a number of seconds',
    ],
    ['seconds that are none', { timeout: '0' }, 'timeout: "0"'],
    ['seconds below none', { timeout: '-5' }, 'timeout: "-5"'],
    ['seconds without end', { timeout: 'Infinity' }, 'timeout: "Infinity"'],
    ['more than a day', { timeout: '86401' }, 'timeout: "86401"'],
    ['a key without an issuer', { 'clair-psk': 'x' }, 'clair-psk and clair-psk-issuer must be set together'],
    [
      'an issuer without a key',
      { 'clair-psk-issuer': 'x' },
      'clair-psk and clair-psk-issuer must be set together',
    ],
    [
      'a Clair that does not know where we are',
      { 'clair-url': 'http://c:6060' },
      'layer-url: required with clair-url',
    ],
    [
      'a layer-url without a port',
      { 'layer-url': 'http://runner' },
      'layer-url: "http://runner" is not of the form',
    ],
    ['a layer-url with a path', { 'layer-url': 'http://runner:80/x' }, 'layer-url: '],
    ['a layer-url of https, which is not served', { 'layer-url': 'https://runner:8443' }, 'layer-url: '],
    ['a layer-url with a port that is none', { 'layer-url': 'http://runner:99999' }, 'layer-url: '],
  ])('when there is %s, then that is told', (_, values, message) => {
    expect(errorsOf(() => request(values))).toEqual([expect.stringContaining(message)])
  })

  test.each(['clair:6060', 'ftp://clair', 'http://', 'http:///x', 'http://a b', 'http://[::1', '//clair'])(
    'when clair-url is %s, then it is no URL',
    (url) => {
      const errors = errorsOf(() => request({ 'clair-url': url, 'layer-url': 'http://runner:8090' }))
      expect(errors).toEqual([`clair-url: ${JSON.stringify(url)} is not an http(s) URL`])
    },
  )

  test.each(['-v', '--privileged', 'a\nb', 'a\tb', 'a\0b', '', ' '])(
    'when an image is called %j, then that is no name',
    (image) => {
      expect(errorsOf(() => request({}, ['app:1', image]))).toEqual([
        `image: ${JSON.stringify(image)} is not a valid image name`,
      ])
    },
  )

  test('when several things are wrong, then all are reported at once, each once', () => {
    const values = { platform: 'x', 'clair-url': 'x', 'clair-psk': 'x', timeout: 'x' }
    const errors = errorsOf(() => request(values, []))
    expect(errors.map((message) => message.split(/[: ]/)[0]).sort()).toEqual(
      ['image', 'platform', 'clair-url', 'layer-url', 'clair-psk', 'timeout'].sort(),
    )
  })
})

describe('names of images', () => {
  test.each([
    ['UPPER/Case:tag:tag', 'more than one tag'],
    ['a..b//c', 'is not a valid host'],
    ['acme//app', 'is empty'],
    ['Acme', 'contains uppercase letters'],
    ['app:', 'is not a valid tag'],
    ['app@sha256:1234', 'is not a valid digest'],
    ['my app', 'is not a valid part of a name'],
  ])('when an image is called %s, then it is refused before anything is started', (name, why) => {
    const problem = problemThrownBy(() => request({}, [name]))
    expect(problem).toMatchObject({ code: 'bad-image-name', where: 'image' })
    expect(problem.what).toContain(JSON.stringify(name))
    expect(problem.what).toContain(why)
  })

  test('when it is the path of an archive, then it may be called as files are', () => {
    const names = ['./UPPER Case', join(process.cwd(), 'a:b:c'), 'My App.tar']
    for (const name of names) {
      writeFileSync(name, '')
    }
    expect(request({}, names).images).toEqual(names)
  })

  test.each([
    ['compose.yml', 'docker compose config --images'],
    ['./deploy/Compose.YAML', 'docker compose config --images'],
    ['docker-bake.json', 'docker buildx bake --print | jq'],
    ['/work/docker-bake.hcl', 'docker buildx bake --print | jq'],
  ])('when it is the file %s, which names images, then the error says how to list them', (name, list) => {
    writeFileSync('compose.yml', 'services: {app: {image: "app:1"}}')
    const problem = problemThrownBy(() => request({}, [name]))
    expect(problem).toMatchObject({ code: 'bad-image-name', where: 'image' })
    expect(problem.what).toBe(`${JSON.stringify(name)} is a compose or bake file, not an image`)
    expect(problem.todo).toContain(list)
  })

  test('when an image with such a name has a tag or a digest, then it is an image', () => {
    const images = ['acme/site.yml:1', `acme/data.json@sha256:${'0'.repeat(64)}`]
    expect(request({}, images).images).toEqual(images)
  })

  test('when there is no archive at that path, then that is reported before anything is started', () => {
    const problem = problemThrownBy(() => request({}, ['app:1', './none.tar']))
    expect(problem).toMatchObject({ code: 'no-such-archive', where: './none.tar', todo: 'check the path' })
  })
})

describe('readScan', () => {
  const readScanOf = (values: Values, images: readonly string[]) =>
    readScan(images, inputs(values), '2026-11-24')

  test('when all is well, then it has both', () => {
    const { request, judging } = readScanOf({ 'fail-on': 'low' }, ['app:1'])
    expect([request.images, judging.policy.gate.failOn]).toEqual([['app:1'], 'low'])
  })

  test('when an image is named twice, then it is judged once', () => {
    expect(readScanOf({}, ['b:1', 'a:1', 'b:1']).request.images).toEqual(['b:1', 'a:1'])
  })

  test('when there are more than 100 images, then they are refused, with what to do', () => {
    const many = Array.from({ length: 101 }, (_, at) => `app:${at}`)
    expect(errorsOf(() => readScanOf({}, many))).toEqual([
      expect.stringMatching(/^image: 101 images were specified, but one run judges at most 100; split them/),
    ])
    expect(readScanOf({}, many.slice(1)).request.images).toHaveLength(100)
  })

  test('when inputs, names and policies are wrong, then one error tells all of it', () => {
    write('policies/whitelist.yml', entry('    owners: x\n'))
    write('policies/gate.yml', 'version: 1\nfail-om: low\n')
    const values = { timeout: 'x', 'fail-on': 'urgent' }
    const problem = problemThrownBy(() => readScanOf(values, ['A:b:c']))
    expect(problem.code).toBe('bad-input')
    for (const text of [
      'timeout: "x"',
      '"A:b:c" is not an image name',
      'fail-on: "urgent"',
      'policies/gate.yml:2: ',
      'policies/whitelist.yml:8: ',
    ]) {
      expect(problem.what).toContain(text)
    }
  })

  test('when one thing is wrong, then it keeps its own code and place', () => {
    write('policies/whitelist.yml', entry('    owners: x\n'))
    expect(problemThrownBy(() => readScanOf({}, ['app:1']))).toMatchObject({
      code: 'policy-invalid',
      where: 'policies/whitelist.yml',
    })
  })
})

describe('readJudging, the inputs', () => {
  test('when nothing is given, then the built-in gate holds, for the day of now, without a whitelist', () => {
    expect(judging()).toMatchObject({
      policy: { gate: DEFAULT_GATE, whitelist: { file: null, entries: [] } },
      today: '2026-11-24',
      reportDir: 'seaworthy-report',
      debug: false,
    })
  })

  test.each([
    ['3', true],
    ['1', false],
    ['', false],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression that nobody has evaluated
    ['${{ strategy.job-total }}', false],
  ])(
    'when the matrix has "%s" jobs, then others share the policies: %s, in a replay too',
    (jobs, isShared) => {
      const { policy, inputs } = judging({ 'matrix-jobs': jobs })
      expect(policy.gate.isShared).toBe(isShared)
      expect(judging(inputs).policy.gate.isShared).toBe(isShared)
    },
  )

  test('when a day is given, then it goes before now', () => {
    expect(judging({ today: ' 2026-02-28 ' }).today).toBe('2026-02-28')
  })

  test.each<[string, Values, string]>([
    ['a day that is none', { today: '2026-02-30' }, 'today: "2026-02-30" is not a date'],
    ['a day in other words', { today: 'tomorrow' }, 'today: "tomorrow"'],
    ['a number that is none', { 'matrix-jobs': 'many' }, 'matrix-jobs: "many" is not a number of jobs'],
    ['a severity that is none', { 'fail-on': 'urgent' }, 'fail-on: "urgent" is not one of negligible, low,'],
    ['what nobody has rated', { 'fail-on': 'unknown' }, 'fail-on: "unknown"'],
    [
      'a gate that never fails',
      { 'fail-on': 'never' },
      'fail-on: "never" is not allowed, because a gate that never fails decides nothing',
    ],
    [
      'thresholds of two kinds at once',
      { 'fail-on': 'high,own=critical' },
      'fail-on: "high,own=critical" is neither a single severity nor one for each owner, such as base=critical,own=high',
    ],
    [
      'a threshold of one owner',
      { 'fail-on': 'base=high' },
      'fail-on: "base=high" is neither a single severity',
    ],
    [
      'a threshold of an owner twice',
      { 'fail-on': 'base=high,own=low,base=low' },
      'fail-on: "base=high,own=low,base=low" is neither',
    ],
    [
      'a threshold of nobody',
      { 'fail-on': 'base=high,mine=low' },
      'fail-on: "base=high,mine=low" is neither',
    ],
    ['an owner without a severity', { 'fail-on': 'base=,own=low' }, 'fail-on: "base=,own=low" is neither'],
    [
      'a severity of an owner that is none',
      { 'fail-on-unfixed': 'base=never,own=urgent' },
      'fail-on-unfixed: "urgent" is not one of negligible,',
    ],
    [
      'an owner for whom the gate never fails',
      { 'fail-on': 'base=never,own=low' },
      'fail-on: "never" is not allowed, because a gate that never fails decides nothing',
    ],
    ['another severity that is none', { 'fail-on-unfixed': 'High' }, 'fail-on-unfixed: "High"'],
    [
      'a check that is none',
      { checks: 'clair,trivy' },
      'checks: "trivy" is not one of security-updates, clair',
    ],
    ['a mode with a typo', { mode: 'audti' }, 'mode: "audti" is not enforce or audit'],
    ['a member of every object', { checks: 'toString' }, 'checks: "toString" is not one of'],
  ])('when there is %s, then that is told, once', (_, values, message) => {
    expect(errorsOf(() => judging(values))).toEqual([expect.stringContaining(message)])
  })

  test('when several are wrong, then all are reported at once', () => {
    const values = {
      today: 'x',
      'fail-on': 'x',
      'fail-on-unfixed': 'x',
      checks: 'x',
    }
    const reported = errorsOf(() => judging(values)).map((message) => message.split(':')[0])
    expect(reported.sort()).toEqual(Object.keys(values).sort())
  })

  test.each(CHOSEN_CHECK_IDS)('when only the check %s is asked for, then it alone runs', (check) => {
    expect(judging({ checks: check }).policy.gate.checks).toEqual([check])
  })
})

describe('readJudging, gate.yml', () => {
  const GATE =
    'version: 1\nfail-on: low\nfail-on-unfixed: critical\nfail-on-unexamined: true\nmax-data-age: 72\n'

  test('when gate.yml is at its default path, then it goes before the built-in gate', () => {
    write('policies/gate.yml', GATE)
    expect(judging().policy.gate).toEqual({
      ...DEFAULT_GATE,
      failOn: 'low',
      failOnUnfixed: 'critical',
      failOnUnexamined: true,
      maxDataAge: 72,
      file: 'policies/gate.yml',
    })
  })

  test('when inputs are given too, then they go before gate.yml, one by one', () => {
    write('policies/gate.yml', GATE)
    expect(judging({ 'fail-on': 'medium' }).policy.gate).toMatchObject({
      failOn: 'medium',
      failOnUnfixed: 'critical',
      failOnUnexamined: true,
    })
    expect(judging({ 'fail-on-unfixed': 'never' }).policy.gate).toMatchObject({
      failOn: 'low',
      failOnUnfixed: null,
      failOnUnexamined: true,
    })
  })

  test('when another folder is named, then the one at the default path is not read', () => {
    write('policies/gate.yml', 'nonsense')
    write('other/gate.yml', 'version: 1\nfail-on: critical\n')
    for (const policies of ['other', './other/', join(process.cwd(), 'other')]) {
      expect(judging({ policies }).policy.gate.failOn).toBe('critical')
    }
  })

  test('when the folder is given empty, as a workflow does that passes its own input on, then the default holds', () => {
    write('policies/gate.yml', GATE)
    expect(judging({ policies: ' ' }).policy.gate.failOn).toBe('low')
  })

  test('when gate.yml names the checks, then an input goes before it', () => {
    write('policies/gate.yml', 'version: 1\nchecks: [clair]\n')
    expect(judging().policy.gate.checks).toEqual(['clair'])
    expect(judging({ checks: 'docker-bench' }).policy.gate.checks).toEqual(['docker-bench'])
  })

  test('when gate.yml is wrong, then its lines are reported', () => {
    write('policies/gate.yml', 'version: 1\nfail-om: low\n')
    const problem = problemThrownBy(() => judging())
    expect(problem.code).toBe('policy-invalid')
    expect(problem.what).toContain('policies/gate.yml:2: ')
  })
})

describe('inputs of Docker Bench', () => {
  test('when nothing is given, then the pinned one is fetched, and runs in an image with the docker command', () => {
    expect(request().bench).toMatchObject({
      ...{ benchEngine: 'both', source: { kind: 'download', url: null }, benchImage: 'docker:29-cli' },
    })
  })

  test('when both are given, then they do not exclude each other', () => {
    const url = 'https://mirror.example/bench.tar.gz'
    expect(
      request({ 'bench-source': url, 'bench-image': 'mirror.example/docker:29-cli' }).bench,
    ).toMatchObject({
      ...{ source: { kind: 'download', url }, benchImage: 'mirror.example/docker:29-cli' },
    })
    expect(request({ 'bench-source': 'vendor/bench' }).bench.source).toEqual({
      ...{ kind: 'folder', folder: 'vendor/bench' },
    })
  })

  test('when they are given empty, as a workflow does that passes its own inputs on, then the defaults hold', () => {
    expect(request({ 'bench-source': '', 'bench-image': '' }).bench).toMatchObject({
      ...{ source: { kind: 'download', url: null }, benchImage: 'docker:29-cli' },
    })
  })
})

describe('readJudging, the files', () => {
  test('when a folder is named that has no policies, then that is reported, but the default folder may be missing', () => {
    mkdirSync('empty')
    for (const policies of ['empty', 'nowhere']) {
      const problem = problemThrownBy(() => judging({ policies }))
      expect(problem).toMatchObject({ code: 'policy-missing', where: policies })
      expect(problem.what).toContain('contains no gate.yml, whitelist.yml, dictionary.yml')
    }
    for (const policies of ['policies', './policies/']) {
      expect(judging({ policies }).policy.gate).toEqual(DEFAULT_GATE)
    }
    write('empty/whitelist.yml', entry())
    expect(judging({ policies: 'empty' }).policy.gate).toEqual(DEFAULT_GATE)
  })

  test('when a whitelist is there, then its entries come with their lines', () => {
    write('policies/whitelist.yml', entry())
    expect(judging().policy.whitelist).toMatchObject({
      file: 'policies/whitelist.yml',
      entries: [{ id: 'CVE-2011-3374', place: { file: 'policies/whitelist.yml', line: 3 } }],
    })
    write('mine/whitelist.yml', entry())
    expect(judging({ policies: 'mine' }).policy.whitelist.file).toBe('mine/whitelist.yml')
  })

  test.each<[string, string, string]>([
    ['a wrong key', entry('    owners: x\n'), 'owners'],
    ['a duplicate', entry().concat(entry().split('entries:\n')[1] ?? ''), 'covers the same findings as'],
    ['no YAML', 'version: 1\nentries: [\n', ':'],
    ['a bad date', entry().replace('2027-03-31', '2027-02-30'), 'is not a date'],
  ])('when the whitelist has %s, then it is told with its place', (_, text, message) => {
    write('policies/whitelist.yml', text)
    const problem = problemThrownBy(() => judging())
    expect(problem).toMatchObject({ code: 'policy-invalid', where: 'policies/whitelist.yml' })
    expect(problem.what).toMatch(/^policies\/whitelist\.yml:\d+: /)
    expect(problem.what).toContain(message)
  })

  test('when a whitelist includes another, then its entries count, but not over a link that leads out', () => {
    write('policies/whitelist.yml', 'version: 1\ninclude: [more.yml]\nentries: []\n')
    write('policies/more.yml', entry())
    expect(judging().policy.whitelist.entries).toMatchObject([
      { id: 'CVE-2011-3374', place: { file: 'policies/more.yml', line: 3 } },
    ])
    const outside = join(root, 'outside.yml')
    writeFileSync(outside, entry())
    rmSync('policies/more.yml')
    symlinkSync(outside, 'policies/more.yml')
    expect(problemThrownBy(() => judging())).toMatchObject({
      code: 'file-unreadable',
      where: 'policies/more.yml',
    })
  })

  test('when policies come from elsewhere, then all of them do, with what they include', () => {
    write('policies/whitelist.yml', entry())
    const files: Record<string, string> = {
      'policies/gate.yml': 'version: 1\nmax-span: 100\n',
      'policies/whitelist.yml': 'version: 1\ninclude: [more.yml]\nentries: []\n',
      'policies/more.yml': entry(),
    }
    const read = (path: string) => files[path] ?? null
    const problem = problemThrownBy(() =>
      readJudging(inputs(), '2026-11-24', { read, binding: false, notices: [] }),
    )
    expect(problem.what).toContain('policies/more.yml:7: entries[0].expires: 2027-03-31 is 127 days')
    files['policies/gate.yml'] = 'version: 1\nmax-span: 127\n'
    const { policy } = readJudging(inputs(), '2026-11-24', { read, binding: false, notices: [] })
    expect(policy.whitelist.entries).toHaveLength(1)
    expect(policy.dictionary.file).toBeNull()
  })

  test('when the place of a policy is a folder, then that is no missing file', () => {
    mkdirSync('policies/whitelist.yml', { recursive: true })
    expect(problemThrownBy(() => judging()).code).toBe('file-unreadable')
  })

  test('when the dictionary is no YAML, then that is reported before anything is started', () => {
    write('policies/dictionary.yml', 'a: [')
    const problem = problemThrownBy(() => judging())
    expect(problem).toMatchObject({ code: 'policy-invalid', where: 'policies/dictionary.yml' })
  })
})
