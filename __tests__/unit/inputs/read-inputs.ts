import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { readJudging } from '../../../src/inputs/policies.js'
import { inputs, type Values } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'

export const judging = (values: Values = {}) => readJudging(inputs(values), '2026-11-24')

/** Faults of a `bad-input`, one line each. */
export function errorsOf(act: () => unknown): readonly string[] {
  const problem = problemThrownBy(act)
  expect(problem).toMatchObject({ code: 'bad-input', where: 'inputs' })
  return problem.what.split('\n')
}

export function write(path: string, text: string): string {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

export const entry = (part = '') =>
  `version: 1\nentries:\n  - id: CVE-2011-3374\n    package: apt\n    reason: r\n    owner: o\n    expires: 2027-03-31\n${part}`
