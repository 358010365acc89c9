import { basename, dirname, join, resolve } from 'node:path'
import { isFile, isInside, isOfCheckout, listFolder, readInside, readPolicy } from '../io/files/files.js'
import { type PolicyNotice, readOrNull, SeaworthyError } from '../model/index.js'
import { type Baseline, readBaseline } from '../policy/baseline/compare.js'
import { readVex, type VexDocument } from '../policy/vex/read.js'
import { baseOf, loadWhitelist, type ReadPolicy } from '../policy/whitelist/includes.js'
import type { SpanLimit } from '../policy/whitelist/read.js'
import type { Whitelist } from '../policy/whitelist/schema.js'
import type { InputErrors } from './input-errors.js'
import { type ReadInput, readerOf } from './row.js'
import { POLICY_INPUTS } from './thresholds.js'

export interface PolicySource {
  /** A file that an input names, or that a whitelist includes; `null` if there is none. Throws if that is not known. */
  readonly read: ReadPolicy
  /** The same for the compose file that gate.yml names, as a change itself has it; omitted if it names none. */
  readonly own?: ReadPolicy
  /** True if inputs must not be laxer than these files, and a missing file means an empty policy. */
  readonly binding: boolean
  /** True if a folder without any policy stands for the built-in ones, whatever it is called. */
  readonly mayLackAll?: boolean
  /** Where an earlier report is read from; default: the work tree. */
  readonly baseline?: ReadPolicy
  /** Compose files that inputs name and only the change has, as the inputs write them. */
  readonly unbound?: readonly string[]
  /** What to report about their source. */
  readonly notices: readonly PolicyNotice[]
}

export const WORK_TREE: PolicySource = { read: readPolicy, binding: false, notices: [] }

/** The files in the folder that the input `policies` names. */
export const POLICY_FILES = ['gate', 'whitelist', 'dictionary'] as const
export type PolicyFileName = (typeof POLICY_FILES)[number]

export interface PolicyText {
  readonly path: string
  readonly text: string | null
}

type PolicyTexts = Readonly<Record<PolicyFileName, PolicyText>>

/** @throws SeaworthyError `policy-missing` */
export function policyFolder(inputs: ReadInput): string {
  return folderNotFile(readerOf(POLICY_INPUTS, inputs, [])('policies'))
}

/** The same path. Below a file, each path would be an error of its own. @throws SeaworthyError `policy-missing` */
export function folderNotFile(path: string): string {
  if (!isFile(path)) {
    return path
  }
  const what = 'the input "policies" must specify a folder, but this is a file'
  const todo = OTHER_NAME.test(basename(path)) ? `specify its folder: ${dirname(path)}` : NAME_FOLDER
  throw new SeaworthyError({ code: 'policy-missing', what, where: path, todo })
}

export function policyPath(inputs: ReadInput, name: PolicyFileName): string {
  return join(policyFolder(inputs), `${name}.yml`)
}

/** All policy files. A folder without any is an error, except the default one, or if the base has none yet. */
export function readPolicyTexts(
  inputs: ReadInput,
  { read, binding, mayLackAll = false }: PolicySource,
  attempt: InputErrors['attempt'],
): PolicyTexts {
  const results = POLICY_FILES.map((name) => {
    const path = policyPath(inputs, name)
    return { name, path, result: attempt(() => ({ text: read(path) })) }
  })
  refuseOtherNames(inputs, attempt)
  const folder = policyFolder(inputs)
  const isEmpty = results.every(({ result }) => result?.text === null)
  if (!binding && !mayLackAll && !isDefaultFolder(folder) && isEmpty) {
    attempt(() => {
      throw noPolicies(folder)
    })
  }
  const texts = results.map(({ name, path, result }) => [name, { path, text: result?.text ?? null }])
  return Object.fromEntries(texts) as PolicyTexts
}

const OTHER_NAME = new RegExp(`^(${POLICY_FILES.join('|')})\\.(?:ya?ml|json)$`, 'i')

/**
 * Refuses a file that was meant to be a policy but has another ending, or other letters: without it, the defaults would
 * apply, which may be laxer. On a pull request too, whose base is not listed: its own folder is what will hold.
 */
export function refuseOtherNames(inputs: ReadInput, attempt: InputErrors['attempt']): void {
  const folder = policyFolder(inputs)
  const names = attempt(() => listFolder(folder)) ?? []
  for (const name of names) {
    const [, file] = OTHER_NAME.exec(name) ?? []
    const meant = `${file?.toLowerCase()}.yml`
    if (file !== undefined && name !== meant) {
      attempt(() => {
        throw otherName(join(folder, name), meant, names.includes(meant))
      })
    }
  }
}

function otherName(path: string, meant: string, hasMeant: boolean): SeaworthyError {
  const what = `${path}: the gate reads only ${meant}, so this file would have no effect`
  const todo = hasMeant ? `remove it: the folder has a ${meant} too` : `rename it to ${meant}`
  return new SeaworthyError({ code: 'policy-invalid', what, where: path, todo })
}

export function isDefaultFolder(folder: string): boolean {
  return join(folder, '.') === POLICY_INPUTS.policies.default
}

const NAME_FOLDER = 'specify the folder that contains gate.yml, or omit "policies" to use the folder policies'

/** @param more about where it was looked for */
export function noPolicies(folder: string, more = ''): SeaworthyError {
  const what = `the folder specified by the input "policies" contains no ${POLICY_FILES.join('.yml, ')}.yml${more}`
  return new SeaworthyError({ code: 'policy-missing', what, where: folder, todo: NAME_FOLDER })
}

/** Including the files that it includes. @param limit `null`: the spans of entries are not checked */
export function readNamedWhitelist(
  { path, text }: PolicyText,
  { read }: PolicySource,
  limit: SpanLimit | null,
): Whitelist | null {
  if (text === null) {
    return null
  }
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
  const what = `${path}: the whitelist includes this file, but it is a link that leads outside the working directory`
  const todo = 'replace the link with the file itself'
  throw new SeaworthyError({ code: 'policy-invalid', what, where: path, todo })
}

/** A plain file of a folder, by default the working directory; `null` if there is none, or a link leads to it. */
export function readPlainFile(path: string, folder?: string): string | null {
  return readOrNull(() => readInside(path, folder))
}

/** Reads each VEX document once, and collects the errors of all. */
export function readVexFiles(
  names: readonly string[],
  read: ReadPolicy,
  attempt: InputErrors['attempt'],
): readonly VexDocument[] {
  const files = [...new Map(names.map((name) => [resolve(name), name])).values()]
  return files.map((file) => attempt(() => vexFile(file, read))).filter((document) => document !== null)
}

function vexFile(file: string, read: ReadPolicy): VexDocument {
  const text = read(file)
  if (text !== null) {
    return readVex(text, file)
  }
  const what = 'the file listed under "vex" does not exist'
  const todo = 'create the file, or remove it from "vex"'
  throw new SeaworthyError({ code: 'policy-missing', what, where: file, todo })
}

/**
 * `null` if none was named. A file in report-dir would be gone before it is read, because old reports are removed
 * first.
 */
export function readBaselineFile(inputs: ReadInput, errors: string[], read: ReadPolicy): Baseline | null {
  const file = inputs('baseline').trim()
  if (file === '') {
    return null
  }
  if (dirname(resolve(file)) === resolve(inputs('report-dir').trim())) {
    errors.push(
      `baseline: ${JSON.stringify(file)} is in report-dir, from which old reports are removed; keep the baseline elsewhere`,
    )
    return null
  }
  return readBaseline(read(file), file)
}
