import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { setOutputs, setUpdateOutputs } from '../../../src/action/outputs.js'
import { readYaml } from '../../../src/policy/yaml/read.js'
import { aVerdict } from '../../support/builders.js'

const ROOT = join(import.meta.dirname, '../../..')

/** Names in the file of GITHUB_OUTPUT: `name<<delimiter`, the value, the delimiter. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/^([\w-]+)<<(ghadelimiter_\S+)$/gm)].map(([, name = '']) => name)
}

/** What main.ts sets itself, before there is a verdict. */
function namesSetBy(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(/\bsetOutput\('([\w-]+)'/g)].map(([, name = '']) => name)
}

test('when the action sets outputs, then they are those that action.yml declares', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'outputs-')), 'output')
  writeFileSync(file, '')
  const before = process.env.GITHUB_OUTPUT
  process.env.GITHUB_OUTPUT = file
  try {
    setOutputs(aVerdict(), [], [], null)
    setUpdateOutputs({ outcome: null, text: '', notes: [], pull: null }, tmpdir())
  } finally {
    if (before === undefined) {
      delete process.env.GITHUB_OUTPUT
    } else {
      process.env.GITHUB_OUTPUT = before
    }
  }
  const set = new Set([...namesIn(readFileSync(file, 'utf8')), ...namesSetBy('src/action/main.ts')])
  const { value } = readYaml(readFileSync(join(ROOT, 'action.yml'), 'utf8'), 'action.yml')
  const { outputs = {} } = value as { outputs?: Record<string, unknown> }
  expect([...set].sort()).toEqual(Object.keys(outputs).sort())
  expect(set.size).toBeGreaterThan(20)
})
