import type { Log, Notification, PropertyBag, ReportingDescriptor, Result, Run } from 'sarif'
import {
  compareVerdicts,
  type ImageVerdict,
  type Place,
  type PolicyNotice,
  plural,
  type RuledFinding,
  type Verdict,
} from '../../model/index.js'
import { escapeSarif } from '../escape.js'
import { benchHead, benchOf, countsText, rowLine } from '../view/bench.js'
import type { Pages, Tool } from '../view/pages.js'
import { imageName, unexamined } from '../view/platforms.js'
import { runFact } from '../view/regression-test.js'
import {
  categoryOf,
  fingerprints,
  fingerprintsOf,
  identityOf,
  locationOf,
  ruleId,
  ruleOf,
  sarifResult,
} from './result.js'

/**
 * GitHub's limits (docs.github.com, SARIF support for code scanning): it shows 5,000 results per run and rejects more
 * than 25,000, and more than 20 runs.
 */
const MAX_RESULTS = 5000
const MAX_RUNS = 20

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** The names of the runs in report.sarif, in its order: one for each image and platform. */
export function sarifCategories({ images }: Verdict, job: string | null): string[] {
  return runsOf(images).map((image) => categoryOf(image, images, job))
}

/**
 * False if an image could not be opened, or one of its checks has no answer, whatever else blocks it: GitHub would close
 * each alert that the check had raised earlier, since an upload replaces the results of its category (docs.github.com,
 * About SARIF files).
 */
export function isUploadable({ images }: Verdict): boolean {
  return images.every(
    ({ verdict, checks }) => verdict !== 'incomplete' && checks.every(({ state }) => state === 'answered'),
  )
}

/**
 * report.sarif, SARIF 2.1.0: one run per image, each with its own category, worst findings first. Ends with a line
 * break.
 */
export function renderSarif(verdict: Verdict, tool: Tool): string {
  const runs = runsOf(verdict.images).map((image, index) => {
    return runOf(image, index === 0 ? verdict.policyNotices : [], verdict, tool)
  })
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs }
  return `${JSON.stringify(log, null, 1)}\n`
}

/** Too many images: the worst are kept, in the requested order. */
function runsOf(images: readonly ImageVerdict[]): readonly ImageVerdict[] {
  const kept = images.toSorted(compareVerdicts).slice(0, MAX_RUNS)
  return images.filter((image) => kept.includes(image))
}

function runOf(image: ImageVerdict, notices: readonly PolicyNotice[], verdict: Verdict, tool: Tool): Run {
  const placed = notices.flatMap(({ place, ...one }) => (place === null ? [] : [{ ...one, place }]))
  const findings = image.findings.slice(0, MAX_RESULTS - placed.length)
  const { rules, results } = findingResults(image, findings, tool.pages ?? null)
  const noticesRun = noticeResults(placed, rules.length)
  const left = image.findings.length - findings.length
  const images = verdict.images.length - runsOf(verdict.images).length
  return {
    tool: {
      driver: {
        name: 'Seaworthy',
        version: tool.version,
        semanticVersion: tool.version,
        rules: [...rules, ...noticesRun.rules],
      },
    },
    automationDetails: {
      id: `${categoryOf(image, verdict.images, tool.job ?? null)}/`,
      description: {
        text: `Whether ${escapeSarif(imageName(image))} may be released: ${image.verdict}; ${escapeSarif(runFact(image), 300)}.`,
      },
    },
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    invocations: [
      {
        // The tool ran, and states itself what it could not answer.
        executionSuccessful:
          image.verdict !== 'incomplete' && image.checks.every(({ problem }) => problem === null),
        toolExecutionNotifications: [
          ...image.checks.flatMap(({ check, problem }) =>
            problem === null ? [] : [notification('error', `${check}: ${problem.what} (${problem.where})`)],
          ),
          ...unexamined(image).map((line) => notification('warning', line)),
          ...notices
            .filter(({ kind }) => kind === 'no-baseline')
            .map(({ text }) => notification('warning', text)),
          ...(left > 0 ? [notification('warning', `${plural(left, 'more finding')} in report.json`)] : []),
          ...(images > 0 ? [notification('warning', `${plural(images, 'more image')} in report.json`)] : []),
        ],
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: [...results, ...noticesRun.results],
    properties: {
      verdict: image.verdict,
      mode: verdict.mode,
      digest: image.digest,
      today: verdict.today,
      sources: image.sources.map(({ name, url, fetchedAt, date, sha256, rows }) => {
        return { name, url, fetchedAt, date, sha256, rows }
      }),
      ...comparisonOf(image),
    },
  }
}

/** The table of Docker Bench, in lines, also where all is as expected and there are no results to show. */
function comparisonOf(image: ImageVerdict): PropertyBag {
  const bench = benchOf(image)
  if (bench === null) {
    return {}
  }
  const results = bench.rows.map((row) => [escapeSarif(row.id), escapeSarif(rowLine(row), 500)])
  const ran = escapeSarif(benchHead(bench), 1000)
  return { dockerBench: { judgedBy: ran, counts: countsText(bench), results: Object.fromEntries(results) } }
}

function notification(level: 'error' | 'warning', text: string): Notification {
  return { level, message: { text: escapeSarif(text, 1000) } }
}

function findingResults(
  image: ImageVerdict,
  findings: readonly RuledFinding[],
  pages: Pages,
): { rules: ReportingDescriptor[]; results: Result[] } {
  const groups = Map.groupBy(findings, ruleId)
  const ids = [...groups.keys()]
  const indexes = new Map(ids.map((id, index) => [id, index]))
  const prints = fingerprintsOf(findings.map((finding) => identityOf(image, finding)))
  return {
    rules: [...groups.values()].flatMap(([first, ...more]) => (first ? ruleOf([first, ...more], pages) : [])),
    results: findings.map((finding, at) => {
      const id = ruleId(finding)
      return sarifResult(image, finding, { id, index: indexes.get(id) ?? 0 }, prints[at] ?? '')
    }),
  }
}

/** Notices about the policies themselves, each at the line of its entry. */
function noticeResults(
  notices: readonly (PolicyNotice & { readonly place: Place })[],
  first: number,
): { rules: ReportingDescriptor[]; results: Result[] } {
  const kinds = [...new Set(notices.map(({ kind }) => kind))]
  const prints = fingerprintsOf(
    notices.map(({ kind, place, text }) => JSON.stringify([kind, place.file, text])),
  )
  return {
    rules: kinds.map((kind) => ({
      id: `policy/${kind}`,
      name: 'PolicyEntry',
      shortDescription: { text: `A policy entry is ${kind}.` },
      fullDescription: { text: `A policy entry is ${kind}. The message of each result says what to check.` },
      help: { text: 'Renew the entry, or remove it.', markdown: 'Renew the entry, or remove it.' },
      defaultConfiguration: { level: 'warning' },
      properties: { tags: ['policy'], precision: 'very-high', 'problem.severity': 'warning' },
    })),
    results: notices.map(({ kind, place, text }, at) => ({
      ruleId: `policy/${kind}`,
      ruleIndex: first + kinds.indexOf(kind),
      level: 'warning',
      message: { text: escapeSarif(text) },
      locations: [locationOf(place)],
      partialFingerprints: fingerprints(prints[at] ?? ''),
    })),
  }
}
