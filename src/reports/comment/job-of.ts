import { type Problem, platformName, type Verdict } from '../../model/index.js'
import { visible } from '../escape.js'
import { BENCH_COLUMNS, benchOf, countsText, shortRows } from '../view/bench.js'
import { tilesOf, tileText } from '../view/checks.js'
import { deferredLine, dueLine } from '../view/counts.js'
import { FINDING_TABLES, placedIn } from '../view/findings.js'
import { imageFacts } from '../view/image.js'
import { auditEndOf, changesOfPolicies, policiesFrom } from '../view/notices.js'
import { ownersAndKev } from '../view/owners.js'
import { addressOfPage, type Pages, pageOfProblem } from '../view/pages.js'
import { imageName } from '../view/platforms.js'
import { statementLines, statementsOf } from '../view/statements.js'
import type { Column } from '../view/table.js'
import { tasksOf } from '../view/tasks.js'
import { COMMAND, LINES, type MatrixJob, PAGE, TABLES } from './job.js'

/** How many tasks, and rows of each table, a job keeps; what fits into the comment is decided later. */
const MAX_TASKS = 20
const MAX_ROWS = 100
const MAX_NOTICES = 10
const MAX_IMAGES = 50

export type JobRun = Pick<
  MatrixJob,
  'key' | 'family' | 'settings' | 'content' | 'job' | 'run' | 'attempt' | 'head' | 'url' | 'change'
> & {
  readonly untrusted?: boolean
  readonly pages?: Pages
}

export function jobOf(verdict: Verdict, { pages = null, ...run }: JobRun): MatrixJob {
  const several = verdict.images.length > 1
  const things = verdict.images.flatMap((image) =>
    tasksOf(image).map(({ title, why, where, command, example, exampleFor, dockerfileLines, page }) => ({
      title: visible(several ? `${visible(imageName(image), 60)}: ${title}` : title),
      why: visible(why),
      where: visible(where),
      command: matching(COMMAND, command),
      dockerfile: matching(LINES, example ?? dockerfileLines),
      ...(exampleFor === 'dockerfile' ? {} : { linesFor: exampleFor }),
      page: matching(PAGE, addressOfPage(page, pages), page),
    })),
  )
  const deferred = linesOf(verdict, deferredLine)
  const owners = linesOf(verdict, ownersAndKev)
  const due = linesOf(verdict, dueLine)
  const ending = auditEndOf(verdict)
  const [policy, limits] = [changesOfPolicies(verdict), statementsOf(verdict, 'limits')]
  return {
    ...run,
    untrusted: run.untrusted ?? false,
    change: run.change === null ? null : { ...run.change, base: visible(run.change.base, 100) },
    verdict: verdict.verdict,
    mode: verdict.mode,
    ...(ending === null ? {} : { endsAudit: visible(ending, 200) }),
    images: verdict.images.slice(0, MAX_IMAGES).map((image) => ({
      name: visible(nameOf(image, verdict), 120),
      ...(image.isOneOfSeveral && image.platform !== null
        ? { platform: visible(platformName(image.platform), 90) }
        : {}),
      verdict: image.verdict,
      todo: tasksOf(image).length,
    })),
    things: things.slice(0, MAX_TASKS),
    todo: things.length,
    tables: TABLES.map((of) => tableOf(verdict, of)),
    bench: benchesOf(verdict),
    policy: policy.slice(0, MAX_NOTICES).map((text) => visible(text)),
    ...(owners.length === 0 ? {} : { owners }),
    ...(due.length === 0 ? {} : { due }),
    ...(deferred.length === 0 ? {} : { deferred }),
    ...(several
      ? {}
      : { checks: linesOf(verdict, (image) => `${tilesOf(image).map(tileText).join(' · ')}.`) }),
    limits: several ? statementLines(limits).map((text) => ({ image: null, text })) : limits,
    data: dataOf(verdict),
  }
}

/** The part of a job that has judged nothing. @param names of its images */
export function problemJobOf(
  { what, where, todo, code }: Problem,
  names: readonly string[],
  { pages = null, ...run }: JobRun,
): MatrixJob {
  const task = {
    title: visible(`Nothing was judged: ${what.split('\n')[0] ?? ''}`),
    why: visible(todo),
    where: visible(where),
    page: matching(PAGE, addressOfPage(pageOfProblem(code), pages)),
  }
  return {
    ...run,
    untrusted: false,
    problem: true,
    verdict: 'incomplete',
    mode: 'enforce',
    images: names.slice(0, MAX_IMAGES).map((name) => ({
      name: visible(name, 120),
      verdict: 'incomplete',
      todo: 1,
    })),
    things: [{ ...task, command: null, dockerfile: null }],
    todo: 1,
    tables: [],
    bench: [],
    policy: [],
    limits: [],
    data: [],
  }
}

function matching(form: RegExp, ...texts: readonly (string | null)[]): string | null {
  return texts.find((one) => one !== null && form.test(one)) ?? null
}

/** The image's name, with its platform if one was read: matrix jobs may differ in nothing else. */
function nameOf(image: Verdict['images'][number], { images }: Verdict): string {
  const { reference, platform } = image
  return platform === null || images.length > 1
    ? imageName(image)
    : `${visible(reference, 90)} (${platformName(platform)})`
}

function tableOf(verdict: Verdict, of: (typeof TABLES)[number]): MatrixJob['tables'][number] {
  const { of: pick, brief } = FINDING_TABLES[of]
  const placed = verdict.images.flatMap((image) => placedIn(image, pick(image)))
  return {
    of,
    total: placed.length,
    findings: verdict.images.reduce((sum, image) => sum + pick(image).length, 0),
    rows: rowsOf(brief, placed),
  }
}

/** As many rows as a job keeps. */
function rowsOf<Subject>(columns: readonly Column<Subject>[], subjects: readonly Subject[]): string[][] {
  return subjects
    .slice(0, MAX_ROWS)
    .map((one) => columns.map(({ cell, maxWidth }) => visible(cell(one).text, maxWidth)))
}

function linesOf(
  { images }: Verdict,
  lineOf: (image: Verdict['images'][number]) => string | null,
): NonNullable<MatrixJob['deferred']> {
  return images.slice(0, MAX_IMAGES).flatMap((image) => {
    const line = lineOf(image)
    return line === null ? [] : [{ image: visible(imageName(image), 120), line }]
  })
}

function benchesOf({ images }: Verdict): MatrixJob['bench'] {
  return images.slice(0, MAX_IMAGES).flatMap((image) => {
    const bench = benchOf(image)
    if (bench === null) {
      return []
    }
    const rows = shortRows(bench)
    const name = images.length === 1 ? null : visible(imageName(image), 120)
    return { image: name, counts: countsText(bench), total: rows.length, rows: rowsOf(BENCH_COLUMNS, rows) }
  })
}

function dataOf(verdict: Verdict): string[] {
  const [only] = verdict.images.length === 1 ? verdict.images : []
  const shortDigest = only === undefined ? null : imageFacts(only).shortDigest
  return [
    `judged as of ${verdict.today}`,
    ...policiesFrom(verdict).map((text) => visible(text, 300)),
    ...(shortDigest === null ? [] : [visible(shortDigest)]),
  ]
}
