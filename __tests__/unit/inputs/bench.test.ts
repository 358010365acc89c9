import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readRequest, readScan } from '../../../src/inputs/request.js'
import { inputs, type Values } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'
import { inNewFolders } from '../../support/work-folder.js'

const root = inNewFolders()

const scan = (values: Values = {}) => readScan(['app:1'], inputs(values), '2026-11-24').request.bench
const errorsOf = (values: Values) => problemThrownBy(() => scan(values)).what.split('\n')

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
const gate = (lines: string) => write('policies/gate.yml', `version: 1\n${lines}\n`)
const COMPOSE = 'services:\n  app: {read_only: true}\n'
const READ_ONLY = { ReadonlyRootfs: true, NetworkMode: 'project_default' }
const TWO = 'services:\n  app: {read_only: true}\n  db: {privileged: true}\n'

describe('when gate.yml says how the image is judged and run', () => {
  test.each([
    ['bench-engine: both-required', { benchEngine: 'both-required' }],
    ['bench-engine: builtin', { benchEngine: 'builtin' }],
    ['start: true', { start: true, startTest: 'none', startTimeoutMs: 60_000 }],
    ['start: false', { start: false, startTest: 'none' }],
    ['start: false\nrun-options: --init', { start: false }],
    // By default, what is reported as run is started.
    ['', { start: false }],
    ['start: auto', { start: false }],
    ['run-options: --init', { start: true, isStartOptional: true, startTest: 'none' }],
    ['compose-file: deploy/compose.yml', { start: true, isStartOptional: true }],
    ['start: true\nrun-options: --init', { start: true, isStartOptional: false }],
    ['start: hardened\ntimeouts: {start: 7}', { start: true, startTest: 'hardened', startTimeoutMs: 7000 }],
    ['start: given\nrun-options: --init', { start: true, startTest: 'given' }],
    [
      'run-options: --read-only --memory=1g',
      { spec: { hostConfig: { ReadonlyRootfs: true, Memory: 2 ** 30 } } },
    ],
    ['compose-file: deploy/compose.yml', { spec: { hostConfig: { ReadonlyRootfs: true } } }],
    ['compose-file: ./deploy/two.yml\ncompose-service: db', { spec: { hostConfig: { Privileged: true } } }],
  ])('by %j, then it is so', (lines, expected) => {
    write('deploy/compose.yml', COMPOSE)
    write('deploy/two.yml', TWO)
    gate(lines)
    expect(scan()).toMatchObject(expected)
  })

  test('then a recording, which has no other policies, is made by the same', () => {
    gate('run-options: --read-only\nstart: true\nbench-engine: builtin')
    expect(readRequest(['app:1'], inputs({})).bench).toEqual(scan())
    expect(scan()).toMatchObject({ start: true, benchEngine: 'builtin' })
  })

  test('and inputs say otherwise, then they go before it', () => {
    gate('run-options: --privileged\nstart: true\nbench-engine: both-required')
    const values = { 'run-options': '--read-only', start: 'false' }
    expect(scan(values)).toMatchObject({
      ...{ start: false, benchEngine: 'both-required' },
      spec: { hostConfig: { ReadonlyRootfs: true } },
    })
    expect(scan(values).spec?.hostConfig.Privileged).toBeUndefined()
  })

  test('and an input names the other way, then nothing is left of the file’s', () => {
    write('compose.yml', COMPOSE)
    gate('compose-file: compose.yml\ncompose-service: app')
    expect(scan({ 'run-options': '--init' }).spec?.hostConfig).toEqual({ Init: true })
    gate('run-options: --init')
    expect(scan({ 'compose-file': 'compose.yml' }).spec?.hostConfig).toEqual(READ_ONLY)
  })

  test('and an input names the same file, then the file’s service is still meant', () => {
    write('two.yml', TWO)
    gate('compose-file: two.yml\ncompose-service: app')
    expect(scan({ 'compose-file': 'two.yml' }).spec?.hostConfig).toEqual(READ_ONLY)
  })

  test('in both ways, then that is reported', () => {
    write('compose.yml', COMPOSE)
    gate('compose-file: compose.yml\nrun-options: --init')
    expect(errorsOf({})).toEqual(['policies/gate.yml: run-options and compose-file are mutually exclusive'])
  })

  test('with an option that is none, then the file is named', () => {
    gate('run-options: --what')
    expect(errorsOf({})).toEqual(['policies/gate.yml: run-options: "--what" is not a known option'])
  })

  test('and something else of it is wrong, then only that is reported', () => {
    gate('run-options: --init\nfail-on: x')
    expect(errorsOf({ start: 'given' })).toEqual([expect.stringContaining('fail-on')])
  })
})

