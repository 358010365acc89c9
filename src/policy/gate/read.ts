import * as z from 'zod'
import type { PlacedFault } from '../../model/problem.js'
import { policyError } from '../faults.js'
import { mappingOf, shapeFaults, valueAt, versionSchema } from '../shape.js'
import { readYaml, type YamlDocument } from '../yaml/read.js'
import { INPUTS_ONLY } from './run-rows.js'
import { collectThresholds, THRESHOLD_ROWS, type Thresholds } from './thresholds.js'

export const gateSchema = z
  .strictObject({
    version: versionSchema,
    ...Object.fromEntries(
      THRESHOLD_ROWS.map(({ name, row: { file } }) => [name, file.schema.optional().describe(file.about)]),
    ),
  })
  .describe('Thresholds of the gate, and which checks run')

/**
 * Reads policies/gate.yml: the keys that it sets, and nothing for the others.
 * @throws SeaworthyError `policy-invalid` with every error of the file and its line
 */
export function readGatePolicy(text: string, file: string): Partial<Thresholds> {
  const document = readYaml(text, file)
  const faults = [
    ...inputFaults(document),
    ...shapeFaults(withoutInputs(document), gateSchema),
    ...doubleFaults(document),
  ]
  if (faults.length > 0) {
    throw policyError(faults)
  }
  return collectThresholds(({ name, row }) => {
    const raw = valueAt(document.value, [name])
    return raw === undefined ? undefined : row.file.read(raw)
  })
}

/** What only an input may set. */
function inputFaults(document: YamlDocument): PlacedFault[] {
  return Object.keys(mappingOf(document.value) ?? {}).flatMap((key) => {
    const why = INPUTS_ONLY.get(key)
    const text = `${key}: is not allowed in this file, because it decides what ${why}, and the checkout might not be trustworthy; use the input ${key} (--${key})`
    return why === undefined ? [] : [{ place: document.placeOf([key]), text }]
  })
}

/** Without the keys that were already reported. */
function withoutInputs(document: YamlDocument): YamlDocument {
  const value = mappingOf(document.value)
  if (value === null) {
    return document
  }
  const rest = Object.entries(value).filter(([key]) => !INPUTS_ONLY.has(key))
  return { ...document, value: Object.assign(Object.create(null), Object.fromEntries(rest)) }
}

function doubleFaults(document: YamlDocument): PlacedFault[] {
  const { value } = document
  if (typeof value !== 'object' || value === null || !('checks' in value)) {
    return []
  }
  const checks: readonly unknown[] = Array.isArray(value.checks) ? value.checks : []
  return checks.flatMap((check, index) =>
    typeof check !== 'string' || checks.indexOf(check) === index
      ? []
      : [{ place: document.placeOf(['checks', index]), text: `checks[${index}]: ${check} appears twice` }],
  )
}
