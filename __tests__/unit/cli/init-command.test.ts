import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { addDays } from '../../../src/model/dates.js'
import { readRunOptions } from '../../../src/model/run/options.js'
import { readGatePolicy } from '../../../src/policy/gate/read.js'
import { readWhitelist } from '../../../src/policy/whitelist/read.js'
import { readYaml } from '../../../src/policy/yaml/read.js'
import { APP, ignored, read, run, write } from '../../support/init-command.js'
import { inNewFolders } from '../../support/work-folder.js'

const back = process.cwd()
inNewFolders()

const GATE = 'policies/gate.yml'
const WORKFLOW = '.github/workflows/image-gate.yml'
const RELEASE = '.github/workflows/image-release.yml'
const TODAY = new Date().toISOString().slice(0, 10)

describe('seaworthy init', () => {
  test('when a folder has a Dockerfile, then what it sees is written, and the gate reads it', async () => {
    write(APP)
    const { text, code } = await run()
    expect(code).toBe(0)
    expect(text).toContain('Dockerfile: Dockerfile, on debian:bookworm-slim\n')
    expect(text).toContain('application packages: npm\nregression test: compose.yml#smoke-test\n')
    expect(text.match(/^written: .*$/gm)).toEqual(
      [GATE, 'policies/whitelist.yml', WORKFLOW, RELEASE, '.gitignore'].map((one) => `written: ${one}`),
    )
    const page = join(back, 'docs/quick-start.md')
    expect(text.split('\nnext:\n')[1]?.split('\n')).toEqual([
      `  copy Seaworthy to the folder seaworthy (${page}#without-a-release)`,
      "  docker build --tag app:pr . && seaworthy scan app:pr --test 'compose.yml#smoke-test'",
      `  commit all of it to main, because a pull request is judged by what is there (${page})`,
      '',
    ])
    expect(readGatePolicy(read(GATE), GATE, TODAY)).toEqual({
      mode: 'audit',
      auditUntil: addDays(TODAY, 30),
      composeFile: 'compose.yml',
      composeService: 'app',
    })
    expect(readWhitelist(read('policies/whitelist.yml'), 'w', null).entries).toEqual([])
  })

  test('when it writes the workflow, then it is the example, with the guard, the test and the Dockerfile', async () => {
    write({ ...APP, '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/trunk\n' })
    await run()
    const example = readFileSync(join(back, 'examples/workflows/pull-request.yml'), 'utf8').split('\n')
    const lines = read(WORKFLOW).split('\n')
    expect(lines.filter((line) => !example.includes(line))).toEqual([
      '    branches: [trunk]',
      '          test: "compose.yml#smoke-test"',
    ])
    expect(example.filter((line) => !lines.includes(line))).toEqual(['    branches: [main]'])
    expect(readYaml(lines.join('\n'), 'w').errors).toEqual([])
    expect(lines.join('\n')).toContain("steps.gate.outputs.verdict == ''")
  })

  test('when it writes the workflow for releases, then the test and the base are filled in', async () => {
    write(APP)
    await run()
    const example = readFileSync(join(back, 'examples/workflows/release.yml'), 'utf8').split('\n')
    const lines = read(RELEASE).split('\n')
    expect(lines.filter((line) => !example.includes(line))).toEqual([
      '      BASE: "debian:bookworm-slim" # the image that the Dockerfile\'s last stage builds on',
      '          test: "compose.yml#smoke-test"',
    ])
    expect(example.filter((line) => !lines.includes(line))).toEqual([
      '# Replace the test command and BASE.',
      expect.stringMatching(/^ {6}BASE: /),
      expect.stringMatching(/^ {10}test: /),
    ])
    expect(readYaml(lines.join('\n'), 'w').errors).toEqual([])
  })

  test('when nothing shows the base or a test, then the workflow for releases has neither, and a person is asked for the base', async () => {
    write({ 'app.Dockerfile': 'FROM node@$DIGEST\n' })
    const { text } = await run()
    expect(text).toContain(`  replace BASE in ${RELEASE} with the image that app.Dockerfile builds on\n`)
    expect(read(RELEASE)).toContain('# Replace the test command and BASE.')
    expect(read(RELEASE)).toMatch(/^ {10}# test: /m)
    expect(read(RELEASE)).not.toMatch(/^ {10}test: /m)
    expect(read(RELEASE)).toContain('docker build --pull --no-cache --file app.Dockerfile --tag "$IMAGE"')
  })

  test.each<[string, string, boolean]>([
    ['on: {push: {tags: [v*]}}', 'pushed tags', false],
    ['on: {release: {types: [published]}}', 'releases', false],
    ['on: release', 'releases', false],
    ['on: [push, release]', 'releases', false],
    ['on: [push, pull_request]', 'every push', true],
    ['on: {push: {branches: [main]}}', 'a branch', true],
    ['{', 'nothing, as it is no YAML', true],
  ])(
    'when a workflow is %s, for %s, then another for releases is written: %#',
    async (yaml, _, isWritten) => {
      write({ ...APP, '.github/workflows/own.yaml': yaml })
      const { text } = await run()
      expect(text.includes(`written: ${RELEASE}`)).toBe(isWritten)
      expect(text.includes(`own.yaml runs for tags, so no ${RELEASE} was written`)).toBe(!isWritten)
    },
  )

  test('when a workflow with the gate was edited, then it stays, but for a test that it lacks', async () => {
    write({ Dockerfile: 'FROM debian:trixie\n' })
    await run()
    const edited = read(WORKFLOW).replace('image: app:pr\n', 'image: app:pr\n          fail-on: low\n')
    const release = read(RELEASE).replace('BASE: "debian:trixie"', 'BASE: "debian:trixie-slim"')
    write({ [WORKFLOW]: edited, [RELEASE]: release })
    expect((await run()).text).toContain('nothing to change')
    write({ 'test.sh': 'docker run --rm "$IMAGE" ./self-test\n' })
    expect((await run(['--yes'])).code).toBe(0)
    expect(read(WORKFLOW)).toBe(
      edited.replace('image: app:pr\n', 'image: app:pr\n          test: sh test.sh\n'),
    )
    expect(read(RELEASE)).toBe(release.replace(/# test: .*/, 'test: sh test.sh'))
  })

  test.each([
    [
      'builds its root',
      'services: {app: {build: .}, test: {image: $IMAGE}}',
      'the service app is built from "."',
    ],
    ['does not use the image', 'services: {test: {image: node}}', 'no service of compose.yml uses $IMAGE'],
  ])(
    'when the compose file of the test %s, then that is said, and a script is the test',
    async (_, yaml, why) => {
      write({ ...APP, 'compose.yml': yaml, 'test.sh': 'docker run --rm "$IMAGE" ./self-test\n' })
      const { text } = await run()
      expect(text).toContain(`no test by compose.yml (${join(back, 'docs')}/start.md#compose-tests): ${why}`)
      expect(read(WORKFLOW)).toContain('          test: sh test.sh\n')
    },
  )

  test.each<[string, string, Record<string, string | undefined>]>([
    ['{web: {image: $IMAGE}, test: {image: $IMAGE}}', 'compose.yml\n', { composeService: 'web' }],
    ['{web: {image: $IMAGE}, db: {image: postgres}}', 'compose.yml\n', { composeService: 'web' }],
    ['{web: {build: .}, job: {image: $IMAGE}}', 'compose.yml\n', { composeService: 'web' }],
    ['{web: {image: a}}', 'compose.yml\n', { composeService: 'web' }],
    ['{test: {image: $IMAGE}}', 'compose.yml\n', {}],
    [
      '{web: {image: a}, db: {image: b}}',
      'select one with compose-service: web, db\n',
      { composeFile: undefined },
    ],
    ['{web: {build: ., extends: {file: b.yml, service: b}}}', 'extends', { composeFile: undefined }],
  ])('when the services are %s, then gate.yml has what the gate can read', async (services, shown, keys) => {
    write({ Dockerfile: 'FROM debian\n', 'compose.yml': `services: ${services}\n` })
    const { text } = await run()
    expect(text).toMatch(/\ncompose file: compose\.yml/)
    expect(text).toContain(shown)
    const { composeFile, composeService } = readGatePolicy(read(GATE), GATE, TODAY)
    expect({ composeFile, composeService }).toEqual({
      composeFile: 'compose.yml',
      composeService: undefined,
      ...keys,
    })
    expect((await run()).text).toContain('nothing to change')
  })

  test.each([
    ['node@$DIGEST', 'ghcr.io/acme/*'],
    ['registry.example:5000/debian:trixie', 'registry.example:5000/debian'],
  ])('when the base is %s, then gate.yml shows how to allow %s', async (base, allowed) => {
    write({ Dockerfile: `FROM ${base}\n` })
    await run()
    const shown = read(GATE).replace('# allowed-bases:', 'allowed-bases:')
    expect(readGatePolicy(shown, GATE, TODAY).allowedBases).toEqual([allowed])
  })

  test.each(['debian:trixie', 'python:3', 'docker.io/library/node:24-slim'])(
    "when the base is %s, then gate.yml does not speak of bases that aren't official",
    async (base) => {
      write({ Dockerfile: `FROM ${base}\n` })
      await run()
      expect(read(GATE)).not.toMatch(/allowed-bases|builds on/)
    },
  )

  test('when there is no compose file, then it is said, and shown in gate.yml, how the way the image is run is judged', async () => {
    write({ Dockerfile: 'FROM debian\nRUN gem install rack\n' })
    const { text } = await run()
    expect(text).toContain('compose file: none; to judge how the image is run, set run-options in gate.yml\n')
    expect(text).toContain(
      'application packages: no manifests seen in this folder; the image is examined anyway\n',
    )
    expect(readGatePolicy(read(GATE), GATE, TODAY).runOptions).toBeUndefined()
    const { runOptions } = readGatePolicy(read(GATE).replace('# run-options:', 'run-options:'), GATE, TODAY)
    expect(readRunOptions(runOptions ?? '').hostConfig).toMatchObject({
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
    })
    expect((await run()).text).toContain('nothing to change')
    write({ 'compose.yml': 'services: {app: {build: .}}\n' })
    rmSync(GATE)
    await run()
    expect(read(GATE)).not.toContain('run-options')
  })

  test('when the Dockerfile has another name, then it is built with that; when a script tests $IMAGE, then it is the test', async () => {
    write({ 'app.Dockerfile': 'FROM scratch\n', 'test.sh': 'docker run --rm "$IMAGE" ./self-test\n' })
    await run()
    expect(read(WORKFLOW)).toContain('docker build --tag app:pr --file app.Dockerfile .')
    expect(read(WORKFLOW)).toContain('          test: sh test.sh\n')
  })

  test.each([
    ['tests/smoke.sh', 'tests'],
    ['test/api_test.sh', 'test'],
    ['tests/test-start.sh', 'tests'],
    ['test.sh', 'no folder'],
  ])('when %s is there (%s), then it is the test if it uses $IMAGE, and else said why not', async (file) => {
    write({ Dockerfile: 'FROM debian\n', [file]: 'docker run --rm "$1" ./self-test\n' })
    const { text } = await run()
    const next = text.split('\nnext:\n')[1]
    expect(next).toContain(
      `  ${file} does not use $IMAGE: set test: sh ${file} "$IMAGE" if it takes the image as an argument\n`,
    )
    expect(next).toContain('  your first major release (v1.0.0) needs a test (')
    write({ [file]: 'docker run --rm "$IMAGE" ./self-test\n' })
    const after = await run(['--yes'])
    expect(read(WORKFLOW)).toContain(`          test: sh ${file}\n`)
    expect(after.text).not.toMatch(/does not use|needs a test/)
  })

  test.each([
    ['', 'sh'],
    ['#!/bin/sh\n', 'sh'],
    ['#!/bin/bash -e\r\n', 'bash -e'],
    ['#!/usr/bin/env bash\n', 'bash'],
    ['#! /usr/bin/env -S bash -eu\n', 'bash -eu'],
    ['#!/bin/bash; $(id)\n', 'sh'],
    ['true\n#!/bin/bash\n', 'sh'],
  ])('when a test begins with %j, then %s runs it, without an execute bit', async (line, interpreter) => {
    write({ Dockerfile: 'FROM debian\n', 'test.sh': `${line}echo "$1" >"$OUT"\n` })
    const next = (await run()).text
    const [, advised = ''] = /: set test: (.+) if it takes/.exec(next) ?? []
    expect(advised).toBe(`${interpreter} test.sh "$IMAGE"`)
    const env = { ...process.env, IMAGE: 'app:1', OUT: 'printed' }
    execFileSync('sh', ['-c', advised], { env, stdio: 'pipe' })
    expect(read(env.OUT)).toBe('app:1\n')
    write({ 'test.sh': `${line}docker run --rm "$IMAGE"\n` })
    await run(['--yes'])
    expect(read(WORKFLOW).replaceAll('"', '')).toContain(`          test: ${interpreter} test.sh\n`)
  })

  test('when a folder has no script that tests, or a file has the name of that folder, then only the need is said', async () => {
    write({ Dockerfile: 'FROM debian\n', 'tests/setup.sh': 'true\n', test: 'true\n' })
    const { text } = await run()
    expect(text).not.toContain('does not use $IMAGE')
    expect(text).toContain('  your first major release (v1.0.0) needs a test (')
  })

  test.each<[string, Record<string, string>, string]>([
    ['test.sh', { 'test.sh': 'curl -fsS "http://localhost:${PORT:-8080}/healthz" | grep ok\n' }, '/healthz'],
    ['tests/smoke.sh', { 'tests/smoke.sh': 'wget -q http://app:8080/api/ready\n' }, '/api/ready'],
    [
      'compose.yml',
      {
        'compose.yml': 'services: {app: {build: app, healthcheck: {test: curl localhost/livez}}}\n',
        'test.sh': 'curl localhost:8080/status\n',
      },
      '/livez',
    ],
    [
      '.github/workflows/ci.yml',
      { '.github/workflows/ci.yml': 'jobs: {a: {steps: [run: "curl 127.0.0.1:8080/health/live."]}}\n' },
      '/health/live',
    ],
  ])(
    'when %s asks the service whether it works, then a health check could ask it so too',
    async (file, files, path) => {
      write({ Dockerfile: 'FROM debian\nEXPOSE 53/udp 8080/tcp\n', ...files })
      expect((await run()).text).toContain(
        `\nhealth check: none in Dockerfile; add a HEALTHCHECK that asks ${path}, as ${file} does, if it answers 200 only when the service works (${join(back, 'docs')}/findings/docker-bench.md#check-46)\n`,
      )
    },
  )

  test.each([
    ['another service', 'curl https://status.example/health http://other:9090/status'],
    [
      'its pages only',
      'curl http://localhost:8080/ localhost:8080/healthy-food localhost:8080/users/status.css',
    ],
    [
      'a path that is not known in full',
      'curl "localhost:8080/health/$ID" "localhost:8080/status?verbose" xlocalhost/health',
    ],
    ['something in a file that is no test', ''],
  ])(
    'when a test asks %s, then the health check has to ask a path that shows whether it works',
    async (_, text) => {
      write({
        Dockerfile: 'FROM debian\nEXPOSE 8080\n',
        'test.sh': text,
        'setup.sh': 'curl localhost:8080/health\n',
      })
      expect((await run()).text).toContain(
        '\nhealth check: none in Dockerfile; add a HEALTHCHECK that asks a path that answers 200 only when the service works (',
      )
    },
  )

  test('when the Dockerfile has a health check, then none is advised', async () => {
    write({ Dockerfile: 'FROM debian AS base\nHEALTHCHECK CMD true\nFROM base\n' })
    expect((await run()).text).not.toMatch(/health ?check/i)
  })

  test.each([
    ['scratch', false],
    ['alpine:3.23', true],
    ['node:24-alpine', true],
    ['ubuntu:24.04', true],
    ['registry.access.redhat.com/ubi9/ubi-minimal', true],
  ])('when the base is %s, then it is said that the gate judges Debian only', async (base, isImage) => {
    write({ Dockerfile: `FROM debian AS build\nFROM ${base}\n` })
    const { text } = await run()
    expect(text).toMatch(
      /^(?:scratch has no packages|\S+ is not Debian): an image .* ends INCOMPLETE \(Seaworthy judges Debian-based images only\)$/m,
    )
    expect(read(RELEASE).replaceAll('"', '').includes(`BASE: ${base} `)).toBe(isImage)
    expect(read(GATE)).not.toContain('["scratch"]')
    expect(text.includes(`build on a Debian-based image, and replace BASE in ${RELEASE} with it`)).toBe(
      !isImage,
    )
  })

  test.each([
    'debian:trixie',
    'python:3.14-slim',
    'node@$DIGEST',
    'ghcr.io/acme/base:1',
    'gcr.io/distroless/base-debian13',
  ])('when the base is %s, then nothing is said of other distributions', async (base) => {
    write({ Dockerfile: `FROM ${base}\n` })
    expect((await run()).text).not.toContain('Debian-based images only')
  })

  test('when it runs again, then nothing changes; what was done is no longer next', async () => {
    write(APP)
    await run()
    write({ '.gitignore': 'dist\n/seaworthy-report\n', 'seaworthy/action.yml': '' })
    const { text, code } = await run()
    expect([code, text.includes('nothing to change')]).toEqual([0, true])
    expect(text.split('\nnext:\n')[1]).toMatch(/^ {2}docker build .*\n {2}commit .*\n$/)
  })

  test('when the example names a release, then nothing has to be copied', async () => {
    const home = join(process.cwd(), 'released')
    const uses = 'steps:\n      - uses: acme/seaworthy@0123456789 # v1.0.0\n'
    const examples = { 'pull-request': uses, release: uses }
    for (const [name, text] of Object.entries(examples)) {
      write({ [`released/examples/workflows/${name}.yml`]: text })
    }
    write({ ...APP, Dockerfile: 'FROM debian\nCOPY . .\n' })
    const { text } = await run([], home)
    expect(text).not.toContain('copy Seaworthy')
    expect(ignored('.dockerignore')).not.toContain('seaworthy/')
  })

  test('when audit mode is over, then its comment asks to be removed with its lines', async () => {
    write(APP)
    await run()
    expect(read(GATE)).toMatch(/remove the two lines and this comment\.\nmode: audit\naudit-until: /)
  })

  test('when files were edited, then a script sees the diffs and changes nothing without --yes; rules that people set stay', async () => {
    write({ ...APP, [GATE]: 'version: 1\nfail-on: low\n', [WORKFLOW]: 'on: push\n' })
    const { text, code } = await run()
    expect(code).toBe(1)
    expect(text).toContain('+compose-file: compose.yml\n')
    expect(text).toContain(
      `\nnot changed: ${GATE}; the gate's setup is incomplete without this; pass --yes, or add these lines:\n  # How the image is run, for section 5 of Docker Bench.\n  compose-file: compose.yml\n  compose-service: app\n`,
    )
    expect(text).toContain(
      `\nnot changed: ${WORKFLOW}; the gate's setup is incomplete without this; pass --yes to change what the diff shows\n`,
    )
    expect([read(GATE), read(WORKFLOW)]).toEqual(['version: 1\nfail-on: low\n', 'on: push\n'])
    expect((await run(['--yes'])).code).toBe(0)
    expect(readGatePolicy(read(GATE), GATE)).toEqual({
      failOn: 'low',
      composeFile: 'compose.yml',
      composeService: 'app',
    })
  })

  test('when another CI system is there, then no workflow is written, and its example is named', async () => {
    write({ ...APP, Jenkinsfile: '' })
    expect((await run()).text).toContain('see examples/jenkins/Jenkinsfile')
    expect(() => read(WORKFLOW)).toThrow('ENOENT')
  })

  test('when there is no Dockerfile, then that is reported, and nothing is written', async () => {
    await expect(run()).rejects.toThrow('this folder contains no Dockerfile')
    expect(() => read(GATE)).toThrow('ENOENT')
  })
})