describe('when gate.yml names a compose file', () => {
  const NONE = 'from policies/gate.yml is not a plain file in the repository'

  test.each([
    ['outside of the working folder', '../outside.yml'],
    ['by a full path outside', join(root, 'outside.yml')],
    ['that a link leads to', 'link.yml'],
    ['in a folder that a link leads to', 'folder/compose.yml'],
    ['that is not there', 'gone.yml'],
    ['that is a device', '/dev/zero'],
  ])('%s, then it is not read', (_, path) => {
    write(join(root, 'outside.yml'), COMPOSE)
    write('real/compose.yml', COMPOSE)
    symlinkSync('real/compose.yml', 'link.yml')
    symlinkSync('real', 'folder')
    gate(`compose-file: ${path}`)
    expect(errorsOf({})).toEqual([`compose-file: ${JSON.stringify(path)} ${NONE}`])
  })

  test('and that a seccomp profile outside, then it is not read either, whoever names it', () => {
    write(join(root, 'profile.json'), '{"defaultAction": "SCMP_ACT_ERRNO"}')
    write('profile.json', '{"defaultAction": "SCMP_ACT_ERRNO"}')
    write('compose.yml', 'services: {app: {security_opt: ["seccomp=../profile.json"]}}')
    const message = 'the seccomp profile "../profile.json" cannot be read: it is outside the working folder'
    gate('compose-file: compose.yml')
    expect(errorsOf({}).join()).toContain(message)
    expect(errorsOf({ 'run-options': '--security-opt seccomp=../profile.json' }).join()).toContain(message)
    write('compose.yml', 'services: {app: {security_opt: ["seccomp=profile.json"]}}')
    expect(scan().spec?.hostConfig.SecurityOpt).toEqual(['seccomp={"defaultAction":"SCMP_ACT_ERRNO"}'])
  })
})

test.each<[string, string, Values]>([
  ['options and start by gate.yml', 'run-options: --privileged\nstart: true', {}],
  ['options by gate.yml', 'run-options: --privileged', { start: 'true' }],
  ['start by gate.yml', 'start: true', { 'run-options': '--privileged' }],
  ['both by inputs', '', { 'run-options': '--privileged', start: 'true' }],
])(
  'when what reaches for the machine is said, %s, then it is judged: started is never more than may be',
  (_, lines, values) => {
    gate(lines)
    expect(scan(values)).toMatchObject({ start: true, spec: { hostConfig: { Privileged: true } } })
  },
)

describe('where run options are set', () => {
  test('when gate.yml or a compose file does, then its line is known', () => {
    gate('# how it is run\nrun-options: --init')
    expect(scan()).toMatchObject({ optionsAt: { file: 'policies/gate.yml', line: 3 }, isCompose: false })
    write('two.yml', '# ours\nservices:\n  db:\n    image: postgres\n  app:\n    image: app\n')
    gate('compose-file: two.yml')
    expect(scan()).toMatchObject({ optionsAt: { file: 'two.yml', line: 5 }, isCompose: true })
    expect(scan({ 'compose-service': 'db' }).optionsAt).toEqual({ file: 'two.yml', line: 3 })
    const lines = { read_only: 4, 'deploy.resources.limits.memory': 8, 'security_opt.seccomp': 10 }
    write(
      'keys.yml',
      'services:\n    app:\n        image: app\n        read_only: true\n        deploy: # how much\n            resources:\n                limits:\n                    memory: 1g\n        security_opt:\n        - seccomp:unconfined\n        command: |\n            privileged: true\n',
    )
    expect(scan({ 'compose-file': 'keys.yml' }).service).toMatchObject({ name: 'app', indent: 8, lines })
    expect(scan({ 'compose-file': 'keys.yml' }).service?.lines).not.toHaveProperty('privileged')
    write('flow.yml', 'services: {app: {read_only: true}}\n')
    expect(scan({ 'compose-file': 'flow.yml' }).optionsAt).toEqual({ file: 'flow.yml', line: 1 })
  })

  test('when an input does, or nothing, then no line is', () => {
    gate('')
    expect(scan({ 'run-options': '--init' }).optionsAt).toBeNull()
    expect(scan().optionsAt).toBeNull()
  })
})

