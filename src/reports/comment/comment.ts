import { compareText, plural } from '../../model/text.js'
import { escapeMarkdown as esc } from '../escape.js'
import { UNTRUSTED, UNTRUSTED_MEANING } from '../github/summaries.js'
import { cutToFit, type Section, whole } from '../markdown/fit.js'
import { closed, copySection, headRows, moreRow, opened, tableRow, taskTable } from '../markdown/parts.js'
import { BENCH_COLUMNS } from '../view/bench.js'
import { COLUMNS } from '../view/columns.js'
import { FINDING_TABLES } from '../view/findings.js'
import { modeLine, verdictIcon, verdictWords } from '../view/headline.js'
import { type Leg, latestHead } from './leg.js'
import { encodeLegs, markOf } from './state.js'

/** GitHub allows 65,536 characters; there are never more characters than bytes. */
const COMMENT_LIMIT = 65_536

const NAME_LENGTH = 120
/** In the last line. */
const MOST_FACTS = 12

/**
 * The comment that all jobs of a workflow share: the worst verdict in one line, what to do, and the rest folded; one
 * line for each passing job. Ends with the jobs' data, for updating it.
 */
export function renderComment(legs: readonly Leg[], workflow: string): string {
  const head = latestHead(legs)
  const current = legs
    .filter((leg) => leg.head === head)
    .sort((a, b) => byVerdict(a.verdict, b.verdict) || compareText(a.key, b.key))
  const earlier = legs.filter((leg) => leg.head !== head)
  const hidden = `\n${encodeLegs(legs)}\n`
  const sections = [
    whole(`${markOf(workflow)}\n### ${headingOf(current)}\n\n`),
    ...told(current, modeLine, (line) => `${line}.`),
    ...(isUntrusted(current) ? [whole(`${UNTRUSTED_MEANING}\n\n`)] : []),
    ...told(
      current,
      ({ instead }) => instead,
      (line) => `⚠️ ${esc(line)}`,
    ),
    ...linesIn(current, 'owners'),
    ...linesIn(current, 'due'),
    ...linesIn(current, 'deferred'),
    ...told(current, ({ test }) => test),
    ...told(current, ({ applications }) => applications),
    ...linesIn(current, 'account'),
    ...told(current, ({ judges }) => judges),
    ...current.flatMap((leg) => ofLeg(leg, current.length > 1)),
    ...told(
      current,
      ({ policy }) => policy,
      (notice) => `**Policy:** ${esc(notice)}`,
    ),
    ...earlier.map(ofEarlier),
  ]
  const pointer = `Not everything is shown here; the rest is in the ${summaries(current)}.\n\n`
  return cutToFit(sections, footer(current) + hidden, pointer, COMMENT_LIMIT)
}

/** What the jobs say, each once. */
function told(
  legs: readonly Leg[],
  of: (leg: Leg) => readonly string[] | string | null | undefined,
  say: (words: string) => string = (words) => esc(words),
): Section[] {
  return [...new Set(legs.flatMap((leg) => of(leg) ?? []))].map((words) => whole(`${say(words)}\n\n`))
}

/**
 * A line for each image, with its name if there are several: who has to act on its findings, what Debian has
 * deferred, how many of its programs were judged.
 */
function linesIn(legs: readonly Leg[], of: 'owners' | 'due' | 'deferred' | 'account'): Section[] {
  const several = legs.flatMap(({ images }) => images).length > 1
  return legs
    .flatMap((leg) => leg[of] ?? [])
    .map(({ image, line }) => whole(`${several ? `${esc(image, NAME_LENGTH)}: ` : ''}${esc(line)}\n\n`))
}

function byVerdict(a: Leg['verdict'], b: Leg['verdict']): number {
  const order = ['fail', 'incomplete', 'pass']
  return order.indexOf(a) - order.indexOf(b)
}

function headingOf(legs: readonly Leg[]): string {
  const words = wordsOf(legs)
  return isUntrusted(legs)
    ? `⚪ ${UNTRUSTED}: ${words}`
    : `${verdictIcon(legs[0]?.verdict ?? 'incomplete')} ${words}`
}

function isUntrusted(legs: readonly Leg[]): boolean {
  return legs.some(({ untrusted }) => untrusted)
}

function wordsOf(legs: readonly Leg[]): string {
  const images = legs.flatMap((leg) => leg.images)
  const worst = legs[0]?.verdict ?? 'incomplete'
  const todo = legs.reduce((sum, leg) => sum + leg.todo, 0)
  const [only] = images
  if (images.length === 1 && only !== undefined) {
    return verdictWords(esc(only.name, NAME_LENGTH), only.verdict, only.todo)
  }
  const released = worst === 'pass' ? 'may be released' : `may not be released: ${plural(todo, 'task')}`
  const platforms = platformsOf(images)
  if (platforms !== null) {
    return `${esc(platforms.name, NAME_LENGTH)} on ${images.length} platforms (${esc(platforms.words)}) ${released}`
  }
  const held = images.filter(({ verdict }) => verdict !== 'pass').length
  return `${worst === 'pass' ? '' : `${held} of `}${images.length} images ${released}`
}

