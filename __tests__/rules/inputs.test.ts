import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { INPUTS, type Input } from '../../src/inputs/table.js'
import { ROOT } from './scan.js'

type ActionInputs = Readonly<Record<string, { default?: unknown }>>

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')
// Loaded by name: the scripts are plain JavaScript, without types.
const script = (await import(join(ROOT, 'script/readme.mjs'))) as {
  withTables(readme: string, actionYml: string): string
}

/** What differs between the inputs of action.yml and those of the code that are not for the command alone. */
function differences(
  action: ActionInputs,
  inputs: readonly Pick<Input, 'name' | 'default' | 'where'>[],
): string[] {
  const wanted = inputs.filter(({ where }) => where !== 'command')
  const faults = wanted.flatMap((input) => {
    const there = action[input.name]
    if (there === undefined) {
      return [`${input.name}: not in action.yml`]
    }
    const value = String(there.default ?? '')
    return value === input.default
      ? []
      : [`${input.name}: default ${value} in action.yml, ${input.default} in the code`]
  })
  const idle = Object.keys(action).filter((name) => !wanted.some((input) => input.name === name))
  return [...faults, ...idle.map((name) => `${name}: in action.yml only`)]
}

// The command makes its flags from the same list, so that what holds for the list holds for them.
describe('inputs', () => {
  test('when action.yml and the code are compared, then names and defaults are the same', () => {
    const { inputs } = load(text('action.yml')) as { inputs: ActionInputs }
    expect(INPUTS.length).toBeGreaterThan(0)
    expect(differences(inputs, INPUTS)).toEqual([])
  })

  test('when they differ, then each difference is told', () => {
    const inputs = [
      { name: 'image', default: '', where: 'action' },
      { name: 'fail-on', default: 'low', where: 'both' },
      { name: 'new', default: '', where: 'both' },
      { name: 'colour', default: '', where: 'command' },
    ] as const
    expect(differences({ image: {}, 'fail-on': { default: 'high' }, old: {}, colour: {} }, inputs)).toEqual([
      'fail-on: default high in action.yml, low in the code',
      'new: not in action.yml',
      'old: in action.yml only',
      'colour: in action.yml only',
    ])
  })
})

describe('tables of README.md', () => {
  test('when they are made from action.yml again, then nothing changes', () => {
    expect(script.withTables(text('README.md'), text('action.yml'))).toBe(text('README.md'))
  })

  test('when action.yml has another input, then the table has another row', () => {
    const readme = 'a\n<!-- inputs -->\nold\n<!-- /inputs -->\nb\n<!-- outputs -->\n<!-- /outputs -->\n'
    const action = 'inputs: {new: {default: x|y, description: what}}\noutputs: {out: {description: that}}'
    const now = script.withTables(readme, action)
    expect(now).toContain('| `new` | `x\\|y` | what |')
    expect(now).toContain('| `out` | that |')
    expect(now).not.toContain('old')
    expect(now).toMatch(/^a\n/)
  })

  test('when a marker is missing, then that is an error', () => {
    expect(() => script.withTables('# Seaworthy', 'inputs: {}')).toThrow('no <!-- inputs -->')
  })
})
