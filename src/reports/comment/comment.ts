import { compareText, compareVerdicts, plural } from '../../model/index.js'
import { escapeMarkdown as esc } from '../escape.js'
import { UNTRUSTED, UNTRUSTED_MEANING } from '../github/summaries.js'
import { cutToFit, type Section, whole } from '../markdown/fit.js'
import { closed, limitList, opened, sectionOfTable, taskSections } from '../markdown/parts.js'
import { BENCH_COLUMNS } from '../view/bench.js'
import { COLUMNS } from '../view/columns.js'
import { FINDING_TABLES } from '../view/findings.js'
import { modeLine, verdictIcon, verdictText } from '../view/headline.js'
import { statementLines } from '../view/statements.js'
import { latestHead, type MatrixJob } from './job.js'
import { encodeJobs, markOf } from './state.js'

/** GitHub allows 65,536 characters; there are never more characters than bytes. */
const COMMENT_LIMIT = 65_536

const NAME_LENGTH = 120
/** How many facts the last line (`footer`) has at most. */
const MAX_FACTS = 12

/**
 * The comment that all jobs of a workflow share: the worst verdict in one line, what to do, and the rest folded; one
 * line for each passing job. Ends with the jobs' data, for updating it.
 */
export function renderComment(jobs: readonly MatrixJob[], workflow: string): string {
  const head = latestHead(jobs)
  const current = jobs
    .filter((job) => job.head === head)
    .sort((a, b) => compareVerdicts(a, b) || compareText(a.key, b.key))
  const earlier = jobs.filter((job) => job.head !== head)
  const hidden = `\n${encodeJobs(jobs)}\n`
  const ofJobs = current.map((job) => sectionsOfJob(job, current.length > 1))
  const limits = statementLines(current.flatMap((job) => job.limits))
  const limitSection = limitList(limits.map((line) => esc(line, Number.POSITIVE_INFINITY))) ?? []
  const ofAll = [countsOf(current), limitSection].flat()
  const [only] = ofJobs.length === 1 ? ofJobs : []
  const sections = [
    whole(`${markOf(workflow)}\n### ${headingOf(current)}\n\n`),
    ...deduplicated(current, (job) => {
      const line = modeLine(job, job.endsAudit === undefined ? null : esc(job.endsAudit, 200))
      return line === null ? [] : [`${line}.`]
    }),
    ...(isUntrusted(current) ? [whole(`${UNTRUSTED_MEANING}\n\n`)] : []),
    // After the verdict, what to do: a comment is read for it.
    ...(only === undefined
      ? [...ofJobs.flatMap(({ todo, rest }) => [...todo, ...rest]), ...ofAll]
      : [...only.todo, ...ofAll, ...only.rest]),
    ...deduplicated(current, ({ policy }) => policy.map((notice) => `**Policy:** ${esc(notice)}`)),
    ...earlier.map(earlierSection),
  ]
  const pointer = `Not everything is shown here; the rest is in the ${summaries(current)}.\n\n`
  return cutToFit(sections, footer(current) + hidden, pointer, COMMENT_LIMIT)
}

/** What the jobs say, in Markdown, each once. */
function deduplicated(jobs: readonly MatrixJob[], of: (job: MatrixJob) => readonly string[]): Section[] {
  return [...new Set(jobs.flatMap(of))].map((text) => whole(`${text}\n\n`))
}

/**
 * Not tasks, but always shown, a paragraph for each image: who has to act, what is due, what Debian has deferred; of a single
 * image first how its checks went.
 */
function countsOf(jobs: readonly MatrixJob[]): Section[] {
  const several = jobs.flatMap(({ images }) => images).length > 1
  return jobs.flatMap(({ checks, owners, due, deferred }) => {
    const lines = [several ? [] : checks, owners, due, deferred].flatMap((of) => of ?? [])
    return [...Map.groupBy(lines, ({ image }) => image)].map(([image, of]) => {
      const name = several ? `${esc(image, NAME_LENGTH)}: ` : ''
      return { ...whole(`${name}${of.map(({ line }) => esc(line)).join(' ')}\n\n`), kept: true }
    })
  })
}

function headingOf(jobs: readonly MatrixJob[]): string {
  const headline = headlineOf(jobs)
  return isUntrusted(jobs)
    ? `⚪ ${UNTRUSTED}: ${headline}`
    : `${verdictIcon(jobs[0]?.verdict ?? 'incomplete')} ${headline}`
}

function isUntrusted(jobs: readonly MatrixJob[]): boolean {
  return jobs.some(({ untrusted }) => untrusted)
}

