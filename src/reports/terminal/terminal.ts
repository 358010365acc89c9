import {
  type BenchTable,
  type ImageVerdict,
  listText,
  type Problem,
  plural,
  RULINGS,
  type Verdict,
} from '../../model/index.js'
import { type Block, blocksOf, type Painters, paintBlock } from '../blocks.js'
import { renderDiff } from '../diff.js'
import { escapeTerminal as esc } from '../escape.js'
import { filled, type Paint, painter, wrap } from '../layout.js'
import { benchTable, reasonsNextToRows } from '../view/bench.js'
import { changedNameOf } from '../view/changes.js'
import { tilesOf } from '../view/checks.js'
import {
  countDeferred,
  countRulings,
  deferredText,
  dueCount,
  hasAnswer,
  kevCount,
  RULING_NAMES,
} from '../view/counts.js'
import { dataTable, sourceFacts, sourcesOf } from '../view/data.js'
import { blockingPackages, unblockingTables } from '../view/findings.js'
import { headline } from '../view/headline.js'
import type { NoticeView } from '../view/notices.js'
import { ownersLine } from '../view/owners.js'
import { type Pages, pageOfProblem } from '../view/pages.js'
import { placesOf } from '../view/problem.js'
import { tasksOf } from '../view/tasks.js'
import { imageLines, overallLine, verdictLine, wrapped } from './head.js'
import {
  checkLines,
  headedLines,
  type TerminalOptions,
  tableLines,
  taskLines,
  titledLines,
  withAddresses,
} from './parts.js'

const ACCEPT =
  'to accept findings, add these under "entries:" in policies/whitelist.yml with reason and owner'

/** How many rows the tables of blocking findings and of policy notices have; the rest is in report.html. */
const MAX_ROWS = 20
/** From this width on (in characters), there is room for a column of lines. */
const WIDE = 100

/** What is shown only if it is asked for, or folded in a log. */
const DETAILS: ReadonlySet<Block['kind']> = new Set([
  'diff',
  'findings',
  'bench',
  'entries',
  'details',
  'data',
])

/** The verdict for a person at a terminal: what to do, then why, then the rest. Ends with a line break. */
export function renderTerminal(verdict: Verdict, options: TerminalOptions): string {
  return rendered(verdict, options, ({ kind }) => options.verbose === true || !DETAILS.has(kind))
}

/**
 * What `renderTerminal` leaves out unless it is verbose, for a log that folds it: all findings, Docker Bench's results,
 * the data. Ends with a line break.
 */
export function renderDetails(verdict: Verdict, options: TerminalOptions): string {
  const several = verdict.images.length > 1
  return rendered(verdict, options, ({ kind }) => DETAILS.has(kind) || (several && kind === 'image'))
}

function rendered(verdict: Verdict, options: TerminalOptions, isShown: (block: Block) => boolean): string {
  const painters = paintersOf(verdict, options)
  const blocks = blocksOf(verdict).filter(isShown)
  const texts = blocks.map((block) => paintBlock(block, painters).join('\n')).filter((text) => text !== '')
  return `${texts.join('\n\n')}\n`
}

function paintersOf(verdict: Verdict, options: TerminalOptions): Painters<string[]> {
  const { colour, width } = options
  const paint = painter(colour)
  return {
    // In audit mode the first line says so, because the exit code differs from the verdict's.
    heading: ({ mode }) => [
      ...(mode === null ? [] : wrap(esc(mode, 500), width)),
      ...(verdict.images.length === 1 ? [] : [overallLine(verdict, paint)]),
    ],
    image: ({ image }) => [
      ...imageLines(image, paint, width),
      '',
      verdictLine(image, tasksOf(image).length, paint),
    ],
    limits: ({ limits }) => [paint('What limits this verdict', 'bold'), ...wrapped(limits, width, '  ')],
    // Next to the checks.
    counts: () => [],
    changes: ({ change: { line, fresh } }) => {
      const names = fresh.filter(({ ruling }) => ruling === 'act').map((one) => esc(changedNameOf(one)))
      return [line, ...(names.length === 0 ? [] : [`new to act on: ${listText(names)}`])]
    },
    tasks: ({ tasks }) => tasks.flatMap((task, index) => taskLines(task, index + 1, paint, options)),
    diff: ({ change: { file, before, after } }) => [renderDiff(file, before, after, colour).trimEnd()],
    checks: ({ image }) => {
      const owners = ownersLine(image)
      const counted = hasAnswer(image)
        ? [...counts(image, options), ...(owners ? wrap(owners, width) : [])]
        : []
      return [...checkLines(tilesOf(image), paint), ...counted]
    },
    note: ({ text }) => wrap(esc(text), width),
    findings: ({ image }) => {
      const blocking = blockingPackages(image, width >= WIDE)
      const tables = unblockingTables(image).map((table) => titledLines(table, paint, options).join('\n'))
      const first = blocking === null ? [] : [headedLines(blocking, paint, options, MAX_ROWS).join('\n')]
      return [[...first, ...tables].join('\n\n')]
    },
    bench: ({ bench }) => comparison(bench, paint, options),
    // They are on the page.
    programs: () => [],
    entries: ({ entries }) => [...wrap(ACCEPT, width).map((line) => paint(line, 'dim')), ...entries],
    details: ({ details }) => [paint('Details', 'bold'), ...wrapped(details, width, '  ')],
    notices: ({ notices }) => noticeLines(notices),
    data: () => data(verdict, options).map((line) => paint(line, 'dim')),
  }
}

