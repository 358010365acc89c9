import { thingsToDo } from '../../judge/tasks/actions.js'
import { becauseText, besideVersions, debianSays } from '../../model/because/words.js'
import { at, atLine } from '../../model/place.js'
import type { Problem } from '../../model/problem.js'
import type { Action } from '../../model/task.js'
import {
  type ImageVerdict,
  RULINGS,
  type RuledFinding,
  type Verdict,
  type VerdictWord,
} from '../../model/verdict.js'
import { renderDiff } from '../diff.js'
import { escapeTerminal as esc } from '../escape.js'
import { columns, type Paint, painter, type Style, wrap, wrapCommand } from '../layout.js'
import { pageOfThing } from '../pages.js'
import { whitelistEntries } from '../whitelist-entry.js'
import {
  comesBack,
  countRulings,
  countVerdicts,
  hasAnswer,
  inDockerfile,
  kevCount,
  plural,
  RULING_NAMES,
  seconds,
  severityCell,
  versions,
} from '../words.js'
import { changes } from './terminal-changes.js'
import { data } from './terminal-data.js'
import { header } from './terminal-header.js'
import { edgeOf, type TerminalOptions } from './terminal-options.js'

/** Where the places of the things to do begin, counted from their titles. */
const PLACE_COLUMN = 54

const ACCEPT =
  'to accept what is noted, under entries: of policies/whitelist.yml; say why, and who answers for it'

/** Rows of the table of what blocks, and of what is said about policies; the rest is in report.json. */
const MOST_ROWS = 20

const STYLE_OF = {
  pass: ['bold', 'green'],
  fail: ['bold', 'red'],
  incomplete: ['bold', 'red'],
} as const satisfies Record<VerdictWord, readonly Style[]>