describe('which image the service runs', () => {
  test.each([
    ['image: postgres:16', 'postgres:16'],
    ['image: ghcr.io/acme/db@sha256:0', 'ghcr.io/acme/db'],
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of compose
    ['image: "acme/db:${TAG:-1}"', 'acme/db'],
    ['image: "localhost:5000/db:${TAG}"', 'localhost:5000/db'],
    // What a variable stands for is not known.
    ['image: $IMAGE', null],
    ['image: "${IMAGE:-postgres:16}"', null],
    ['image: "registry:${PORT}/db"', null],
    ['image: "acme/${NAME:-db}:1"', null],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of compose
    // `image` is then the name of what is built.
    ['{image: postgres:16, build: .}', null],
    ['image: "no reference"', null],
    ['read_only: true', null],
  ])('when it has %s, then it is %j', (keys, image) => {
    const service = keys.startsWith('{') ? keys : `{${keys}}`
    write('one.yml', `services: {one: ${service}}\n`)
    gate('compose-file: one.yml')
    expect(scan().serviceImage).toBe(image)
  })

  test('when no compose file says how the image is run, then none is known', () => {
    gate('run-options: --init')
    expect(scan().serviceImage).toBeNull()
  })
})

describe('when compose-service is left out', () => {
  test('and the file has one service, then it is that', () => {
    write('compose.yml', COMPOSE)
    expect(scan({ 'compose-file': 'compose.yml' }).spec?.hostConfig).toEqual(READ_ONLY)
  })

  test('and it has several, then they are listed', () => {
    write('two.yml', TWO)
    expect(errorsOf({ 'compose-file': 'two.yml' })).toEqual([
      'two.yml: the file defines several services; select one with compose-service: app, db',
    ])
  })

  test.each([
    ['app:1', 'read_only: true, image: app:1', 'image: app:2'],
    ['ghcr.io/acme/app:pr', 'read_only: true, image: ghcr.io/acme/app:latest', 'image: postgres:17'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
    ['acme/app:1', 'read_only: true, image: "acme/app:${TAG}"', 'build: ./db'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
    ['app:1', 'read_only: true, image: "docker.io/library/app:${TAG:-1}"', 'image: app:2'],
  ])('and one of several runs %s, then it is that', (image, app, db) => {
    write('several.yml', `services:\n  db: {${db}}\n  app: {${app}}\n  odd:\n`)
    const values = inputs({ 'compose-file': 'several.yml' })
    const { spec } = readScan([image], values, '2026-11-24').request.bench
    expect(spec?.hostConfig).toMatchObject({ ReadonlyRootfs: true })
  })

  test('and several run the image, then only these are listed', () => {
    write('twice.yml', 'services: {web: {image: app}, db: {image: postgres}, worker: {image: app}}\n')
    expect(errorsOf({ 'compose-file': 'twice.yml' })).toEqual([
      'twice.yml: the file defines several services that run this image; select one with compose-service: web, worker',
    ])
  })

  test('and it has none, then that is reported', () => {
    write('none.yml', 'services: {}\n')
    expect(errorsOf({ 'compose-file': 'none.yml' })).toEqual(['none.yml: the file defines no services'])
  })

  test('or there is no file for it, then that is reported', () => {
    expect(errorsOf({ 'compose-service': 'app' })).toEqual([
      'compose-service has no effect without compose-file',
    ])
  })
})

test('when start is none of its words, or has no options to test with, then that is reported', () => {
  expect(errorsOf({ start: 'yes' })).toEqual([
    'start: "yes" is not one of auto, false, true, given, hardened',
  ])
  const message = ['start: the value "given" requires run-options or compose-file']
  expect(errorsOf({ start: 'given' })).toEqual(message)
  gate('start: given')
  expect(errorsOf({})).toEqual(message)
})
