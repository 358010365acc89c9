import * as z from 'zod'
import type { LineError } from '../../model/index.js'
import { policyError } from '../errors.js'
import { errorAt, mappingOf, shapeErrors, valueAt, versionSchema } from '../shape.js'
import { formerKeyErrors, type StruckKeys, withoutKeys } from '../struck.js'
import { readYaml, type YamlDocument } from '../yaml/read.js'
import { auditError } from './audit.js'
import { INPUTS_ONLY } from './run-rows.js'
import { textsOf } from './threshold.js'
import { collectThresholds, THRESHOLD_ROWS, type Thresholds } from './thresholds.js'

/** Keys and inputs that there used to be, and what replaces each. */
export const STRUCK_KEYS: StruckKeys = new Map([
  ['test-command', 'set the input test to the command'],
  ['test-compose', 'set the input test to FILE.yml#SERVICE'],
  ['test-service', 'set the input test to FILE.yml#SERVICE'],
  ['strict-whitelist', 'set fail-on: negligible and unknown-severity: act'],
])

export const gateSchema = z
  .strictObject({
    version: versionSchema,
    ...Object.fromEntries(
      THRESHOLD_ROWS.map(({ name, row }) => [name, row.file.schema.optional().describe(textsOf(row).about)]),
    ),
  })
  .describe('Thresholds of the gate, and which checks run')

/**
 * Reads policies/gate.yml: the keys that it sets, and nothing for the others.
 * @param today the day for which `audit-until` has to be near; `null`: any day is
 * @throws SeaworthyError `policy-invalid` with every error of the file and its line
 */
export function readGatePolicy(text: string, file: string, today: string | null = null): Partial<Thresholds> {
  const document = readYaml(text, file)
  const errors = [
    ...inputErrors(document),
    ...formerKeyErrors(document, STRUCK_KEYS),
    ...shapeErrors(
      withoutKeys(document, (key) => INPUTS_ONLY.has(key) || STRUCK_KEYS.has(key)),
      gateSchema,
    ),
    ...doubleErrors(document),
    ...auditErrors(document, today),
  ]
  if (errors.length > 0) {
    throw policyError(errors)
  }
  return collectThresholds(({ name, row }) => {
    const raw = valueAt(document.value, [name])
    return raw === undefined ? undefined : row.file.read(raw)
  })
}

function auditErrors(document: YamlDocument, today: string | null): LineError[] {
  const key = ['audit-until']
  const text = today === null ? null : auditError(valueAt(document.value, key), today)
  return text === null ? [] : [{ place: document.placeOf(key), text }]
}

/** Errors for keys that only an input may set. */
function inputErrors(document: YamlDocument): LineError[] {
  return Object.keys(mappingOf(document.value) ?? {}).flatMap((key) => {
    const why = INPUTS_ONLY.get(key)
    const text = `${key}: is not allowed in this file, because it decides what ${why}, and the checkout might not be trustworthy; use the input ${key} (--${key})`
    return why === undefined ? [] : [{ place: document.placeOf([key]), text }]
  })
}

function doubleErrors(document: YamlDocument): LineError[] {
  const { value } = document
  if (typeof value !== 'object' || value === null || !('checks' in value)) {
    return []
  }
  const checks: readonly unknown[] = Array.isArray(value.checks) ? value.checks : []
  return checks.flatMap((check, index) =>
    typeof check !== 'string' || checks.indexOf(check) === index
      ? []
      : [errorAt(document, ['checks', index], `${check} appears twice`)],
  )
}
