import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readRequest, readScan } from '../../../src/inputs/request.js'
import { STRUCK_INPUTS } from '../../../src/inputs/struck.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { inputs, type Values } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'
import { inNewFolders } from '../../support/work-folder.js'
import { entry, errorsOf, write } from './read-inputs.js'

inNewFolders()

const request = (values: Values = {}, images: readonly string[] = ['app:1']) =>
  readRequest(images, inputs(values))

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

  describe('when the runner has put a variable with the name of an input into the environment', () => {
    const scanWith = (env: NodeJS.ProcessEnv) => readScan(['app:1'], inputs(), '2026-11-24', null, env)
    const all = Object.fromEntries(
      INPUTS.filter(({ where }) => where.includes('action')).map(({ name }) => [
        `INPUT_${name.toUpperCase()}`,
        '',
      ]),
    )

    test.each([
      ['INPUT_TETS', 'unknown input "tets"; did you mean test?'],
      ['INPUT_POLICIES_FROM', 'unknown input "policies_from"; did you mean policies-from?'],
      ['INPUT_IMAGES', 'unknown input "images"; did you mean image?'],
      ['INPUT_IMGAE', 'unknown input "imgae"; did you mean image?'],
      ['INPUT_TESTS', 'unknown input "tests"; did you mean test?'],
      ['INPUT_FAIL_ON', 'unknown input "fail_on"; did you mean fail-on?'],
      ['INPUT_PLATFROM', 'unknown input "platfrom"; did you mean platform?'],
    ])('%s, then that is refused, even if it is empty', (variable, message) => {
      expect(errorsOf(() => scanWith({ ...all, [variable]: '' }))).toEqual([
        `${message} (If this step does not set it, unset the variable ${variable})`,
      ])
    })

    test('and it is an input, a former input or close to none, then nothing is refused', () => {
      const names = [...STRUCK_INPUTS.keys()]
      const former = Object.fromEntries(names.map((name) => [`INPUT_${name.toUpperCase()}`, '']))
      const unrelated = 'DEPLOYMENT KEY DATE TEXT NODE MODEL COMMIT ONLINE TRACK CACHE-KEY GITLAB_TOKEN'
      const others = Object.fromEntries(unrelated.split(' ').map((name) => [`INPUT_${name}`, 'x']))
      const more = { INPUT_: 'x', TETS: 'x' }
      expect(scanWith({ ...all, ...former, ...others, ...more }).request.images).toEqual(['app:1'])
    })
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
      'timeout: "two minutes" is not a number of seconds, at most 86400',
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
      'a layer-url with a user name',
      { 'layer-url': 'http://gate@runner' },
      'layer-url: "http://gate@runner" is not of the form',
    ],
    ['a layer-url with a path', { 'layer-url': 'http://runner:80/x' }, 'layer-url: '],
    ['a layer-url of https, which is not served', { 'layer-url': 'https://runner:8443' }, 'layer-url: '],
    ['a layer-url with a port that is none', { 'layer-url': 'http://runner:99999' }, 'layer-url: '],
  ])('when there is %s, then that is told', (_, values, message) => {
    expect(errorsOf(() => request(values))).toEqual([expect.stringContaining(message)])
  })

  describe('layers-from', () => {
    const values = { 'clair-url': 'http://c:6060', 'layers-from': 'registry' }

    test('when it is the registry, then no layer-url is needed, and one that is set for pull requests does no harm', () => {
      const { clair } = request(values, ['registry:ghcr.io/acme/app:1'])
      expect(clair).toMatchObject({ layersFrom: 'registry', layerUrl: null })
      const both = { ...values, 'layer-url': 'http://runner:8090' }
      expect(request(both, ['registry:ghcr.io/acme/app:1']).clair.layersFrom).toBe('registry')
      expect(request({}).clair.layersFrom).toBe('gate')
    })

    test('when an image is not from a registry, there is no clair-url, or the word is another, then that is an error', () => {
      expect(errorsOf(() => request(values, ['registry:a.io/b:1', 'app:1']))).toEqual([
        'layers-from: registry requires images that are read from a registry; write registry:app:1, or set it to gate',
      ])
      expect(errorsOf(() => request({ 'layers-from': 'registry' }, ['registry:a.io/b:1']))).toEqual([
        expect.stringContaining('layers-from: registry requires clair-url'),
      ])
      expect(errorsOf(() => request({ 'layers-from': 'engine' }))).toEqual([
        expect.stringMatching(/^layers-from: .*gate.*registry/),
      ])
    })
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

describe('a run for a tag', () => {
  const noticesFor = (name: string, values: Values = {}, type = 'tag') => {
    const env = { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name }
    return readScan(['app:1'], inputs(values), '2026-11-24', null, env).judging.notices
  }

  test.each(['v2.0', '2026.12.01', 'V1.2.3', 'shop-v1.2.3', 'v01.2.3'])(
    'when its name %s is not a version then it is reported that no rules for a release apply',
    (name) => {
      expect(noticesFor(name)).toEqual([
        { kind: 'default', place: null, text: expect.stringContaining(`the tag "${name}" is not a version`) },
      ])
    },
  )

  test.each([
    ['a release is set', 'v2.0', { release: 'major' }, 'tag'],
    ['the name has no number', 'nightly', {}, 'tag'],
    ['the name is a branch’s', 'release/2.0', {}, 'branch'],
  ])('when %s then nothing is reported', (_, name, values, type) => {
    expect(noticesFor(name, values, type)).toEqual([])
  })
})

describe('what tells jobs apart that judge images of one name', () => {
  const settings = (values: Values) => readRequest(['app:1'], inputs(values)).publish.settings

  test('when inputs about judging differ then it differs', () => {
    const all = [{}, { checks: 'clair' }, { kev: 'none' }, { 'run-options': '--read-only' }].map(settings)
    expect(new Set(all).size).toBe(all.length)
  })

  test('when secrets, or where reports are written, differ then it is the same', () => {
    const addresses = { 'clair-url': 'http://localhost:49153', 'layer-url': 'http://172.17.0.1:49154' }
    const secrets = { 'github-token': 'ghs_a', 'report-dir': 'out', today: '2026-11-25', ...addresses }
    expect(settings(secrets)).toBe(settings({}))
  })

  const publish = (values: Values, image = 'app:1') => readRequest([image], inputs(values)).publish
  const jobs = [{}, { checks: 'clair' }, { policies: 'lax' }, { matrix: '{"os": "trixie"}' }]

  test('when policies, checks or the matrix differ then so does the job, also for code scanning', () => {
    const all = jobs.map((values) => publish(values))
    expect(new Set(all.map(({ job }) => job)).size).toBe(all.length)
    expect(new Set(all.map(({ analysis }) => analysis)).size).toBe(all.length)
    expect(new Set(all.map((one) => one.settings)).size).toBe(all.length)
  })

  test('when the tag, or what varies between attempts, differs then it is the same job', () => {
    const again = { 'run-options': '--publish 49153:80', timeout: '60', 'github-token': 'ghs_b' }
    expect(publish(again, 'app:2')).toMatchObject({ job: publish({}).job, analysis: publish({}).analysis })
    expect(publish({}, 'worker:1').job).not.toBe(publish({}).job)
  })

  test('when there is a line then code scanning and the issue go by it, not by the tags in a matrix', () => {
    const line = (name: string, tag: string) =>
      publish({ line: name, matrix: JSON.stringify({ line: name, tag }) })
    for (const part of ['analysis', 'settings'] as const) {
      expect(line('4.1', 'v4.1.3')[part]).toBe(line('4.1', 'v4.1.4')[part])
      expect(line('4.1', 'v4.1.3')[part]).not.toBe(line('4.0', 'v4.1.3')[part])
    }
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
