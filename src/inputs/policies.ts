import { isOfCheckout, readInside, readPolicy } from '../io/files/files.js'
import { isDate, type PolicyNotice } from '../model/index.js'
import { DEFAULT_DICTIONARY } from '../policy/dictionary/default.js'
import { readDictionary } from '../policy/dictionary/read.js'
import { isRunName, type RefusedThreshold, refuseLaxer, withRequested } from '../policy/gate/laxer.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { DEFAULT_GATE, type GatePolicy, type Thresholds } from '../policy/gate/thresholds.js'
import type { Policy } from '../policy/policy.js'
import type { ReadPolicy } from '../policy/whitelist/includes.js'
import { applicationByOsv, type DaysPolicy, type OsvPolicy } from './feeds.js'
import { gatherErrors, type InputErrors } from './input-errors.js'
import {
  type PolicySource,
  type PolicyText,
  policyPath,
  readBaselineFile,
  readNamedWhitelist,
  readPlainFile,
  readPolicyTexts,
  readVexFiles,
  refuseOtherNames,
  WORK_TREE,
} from './policy-files.js'
import { readShared } from './publish.js'
import { type ReadInput, readerOf } from './row.js'
import { FOLDER_INPUTS, OUTPUT_INPUTS } from './run.js'
import { REPLAYED_INPUTS, readReleaseKind, readThresholds } from './thresholds.js'

export interface Judging {
  readonly policy: Policy
  /** Notices in addition to those from judging. */
  readonly notices: readonly PolicyNotice[]
  /** The policy as the pull request has it, if it differs: reports show what it would change. */
  readonly proposed: Policy | null
  readonly today: string
  /** True if an input sets the day: a verdict for that day must not be attested today. */
  readonly isDaySet: boolean
  readonly reportDir: string
  /** The inputs that hold, as they were set, for a replay of the evidence. */
  readonly inputs: Readonly<Record<string, string>>
  readonly debug: boolean
}

/**
 * The parts of the policy that collecting depends on: how Docker Bench judges and how the image is run for it;
 * whether OSV is used; time limits.
 */
export interface RunPolicy
  extends Pick<
      Thresholds,
      'benchEngine' | 'runOptions' | 'composeFile' | 'composeService' | 'start' | 'timeout' | 'timeouts'
    >,
    OsvPolicy,
    DaysPolicy {
  /** The policy file that says how it is run; `null` if inputs do, or nothing does. */
  readonly setIn: string | null
  /** True if a pull request adds the compose file: then nothing in it counts, and nothing is started from it. */
  readonly isUnbound: boolean
  /** True if only a pull request sets the run options: they are judged, and nothing is started with them. */
  readonly isOnlyProposed: boolean
  /** True if files are those of a pull request's base. */
  readonly isOfBase: boolean
  /** Reads the compose file; `null` if there is no such file. */
  readonly read: ReadPolicy
  /** Reads files that the compose file or run options name. Throws `file-unreadable` if that is not allowed. */
  readonly readNamed: ReadPolicy
  /** Reads both as the base has them, whose options are started, if `read` reads a pull request's own; else `null`. */
  readonly readStarted: ReadPolicy | null
}

/**
 * Reads the policies and the date, before any check starts. All errors at once; throws `bad-input`, `policy-missing`,
 * `policy-invalid` or `file-unreadable`.
 * @param now the date to judge for if none is set, YYYY-MM-DD, UTC
 * @param source where policies are read from, and whether inputs may loosen them
 */
export function readJudging(inputs: ReadInput, now: string, source: PolicySource = WORK_TREE): Judging {
  return readPolicies(inputs, now, source, 'judging').judging
}

