import { isOfCheckout, readInside, readPolicy } from '../io/files/files.js'
import { isDate } from '../model/dates.js'
import type { PolicyNotice } from '../model/verdict.js'
import { DEFAULT_DICTIONARY } from '../policy/dictionary/default.js'
import { isOfWay, laxer, obeying, type Refused } from '../policy/gate/laxer.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { DEFAULT_GATE, type GatePolicy, type Thresholds } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import type { ReadPolicy } from '../policy/whitelist/includes.js'
import type { HeldDays } from './archive.js'
import { type Faults, gatherFaults } from './faults.js'
import { applicationByOsv, type HeldOsv } from './feeds.js'
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
  /** True where an input says the day: what is judged for it is nothing to be attested today. */
  readonly isDaySaid: boolean
  readonly reportDir: string
  readonly debug: boolean
}

/** What of the policy collecting depends on: how Docker Bench judges and the image is run for that; whether OSV is asked. */
export interface HeldRun
  extends Pick<Thresholds, 'benchEngine' | 'runOptions' | 'composeFile' | 'composeService' | 'start'>,
    HeldOsv,
    HeldDays {
  /** The policy file that says how it is run; `null` where inputs do, or nobody. */
  readonly saidIn: string | null
  /** True where a pull request brings the compose file: nothing holds of it, and nothing is started by it. */
  readonly isUnbound: boolean
  /** True where files are those of a pull request's base. */
  readonly isOfBase: boolean
  /** Reads the compose file; `null` where there is no such file. */
  readonly read: ReadPolicy
  /** Reads what that or run options name. Throws `file-unreadable` where that may not be read. */
  readonly readNamed: ReadPolicy
}

/**
 * Reads the policies and the date, before any check is started. All faults at once; throws `bad-input`,
 * `policy-missing`, `policy-invalid` or `file-unreadable`.
 * @param now the date to judge for where none was given, YYYY-MM-DD, UTC
 * @param source where policies are read from, and whether inputs may loosen them
 */
export function readJudging(given: Given, now: string, source: PolicySource = WORK_TREE): Judging {
  return readHeld(given, now, source, 'judging').judging
}

/** As `readJudging`, and what policies and inputs say together of how the image is run. */
export function readHeld(
  given: Given,
  now: string,
  source: PolicySource = WORK_TREE,
  what: 'all' | 'judging' = 'all',
): { readonly judging: Judging; readonly run: HeldRun } {
  const gathered = gatherFaults()
  const { told: faults, attempt } = gathered
  const read = readerOf({ ...FOLDER_INPUTS, ...TELL_INPUTS }, given, faults)
  const saidDay = read('today')
  // An entry that has expired, or time to act that is over, must not come back on a change's own word.
  const isPast = source.binding && saidDay !== null && saidDay < now
  const today = isPast ? now : (saidDay ?? now)
  const isKnownDay = faults.length === 0
  const { file, obeyed, refused, run, thresholds, isOsvNone } = readGate(given, source, gathered, what)
  const gate: GatePolicy = {
    ...thresholds,
    file: file.text === null ? null : file.path,
    release: readReleaseKind(given, faults),
  }
  const debug = read('debug')
  const limit = isKnownDay && isDate(today) ? { today, maxSpan: gate.maxSpan } : null
  const whitelist = attempt(() => readNamedWhitelist(given, source, limit))
  const dictionary = attempt(() => readNamedDictionary(given, source, limit))
  // What a checkout's gate.yml names is the checkout's too.
  const isOfFile = source.read === readPolicy && obeyed.vex === undefined && isOfCheckout(file.path)
  const readVex = isOfFile ? readInside : source.read
  const vex = readVexFiles(gate.vex, readVex, attempt)
  const baseline = attempt(() => readBaselineFile(given, faults, source.baseline ?? readPolicy))
  gathered.throwAny()
  const judging = {
    policy: {
      gate,
      vex,
      baseline,
      whitelist: whitelist ?? { file: null, entries: [] },
      dictionary: dictionary ?? DEFAULT_DICTIONARY,
    },
    notices: [
      ...source.notices,
      ...refused.map((one) => refusal(one, file, isOsvNone)),
      ...(isPast ? [pastDay(saidDay, now)] : []),
    ],
    proposed: null,
    today,
    isDaySaid: saidDay !== null,
    reportDir: read('report-dir'),
    debug,
  }
  return { judging, run }
}

