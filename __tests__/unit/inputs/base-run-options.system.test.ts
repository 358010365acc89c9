import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readScan } from '../../../src/inputs/request.js'
import { readUpdateRequest } from '../../../src/inputs/update.js'
import type { Values } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'
import { BASE, folder, GATE, inputs, judging, MERGE, policies, scan, stub, TODAY } from './pull-request.js'

const at = (commit: string, path: string, text: string) => stub.files.set(`${commit}:${path}`, text)
const compose = (service: string) => `services: {app: {${service}}}`

describe('when gate.yml says how the image is run', () => {
  const scanned = scan
  const both = (lines: string) => {
    for (const commit of [BASE, MERGE]) {
      at(commit, GATE, `version: 1\n${lines}\n`)
    }
  }
  // Paths are resolved by the working directory, which is the workspace in a run.
  const back = process.cwd()
  beforeEach(() => process.chdir(folder))
  afterEach(() => process.chdir(back))

  test('then the base’s says it, not the pull request’s', async () => {
    at(BASE, GATE, 'version: 1\nrun-options: --privileged\nbench-engine: both-required\n')
    at(MERGE, GATE, 'version: 1\nrun-options: --read-only\nbench-engine: builtin\nstart: true\n')
    const { request, judging } = await scanned()
    // Started because the base says how it is run, not because the change says start: true.
    expect(request.bench).toMatchObject({ benchEngine: 'both-required', start: true, isStartOptional: true })
    const sourceOf = async (source: string) => (await scan({ 'bench-source': source })).request.bench.source
    expect(await sourceOf('vendor/bench')).toEqual({
      kind: 'folder',
      folder: 'vendor/bench',
      mustBePinned: true,
    })
    expect(await sourceOf('/usr/share/bench')).toEqual({ kind: 'folder', folder: '/usr/share/bench' })
    expect(await sourceOf('download')).toEqual({ kind: 'download', url: null })
    expect(request.bench.spec?.hostConfig).toEqual({ Privileged: true })
    expect(judging.proposed?.gate.benchEngine).toBe('builtin')
  })

  test('then inputs do not loosen it, and their words, which may be secret, are not told', async () => {
    both('run-options: --privileged -e TOKEN=theirs\nbench-engine: both-required\nstart: false')
    const { request, judging } = await scanned({
      ...{ 'run-options': '-e TOKEN=mine', 'compose-file': 'x.yml', start: 'false' },
    })
    expect(request.bench).toMatchObject({
      benchEngine: 'both-required',
      spec: { hostConfig: { Privileged: true } },
    })
    expect(judging.notices.map(({ kind, text }) => [kind, text.replace(/ and is ignored.*/, '')])).toEqual([
      ['laxer', 'the input "run-options" differs from policies/gate.yml on the base branch'],
      ['laxer', 'the input "compose-file" differs from policies/gate.yml on the base branch'],
    ])
    expect(JSON.stringify(judging.notices)).not.toContain('TOKEN')
  })

  test.each([
    ['', 'none', []],
    ['auto', 'none', []],
    ['true', 'none', ['the input "start" has no effect, because only an input sets the run options']],
    ['given', 'none', ['the input "start" has no effect, because only an input sets the run options']],
    // Its options are ours.
    ['hardened', 'hardened', []],
  ])(
    'and the base says nothing of it, then inputs do, and start nothing (start: %j)',
    async (start, startTest, notices) => {
      const { request, judging } = await scanned({ 'run-options': '--read-only', start })
      const spec = { hostConfig: { ReadonlyRootfs: true } }
      expect(request.bench).toMatchObject({ start: false, startTest, spec })
      expect(judging.notices.map(({ text }) => text.split(', and a pull')[0])).toEqual(notices)
    },
  )

  test.each(['false', 'auto'])(
    'and it starts the image, then an input start: %s does not change that',
    async (start) => {
      both('run-options: --read-only\nstart: true')
      const { request, judging } = await scanned({ start })
      expect(request.bench).toMatchObject({ start: true, isStartOptional: false })
      expect(judging.notices.map(({ kind }) => kind)).toEqual(['laxer'])
    },
  )

  test('and it says only how the image is run, then that is started, and an input does not stop it', async () => {
    both('run-options: --read-only')
    for (const start of ['', 'false']) {
      const { request, judging } = await scanned({ start })
      expect(request.bench).toMatchObject({ start: true, isStartOptional: true })
      expect(judging.notices.map(({ kind }) => kind)).toEqual(start === '' ? [] : ['laxer'])
    }
  })

  test('and only the change’s gate.yml sets run options, then nothing is started', async () => {
    at(MERGE, GATE, 'version: 1\nrun-options: --read-only\nstart: true\n')
    const { request } = await scanned()
    expect(request.bench).toMatchObject({ start: false, spec: null, startTest: 'none' })
  })

  test.each([
    ['', 'run-options: -e TOKEN=mine', 'run-options', GATE],
    ['run-options: --privileged', '', 'run-options', GATE],
    ['run-options: --init', 'run-options: --init\nstart: true', 'start', undefined],
    [
      'compose-file: c.yml',
      'compose-file: d.yml\ncompose-service: x',
      'compose-file, compose-service',
      undefined,
    ],
  ])(
    'and the change’s gate.yml says it otherwise (%j, then %j), then the head says that the base’s was used',
    async (before, after, keys, file) => {
      at(BASE, GATE, `version: 1\n${before}\n`)
      at(MERGE, GATE, `version: 1\n${after}\n`)
      at(BASE, 'c.yml', compose('read_only: true'))
      at(MERGE, 'c.yml', compose('read_only: true'))
      writeFileSync(join(folder, 'c.yml'), compose('read_only: true'))
      const { judging } = await scanned()
      const text = `policies/gate.yml of this pull request changes how the image is run (${keys}); the base branch's settings were used for this verdict, and this pull request's take effect after the merge`
      expect(judging.notices).toEqual([{ kind: 'run-differs', place: null, text, ...(file && { file }) }])
    },
  )

  test('and the change’s gate.yml changes something else, or cannot be read, then nothing is said of that', async () => {
    at(BASE, GATE, 'version: 1\nrun-options: --init\n')
    for (const other of [
      'version: 1\nrun-options: " --init "\nbench-engine: builtin\n',
      'version: 1\nrun-options: [\n',
    ]) {
      at(MERGE, GATE, other)
      const { base } = (await policies()) ?? {}
      expect(base?.notices.map(({ kind }) => kind)).toEqual(['base'])
    }
  })

  test('with a seccomp profile, then that is the base’s too', async () => {
    both('run-options: --security-opt seccomp=deploy/profile.json')
    at(BASE, 'deploy/profile.json', '{"defaultAction": "BASE"}')
    at(MERGE, 'deploy/profile.json', '{"defaultAction": "MERGE"}')
    mkdirSync(join(folder, 'deploy'))
    writeFileSync(join(folder, 'deploy/profile.json'), '{"defaultAction": "WORK"}')
    const { request } = await scanned()
    expect(request.bench.spec?.hostConfig.SecurityOpt).toEqual(['seccomp={"defaultAction":"BASE"}'])
  })
})