/** Like `readJudging`, plus how the image is run according to policies and inputs together. */
export function readPolicies(
  inputs: ReadInput,
  now: string,
  source: PolicySource = WORK_TREE,
  what: 'all' | 'judging' = 'all',
): { readonly judging: Judging; readonly run: RunPolicy } {
  const gathered = gatherErrors()
  const { messages: errors, attempt } = gathered
  const read = readerOf({ ...FOLDER_INPUTS, ...OUTPUT_INPUTS }, inputs, errors)
  const dayInput = read('today')
  // A change must not revive an entry that has expired, or time to act that is over.
  const isPast = source.binding && dayInput !== null && dayInput < now
  const today = isPast ? now : (dayInput ?? now)
  const isKnownDay = errors.length === 0
  const files = readPolicyTexts(inputs, source, attempt)
  const file = files.gate
  // The day from which the limit for audit-until counts; a replay does not check it: it judges older evidence by today's policy.
  const auditLimitDay = what === 'all' && isKnownDay && isDate(today) ? today : null
  const effectiveGate = readGate(file, inputs, source, gathered, what, auditLimitDay)
  const { refused, run, thresholds, isOsvNone, isOffByOsv, isStartRequested } = effectiveGate
  const gate: GatePolicy = {
    ...thresholds,
    file: file.text === null ? null : file.path,
    release: readReleaseKind(inputs, errors),
    isShared: readShared(inputs, errors),
    isOffByOsv,
    pushes: what === 'all' && !['', 'none'].includes(inputs('push').trim()),
  }
  const debug = read('debug')
  const limit = isKnownDay && isDate(today) ? { today, maxSpan: gate.maxSpan } : null
  const whitelist = attempt(() => readNamedWhitelist(files.whitelist, source, limit))
  const { path, text } = files.dictionary
  const dictionary = attempt(() => (text === null ? null : readDictionary(text, path, { limit })))
  // Files that a checkout's gate.yml names are the checkout's too.
  const isOfFile = source.read === readPolicy && isOfCheckout(file.path)
  const readVex = isOfFile ? readInside : source.read
  const vex = readVexFiles(gate.vex, readVex, attempt)
  const baseline = attempt(() => readBaselineFile(inputs, errors, source.baseline ?? readPolicy))
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
      ...(run.isOnlyProposed && isStartRequested ? [notStarted(file)] : []),
      ...(isPast ? [pastDayNotice(dayInput, now)] : []),
    ],
    proposed: null,
    today,
    isDaySet: dayInput !== null,
    reportDir: read('report-dir'),
    inputs: inputsThatHold(inputs, refused, isOffByOsv),
    debug,
  }
  return { judging, run }
}

function inputsThatHold(
  inputs: ReadInput,
  refused: readonly RefusedThreshold[],
  isOffByOsv: boolean,
): Record<string, string> {
  const isApplied = (name: string) =>
    name === 'osv' ? isOffByOsv : !refused.some((one) => one.name === name)
  const names = REPLAYED_INPUTS.filter(isApplied)
  const texts = names.map((name) => [name, inputs(name).trim()] as const)
  // An expression that nobody has evaluated sets nothing.
  return Object.fromEntries(texts.filter(([, text]) => text !== '' && !text.startsWith('${{')))
}

/** gate.yml and inputs only, for commands that judge nothing; throws like `readJudging`. */
export function readGateOnly(inputs: ReadInput): {
  readonly thresholds: Thresholds
  readonly run: RunPolicy
} {
  const gathered = gatherErrors()
  const path = policyPath(inputs, 'gate')
  refuseOtherNames(inputs, gathered.attempt)
  const text = gathered.attempt(() => readPolicy(path))
  const { thresholds, run } = readGate({ path, text }, inputs, WORK_TREE, gathered, 'all')
  gathered.throwAny()
  return { thresholds, run }
}

