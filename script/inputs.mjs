// action.yml's inputs, from the table in src/inputs/table.ts. Run: node script/inputs.mjs [--check]
// With --check it writes nothing, and also compares the table with what people write: what the reusable workflows
// (.github/workflows/gate-*.yml) and the examples pass to the action, which inputs about Docker Bench the reusable
// workflows pass on, and the thresholds that policies/gate.yml shows.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { load } from 'js-yaml'
import { bundled } from './lib/bundled.mjs'
import { runIfStarted } from './lib/main.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const FOLDERS = ['.github/workflows', 'examples/workflows']

/** The table from the code. */
export async function readTable() {
  return bundled(`
    export { INPUTS } from './src/inputs/table.ts'
    export { THRESHOLD_ROWS } from './src/policy/gate/thresholds.ts'
    export { isRefusal } from './src/policy/gate/threshold.ts'`)
}

/** `actionYml` with the inputs of the table: replaces everything between `inputs:` and `outputs:`. */
export function withInputs(actionYml, inputs) {
  const [from, to] = [actionYml.indexOf('\ninputs:\n'), actionYml.indexOf('\noutputs:\n')]
  if (from === -1 || to < from) {
    throw new Error('action.yml: no inputs: above outputs:')
  }
  const rows = inputs.filter(({ where }) => where.includes('action')).map(rowOf)
  return `${actionYml.slice(0, from)}\ninputs:\n${rows.join('')}${actionYml.slice(to)}`
}

function rowOf({ name, description, required, default: value }) {
  const last = required ? 'required: true' : `default: ${scalar(value)}`
  return `  ${name}:\n    description: ${scalar(description)}\n    ${last}\n`
}

/** Plain if YAML reads it back as the same text, else quoted as JSON. */
function scalar(text) {
  const isPlain = /^[\w$*./-]/.test(text) && readBack(text) === text
  return isPlain ? text : JSON.stringify(text)
}

function readBack(text) {
  try {
    return load(`key: ${text}\n`).key
  } catch {
    return null
  }
}

/** What a workflow's steps pass to the action, and the workflow's own inputs, compared with the table. */
export function workflowErrors(name, text, { INPUTS, isRefusal }) {
  const { jobs = {}, on } = load(text)
  const own = on?.workflow_call?.inputs ?? {}
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? [])
  const inputsOfSteps = steps
    .filter(({ uses = '' }) => isSeaworthy(uses))
    .flatMap((step) => Object.entries(step.with ?? {}))
  const refused = (input, value) => {
    const row = INPUTS.find((one) => one.name === input && one.where.includes('action'))
    if (row === undefined) {
      return [`${name}: ${input} is not an input of the action`]
    }
    // An expression is known only at run time.
    if (/\$\{\{/.test(value)) {
      return []
    }
    const read = row.read(String(value).trim(), row.default)
    return isRefusal(read) ? read.refused.map((line) => `${name}: ${input}: ${line}`) : []
  }
  const shared = Object.entries(own).filter(([input]) => INPUTS.some((one) => one.name === input))
  return [
    ...inputsOfSteps.flatMap(([input, value]) => refused(input, value)),
    // A caller's value for an input must be valid for the action's input of that name.
    ...shared.flatMap(([input, { default: value = '' }]) => (value === '' ? [] : refused(input, value))),
    ...shared.flatMap(([input]) =>
      text.includes(`inputs.${input} }}`) ? [] : [`${name}: its input ${input} is given to nothing`],
    ),
  ]
}

function isSeaworthy(uses) {
  return uses === './.seaworthy' || /^\.\/(?:\.seaworthy\/)?seaworthy$|^[\w-]+\/seaworthy@/i.test(uses)
}

/** Inputs about Docker Bench that a judging reusable workflow does not have, or does not pass on. */
export function unpassedInputs(name, text, inputs) {
  const { jobs = {}, on } = load(text)
  const own = on?.workflow_call?.inputs ?? {}
  const judging = Object.values(jobs)
    .flatMap((job) => job.steps ?? [])
    .filter(({ uses }) => uses === './.seaworthy')
  return inputs
    .filter(({ group }) => group === 'Docker Bench:')
    .filter(
      (input) =>
        own[input.name] === undefined ||
        judging.some((step) => step.with?.[input.name] !== `\${{ inputs.${input.name} }}`),
    )
    .flatMap((input) => (judging.length === 0 ? [] : [`${name}: ${input.name} is not passed on`]))
}

/** Thresholds that the sample policy does not show, each on a line of its own. */
export function unshownThresholds(gateYml, rows) {
  return rows
    .filter(({ name }) => !gateYml.includes(`\n# ${name}: `))
    .map(({ name }) => `policies/gate.yml: shows no ${name}`)
}

async function main() {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
  const table = await readTable()
  const path = join(ROOT, 'action.yml')
  const old = readFileSync(path, 'utf8')
  const now = withInputs(old, table.INPUTS)
  if (!values.check) {
    if (old !== now) {
      writeFileSync(path, now)
    }
    return
  }
  const workflows = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.yml'))
      .map((name) => `${folder}/${name}`),
  )
  const errors = [
    ...(old === now
      ? []
      : ['action.yml: its inputs are not those of src/inputs/table.ts: run `npm run readme`']),
    ...workflows.flatMap((name) => workflowErrors(name, readFileSync(join(ROOT, name), 'utf8'), table)),
    ...workflows
      .filter((name) => name.startsWith(FOLDERS[0]))
      .flatMap((name) => unpassedInputs(name, readFileSync(join(ROOT, name), 'utf8'), table.INPUTS)),
    ...unshownThresholds(readFileSync(join(ROOT, 'policies/gate.yml'), 'utf8'), table.THRESHOLD_ROWS),
  ]
  for (const error of errors) {
    console.error(error)
  }
  if (errors.length > 0) {
    process.exitCode = 1
  }
}

await runIfStarted(import.meta.url, main)
