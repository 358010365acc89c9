import * as z from 'zod'
import { type PolicyFault, policyError } from '../faults.js'
import { shapeFaults, valueAt, versionSchema } from '../shape.js'
import { readYaml, type YamlDocument } from '../yaml/read.js'
import { collectThresholds, THRESHOLD_ROWS, type Thresholds } from './thresholds.js'

/** Shape of policies/gate.yml: a key for each threshold. */
export const gateSchema = z
  .strictObject({
    version: versionSchema,
    ...Object.fromEntries(
      THRESHOLD_ROWS.map(({ name, row: { file } }) => [name, file.schema.optional().describe(file.about)]),
    ),
  })
  .describe('Thresholds of the gate, and which checks run')

/**
 * Reads policies/gate.yml: what it says, and nothing for what it leaves out.
 * @param file as messages shall name it
 * @throws SeaworthyError `policy-invalid` with every fault of the file and its line
 */
export function readGatePolicy(text: string, file: string): Partial<Thresholds> {
  const document = readYaml(text, file)
  const faults = [...shapeFaults(document, gateSchema), ...doubleFaults(document)]
  if (faults.length > 0) throw policyError(faults)
  return collectThresholds(({ name, row }) => {
    const raw = valueAt(document.value, [name])
    return raw === undefined ? undefined : row.file.read(raw)
  })
}

function doubleFaults(document: YamlDocument): PolicyFault[] {
  const { value } = document
  if (typeof value !== 'object' || value === null || !('checks' in value)) return []
  const checks: readonly unknown[] = Array.isArray(value.checks) ? value.checks : []
  return checks.flatMap((check, index) =>
    typeof check !== 'string' || checks.indexOf(check) === index
      ? []
      : [{ place: document.placeOf(['checks', index]), text: `checks[${index}]: ${check} is there twice` }],
  )
}
