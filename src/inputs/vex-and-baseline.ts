import { dirname, resolve } from 'node:path'
import { SeaworthyError } from '../model/problem.js'
import { type Baseline, readBaseline } from '../policy/baseline/read.js'
import type { GatePolicy } from '../policy/policy.js'
import { readVex, type VexDocument } from '../policy/vex/read.js'
import type { ReadPolicy } from '../policy/whitelist/includes.js'
import { type Faults, quoted } from './faults.js'
import type { Given } from './table.js'

/** The files that `vex` names, by comma or line; nothing where it was not given. */
export function readVexNames(given: Given): Partial<Pick<GatePolicy, 'vex'>> {
  const names = given('vex')
    .split(/[\n,]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length === 0 ? {} : { vex: names }
}

/** Who makes the statements of our own document. */
export function readVexAuthor(given: Given): Partial<Pick<GatePolicy, 'vexAuthor'>> {
  const vexAuthor = given('vex-author').trim()
  return vexAuthor === '' ? {} : { vexAuthor }
}

export function readNewOnly(given: Given, faults: string[]): Partial<Pick<GatePolicy, 'failOnNewOnly'>> {
  const value = given('fail-on-new-only').trim()
  if (value === '') return {}
  if (value !== 'true' && value !== 'false')
    faults.push(`fail-on-new-only: ${quoted(value)} is not true or false`)
  return { failOnNewOnly: value === 'true' }
}

/** Each document once. Faults of each are gathered. */
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
  if (text !== null) return readVex(text, file)
  throw new SeaworthyError({
    code: 'policy-missing',
    what: 'the file given as vex is not there',
    where: file,
    todo: 'write it, or leave it out of vex',
  })
}

/** `null` where none was named. A file in report-dir would be gone before it is read: those are removed first. */
export function readBaselineFile(given: Given, faults: string[], read: ReadPolicy): Baseline | null {
  const file = given('baseline').trim()
  if (file === '') return null
  if (dirname(resolve(file)) === resolve(given('report-dir').trim())) {
    faults.push(
      `baseline: ${quoted(file)} lies in report-dir, where old reports are removed; keep it elsewhere`,
    )
    return null
  }
  return readBaseline(read(file), file)
}
