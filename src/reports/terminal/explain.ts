import {
  type Action,
  at,
  atLine,
  becauseText,
  describe,
  type ImageVerdict,
  listText,
  pageOf,
  type RuledFinding,
  returnText,
  type Verdict,
} from '../../model/index.js'
import { installedIn } from '../cyclonedx/cyclonedx.js'
import { escapeTerminal as esc } from '../escape.js'
import { wrap, wrapUnder } from '../layout.js'
import { benchOf, rowLine } from '../view/bench.js'
import { RULING_NAMES } from '../view/counts.js'
import { debianKind, hasSeverity, severityCell, subjectName, versions } from '../view/finding.js'
import { addressOfPage } from '../view/pages.js'
import { imageName } from '../view/platforms.js'
import { whitelistEntry } from '../view/whitelist-entry.js'
import type { TerminalOptions } from './parts.js'

const MAX_TEXT_LENGTH = 2000
/** Images, or packages, that one sentence names. */
const MAX_NAMED = 10

/** What report.json has of a task. */
export interface ReportedTask extends Pick<Action, 'kind' | 'title'> {
  readonly image: string
  readonly findings: readonly Pick<RuledFinding, 'check' | 'id' | 'package'>[]
}

/**
 * Each finding with this id, or about this CVE or package: why it has its ruling, the sources, and how to resolve it. `null` if
 * no image has one.
 * @param tasks those of the report
 */
export function renderExplanation(
  verdict: Verdict,
  tasks: readonly ReportedTask[],
  id: string,
  options: TerminalOptions,
): string | null {
  const isRequestedId = (text: string) => text.toLowerCase() === id.toLowerCase()
  const isAbout = ({ package: name, binaries }: RuledFinding) =>
    [name ?? '', ...binaries.map((one) => one.name)].some(isRequestedId)
  const blocks = verdict.images.flatMap((image) => {
    const found = image.findings.filter(
      (one) => isRequestedId(one.id) || one.cves?.some(isRequestedId) || isAbout(one),
    )
    const rows = (benchOf(image)?.rows ?? []).filter(
      (row) => isRequestedId(row.id) && !found.some((one) => one.id === row.id),
    )
    return [
      ...found.map((finding) => findingBlock(image, finding, { verdict, tasks }, options)),
      ...rows.map((row) =>
        lines(`Docker Bench ${row.id}   ${imageName(image)}`, [['result', rowLine(row)]], options),
      ),
    ]
  })
  return blocks.length === 0 ? null : `${blocks.join('\n\n')}\n`
}

/**
 * That no image has a finding about what was named, and which of its packages are installed.
 * @param bom report.cdx.json; empty if there is none
 */
export function renderNoFinding(
  { images, today }: Verdict,
  bom: string,
  id: string,
  { width }: TerminalOptions,
): string {
  const installed = installedIn(bom, (name) => name.toLowerCase() === id.toLowerCase())
  const unanswered = images.flatMap(({ checks }) => checks.filter(({ state }) => state === 'unanswered'))
  const silent = [...new Set(unanswered.map(({ check }) => check))]
  const text = [
    `no finding about ${id} in this report (${today}, ${listText(images.map(imageName), MAX_NAMED)})`,
    ...(installed.length === 0 ? [] : [`installed: ${listText(installed, MAX_NAMED)}`]),
    ...(silent.length === 0 ? [] : [`without an answer: ${listText(silent)}`]),
  ].join('; ')
  return `${wrap(esc(text, MAX_TEXT_LENGTH), width).join('\n')}\n`
}

function findingBlock(
  image: ImageVerdict,
  finding: RuledFinding,
  { verdict, tasks }: { readonly verdict: Verdict; readonly tasks: readonly ReportedTask[] },
  options: TerminalOptions,
): string {
  const { id, ruling, blocks, policy, line, due, returnsWhen, links } = finding
  const [kind, debianText] = debianKind(finding)
  const page = addressOfPage(pageOf(finding), options.pages ?? null)
  const sources = [
    `the check ${finding.check}`,
    ...(finding.agreement === null ? [] : [`Clair and Debian's tracker: ${finding.agreement}`]),
    ...(hasSeverity(finding) ? [`${severityCell(finding)}, by ${finding.severitySource ?? 'the gate'}`] : []),
    ...(kind === '' ? [] : [`Debian: ${kind}${debianText === '' ? '' : ` "${debianText}"`}`]),
    ...links.slice(0, 3),
  ]
  const entry = whitelistEntry(finding, verdict)
  const text = lines(
    `${id} in ${subjectName(finding)}   ${imageName(image)}`,
    [
      ['ruling', `${RULING_NAMES[ruling]}; it ${blocks ? 'blocks' : 'does not block'} the release`],
      ['installed', versions(finding)],
      ['because', becauseText(finding)],
      ['policy', policy === null ? '' : at(policy)],
      ['says', sources.join('; ')],
      ['line', line === null ? '' : atLine(line)],
      ['ends it', endOf(finding, taskOf(finding, image, tasks))],
      ['due', due === null ? '' : `it blocks the release after ${due}`],
      ['returns', (returnsWhen ?? []).map((one) => `when ${returnText(one)}`).join(', or ')],
      ['more', page ?? ''],
    ],
    options,
  )
  return entry === null
    ? text
    : `${text}\n  to accept it, add this under "entries:" in policies/whitelist.yml:\n${entry}`
}

function taskOf(
  finding: RuledFinding,
  { reference }: ImageVerdict,
  tasks: readonly ReportedTask[],
): ReportedTask | undefined {
  const isSame = ({ check, id, package: name }: ReportedTask['findings'][number]) =>
    check === finding.check && id === finding.id && name === finding.package
  return tasks.find(({ image, findings }) => image === reference && findings.some(isSame))
}

/**
 * What to do: the task, and for an update of packages also the finding's own advice, because a task for many packages
 * does not name their versions.
 */
function endOf(finding: RuledFinding, task: ReportedTask | undefined): string {
  const { todo } = describe(finding)
  if (task === undefined) {
    return todo
  }
  return task.kind === 'update' || task.kind === 'rebuild'
    ? `${todo}, in the task "${task.title}"`
    : task.title
}

/** A head, and named facts below it; those without a text are left out. */
function lines(
  head: string,
  facts: readonly (readonly [name: string, text: string])[],
  { width }: TerminalOptions,
): string {
  const shown = facts.filter(([, text]) => text !== '')
  return [
    esc(head, MAX_TEXT_LENGTH),
    ...shown.flatMap(([name, text]) => wrapUnder(`  ${name.padEnd(9)}  `, esc(text, MAX_TEXT_LENGTH), width)),
  ].join('\n')
}