describe('when an input names a compose file', () => {
  const here = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const scanned = async (values: Values) => readScan(['app:1'], inputs(values), TODAY, await policies(values))
  const back = process.cwd()
  beforeEach(() => process.chdir(folder))
  afterEach(() => process.chdir(back))

  test('then the base’s is judged, whatever lies in the work tree', async () => {
    at(BASE, 'deploy/c.yml', compose('privileged: true, security_opt: ["seccomp=p.json"]'))
    at(BASE, 'deploy/p.json', '{"defaultAction": "BASE"}')
    here('deploy/c.yml', compose('read_only: true'))
    here('deploy/p.json', '{"defaultAction": "WORK"}')
    for (const name of ['deploy/c.yml', './deploy/c.yml']) {
      const { request, judging } = await scanned({ 'compose-file': name, start: 'true' })
      expect(request.bench).toMatchObject({
        start: true,
        spec: { hostConfig: { Privileged: true, SecurityOpt: ['seccomp={"defaultAction":"BASE"}'] } },
      })
      expect(judging.notices.map(({ kind }) => kind)).toEqual(['base', 'run-differs'])
      // What no policy names is not started without being asked to.
      expect((await scanned({ 'compose-file': name })).request.bench).toMatchObject({ start: false })
    }
  })

  test('and the pull request changes or deletes it, then the report says that the base’s was used', async () => {
    at(BASE, 'c.yml', compose('read_only: true'))
    const values = { 'compose-file': 'c.yml', 'compose-service': 'app' }
    const textsWith = async (proposed: string | null) => {
      stub.files.delete(`${MERGE}:c.yml`)
      if (proposed !== null) {
        at(MERGE, 'c.yml', proposed)
      }
      const { judging } = await scanned(values)
      return judging.notices.flatMap(({ kind, text, file }) => (kind === 'run-differs' ? [[file, text]] : []))
    }
    const differs =
      "c.yml of this pull request differs from the base branch's, which says how the image was run for this verdict; this pull request's is judged after the merge"
    expect(await textsWith(compose('read_only: true'))).toEqual([])
    expect(await textsWith(compose('privileged: true'))).toEqual([['c.yml', differs]])
    expect(await textsWith(null)).toEqual([['c.yml', differs]])
  })

  test('that only the pull request has, then nothing is started, and section 5 is not judged', async () => {
    at(MERGE, 'c.yml', compose('read_only: true'))
    here('c.yml', compose('read_only: true'))
    const values = { 'compose-file': 'c.yml', 'compose-service': 'app', start: 'given' }
    const { request, judging } = await scanned(values)
    expect(request.bench).toMatchObject({ spec: null, start: false, startTest: 'none' })
    expect(judging.notices.map(({ kind, text }) => `${kind} ${text.split(/[:,]/)[0]}`)).toEqual([
      'base policies from the base at 111111111111',
      'unbound c.yml is not on the base branch yet; until it is merged',
    ])
    // What the base itself starts is started all the same.
    at(BASE, GATE, 'version: 1\nstart: true\n')
    at(MERGE, GATE, 'version: 1\nstart: true\n')
    const started = await scanned({ ...values, start: 'true' })
    expect(started.request.bench).toMatchObject({ spec: null, start: true, startTest: 'none' })
  })

  test.each([
    ['nobody has', 'gone.yml'],
    ['only the job has', 'made.yml'],
    ['lies elsewhere', '/etc/compose.yml'],
  ])('that %s, then that is a mistake', async (_, path) => {
    here('made.yml', compose('read_only: true'))
    const base = await policies({ 'compose-file': path })
    const { what } = problemThrownBy(() => readScan(['app:1'], inputs({ 'compose-file': path }), TODAY, base))
    expect(what).toBe(`compose-file: ${JSON.stringify(path)} does not exist on the base branch`)
  })

  test('or run options with a seccomp profile, then that is the base’s', async () => {
    at(BASE, 'p.json', '{"defaultAction": "BASE"}')
    here('p.json', '{"defaultAction": "WORK"}')
    const { request } = await scanned({ 'run-options': '--security-opt seccomp=p.json' })
    expect(request.bench.spec?.hostConfig.SecurityOpt).toEqual(['seccomp={"defaultAction":"BASE"}'])
  })

  test('to test an update by, then the base’s tests it, and one that only the pull request has does not', async () => {
    at(BASE, 'test.yml', 'services: {test: {image: base}}')
    at(MERGE, 'test.yml', 'services: {test: {image: change}}')
    at(MERGE, 'new.yml', 'services: {test: {image: change}}')
    here('test.yml', 'services: {test: {image: change}}')
    const testOf = async (file: string) => {
      const values = { test: `${file}#test` }
      return readUpdateRequest(['app:1'], inputs(values), (await policies(values))?.base).test
    }
    expect(await testOf('test.yml')).toMatchObject({ document: '{"services":{"test":{"image":"base"}}}' })
    expect(await testOf('new.yml')).toEqual({ kind: 'unbound', file: 'new.yml' })
    // The check of that name goes by the same: what only the pull request has is not run, and that is told.
    const checkOf = async (file: string) => (await scan({ test: `${file}#test` })).request.regressionTest.test
    expect(await checkOf('test.yml')).toMatchObject({ document: '{"services":{"test":{"image":"base"}}}' })
    expect(await checkOf('new.yml')).toBeNull()
    const { notices } = await judging({ test: 'new.yml#test' })
    expect(notices.map(({ text }) => text).join()).toContain('new.yml is not on the base branch yet')
  })
})