function headlineOf(jobs: readonly MatrixJob[]): string {
  const images = jobs.flatMap((job) => job.images)
  const worst = jobs[0]?.verdict ?? 'incomplete'
  const taskCount = jobs.reduce((sum, job) => sum + job.todo, 0)
  const [only] = images
  if (images.length === 1 && only !== undefined) {
    return verdictText(esc(only.name, NAME_LENGTH), only.verdict, only.todo)
  }
  const released = worst === 'pass' ? 'may be released' : `may not be released: ${plural(taskCount, 'task')}`
  const platforms = platformsOf(images)
  if (platforms !== null) {
    return `${esc(platforms.name, NAME_LENGTH)} on ${images.length} platforms (${esc(platforms.text)}) ${released}`
  }
  const blocked = images.filter(({ verdict }) => verdict !== 'pass').length
  return `${worst === 'pass' ? '' : `${blocked} of `}${images.length} images ${released}`
}

/** As the headline of other reports says it, where all are platforms of one image: the worst first. Else `null`. */
function platformsOf(images: MatrixJob['images']): { readonly name: string; readonly text: string } | null {
  const all = images.map(({ name, platform, verdict }) => {
    const end = ` (${platform ?? ''})`
    return { name: name.endsWith(end) ? name.slice(0, -end.length) : null, platform, verdict }
  })
  const [first] = all
  if (!first?.name || all.some(({ name }) => name !== first.name)) {
    return null
  }
  const texts = all.sort(compareVerdicts).map(({ platform, verdict }) => `${platform} ${verdict}`)
  return { name: first.name, text: texts.join(', ') }
}

function sectionsOfJob(
  job: MatrixJob,
  several: boolean,
): { readonly todo: Section[]; readonly rest: Section[] } {
  const lines = several || job.images.length > 1 ? [whole(`${linesOf(job)}\n`)] : []
  const left = { total: job.todo, elsewhere: ' in the summary' }
  // The jobs' schema allows nothing in a task that could close its fence.
  const tasks = job.things.map(({ dockerfile: lines, linesFor, ...task }) => {
    return { ...task, lines, linesFor: linesFor ?? ('dockerfile' as const) }
  })
  const isPass = job.verdict === 'pass'
  const tables = isPass ? [] : job.tables.filter(({ total }) => total > 0).map(tableOf)
  return {
    todo: [...lines, ...(isPass ? [] : taskSections(tasks, '', left)), ...changeOf(job)],
    rest: [...tables, ...benchOf(job, several)],
  }
}

/** Docker Bench's tables, with the names of their images if there are several jobs or images. */
function benchOf({ bench, images }: MatrixJob, several: boolean): Section[] {
  const [only] = several && images.length === 1 ? images : []
  return bench.map(({ image, counts, total, rows }) => {
    const name = image ?? only?.name ?? null
    const title = `Docker Bench${name === null ? '' : ` of ${esc(name, NAME_LENGTH)}`}: ${esc(counts)}`
    return folded(title, BENCH_COLUMNS, rows, total)
  })
}

function linesOf({ images, untrusted }: MatrixJob): string {
  const lines = images.map(({ name, verdict, todo }) => {
    return `- ${untrusted ? '⚪' : verdictIcon(verdict)} ${verdictText(esc(name, NAME_LENGTH), verdict, todo)}\n`
  })
  return lines.join('')
}

function changeOf({ change }: MatrixJob): Section[] {
  if (change === null) {
    return []
  }
  return [whole(`**Against ${esc(change.base, 100)}:** ${change.added} new, ${change.gone} gone.\n\n`)]
}

function tableOf({ of, total, findings, rows }: MatrixJob['tables'][number]): Section {
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
  const escaped = rows.map((cells) => heads.map((_, index) => esc(cells[index] ?? '')))
  const [head, elsewhere] = [opened(title), ' in the summary']
  return sectionOfTable({ head, heads, rows: escaped, tail: closed, total, elsewhere })
}

/** A job that has not reported since the head has moved: no verdict on what is there now. */
function earlierSection({ images, head }: MatrixJob): Section {
  const names = images.map(({ name }) => esc(name, NAME_LENGTH)).join(', ')
  return whole(`${names}: not judged for this commit yet; last judged for ${head.slice(0, 7)}.\n\n`)
}

function footer(jobs: readonly MatrixJob[]): string {
  const all = [...new Set(jobs.flatMap(({ data }) => data))]
  const facts = all.slice(0, MAX_FACTS).map((fact) => esc(fact, 100))
  const head = jobs[0]?.head.slice(0, 7) ?? ''
  return `<sub>${[...facts, `commit ${head}`, summaries(jobs)].join(' · ')}</sub>\n`
}

function summaries(jobs: readonly MatrixJob[]): string {
  const urls = [...new Set(jobs.map(({ url }) => url))].slice(0, 3)
  return urls.map((url, index) => `[summary${index === 0 ? '' : ` ${index + 1}`}](${url})`).join(', ')
}
