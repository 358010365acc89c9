import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { readRequest } from '../../../src/inputs/request.js'
import { inputs } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'

const folder = mkdtempSync(join(tmpdir(), 'regression-test-'))
const compose = join(folder, 'compose.yml')
writeFileSync(compose, 'services: {smoke: {image: "${IMAGE}", environment: {A: "${LAB_TOKEN}"}}}\n')
afterAll(() => rmSync(folder, { recursive: true }))

const readTestOf = (values: Readonly<Record<string, string>>) =>
  readRequest(['app:1'], inputs(values)).regressionTest

test('when nothing is given, then nothing is tested', () => {
  expect(readTestOf({})).toEqual({ test: null, limitMs: 300_000, earlierResult: null })
})

test('when a workflow hands on what nobody has given, then the defaults hold', () => {
  expect(readTestOf({ test: ' ' })).toEqual(readTestOf({}))
})

test('when a command or a compose file is given, then scan has it, and no token gets into the file', () => {
  expect(readTestOf({ test: ' ./smoke ' })).toEqual({
    ...{ test: { kind: 'command', command: './smoke' }, limitMs: 300_000, earlierResult: null },
  })
  process.env.LAB_TOKEN = 'made-up-for-this-test'
  try {
    expect(readTestOf({ test: `${compose}#smoke` }).test).toEqual({
      kind: 'compose',
      document: '{"services":{"smoke":{"image":"$IMAGE","environment":{"A":""}}}}',
      service: 'smoke',
    })
  } finally {
    delete process.env.LAB_TOKEN
  }
})

test.each([
  [{ test: 'gone.yml#test' }, 'test: there is no file "gone.yml"'],
  [{ test: `${compose}#--x` }, 'test: "--x" is not a valid service name'],
  [{ test: compose }, `test: name the service of the compose file, such as ${compose}#test`],
  [{ test: `${compose}#` }, `test: name the service of the compose file, such as ${compose}#test`],
])('when %j is given, then scan refuses it before anything is started', (values, message) => {
  expect(problemThrownBy(() => readTestOf(values)).what.split('\n')).toEqual([message])
})

test.each([
  'docker compose -f tests.yml run test',
  'grep -q x app.yml',
  './smoke # app.yml#test',
  'sh smoke.yml.sh',
])('when %s is given, then that is a command', (command) => {
  expect(readTestOf({ test: command }).test).toEqual({ kind: 'command', command })
})
