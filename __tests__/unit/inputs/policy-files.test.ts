import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Judging, readJudging } from '../../../src/inputs/policies.js'
import { isDefault } from '../../../src/inputs/policy-files.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { TODAY } from '../../support/builders.js'
import { problemThrownBy } from '../../support/problems.js'
import { aRawDocument, aRawStatement, vexText } from '../../support/vex.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-vex-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function judging(values: Readonly<Record<string, string>>): Judging {
  const fallback = (name: string) => INPUTS.find((input) => input.name === name)?.default ?? ''
  return readJudging((name) => values[name] ?? fallback(name), TODAY)
}
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('vex', () => {
  test('when files are named by comma and line then each is read once', () => {
    const [a, b] = [file('a.json', vexText(aRawDocument())), file('b.json', vexText(aRawDocument()))]
    const { policy } = judging({ vex: ` ${a}, ${b}\n${a}\n` })
    expect(policy.vex.map(({ file }) => file)).toEqual([a, b])
    expect(judging({}).policy.vex).toEqual([])
  })

  test('when gate.yml names files then they are read, until the input names others', () => {
    const [a, b] = [file('a.json', vexText(aRawDocument())), file('b.json', vexText(aRawDocument()))]
    const gate = file('gate.yml', `version: 1\nvex: ["${a}"]\nfail-on-new-only: true\n`)
    expect(judging({ gate }).policy.vex.map(({ file }) => file)).toEqual([a])
    expect(judging({ gate, vex: b }).policy.vex.map(({ file }) => file)).toEqual([b])
    expect(judging({ gate }).policy.gate.failOnNewOnly).toBe(true)
    expect(judging({ gate, 'fail-on-new-only': 'false' }).policy.gate.failOnNewOnly).toBe(false)
  })

  test('when one is missing and one is wrong then both are told, and nothing is judged', () => {
    const wrong = file('wrong.json', vexText(aRawDocument([aRawStatement({ status: 'safe' })])))
    const { what } = problemThrownBy(() => judging({ vex: `${folder}/none.json,${wrong}` }))
    expect(what).toContain('none.json: the file listed under "vex" does not exist')
    expect(what).toContain(`${wrong}:17: statements[0].status: "safe" is not one of`)
    expect(problemThrownBy(() => judging({ vex: `${folder}/none.json` })).code).toBe('policy-missing')
  })
})

test.each(['gate', 'whitelist', 'dictionary', 'vex', 'baseline'])(
  'when %s is a device without an end then it is refused, and not read until memory is gone',
  (name) => {
    const problem = problemThrownBy(() => judging({ [name]: '/dev/zero' }))
    expect(problem).toMatchObject({ code: 'file-unreadable', where: '/dev/zero' })
    expect(problem.what).toContain('it is not a regular file')
  },
)

test('when gate.yml names an author of ours then it is that one, until the input names another', () => {
  const gate = file('gate.yml', 'version: 1\nvex-author: security@acme.example\n')
  expect(judging({}).policy.gate.vexAuthor).toBeNull()
  expect(judging({ gate }).policy.gate.vexAuthor).toBe('security@acme.example')
  expect(judging({ gate, 'vex-author': ' psirt@acme.example ' }).policy.gate.vexAuthor).toBe(
    'psirt@acme.example',
  )
})

describe('baseline', () => {
  test('when it is not there or no report then it is no fault: all counts as new', () => {
    expect(judging({ baseline: join(folder, 'none.json') }).policy.baseline?.fault).toBe(
      'there is no such file',
    )
    expect(judging({ baseline: file('x.json', '{') }).policy.baseline?.images).toBeNull()
    expect(judging({}).policy.baseline).toBeNull()
  })

  test('when it lies in report-dir then that is refused: it would be removed before it is read', () => {
    const baseline = join(folder, 'report.json')
    expect(problemThrownBy(() => judging({ baseline, 'report-dir': `${folder}/` })).what).toMatch(
      /^baseline: .* is in report-dir/,
    )
  })

  test('when fail-on-new-only is neither true nor false then that is told', () => {
    expect(problemThrownBy(() => judging({ 'fail-on-new-only': 'yes' })).what).toBe(
      'fail-on-new-only: "yes" is not true or false',
    )
  })
})

describe('isDefault', () => {
  test('when a value is the default of its own input, then it is one, and else not', () => {
    expect(isDefault('whitelist', 'policies/whitelist.yml')).toBe(true)
    expect(isDefault('whitelist', './policies/whitelist.yml')).toBe(false)
    expect(isDefault('gate', 'policies/whitelist.yml')).toBe(false)
    expect(isDefault('nonsense', '')).toBe(false)
  })
})
