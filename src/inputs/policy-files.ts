import { dirname, resolve } from 'node:path'
import { isInside, isOfCheckout, readInside, readPolicy } from '../io/files/files.js'
import { SeaworthyError } from '../model/problem.js'
import type { PolicyNotice } from '../model/verdict.js'
import { type Baseline, readBaseline } from '../policy/baseline/read.js'
import { DEFAULT_DICTIONARY } from '../policy/dictionary/default.js'
import type { Dictionary } from '../policy/dictionary/dictionary.js'
import { readDictionary } from '../policy/dictionary/read.js'
import { readVex, type VexDocument } from '../policy/vex/read.js'
import { baseOf, loadWhitelist, type ReadPolicy } from '../policy/whitelist/includes.js'
import type { SpanLimit } from '../policy/whitelist/read.js'
import type { Whitelist } from '../policy/whitelist/schema.js'
import type { Faults } from './faults.js'
import type { Given } from './row.js'
import { POLICY_INPUTS } from './thresholds.js'

/** Where policies come from. */
export interface PolicySource {
  /**
   * A file that an input names, or that a whitelist includes; `null` if there is none. Throws if that is not known.
   */
  readonly read: ReadPolicy
  /** True if inputs must not be laxer than these files, and a missing file means an empty policy. */
  readonly binding: boolean
  /** Where an earlier report is read from; default: the work tree. */
  readonly baseline?: ReadPolicy
  /** Compose files that inputs name and only the change has, as the inputs write them. */
  readonly unbound?: readonly string[]
  /** What to report about their source. */
  readonly notices: readonly PolicyNotice[]
}

export const WORK_TREE: PolicySource = { read: readPolicy, binding: false, notices: [] }

/** The policy files that inputs name. */
export type PolicyFileName = 'gate' | 'whitelist' | 'dictionary'

export interface PolicyText {
  readonly path: string
  readonly text: string | null
}

/** A policy file. A missing one is an error, except at the default path, or if the base has none yet. */
export function policyFile(given: Given, name: PolicyFileName, { read, binding }: PolicySource): PolicyText {
  const path = read === readPolicy ? given(name).trim() : boundPath(given, name)
  const text = path === '' ? null : read(path)
  if (text === null && path !== '' && !binding && !isDefault(name, path)) {
    throw new SeaworthyError({
      code: 'policy-missing',
      what: `the file specified by the input "${name}" does not exist`,
      where: path,
      todo: `create the file, or omit "${name}" to use the built-in default`,
    })
  }
  return { path, text }
}

/** True if the value is the input's own default, so that a missing file is no error. */
export function isDefault(name: string, value: string): boolean {
  return Object.entries(POLICY_INPUTS).some(([input, row]) => input === name && row.default === value)
}

/**
 * The policy file that an input names when it may not be laxer than the base's: an empty input means the default
 * path. Only a whitelist may be left out, since without it nothing is accepted.
 */
export function boundPath(given: Given, name: PolicyFileName): string {
  const path = given(name).trim()
  return path === '' && name !== 'whitelist' ? POLICY_INPUTS[name].default : path
}

/** Including the files that it includes. @param limit `null`: the spans of entries are not checked */
export function readNamedWhitelist(
  given: Given,
  source: PolicySource,
  limit: SpanLimit | null,
): Whitelist | null {
  const { path, text } = policyFile(given, 'whitelist', source)
  if (text === null) {
    return null
  }
  const { read } = source
  const included: ReadPolicy = read === readPolicy ? (name) => readIncluded(path, name) : read
  return loadWhitelist(path, text, included, limit)
}

/** A file that the whitelist includes. A link must not lead where a path may not. */
function readIncluded(whitelist: string, path: string): string | null {
  const text = isOfCheckout(whitelist) ? readInside(path) : readPolicy(path)
  const folder = baseOf(whitelist)
  if (text === null || isInside(path, folder === '' ? '.' : folder)) {
    return text
  }
  throw new SeaworthyError({
    code: 'policy-invalid',
    what: `${path}: the whitelist includes this file, but it is a link that leads outside the working directory`,
    where: path,
    todo: 'replace the link with the file itself',
  })
}

/** @param limit `null`: how long accepted results hold is not checked */
export function readNamedDictionary(given: Given, source: PolicySource, limit: SpanLimit | null): Dictionary {
  const { path, text } = policyFile(given, 'dictionary', source)
  return text === null ? DEFAULT_DICTIONARY : readDictionary(text, path, { limit })
}

/** Each document once. Errors of all are collected. */
export function readVexFiles(
  names: readonly string[],
  read: ReadPolicy,
  attempt: Faults['attempt'],
): readonly VexDocument[] {
  const files = [...new Map(names.map((name) => [resolve(name), name])).values()]
  return files.map((file) => attempt(() => vexFile(file, read))).filter((document) => document !== null)
}

function vexFile(file: string, read: ReadPolicy): VexDocument {
  const text = read(file)
  if (text !== null) {
    return readVex(text, file)
  }
  throw new SeaworthyError({
    code: 'policy-missing',
    what: 'the file listed under "vex" does not exist',
    where: file,
    todo: 'create the file, or remove it from "vex"',
  })
}

/**
 * `null` if none was named. A file in report-dir would be gone before it is read, because old reports are removed
 * first.
 */
export function readBaselineFile(given: Given, faults: string[], read: ReadPolicy): Baseline | null {
  const file = given('baseline').trim()
  if (file === '') {
    return null
  }
  if (dirname(resolve(file)) === resolve(given('report-dir').trim())) {
    faults.push(
      `baseline: ${JSON.stringify(file)} is in report-dir, from which old reports are removed; keep the baseline elsewhere`,
    )
    return null
  }
  return readBaseline(read(file), file)
}
