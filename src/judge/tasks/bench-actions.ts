import {
  type Action,
  at,
  type BenchFinding,
  becauseText,
  compareIds,
  describe,
  groupsBy,
  type Outcome,
  pageOfResult,
  type RulingOfFinding,
  START_TEST,
} from '../../model/index.js'
import { placeOf } from '../locations/lines.js'
import { benchLines } from './bench-lines.js'
import type { KnownOfRun } from './port-lines.js'
import { composeLines, isSettledByOptions, optionLines } from './run-lines.js'
import { taskFor } from './task-for.js'

/** A result of Docker Bench that keeps an image from release. */
export type BlockingResult = BenchFinding & RulingOfFinding

/**
 * The heaviest first: what exposes the host (a socket, --privileged), public secrets, the host's namespaces and
 * directories, what confines the process, its user, what can be reached, how the image was made, and what it may use
 * of the machine. Others follow, by id.
 */
const IDS_BY_WEIGHT: readonly string[] = [
  ...['5.32', '5.5', '4.10'],
  ...['5.16', '5.10', '5.17', '5.21', '5.31', '5.6', '5.20'],
  ...['5.4', '5.18', '5.22', '5.2', '5.3', '5.26', '5.25'],
  ...['4.1', '4.8', '4.11', '5.7', '5.8', '5.14', '5.9', '5.30', '5.13'],
  ...['4.9', '4.7', '4.6', '5.27', START_TEST],
  ...['5.29', '5.11', '5.12', '5.19', '5.15'],
]
/** The rules that one HEALTHCHECK instruction settles: that of the image, and that of the container. */
const HEALTHCHECK_IDS: readonly string[] = ['4.6', '5.27']
/** The page for results that were not examined; other results never share a task. */
const NOT_EXAMINED = 'docs/docker-bench.md#a-result-was-not-examined'

/** The page about all results of section 5. */
const OF_OPTIONS = 'docs/findings/docker-bench.md#section-5-how-it-is-run'

/** The order of the tasks: first the image, then what is not known about it, then what only concerns the dictionary. */
const OUTCOME_ORDER: readonly Outcome[] = ['worse', 'new', 'vacuous', 'not-evaluated', 'missing', 'better']

/**
 * One task per result, by weight; results that were not examined for the same reason are one task, and so are those
 * that one instruction settles, and those that are settled where the run options are set.
 */
export function benchActions(findings: readonly BlockingResult[], known: KnownOfRun = {}): Action[] {
  const sorted = [...findings].sort(
    (a, b) => orderOf(a) - orderOf(b) || weightOf(a.id) - weightOf(b.id) || compareIds(a.id, b.id),
  )
  return groupsBy(sorted, keyOf).map((group) => actionOf(group, known))
}

function keyOf(finding: BlockingResult): BlockingResult | string {
  if (isNotExamined(finding)) {
    return becauseText(finding)
  }
  if (isOfOptions(finding)) {
    return `options ${finding.optionsAt === undefined ? '' : at(finding.optionsAt)}`
  }
  return HEALTHCHECK_IDS.includes(finding.id) && finding.compared?.outcome === 'worse'
    ? HEALTHCHECK_IDS.join()
    : finding
}

/** True if other run options settle it: the advice is then about what the built-in rules have seen. */
function isOfOptions(finding: BlockingResult): boolean {
  return (
    finding.compared?.outcome === 'worse' &&
    isSettledByOptions(finding) &&
    !isNotExamined(finding) &&
    disagreementText(finding) === null
  )
}

function orderOf(finding: BlockingResult): number {
  return OUTCOME_ORDER.indexOf(finding.compared?.outcome ?? (isNotExamined(finding) ? 'vacuous' : 'worse'))
}

function weightOf(id: string): number {
  const index = IDS_BY_WEIGHT.indexOf(id)
  return index === -1 ? IDS_BY_WEIGHT.length : index
}

/** True if the rule was not examined; the usual advice would not help, since it is about what a rule found. */
function isNotExamined({ id, state, compared }: BlockingResult): boolean {
  if (id === START_TEST) {
    return false
  }
  return compared === null ? state === 'not-evaluated' : compared.outcome === 'vacuous'
}

function actionOf(group: readonly [BlockingResult, ...BlockingResult[]], known: KnownOfRun): Action {
  const [first] = group
  const ids = group.map(({ id }) => id)
  const title = isNotExamined(first) ? examineTitle(ids) : titleOf(first)
  const why = `docker-bench ${ids.join(', ')}: ${benchReasonText(first)}`
  const page = isNotExamined(first) ? NOT_EXAMINED : pageOfResult(first)
  const task: Action = {
    ...taskFor('decide', group, { title, why, where: placeOf(first) }),
    dockerfile: benchLines(first),
    page,
  }
  return isOfOptions(first) ? optionsAction(first, group, task, known) : task
}

