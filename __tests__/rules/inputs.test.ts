import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { ALL_INTERFACES } from '../../src/inputs/row.js'
import { INPUTS, type Input } from '../../src/inputs/table.js'
import { isRefusal } from '../../src/policy/gate/threshold.js'
import { THRESHOLD_ROWS } from '../../src/policy/gate/thresholds.js'
import { ROOT } from './scan.js'

type ActionInputs = Readonly<Record<string, { default?: unknown }>>

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')
// Loaded by name: the scripts are plain JavaScript, without types.
const script = (await import(join(ROOT, 'script/readme.mjs'))) as {
  inputTables(inputs: readonly Partial<Input>[]): string
  outputTable(actionYml: string): string
  withContent(page: string, name: string, content: string): string
}
const { withInputs, workflowErrors, unshownThresholds, unpassedInputs } = (await import(
  join(ROOT, 'script/inputs.mjs')
)) as {
  withInputs(actionYml: string, inputs: readonly Partial<Input>[]): string
  workflowErrors(name: string, text: string, table: object): readonly string[]
  unpassedInputs(name: string, text: string, inputs: readonly Input[]): readonly string[]
  unshownThresholds(gateYml: string, rows: readonly { readonly name: string }[]): readonly string[]
}

/** What differs between the inputs of action.yml and those of the code that the action has. */
function differences(
  action: ActionInputs,
  inputs: readonly Pick<Input, 'name' | 'default' | 'where'>[],
): string[] {
  const wanted = inputs.filter(({ where }) => where.includes('action'))
  const errors = wanted.flatMap((input) => {
    const actionInput = action[input.name]
    if (actionInput === undefined) {
      return [`${input.name}: not in action.yml`]
    }
    const value = String(actionInput.default ?? '')
    return value === input.default
      ? []
      : [`${input.name}: default ${value} in action.yml, ${input.default} in the code`]
  })
  const idle = Object.keys(action).filter((name) => !wanted.some((input) => input.name === name))
  return [...errors, ...idle.map((name) => `${name}: in action.yml only`)]
}

// The command makes its flags from the same list, so that what holds for the list holds for them.
describe('inputs', () => {
  test('when action.yml and the code are compared, then names and defaults are the same', () => {
    const { inputs } = load(text('action.yml')) as { inputs: ActionInputs }
    expect(INPUTS.length).toBeGreaterThan(0)
    expect(differences(inputs, INPUTS)).toEqual([])
  })

  test('when they differ, then each difference is reported', () => {
    const inputs = [
      { name: 'image', default: '', where: ['action'] },
      { name: 'fail-on', default: 'low', where: ALL_INTERFACES },
      { name: 'new', default: '', where: ALL_INTERFACES },
      { name: 'colour', default: '', where: ['scan'] },
    ] satisfies Pick<Input, 'name' | 'default' | 'where'>[]
    expect(differences({ image: {}, 'fail-on': { default: 'high' }, old: {}, colour: {} }, inputs)).toEqual([
      'fail-on: default high in action.yml, low in the code',
      'new: not in action.yml',
      'old: in action.yml only',
      'colour: in action.yml only',
    ])
  })
})

describe('action.yml', () => {
  test('when its inputs are made from the table again, then nothing changes', () => {
    expect(withInputs(text('action.yml'), INPUTS)).toBe(text('action.yml'))
  })

  test('when the table has words that YAML would read otherwise, then they are quoted and read back', () => {
    const texts = ['true', '120', 'a: b', "it's # so", '', '- x', '{tag}', 'plain words']
    const rows = texts.map((text, index) => ({
      name: `one-${index}`,
      description: text,
      default: text,
      where: ALL_INTERFACES,
    }))
    const made = withInputs('name: x\n\ninputs:\n  old: {}\n\noutputs:\n  out: {}\n', rows)
    const { inputs } = load(made) as { inputs: Record<string, { description: string; default: string }> }
    expect(Object.values(inputs).map((one) => one.default)).toEqual(texts)
    expect(Object.values(inputs).map((one) => one.description)).toEqual(texts)
    expect(made).toContain('\n    description: plain words\n')
    expect(made).toMatch(/\n\noutputs:\n {2}out: \{\}\n$/)
    expect(() => withInputs('outputs:\n', rows)).toThrow('action.yml: no inputs')
  })
})