/** The verdict for a person at a terminal: what to do, then why, then the rest. Ends with a line break. */
export function renderTerminal(verdict: Verdict, options: TerminalOptions): string {
  const paint = painter(options.colour)
  const blocks = [
    verdict.images.length === 1 ? [] : [overall(verdict, paint)],
    ...verdict.images.flatMap((image) => imageBlocks(image, verdict, paint, options)),
    notices(verdict),
    data(verdict, options).map((line) => paint(line, 'dim')),
  ]
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${text.join('\n\n')}\n`
}

function notices({ policyNotices }: Verdict): string[] {
  const shown = policyNotices
    .slice(0, MOST_ROWS)
    .map(({ place, text }) => (place === null ? esc(text) : `${esc(at(place))}  ${esc(text)}`))
  const more = policyNotices.length - shown.length
  return more > 0 ? [...shown, `and ${more} more about policies in report.json`] : shown
}

function overall({ verdict, images }: Verdict, paint: Paint): string {
  return `${paint(verdict.toUpperCase(), ...STYLE_OF[verdict])}  ${images.length} images: ${countVerdicts(images)}`
}

function imageBlocks(image: ImageVerdict, all: Verdict, paint: Paint, options: TerminalOptions): string[][] {
  const things = thingsToDo(image)
  const counts = countRulings([image])
  return [
    [header(image, paint)],
    [verdictLine(image, things.length, paint)],
    things.flatMap((action, index) => thing(action, index + 1, paint, options)),
    packageTable(image, paint, options),
    hasAnswer(image)
      ? [
          [
            ...RULINGS.filter((ruling) => ruling !== 'act').map(
              (ruling) => `${RULING_NAMES[ruling]} ${counts[ruling]}`,
            ),
            ...kevCount(image.findings),
            ...(options.verbose === true || image.findings.every(({ ruling }) => ruling === 'act')
              ? []
              : ['(--verbose names them)']),
          ].join('   '),
        ]
      : [],
    image.dockerfile.note === null ? [] : wrap(`lines: ${esc(image.dockerfile.note)}`, options.width),
    changes(image),
    options.verbose === true ? proposed(image, options.colour) : [],
    options.verbose === true ? rest(image, all, paint, options) : [],
    columns(
      image.checks.map(({ check, state, tookMs, notes, problem }) => [
        check,
        state,
        seconds(tookMs),
        esc(problem?.what ?? notes.join(', '), 1000),
      ]),
      edgeOf(options),
    ),
  ]
}

function verdictLine({ verdict }: ImageVerdict, things: number, paint: Paint): string {
  const todo = `${plural(things, 'thing')} to do`
  const words = {
    pass: 'nothing keeps it from release',
    fail: `${todo} before release`,
    incomplete: `not judged in full, so not to be released: ${todo}`,
  }
  return `${paint(verdict.toUpperCase(), ...STYLE_OF[verdict])}  ${words[verdict]}`
}

function thing(
  action: Action,
  number: number,
  paint: Paint,
  { width, pages = null }: TerminalOptions,
): string[] {
  const inner = Math.max(20, width - 4)
  const page = pageOfThing(action)
  const readOn = page === null ? '' : ` (${pages ?? ''}${page})`
  const [first = '', ...more] = titleLines(action, inner)
  const command = action.command === null ? exampleOf(action) : wrapCommand(action.command, inner)
  return [
    `${String(number).padStart(2)}  ${paint(first, 'bold')}`,
    ...[...more, ...command, ...wrap(`${esc(action.why)}${readOn}`, inner)].map((line) => `    ${line}`),
  ]
}

function exampleOf({ dockerfile }: Action): string[] {
  return dockerfile === null ? [] : dockerfile.split('\n').map((line) => esc(line, 1000))
}

/** The place to look at in a column of its own where there is room, else behind the title. */
function titleLines({ title, where }: Action, width: number): string[] {
  const words = esc(title)
  if (where === null) return wrap(words, width)
  const place = esc(atLine(where))
  if (PLACE_COLUMN + 2 + place.length > width) return wrap(`${words}  ${place}`, width)
  const [first = '', ...more] = wrap(words, PLACE_COLUMN)
  return [`${first.padEnd(PLACE_COLUMN)}  ${place}`, ...more]
}

/** What blocks of packages. Whatever else blocks is a thing to do of its own, and told whole there. */
function packageTable(image: ImageVerdict, paint: Paint, options: TerminalOptions): string[] {
  const blocking = image.findings.filter((finding) => finding.blocks && finding.package !== null)
  if (blocking.length === 0) return []
  const isPlaced = image.dockerfile.file !== null && options.width >= 100
  const rows = blocking
    .slice(0, MOST_ROWS)
    .map((finding) => [
      esc(finding.package ?? ''),
      esc(finding.id),
      severityCell(finding),
      esc(versions(finding)),
      ...(isPlaced ? [esc(inDockerfile(image, finding))] : []),
      esc(besideVersions(finding)),
    ])
  const names = [
    'package',
    'finding',
    'severity',
    'installed → fixed',
    ...(isPlaced ? ['line'] : []),
    'because',
  ]
  const [head = '', ...lines] = columns([names, ...rows], edgeOf(options))
  const more = blocking.length - rows.length
  return [paint(head, 'dim'), ...lines, ...(more === 0 ? [] : [`and ${more} more in report.json`])]
}

/** What the update would be in the image's own Dockerfile, as a diff. */
function proposed({ dockerfileChange: change }: ImageVerdict, colour: boolean): string[] {
  return change === null ? [] : [renderDiff(change.file, change.before, change.after, colour).trimEnd()]
}

/** What does not block, one line each, and the entries that would accept what is noted. */
function rest(image: ImageVerdict, all: Verdict, paint: Paint, options: TerminalOptions): string[] {
  const unblocking = image.findings.filter((finding) => !finding.blocks)
  const deferred = unblocking.filter(({ ruling }) => ruling === 'deferred')
  const others = unblocking.filter((finding) => !deferred.includes(finding))
  const rows = others.map((finding) => [
    finding.ruling,
    esc(finding.package ?? finding.check),
    esc(finding.id),
    severityCell(finding),
    esc(becauseText(finding)),
  ])
  const entries = whitelistEntries(others, all)
  return [
    ...columns(rows, edgeOf(options)),
    ...ledger(deferred, paint, options),
    ...(entries.length === 0 ? [] : ['', ...wrap(ACCEPT, options.width).map((line) => paint(line, 'dim'))]),
    ...entries,
  ]
}

/** What Debian has put off, apart: its kind and words, and what brings it back. */
function ledger(deferred: readonly RuledFinding[], paint: Paint, options: TerminalOptions): string[] {
  if (deferred.length === 0) return []
  const rows = deferred.map((finding) => [
    esc(finding.package ?? finding.check),
    esc(finding.id),
    severityCell(finding),
    esc(versions(finding)),
    esc(finding.debian === null ? '' : debianSays(finding.debian).replace('Debian: ', '')),
  ])
  return [
    '',
    paint(`deferred by Debian (${deferred.length})`, 'bold'),
    ...wrap(esc(comesBack(deferred), 1000), options.width),
    ...columns(rows, edgeOf(options)),
  ]
}

/** A problem in three lines: what happened, where, what to do. */
export function renderProblem({ what, where, todo, code }: Problem): string {
  const more = `see docs/troubleshooting.md#${code}`
  return [...what.split('\n'), where, `${todo} (${more})`].map((line) => `${esc(line, 2000)}\n`).join('')
}