function readGate(
  file: PolicyText,
  inputs: ReadInput,
  source: PolicySource,
  { messages, attempt }: InputErrors,
  what: 'all' | 'judging',
  today: string | null = null,
) {
  const fromFile =
    attempt(() => (file.text === null ? {} : readGatePolicy(file.text, file.path, today))) ?? {}
  const fromInputs = readThresholds(inputs, messages, what)
  // Of a replay's inputs, only that of the run that was saved: `none`, if it held there.
  const application = applicationByOsv(inputs)
  const isOsvNone = application !== undefined
  const requested = isOsvNone ? { ...fromInputs, application } : fromInputs
  const effective: Thresholds = { ...DEFAULT_GATE, ...fromFile }
  const { applied, refused } = source.binding
    ? refuseLaxer(requested, effective)
    : { applied: requested, refused: [] }
  const thresholds = withRequested(effective, applied)
  const { runOptions, composeFile, composeService } = thresholds
  const isSameAsFile = runOptions === effective.runOptions && composeFile === effective.composeFile
  const isSetByInput = !source.binding && (applied.runOptions ?? applied.composeFile) !== undefined
  // On a pull request, an input with the same value as the base's gate.yml counts as set in that file.
  const isInFile = !isSetByInput && (runOptions ?? composeFile) !== null && isSameAsFile
  // Which file says how the image is run is policy. What it says is what will be deployed, and is judged like the image.
  const own = isInFile && composeFile !== null ? source.own : undefined
  const isUnbound = composeFile !== null && source.unbound?.includes(composeFile.trim()) === true
  // On a pull request, only the base's policy makes an image start without being asked to.
  const isChanged = source.binding && !isSameAsFile
  const start = isUnbound && applied.start !== undefined ? effective.start : thresholds.start
  const run: RunPolicy = {
    ...thresholds,
    composeFile: isUnbound ? null : composeFile,
    composeService: isUnbound ? null : composeService,
    start: isChanged && start === 'auto' ? 'false' : start,
    setIn: isInFile ? file.path : null,
    isUnbound,
    isOnlyProposed: isChanged && runOptions !== null,
    isOfBase: source.binding,
    read: own ?? (source.binding ? source.read : isInFile ? readPlainFile : readPolicy),
    readNamed: own ?? (source.binding ? source.read : readInside),
    readStarted: own === undefined ? null : source.read,
  }
  const isStartRequested = applied.start === 'true' || applied.start === 'given'
  const isOffByOsv = isOsvNone && thresholds.application === 'off' && effective.application !== 'off'
  return { refused, run, thresholds, isOsvNone, isOffByOsv, isStartRequested }
}

function pastDayNotice(day: string, now: string): PolicyNotice {
  const text = `the input "today" specifies a date (${day}) before ${now} and is ignored, because a pull request must not revive entries or deadlines that have expired`
  return { kind: 'laxer', place: null, text }
}

/** What only a pull request sets is judged, but starts nothing (docs/decisions/0035-what-is-started.md). */
function notStarted({ path }: PolicyText): PolicyNotice {
  const text = `the input "start" has no effect, because only an input sets the run options, and a pull request must not choose how its image is started. Set run-options in ${path}; the change takes effect after the merge`
  return { kind: 'unbound', place: null, text }
}

/** An input that the base's policy does not allow. */
function refusal(
  { name, requested, holds }: RefusedThreshold,
  { path, text }: PolicyText,
  isOsvNone: boolean,
): PolicyNotice {
  if (isRunName(name)) {
    // Without the options: they may contain secrets, and everyone can read a comment.
    const difference = `the input "${name}" differs from ${path} on the base branch and is ignored, because otherwise a different container would be judged. Change gate.yml instead; the change takes effect after the merge`
    return { kind: 'laxer', place: null, text: difference }
  }
  const whose = text === null ? 'the default (the base branch has no gate.yml)' : `${path} on the base branch`
  const isOsv = isOsvNone && name === 'application'
  const input = isOsv ? '"osv" (none)' : `"${name}" (${requested})`
  const applies = isOsv ? `application: ${holds}` : `"${holds}"`
  const refused = `the input ${input} is laxer than ${whose} and is ignored; ${applies} applies. Change gate.yml instead; the change takes effect after the merge`
  return { kind: 'laxer', place: null, text: refused }
}