/** The verdict in one line, for a log, an output or a badge. */
export function renderSummaryLine(verdict: Verdict): string {
  return headline(verdict, (name) => esc(name, 80))
}

/** The page's path; the other reports are in the same folder. @param paths of all that were written */
export function reportLine(paths: readonly string[]): string {
  const page = paths.find((path) => path.endsWith('.html')) ?? paths[0]
  return page === undefined ? '' : `report: ${page}\n`
}

export function renderProblem({ what, where, todo, code }: Problem, pages: Pages = null): string {
  const [first = '', ...more] = what.split('\n')
  const places = placesOf({ what, where })
  const page = pageOfProblem(code)
  return [
    `error: ${first}`,
    ...more,
    ...(places.length === 0 ? [] : [places.join(', ')]),
    `${todo} (see ${page})`,
  ]
    .map((line) => `${withAddresses(line, pages, 2000)}\n`)
    .join('')
}

/** As `renderProblem`, in one line. */
export function problemLine({ what, where, todo }: Problem): string {
  return [...what.split('\n'), ...placesOf({ what, where }), todo].join(' · ')
}

function comparison(bench: BenchTable, paint: Paint, options: TerminalOptions): string[] {
  const table = benchTable(bench, 'brief')
  if (table === null) {
    return []
  }
  const [head = '', ...rows] = headedLines(
    table,
    paint,
    { ...options, width: Number.POSITIVE_INFINITY },
    Number.POSITIVE_INFINITY,
  )
  const reasons = reasonsNextToRows(bench).map((text) =>
    text === null
      ? []
      : wrap(esc(text, 1000), options.width - 6).map((line) => paint(`      ${line}`, 'dim')),
  )
  return [head, ...rows.flatMap((row, index) => [row, ...(reasons[index] ?? [])])]
}

function counts(image: ImageVerdict, { verbose, rest = '--verbose', width }: TerminalOptions): string[] {
  const count = countRulings([image])
  const parts = [
    ...dueCount(image),
    ...RULINGS.filter((ruling) => ruling !== 'act' && ruling !== 'due').map(
      (ruling) =>
        `${RULING_NAMES[ruling]} ${ruling === 'deferred' ? deferredText(countDeferred(image)) : count[ruling]}`,
    ),
    ...kevCount(image),
    ...(verbose || image.findings.every(({ ruling }) => ruling === 'act') ? [] : [`(${rest} lists them)`]),
  ]
  return filled(parts, width, '   ')
}

function noticeLines(notices: readonly NoticeView[]): string[] {
  const shown = notices
    .slice(0, MAX_ROWS)
    .map(({ place, text }) => (place === null ? esc(text) : `${esc(place)}  ${esc(text)}`))
  const more = notices.length - shown.length
  return more > 0 ? [...shown, `and ${plural(more, 'more notice')} about policies in report.html`] : shown
}

/** Where the data comes from, its age, when it was read, and its hash. */
function data(verdict: Verdict, options: TerminalOptions): string[] {
  const sources = sourcesOf(verdict)
  return tableLines(dataTable(verdict, 'terminal'), options).flatMap((line, index) => {
    const facts = sources[index] === undefined ? [] : sourceFacts(sources[index])
    if (facts.length === 0) {
      return [line]
    }
    return [line, ...wrap(esc(facts.join(', ')), options.width - 2).map((one) => `  ${one}`)]
  })
}
