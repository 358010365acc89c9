import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Judging, readGateOnly, readJudging } from '../../../src/inputs/policies.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { TODAY } from '../../support/builders.js'
import { inputs } from '../../support/inputs.js'
import { type GateKeys, gateYml } from '../../support/policies.js'
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

/** Judges with a gate.yml in a folder outside of the checkout. */
function judgingBy(keys: GateKeys): Judging {
  file('gate.yml', gateYml(keys))
  return judging({ policies: folder })
}

describe('vex', () => {
  test('when gate.yml names files then each is read once', () => {
    const [a, b] = [file('a.json', vexText(aRawDocument())), file('b.json', vexText(aRawDocument()))]
    const { policy } = judgingBy({ vex: [a, b, a], 'fail-on-new-only': true })
    expect(policy.vex.map(({ file }) => file)).toEqual([a, b])
    expect(policy.gate.failOnNewOnly).toBe(true)
    expect(judging({}).policy.vex).toEqual([])
  })

  test('when one is missing and one is wrong then both are reported, and nothing is judged', () => {
    const wrong = file('wrong.json', vexText(aRawDocument([aRawStatement({ status: 'safe' })])))
    const { what } = problemThrownBy(() => judgingBy({ vex: [`${folder}/none.json`, wrong] }))
    expect(what).toContain('none.json: the file listed under "vex" does not exist')
    expect(what).toContain(`${wrong}:17: statements[0].status: "safe" is not one of`)
    expect(problemThrownBy(() => judgingBy({ vex: [`${folder}/none.json`] })).code).toBe('policy-missing')
  })
})

describe('when a file is a device without an end then it is refused, and not read until memory is gone', () => {
  const isRefused = (act: () => unknown, where: string) => {
    const problem = problemThrownBy(act)
    expect(problem).toMatchObject({ code: 'file-unreadable', where })
    expect(problem.what).toContain('it is not a regular file')
  }

  test.each(['gate', 'whitelist', 'dictionary'])('as %s', (name) => {
    symlinkSync('/dev/zero', join(folder, `${name}.yml`))
    isRefused(() => judging({ policies: folder }), join(folder, `${name}.yml`))
  })

  test('as VEX or baseline', () => {
    isRefused(() => judgingBy({ vex: ['/dev/zero'] }), '/dev/zero')
    isRefused(() => judging({ baseline: '/dev/zero' }), '/dev/zero')
  })
})

test('when gate.yml names an author of ours then it is that one', () => {
  expect(judging({}).policy.gate.vexAuthor).toBeNull()
  expect(judgingBy({ 'vex-author': ' security@acme.example ' }).policy.gate.vexAuthor).toBe(
    'security@acme.example',
  )
})

describe('baseline', () => {
  test('when it is not there or no report then it is no error: all counts as new', () => {
    expect(judging({ baseline: join(folder, 'none.json') }).policy.baseline?.error).toBe(
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
})

describe('when a file in the policies folder is named almost like a policy', () => {
  const OTHER = ['whitelist.yml', 'version: 1\nentries: []\n'] as const
  const GATE = ['gate.yml', 'version: 1\n'] as const

  test.each([
    ['gate.yaml', 'gate.yml'],
    ['Gate.yml', 'gate.yml'],
    ['whitelist.json', 'whitelist.yml'],
    ['DICTIONARY.YAML', 'dictionary.yml'],
  ])('%s, then it is an error, because it would have no effect', (name, meant) => {
    const path = file(name, 'version: 1\n')
    const expected = {
      code: 'policy-invalid',
      what: `${path}: the gate reads only ${meant}, so this file would have no effect`,
      where: path,
      todo: `rename it to ${meant}`,
    }
    // Whether the folder has no policy at all, or another one.
    expect(problemThrownBy(() => judging({ policies: folder })).what).toContain(expected.what)
    const [other, text] = meant === 'gate.yml' ? OTHER : GATE
    file(other, text)
    expect(problemThrownBy(() => judging({ policies: folder }))).toMatchObject(expected)
    expect(problemThrownBy(() => readGateOnly(inputs({ policies: folder })))).toMatchObject(expected)
  })

  test('and the policy is there too, then it has to go', () => {
    file('gate.yml', 'version: 1\n')
    file('gate.yaml', 'version: 1\n')
    expect(problemThrownBy(() => judging({ policies: folder })).todo).toBe(
      'remove it: the folder has a gate.yml too',
    )
  })

  test('and a pull request’s policies are those of the base, then it is an error all the same', () => {
    const path = file('gate.yaml', 'version: 1\n')
    const base = { read: () => null, binding: true, notices: [] }
    const { code, where } = problemThrownBy(() => readJudging(inputs({ policies: folder }), TODAY, base))
    expect([code, where]).toEqual(['policy-invalid', path])
  })

  test('but is another file, then it is none of the gate’s', () => {
    file('gate.yml', 'version: 1\n')
    for (const name of ['gate.yml.bak', 'gate.md', 'my-gate.yaml', 'gate.schema.json']) {
      file(name, 'x')
    }
    expect(judging({ policies: folder }).policy.gate.file).toBe(join(folder, 'gate.yml'))
  })
})
