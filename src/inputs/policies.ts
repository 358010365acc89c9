import { isInside, readPolicy } from '../io/files/files.js'
import { isDate } from '../model/dates.js'
import { SeaworthyError } from '../model/problem.js'
import type { PolicyNotice } from '../model/verdict.js'
import { DEFAULT_DICTIONARY } from '../policy/dictionary/default.js'
import { readDictionary } from '../policy/dictionary/read.js'
import { laxer, type Refused } from '../policy/gate/laxer.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { DEFAULT_GATE, type GatePolicy, type Policy } from '../policy/policy.js'
import { baseOf, loadWhitelist, type ReadPolicy } from '../policy/whitelist/includes.js'
import { gatherFaults, quoted } from './faults.js'
import { boundPath, type Given, isDefault } from './table.js'
import { readThresholds, releaseKindOf } from './thresholds.js'
import { readBaselineFile, readVexFiles } from './vex-and-baseline.js'

/** Where policies come from. */
export interface PolicySource {
  /** A file that an input names, or that a whitelist includes; `null` where there is none. Throws if that is not known. */
  readonly read: ReadPolicy
  /** True where inputs must not be laxer than what is read, and a file that is missing is an empty policy. */
  readonly binding: boolean
  /** Where an earlier report is read from: the work tree, where it is not said. */
  readonly baseline?: ReadPolicy
  /** What is to be said about where they come from. */
  readonly notices: readonly PolicyNotice[]
}

const WORK_TREE: PolicySource = { read: readPolicy, binding: false, notices: [] }

/** What is needed to judge, also without collecting. */
export interface Judging {
  readonly policy: Policy
  /** What is to be said beside what judging finds. */
  readonly notices: readonly PolicyNotice[]
  /** The policy as a pull request has it, where it is another one: it is shown what it would change. */
  readonly proposed: Policy | null
  readonly today: string
  readonly reportDir: string
  readonly debug: boolean
}

/**
 * Reads the policies and the date, before any check is started. All faults at once; throws `bad-input`,
 * `policy-missing`, `policy-invalid` or `file-unreadable`.
 * @param now the date to judge for where none was given, YYYY-MM-DD, UTC
 * @param source where policies are read from, and whether inputs may loosen them
 */
export function readJudging(given: Given, now: string, source: PolicySource = WORK_TREE): Judging {
  const gathered = gatherFaults()
  const { told: faults, attempt } = gathered
  const { read } = source
  const today = given('today').trim() || now
  if (!isDate(today)) faults.push(`today: ${quoted(today)} is not a date (YYYY-MM-DD)`)
  const file = attempt(() => policyFile(given, 'gate', source)) ?? { path: '', text: null }
  const fromFile = attempt(() => (file.text === null ? {} : readGatePolicy(file.text, file.path))) ?? {}
  const asked = readThresholds(given, faults)
  const holds = { ...DEFAULT_GATE, ...fromFile }
  const { obeyed, refused } = source.binding ? laxer(asked, holds) : { obeyed: asked, refused: [] }
  const gate: GatePolicy = {
    ...{ ...holds, ...obeyed },
    file: file.text === null ? null : file.path,
    release: releaseKindOf(given, faults),
  }
  const debug = given('debug').trim()
  if (!['', 'true', 'false'].includes(debug)) faults.push(`debug: ${quoted(debug)} is not true or false`)
  const whitelist = attempt(() => {
    const { path, text } = policyFile(given, 'whitelist', source)
    if (text === null) return null
    const included: ReadPolicy = read === readPolicy ? (name) => readIncluded(path, name) : read
    return loadWhitelist(path, text, included, isDate(today) ? { today, maxSpan: gate.maxSpan } : null)
  })
  const dictionary = attempt(() => {
    const { path, text } = policyFile(given, 'dictionary', source)
    return text === null ? null : readDictionary(text, path)
  })
  const vex = readVexFiles(gate.vex, read, attempt)
  const baseline = attempt(() => readBaselineFile(given, faults, source.baseline ?? readPolicy))
  gathered.throwAny()
  return {
    policy: {
      gate,
      vex,
      baseline,
      whitelist: whitelist ?? { file: null, entries: [] },
      dictionary: dictionary ?? DEFAULT_DICTIONARY,
    },
    notices: [...source.notices, ...refused.map((one) => refusal(one, file))],
    proposed: null,
    today,
    reportDir: given('report-dir').trim(),
    debug: debug === 'true',
  }
}

/** An input that the policy of the base does not allow. */
function refusal({ name, asked, holds }: Refused, { path, text }: PolicyText): PolicyNotice {
  const whose = text === null ? 'the default, for the base has no gate.yml,' : `${path} of the base`
  return {
    kind: 'laxer',
    place: null,
    text: `the input ${name} (${asked}) is laxer than ${whose} and is not obeyed: ${holds} holds. Change gate.yml, and it counts after the merge`,
  }
}

/** A file that the whitelist includes. A link must not lead where a path may not. */
function readIncluded(whitelist: string, path: string): string | null {
  const text = readPolicy(path)
  const folder = baseOf(whitelist)
  if (text === null || isInside(path, folder === '' ? '.' : folder)) return text
  throw new SeaworthyError({
    code: 'policy-invalid',
    what: `${path}: the whitelist includes it, and it is a link to a place outside the working directory`,
    where: path,
    todo: 'put the file itself there',
  })
}

interface PolicyText {
  readonly path: string
  readonly text: string | null
}

/** A policy file. One that is missing is a mistake, but for the default path, and where the base has none yet. */
function policyFile(
  given: Given,
  name: 'gate' | 'whitelist' | 'dictionary',
  { read, binding }: PolicySource,
): PolicyText {
  const path = read === readPolicy ? given(name).trim() : boundPath(given, name)
  const text = path === '' ? null : read(path)
  if (text === null && path !== '' && !binding && !isDefault(name, path)) {
    throw new SeaworthyError({
      code: 'policy-missing',
      what: `the file given as ${name} is not there`,
      where: path,
      todo: `write it, or leave ${name} out to use the built-in default`,
    })
  }
  return { path, text }
}