describe('what people write by hand', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
  const EXPRESSION = '${{ inputs.comment }}'
  const workflow = (step: object, inputs: object = {}) =>
    JSON.stringify({ on: { workflow_call: { inputs } }, jobs: { gate: { steps: [step] } } })

  test('when a workflow gives the action what it does not have, or does not take, then that is reported', () => {
    const wrong = {
      uses: './.seaworthy',
      with: { 'fail-om': 'low', 'check-run': 'maybe', 'cache-dir': 'a', verbose: true, timeout: EXPRESSION },
    }
    expect(workflowErrors('w.yml', workflow(wrong), { INPUTS, isRefusal })).toEqual([
      'w.yml: fail-om is not an input of the action',
      'w.yml: check-run: "maybe" is neither true nor false',
      'w.yml: verbose is not an input of the action',
    ])
    const other = { uses: 'OWNER/other@v1', with: { 'fail-om': 'low' } }
    expect(workflowErrors('w.yml', workflow(other), { INPUTS, isRefusal })).toEqual([])
  })

  test('when a reusable workflow takes an input by its name, then its default fits and it is given on', () => {
    const step = { uses: './.seaworthy', with: { comment: EXPRESSION } }
    const inputs = { comment: { default: 'sometimes' }, line: {}, context: { default: '.' } }
    expect(workflowErrors('w.yml', workflow(step, inputs), { INPUTS, isRefusal })).toEqual([
      'w.yml: comment: "sometimes" is not one of changes, always, failure, never',
      'w.yml: its input line is given to nothing',
    ])
  })

  test.each(['pull-request', 'release', 'scheduled'])(
    'when the reusable workflow for a %s is called, then all that is about Docker Bench is passed on',
    (name) => {
      const path = `.github/workflows/gate-${name}.yml`
      expect(unpassedInputs(path, text(path), INPUTS)).toEqual([])
      const names = INPUTS.filter(({ group }) => group === 'Docker Bench:').map((input) => input.name)
      expect(names).toEqual(
        'bench-image bench-source run-options compose-file compose-service start'.split(' '),
      )
      for (const one of names) {
        const line = new RegExp(`^ +${one}: \\$\\{\\{.*\\n`, 'm')
        const taken = new RegExp(`^      ${one}:\\n`, 'm')
        const error = [`w.yml: ${one} is not passed on`]
        expect(unpassedInputs('w.yml', text(path).replace(line, ''), INPUTS)).toEqual(error)
        expect(unpassedInputs('w.yml', text(path).replace(taken, '      other:\n'), INPUTS)).toEqual(error)
      }
    },
  )

  test('when a reusable workflow judges nothing, then it passes nothing on', () => {
    const path = '.github/workflows/gate-publish.yml'
    expect(unpassedInputs(path, text(path), INPUTS)).toEqual([])
  })

  test('when policies/gate.yml shows the thresholds, then each has its line', () => {
    expect(unshownThresholds(text('policies/gate.yml'), THRESHOLD_ROWS)).toEqual([])
    expect(unshownThresholds('x\n# fail-on: high\n', [{ name: 'fail-on' }, { name: 'vex' }])).toEqual([
      'policies/gate.yml: shows no vex',
    ])
  })
})

/** The source of each threshold's row, by name. */
function rowsInSource(folder: string): ReadonlyMap<string, readonly string[]> {
  const lines = readdirSync(join(ROOT, folder)).flatMap((name) => text(`${folder}/${name}`).split('\n'))
  return new Map(
    lines.flatMap((line, at) => {
      const [, name] = /^ {2}'?([\w-]+)'?: \w*[tT]hreshold\b.*[({]$/.exec(line) ?? []
      const length = lines.slice(at).findIndex((other) => /^ {2}\}?\),$/.test(other)) + 1
      return name === undefined ? [] : [[name, lines.slice(at, at + length)] as const]
    }),
  )
}

describe('the rows of thresholds', () => {
  const rows = rowsInSource('src/policy/gate')

  test('when they are read from the source, then all are found', () => {
    expect([...rows.keys()].sort()).toEqual(THRESHOLD_ROWS.map(({ name }) => name).sort())
  })

  test.each([...rows])('when %s is read, then its row has at most ten lines and one text', (_, row) => {
    expect(row.length).toBeLessThanOrEqual(10)
    const texts = row.filter((line) => /^ {4}(?:text: )?['"`].* .*['"`],$/.test(line))
    expect(texts).toHaveLength(1)
  })
})

describe('generated tables of the documentation', () => {
  test('when they are made again, then nothing changes', () => {
    const [inputs, outputs] = [text('docs/inputs.md'), text('docs/outputs.md')]
    expect(script.withContent(inputs, 'inputs', script.inputTables(INPUTS))).toBe(inputs)
    expect(script.withContent(outputs, 'outputs', script.outputTable(text('action.yml')))).toBe(outputs)
  })

  test('when all inputs are listed, then under the headings that people look for', () => {
    expect(script.inputTables(INPUTS).match(/^## .*/gm)).toEqual(
      [
        ...['Image', 'Checks', 'Policies and thresholds', 'Data', 'Docker Bench', 'Clair'],
        ...['Tests and updates', 'Reports', 'GitHub'],
      ].map((heading) => `## ${heading}`),
    )
  })

  test('when there is another input of the action, then its group has another row', () => {
    const row = { default: 'x|y', description: 'what', group: 'Data:', where: ALL_INTERFACES }
    const rows: Partial<Input>[] = [
      { ...row, name: 'new' },
      { ...row, name: 'flag', where: ['scan'] },
      { ...row, name: 'image', group: 'Image:', required: true },
    ]
    const head = '| input | default | meaning |\n|---|---|---|\n'
    expect(script.inputTables(rows)).toBe(
      `## Data\n${head}| \`new\` | \`x\\|y\` | what |\n\n## Image\n${head}| \`image\` | (required) | what |`,
    )
    expect(script.outputTable('outputs: {out: {description: that}}')).toContain('| `out` | that |')
  })

  test('when content is put between the markers, then the rest of the page stays', () => {
    const page = 'a\n<!-- in -->\nold\n<!-- /in -->\nb\n'
    expect(script.withContent(page, 'in', 'new')).toBe('a\n<!-- in -->\nnew\n<!-- /in -->\nb\n')
  })

  test('when a marker is missing, then that is an error', () => {
    expect(() => script.withContent('# Inputs', 'inputs', '')).toThrow('no <!-- inputs -->')
  })
})