/** What gate.yml and inputs say together of how the image is run; throws as `readJudging` does. */
export function readRun(given: Given): HeldRun {
  const gathered = gatherFaults()
  const { run } = readGate(given, WORK_TREE, gathered, 'all')
  gathered.throwAny()
  return run
}

function readGate(given: Given, source: PolicySource, { told, attempt }: Faults, what: 'all' | 'judging') {
  const file = attempt(() => policyFile(given, 'gate', source)) ?? { path: '', text: null }
  const fromFile = attempt(() => (file.text === null ? {} : readGatePolicy(file.text, file.path))) ?? {}
  const said = readThresholds(given, told, what)
  // A replay asks nobody.
  const application = what === 'all' ? applicationByOsv(given) : undefined
  const isOsvNone = application !== undefined
  const asked = isOsvNone ? { ...said, application } : said
  const holds: Thresholds = { ...DEFAULT_GATE, ...fromFile }
  const { obeyed, refused } = source.binding ? laxer(asked, holds) : { obeyed: asked, refused: [] }
  const thresholds = obeying(holds, obeyed)
  const { benchEngine, runOptions, composeFile, composeService, start } = thresholds
  // What a change's input says, and the base's file too, is the base's: it is read from there.
  const isAsked = !source.binding && (obeyed.runOptions ?? obeyed.composeFile) !== undefined
  const isInFile =
    !isAsked &&
    (runOptions ?? composeFile) !== null &&
    runOptions === holds.runOptions &&
    composeFile === holds.composeFile
  const isUnbound = composeFile !== null && source.unbound?.includes(composeFile.trim()) === true
  const run: HeldRun = {
    benchEngine,
    application: thresholds.application,
    maxDataAge: thresholds.maxDataAge,
    actWithin: thresholds.actWithin,
    runOptions,
    composeFile: isUnbound ? null : composeFile,
    composeService: isUnbound ? null : composeService,
    start: start && !(isUnbound && obeyed.start === true),
    saidIn: isInFile ? file.path : null,
    isUnbound,
    isOfBase: source.binding,
    read: source.binding ? source.read : isInFile ? readOwn : readPolicy,
    readNamed: source.binding ? source.read : readInside,
  }
  return { file, obeyed, refused, run, thresholds, isOsvNone }
}

/** A plain file of the working folder, `null` where it is none. */
function readOwn(name: string): string | null {
  try {
    return readInside(name)
  } catch {
    return null
  }
}

function pastDay(said: string, now: string): PolicyNotice {
  const text = `the input today (${said}) is before ${now} and is ignored: on a pull request it would revive what has expired`
  return { kind: 'laxer', place: null, text }
}

/** An input that the policy of the base does not allow. */
function refusal(
  { name, asked, holds }: Refused,
  { path, text }: PolicyText,
  isOsvNone: boolean,
): PolicyNotice {
  if (isOfWay(name)) {
    // Without the options: they may hold what is secret, and a comment is read by all.
    return {
      kind: 'laxer',
      place: null,
      text: `the input ${name} differs from ${path} of the base and is ignored: a container other than the base's would be judged. Change gate.yml; it counts after the merge`,
    }
  }
  const whose = text === null ? 'the default (the base has no gate.yml)' : `${path} of the base`
  return {
    kind: 'laxer',
    place: null,
    text: `the input ${isOsvNone && name === 'application' ? 'osv (none)' : `${name} (${asked})`} is laxer than ${whose} and is ignored: ${holds} holds. Change gate.yml; it counts after the merge`,
  }
}
