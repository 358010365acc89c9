import type { Problem } from '../../model/problem.js'
import { listText, plural } from '../../model/text.js'
import { type ImageVerdict, RULINGS, type RuledFinding, type Verdict } from '../../model/verdict.js'
import { renderDiff } from '../diff.js'
import { escapeTerminal as esc } from '../escape.js'
import { type Paint, painter, wrap } from '../layout.js'
import { benchOf, benchTable, reasonsNextToRows } from '../view/bench.js'
import { verdictCaveats } from '../view/caveats.js'
import { changedNameOf, changesOf } from '../view/changes.js'
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
import { headline, modeLine } from '../view/headline.js'
import { auditEndOf, noticesOf } from '../view/notices.js'
import { ownersLine } from '../view/owners.js'
import { type Pages, pageOfProblem, withLinks } from '../view/pages.js'
import { tasksOf } from '../view/tasks.js'
import { entriesOf } from '../view/whitelist-entry.js'
import { imageLines, overallLine, verdictLine, wrappedCaveats } from './head.js'
import { checkLines, headedLines, type TerminalOptions, tableLines, taskLines } from './parts.js'

const ACCEPT =
  'to accept findings, add these under "entries:" in policies/whitelist.yml with reason and owner'

/** How many rows the tables of blocking findings and of policy notices have; the rest is in report.html. */
const MAX_ROWS = 20
/** From this width on (in characters), there is room for a column of lines. */
const WIDE = 100

/** The verdict for a person at a terminal: what to do, then why, then the rest. Ends with a line break. */
export function renderTerminal(verdict: Verdict, options: TerminalOptions): string {
  const paint = painter(options.colour)
  return joinBlocks([
    verdict.images.length === 1
      ? auditLines(verdict, options)
      : [...auditLines(verdict, options), overallLine(verdict, paint)],
    ...verdict.images.flatMap((image) => imageBlocks(image, verdict, paint, options)),
    notices(verdict),
    wrappedCaveats(verdictCaveats(verdict), options.width),
    options.verbose === true ? data(verdict, options).map((line) => paint(line, 'dim')) : [],
  ])
}

/**
 * What `renderTerminal` leaves out unless it is verbose, for a log that folds it: all findings, Docker Bench's results,
 * the data. Ends with a line break.
 */
export function renderDetails(verdict: Verdict, style: TerminalOptions): string {
  const paint = painter(style.colour)
  const options = { ...style, verbose: true }
  return joinBlocks([
    ...verdict.images.flatMap((image) => [
      verdict.images.length === 1 ? [] : imageLines(image, paint, options.width),
      ...detailBlocks(image, verdict, paint, options),
    ]),
    data(verdict, options),
  ])
}

function detailBlocks(image: ImageVerdict, all: Verdict, paint: Paint, options: TerminalOptions): string[][] {
  return [
    proposedChange(image, options.colour),
    nonBlockingLines(image, all, paint, options),
    comparison(image, paint, options),
  ]
}