/** As the headline of other reports says it, where all are platforms of one image: the worst first. Else `null`. */
function platformsOf(images: Leg['images']): { readonly name: string; readonly words: string } | null {
  const all = images.map(({ name, platform, verdict }) => {
    const end = ` (${platform ?? ''})`
    return { name: name.endsWith(end) ? name.slice(0, -end.length) : null, platform, verdict }
  })
  const [first] = all
  if (!first?.name || all.some(({ name }) => name !== first.name)) {
    return null
  }
  const words = all
    .sort((a, b) => byVerdict(a.verdict, b.verdict))
    .map(({ platform, verdict }) => `${platform} ${verdict}`)
  return { name: first.name, words: words.join(', ') }
}

function ofLeg(leg: Leg, several: boolean): Section[] {
  const lines = several || leg.images.length > 1 ? [whole(`${linesOf(leg)}\n`)] : []
  if (leg.verdict === 'pass') {
    return [...lines, ...changeOf(leg), ...benchOf(leg, several)]
  }
  const tasks = taskTable(leg.things, '', leg.todo, ' in the summary')
  return [
    ...lines,
    ...(tasks === null ? [] : [tasks]),
    ...changeOf(leg),
    // The jobs' schema allows nothing in them that could close the fence.
    ...leg.things.flatMap(
      ({ command, dockerfile: lines }, index) => copySection({ command, lines }, index + 1) ?? [],
    ),
    ...leg.tables.filter(({ total }) => total > 0).map(tableOf),
    ...benchOf(leg, several),
  ]
}

/** Docker Bench's tables, with the names of their images if there are several jobs or images. */
function benchOf({ bench, images }: Leg, several: boolean): Section[] {
  const [only] = several && images.length === 1 ? images : []
  return bench.map(({ image, counts, total, rows }) => {
    const name = image ?? only?.name ?? null
    const title = `Docker Bench${name === null ? '' : ` of ${esc(name, NAME_LENGTH)}`}: ${esc(counts)}`
    return folded(title, BENCH_COLUMNS, rows, total)
  })
}

function linesOf({ images, untrusted }: Leg): string {
  return images
    .map(({ name, verdict, todo }) => {
      return `- ${untrusted ? '⚪' : verdictIcon(verdict)} ${verdictWords(esc(name, NAME_LENGTH), verdict, todo)}\n`
    })
    .join('')
}

function changeOf({ change }: Leg): Section[] {
  if (change === null) {
    return []
  }
  return [whole(`**Against ${esc(change.base, 100)}:** ${change.added} new, ${change.gone} gone.\n\n`)]
}

function tableOf({ of, total, findings, rows }: Leg['tables'][number]): Section {
  const { title, brief } = FINDING_TABLES[of]
  const whose = brief.indexOf(COLUMNS.owner)
  // If no finding's owner is known, the column is left out.
  const columns = rows.some((cells) => cells[whose]) ? brief : brief.filter((one) => one !== COLUMNS.owner)
  return folded(`${title} (${findings})`, columns, rows, total)
}

/** A table of unescaped cells. @param total how many rows there are, of which `rows` may be fewer */
function folded(
  title: string,
  columns: readonly { readonly head: string }[],
  rows: readonly (readonly string[])[],
  total: number,
): Section {
  const heads = columns.map(({ head }) => head)
  const left = total - rows.length
  const more = (count: number) => moreRow(`and ${count} more in the summary`, heads)
  return {
    head: `${opened(title)}${headRows(heads)}`,
    rows: [
      ...rows.map((cells) => tableRow(...heads.map((_, index) => esc(cells[index] ?? '')))),
      ...(left > 0 ? [more(left)] : []),
    ],
    tail: closed,
    cut: (cut) => more(cut - (left > 0 ? 1 : 0) + left),
  }
}

/** A job that has not reported since the head has moved: no verdict on what is there now. */
function ofEarlier({ images, head }: Leg): Section {
  const names = images.map(({ name }) => esc(name, NAME_LENGTH)).join(', ')
  return whole(`${names}: not judged for this commit yet; last judged for ${head.slice(0, 7)}.\n\n`)
}

function footer(legs: readonly Leg[]): string {
  const facts = [...new Set(legs.flatMap(({ data }) => data))]
    .slice(0, MOST_FACTS)
    .map((fact) => esc(fact, 100))
  const head = legs[0]?.head.slice(0, 7) ?? ''
  return `<sub>${[...facts, `commit ${head}`, summaries(legs)].join(' · ')}</sub>\n`
}

function summaries(legs: readonly Leg[]): string {
  const urls = [...new Set(legs.map(({ url }) => url))].slice(0, 3)
  return urls.map((url, index) => `[summary${index === 0 ? '' : ` ${index + 1}`}](${url})`).join(', ')
}
