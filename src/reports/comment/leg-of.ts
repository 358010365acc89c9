import { platformName } from '../../model/image.js'
import type { Verdict } from '../../model/verdict.js'
import { visible } from '../escape.js'
import { accountLine } from '../view/account.js'
import { BENCH_COLUMNS, benchHead, benchOf, countsText, shortRows } from '../view/bench.js'
import { deferredLine, dueLine } from '../view/counts.js'
import { agesOf } from '../view/data.js'
import { FINDING_TABLES, placedIn } from '../view/findings.js'
import { imageFacts } from '../view/image.js'
import { changesOfPolicies, heldBy, warningsOf } from '../view/notices.js'
import { ownersAndKev } from '../view/owners.js'
import { addressOfPage, type Pages } from '../view/pages.js'
import { imageName } from '../view/platforms.js'
import { regressionTestLines } from '../view/regression-test.js'
import { tasksOf } from '../view/tasks.js'
import { isCommand, isLines, isPage, type Leg, TABLES } from './leg.js'

/** How many tasks, and rows of each table, a job keeps; what fits into the comment is decided later. */
const MOST_THINGS = 20
const MOST_ROWS = 100
const MOST_NOTICES = 10
const MOST_IMAGES = 50

export type LegRun = Pick<Leg, 'key' | 'family' | 'run' | 'attempt' | 'head' | 'url' | 'change'> & {
  readonly untrusted?: boolean
  readonly pages?: Pages
}

/** The part of a verdict for the comment. */
export function legOf(verdict: Verdict, { pages = null, ...run }: LegRun): Leg {
  const several = verdict.images.length > 1
  const things = verdict.images.flatMap((image) =>
    tasksOf(image).map(({ title, why, where, command, example, beside, page }) => ({
      title: visible(several ? `${visible(imageName(image), 60)}: ${title}` : title),
      why: visible(why),
      where: visible(where),
      command: command !== null && isCommand(command) ? command : null,
      dockerfile: safeLines(example ?? beside),
      page: safeAddress(page, pages),
    })),
  )
  const deferred = linesOf(verdict, deferredLine)
  const owners = linesOf(verdict, ownersAndKev)
  const due = linesOf(verdict, dueLine)
  const account = linesOf(verdict, (image) => accountLine(image))
  const instead = warningsOf(verdict).map((line) => visible(line))
  const applications = applicationsOf(verdict)
  return {
    ...run,
    untrusted: run.untrusted ?? false,
    change: run.change === null ? null : { ...run.change, base: visible(run.change.base, 100) },
    verdict: verdict.verdict,
    mode: verdict.mode,
    images: verdict.images.slice(0, MOST_IMAGES).map((image) => ({
      name: visible(nameOf(image, verdict), 120),
      ...(image.isOneOfSeveral && image.platform !== null
        ? { platform: visible(platformName(image.platform), 90) }
        : {}),
      verdict: image.verdict,
      todo: tasksOf(image).length,
    })),
    things: things.slice(0, MOST_THINGS),
    todo: things.length,
    tables: TABLES.map((of) => tableOf(verdict, of)),
    judges: judgesOf(verdict),
    bench: benchesOf(verdict),
    policy: changesOfPolicies(verdict)
      .slice(0, MOST_NOTICES)
      .map((text) => visible(text)),
    ...(instead.length === 0 ? {} : { instead }),
    ...(owners.length === 0 ? {} : { owners }),
    ...(due.length === 0 ? {} : { due }),
    ...(deferred.length === 0 ? {} : { deferred }),
    ...(account.length === 0 ? {} : { account }),
    test: regressionTestLines(verdict).map((line) => visible(line)),
    ...(applications.length === 0 ? {} : { applications }),
    data: dataOf(verdict),
  }
}

function safeAddress(page: string | null, pages: Pages): string | null {
  const address = addressOfPage(page, pages)
  return address !== null && isPage(address) ? address : null
}

function safeLines(lines: string | null): string | null {
  return lines !== null && isLines(lines) ? lines : null
}

/** With its platform, if one was read: matrix jobs may differ in nothing else. */
function nameOf(image: Verdict['images'][number], { images }: Verdict): string {
  const { reference, platform } = image
  return platform === null || images.length > 1
    ? imageName(image)
    : `${visible(reference, 90)} (${platformName(platform)})`
}

function tableOf(verdict: Verdict, of: (typeof TABLES)[number]): Leg['tables'][number] {
  const { of: pick, brief } = FINDING_TABLES[of]
  const placed = verdict.images.flatMap((image) => placedIn(image, pick(image)))
  return {
    of,
    total: placed.length,
    findings: verdict.images.reduce((sum, image) => sum + pick(image).length, 0),
    rows: placed
      .slice(0, MOST_ROWS)
      .map((one) => brief.map(({ cell, most }) => visible(cell(one).text, most))),
  }
}

function linesOf(
  { images }: Verdict,
  lineOf: (image: Verdict['images'][number]) => string | null,
): NonNullable<Leg['deferred']> {
  return images.slice(0, MOST_IMAGES).flatMap((image) => {
    const line = lineOf(image)
    return line === null ? [] : [{ image: visible(imageName(image), 120), line }]
  })
}

/** Which Docker Bench judged, each once: one run of it serves all images. */
function judgesOf({ images }: Verdict): string[] {
  const told = images.flatMap((image) => {
    const bench = benchOf(image)
    return bench === null ? [] : [visible(benchHead(bench))]
  })
  return [...new Set(told)].slice(0, MOST_NOTICES)
}

/** What each image contains in addition to Debian's packages, and whether it was examined. */
function applicationsOf({ images }: Verdict): string[] {
  return images.slice(0, MOST_IMAGES).flatMap((image) => {
    const { applications } = imageFacts(image)
    const name = images.length === 1 ? '' : `${visible(imageName(image), 120)}: `
    return applications === null ? [] : [`${name}${visible(applications, 600)}`]
  })
}

function benchesOf({ images }: Verdict): Leg['bench'] {
  return images.slice(0, MOST_IMAGES).flatMap((image) => {
    const bench = benchOf(image)
    if (bench === null) {
      return []
    }
    const rows = shortRows(bench)
    return {
      image: images.length === 1 ? null : visible(imageName(image), 120),
      counts: countsText(bench),
      total: rows.length,
      rows: rows
        .slice(0, MOST_ROWS)
        .map((row) => BENCH_COLUMNS.map(({ cell, most }) => visible(cell(row).text, most))),
    }
  })
}

function dataOf(verdict: Verdict): string[] {
  const [only] = verdict.images.length === 1 ? verdict.images : []
  const shortDigest = only === undefined ? null : imageFacts(only).shortDigest
  return [
    `judged as of ${verdict.today}`,
    ...agesOf(verdict).map(([name, age]) => `${visible(name, 40)} ${visible(age, 40)}`),
    ...heldBy(verdict).map((text) => visible(text, 300)),
    ...(shortDigest === null ? [] : [visible(shortDigest)]),
  ]
}