function joinBlocks(blocks: readonly (readonly string[])[]): string {
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${text.join('\n\n')}\n`
}

/** In audit mode the first line says so, because the exit code differs from the verdict's. */
function auditLines(verdict: Verdict, { width }: TerminalOptions): string[] {
  const ending = auditEndOf(verdict)
  const line = modeLine(verdict, ending && esc(ending, 200))
  return line === null ? [] : wrap(line, width)
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

/**
 * Places that are not shown: the lines of input errors name their input, and the error of a push says what it is about.
 */
const PLACES_WITHOUT_LINE: readonly string[] = ['inputs', 'flags', 'push']

export function renderProblem({ what, where, todo, code }: Problem, pages: Pages = null): string {
  const [first = '', ...more] = what.split('\n')
  const isRepeated = (place: string) => what.split('\n').some((line) => line.startsWith(`${place}:`))
  const places = where
    .split(', ')
    .filter((place) => !PLACES_WITHOUT_LINE.includes(place) && !isRepeated(place))
  const page = pageOfProblem(code)
  return [
    `error: ${first}`,
    ...more,
    ...(places.length === 0 ? [] : [places.join(', ')]),
    `${todo} (see ${page})`,
  ]
    .map(
      (line) =>
        `${withLinks(
          line,
          pages,
          (part) => esc(part, 2000),
          (_, address) => address,
        )}\n`,
    )
    .join('')
}

/** As `renderProblem`, in one line. */
export function problemLine({ what, where, todo }: Problem): string {
  const places = PLACES_WITHOUT_LINE.includes(where) ? [] : [where]
  return [...what.split('\n'), ...places, todo].join(' · ')
}

function imageBlocks(image: ImageVerdict, all: Verdict, paint: Paint, options: TerminalOptions): string[][] {
  const tasks = tasksOf(image)
  const blocking = blockingPackages(image, options.width >= WIDE)
  return [
    imageLines(image, paint, options.width),
    [verdictLine(image, tasks.length, paint)],
    tasks.flatMap((task, index) => taskLines(task, index + 1, paint, options)),
    blocking === null ? [] : headedLines(blocking, paint, options, MAX_ROWS),
    hasAnswer(image) ? [...counts(image, options), ...ownerLines(image, options)] : [],
    dockerfileNote(image, options),
    changes(image),
    checkLines(image.checks, options),
    ...(options.verbose === true ? detailBlocks(image, all, paint, options) : []),
  ]
}

function ownerLines(image: ImageVerdict, { width }: TerminalOptions): string[] {
  const line = ownersLine(image)
  return line === null ? [] : wrap(line, width)
}

function dockerfileNote({ dockerfile: { note } }: ImageVerdict, { width }: TerminalOptions): string[] {
  return note === null ? [] : wrap(`lines: ${esc(note)}`, width)
}

/** Docker Bench's results and ours, by id. */
function comparison(image: ImageVerdict, paint: Paint, options: TerminalOptions): string[] {
  const bench = benchOf(image)
  const table = bench === null ? null : benchTable(bench, 'brief')
  if (bench === null || table === null) {
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
  return parts.reduce<string[]>((lines, part) => {
    const longer = lines.length === 0 ? part : `${lines.at(-1)}   ${part}`
    return longer.length > width ? [...lines, part] : [...lines.slice(0, -1), longer]
  }, [])
}

/** Compared with the baseline, if there is one: the counts, and what is new. */
function changes(image: ImageVerdict): string[] {
  const change = changesOf(image)
  if (change === null) {
    return []
  }
  return [
    change.line,
    ...named(
      'new to act on',
      change.fresh.filter(({ ruling }) => ruling === 'act'),
    ),
  ]
}

function named(text: string, findings: readonly RuledFinding[]): string[] {
  if (findings.length === 0) {
    return []
  }
  return [`${text}: ${listText(findings.map((finding) => esc(changedNameOf(finding))))}`]
}

/** The update in the image's own Dockerfile, as a diff. */
function proposedChange({ dockerfileChange: change }: ImageVerdict, colour: boolean): string[] {
  return change === null ? [] : [renderDiff(change.file, change.before, change.after, colour).trimEnd()]
}

/** Findings that do not block, one line each, and the entries that would accept the noted ones. */
function nonBlockingLines(
  image: ImageVerdict,
  all: Verdict,
  paint: Paint,
  options: TerminalOptions,
): string[] {
  const { others, deferred } = unblockingTables(image)
  const entries = entriesOf(image, all)
  const deferredLines =
    deferred === null
      ? []
      : [
          '',
          paint(`${deferred.title} (${deferred.count ?? deferred.rows.length})`, 'bold'),
          ...wrap(esc(deferred.intro ?? '', 1000), options.width),
          ...tableLines(deferred, options),
        ]
  return [
    ...tableLines(others, options),
    ...deferredLines,
    ...(entries.length === 0 ? [] : ['', ...wrap(ACCEPT, options.width).map((line) => paint(line, 'dim'))]),
    ...entries,
  ]
}

function notices(verdict: Verdict): string[] {
  const all = noticesOf(verdict)
  const shown = all
    .slice(0, MAX_ROWS)
    .map(({ place, text }) => (place === null ? esc(text) : `${esc(place)}  ${esc(text)}`))
  const more = all.length - shown.length
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
