import { readPolicy } from '../io/files/files.js'
import { isDate } from '../model/dates.js'
import type { PolicyNotice } from '../model/verdict.js'
import { DEFAULT_DICTIONARY } from '../policy/dictionary/default.js'
import { laxer, type Refused } from '../policy/gate/laxer.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { DEFAULT_GATE, type GatePolicy } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import { gatherFaults } from './faults.js'
import {
  type PolicySource,
  type PolicyText,
  policyFile,
  readBaselineFile,
  readNamedDictionary,
  readNamedWhitelist,
  readVexFiles,
  WORK_TREE,
} from './policy-files.js'
import { type Given, readerOf } from './row.js'
import { FOLDER_INPUTS, TELL_INPUTS } from './run.js'
import { readReleaseKind, readThresholds } from './thresholds.js'

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
  const read = readerOf({ ...FOLDER_INPUTS, ...TELL_INPUTS }, given, faults)
  const today = read('today') ?? now
  const isKnownDay = faults.length === 0
  const file = attempt(() => policyFile(given, 'gate', source)) ?? { path: '', text: null }
  const fromFile = attempt(() => (file.text === null ? {} : readGatePolicy(file.text, file.path))) ?? {}
  const asked = readThresholds(given, faults)
  const holds = { ...DEFAULT_GATE, ...fromFile }
  const { obeyed, refused } = source.binding ? laxer(asked, holds) : { obeyed: asked, refused: [] }
  const gate: GatePolicy = {
    ...holds,
    ...obeyed,
    file: file.text === null ? null : file.path,
    release: readReleaseKind(given, faults),
  }
  const debug = read('debug')
  const limit = isKnownDay && isDate(today) ? { today, maxSpan: gate.maxSpan } : null
  const whitelist = attempt(() => readNamedWhitelist(given, source, limit))
  const dictionary = attempt(() => readNamedDictionary(given, source, limit))
  const vex = readVexFiles(gate.vex, source.read, attempt)
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
    reportDir: read('report-dir'),
    debug,
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