/** One change of the service, or of the run options, settles all of them. */
function optionsAction(
  first: BlockingResult,
  group: readonly BlockingResult[],
  task: Action,
  known: KnownOfRun,
): Action {
  const { service, optionsAt } = first
  const form = service === undefined ? 'docker-run' : 'compose'
  const lines = form === 'compose' ? composeLines(group, known) : optionLines(group, known)
  const options = { form, lines } as const
  const already = mayBeDone(optionsAt, known) ? MERGE_IF_DONE : ''
  if (group.length === 1) {
    return { ...task, why: `${already}${task.why}`, options }
  }
  const ids = group.map(({ id }) => id).join(', ')
  // What was seen says more than how it was ruled, if there is anything.
  const reasons = group.map((one) => `${one.id}: ${one.why === '' ? `${becauseText(one)}.` : one.why}`)
  const name = service === undefined || service.name === '' ? 'the service' : `the service ${service.name}`
  const what =
    service === undefined ? 'the run options' : `${name} in ${optionsAt?.file ?? 'the compose file'}`
  return {
    ...task,
    title: `Change ${what}, for ${ids}`,
    why: `${already}docker-bench ${reasons.join(' ')}`,
    options,
    page: OF_OPTIONS,
  }
}

const MERGE_IF_DONE =
  'If this pull request has these lines already, somebody who may bypass this check has to merge it: its file is judged after the merge. '

/** True if the pull request changes the file, of which the base's was judged: its own may be as it should be. */
function mayBeDone(optionsAt: BlockingResult['optionsAt'], { changedRunFiles = [] }: KnownOfRun): boolean {
  return optionsAt !== undefined && changedRunFiles.includes(optionsAt.file.replace(/^(?:\.\/+)+/, ''))
}

/** Rules that can be examined only if the image has a history. */
const HISTORY_IDS: ReadonlySet<string> = new Set(['4.7', '4.9', '4.11'])

function examineTitle(ids: readonly string[]): string {
  const all = ids.length === 1 ? ids.join() : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`
  if (ids.every((id) => HISTORY_IDS.has(id))) {
    return `Build the image with a history (docker build, without docker import or --squash), or list ${all} under not_applicable with reason, owner and expiry`
  }
  return `Make sure that ${all} can be examined, or list ${ids.length === 1 ? 'it' : 'them'} under not_applicable`
}

/** The reasons for the ruling, followed by the finding's own sentence unless a reason already contains it. */
function benchReasonText({ because, why }: BlockingResult): string {
  const isStated = why === '' || because.some((one) => 'why' in one && one.why === why)
  return `${becauseText({ because }).replace(/\.$/, '')}.${isStated ? '' : ` ${why}`}`
}

/**
 * The title depends on the outcome: the advice of a rule is about a bad result, and of no use for an outdated entry.
 */
function titleOf(finding: BlockingResult): string {
  const { id, compared } = finding
  const { todo } = describe(finding)
  if (compared === null || id === START_TEST) {
    return todo
  }
  const entry = entryOf(finding)
  switch (compared.outcome) {
    case 'better':
      return finding.because.some(({ reason }) => reason === 'other-word')
        ? `Set the expected result of ${id} to ${compared.reported?.word} ${entry}`
        : `Set the expected items of ${id} to the items that were found, ${entry}`
    case 'new':
      return `Add ${id} to ${finding.because.find((one) => one.reason === 'unlisted')?.file ?? OWN_DICTIONARY}`
    case 'missing':
      return `Find out why there is no result for ${id}, or stop expecting one ${entry}`
    case 'not-evaluated':
      return notExaminedText(finding, entry)
    default:
      return disagreementText(finding) === null
        ? todo
        : `Resolve ${id} (${disagreementText(finding)}): ${todo}`
  }
}

/**
 * What Docker Bench and the built-in rules report, if Docker Bench's result counts because it is stricter: then the
 * built-in rules do not explain what is wrong.
 */
function disagreementText({ builtin, dbs, counts }: BlockingResult): string | null {
  if (counts?.by !== 'stricter' || counts.whose === 'built-in') {
    return null
  }
  return `Docker Bench reports ${dbs?.word}, the built-in rules report ${builtin?.word}`
}

function notExaminedText({ id, because }: BlockingResult, here: string): string {
  const [why] = because
  switch (why?.reason) {
    case 'evidence-lacking':
      return `No check provides the evidence ${why.evidence}, so remove it from ${id} ${here}`
    case 'other-title':
      return `Correct the title or number of ${id} ${here}`
    case 'tied':
      return `Keep only one override that matches ${id}`
    case 'only-builtin-looks':
      return `Let the built-in rules examine ${id} too (bench-engine: both)`
    default:
      return `Examine ${id} yourself: the list of items found is incomplete`
  }
}

/** Where to edit the entry. Nobody can edit the built-in dictionary, so changes go into the user's own. */
function entryOf({ policy }: BlockingResult): string {
  return policy === null
    ? `in ${OWN_DICTIONARY}: the built-in dictionary is outdated for this image`
    : `at ${at(policy)}`
}

const OWN_DICTIONARY = 'policies/dictionary.yml'
