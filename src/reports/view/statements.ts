import {
  at,
  firstOf,
  type ImageVerdict,
  judgedSummary,
  listText,
  plural,
  type ReleaseKind,
  type Source,
  unjudgedSummary,
  type Verdict,
} from '../../model/index.js'
import { visible } from '../escape.js'
import { accountLine, unexaminedText } from './account.js'
import { benchHead, benchLimit, benchOf, notRunningText } from './bench.js'
import { acceptedFindings, changedNameOf } from './changes.js'
import { answerTexts } from './checks.js'
import { agesOf, daysOld, replacedSources, sourcesOf } from './data.js'
import { imageName, unexaminedOf } from './platforms.js'
import { notRunFact, regressionTestFact, regressionTestLimit } from './regression-test.js'

/**
 * What reports say next to the verdict, the tasks and the findings, on two levels. A limit is what could have made the
 * verdict another one: every report shows all of them near its top, because nobody reads on below a pass. Everything else
 * is a detail, which reports fold. A statement is on one level only.
 */
export interface Statement {
  /** Which image it is about; `null`: all of them. */
  readonly image: string | null
  /** Visible characters on one line; contains text from outside, not escaped for any format. */
  readonly text: string
}

type Level = 'limits' | 'details'
type Statements = Readonly<Record<Level, readonly string[]>>

/** Characters of one statement: only text from outside, such as an error message, is as long. */
const MAX_LENGTH = 1000
/** Findings, or sources of data, that one statement names. */
const MAX_NAMES = 20
/** Feeds that change every few days: an older copy may lack what would block. */
const FEEDS: readonly string[] = ['debian-security-tracker', 'nvd-cvss', 'epss', 'cisa-kev']
/** From this age on (in days), the data of a feed limits what the verdict says. */
const OLD_DAYS = 14

/** All statements of a level. */
export function statementsOf(verdict: Verdict, level: Level): Statement[] {
  const ofImages = verdict.images.flatMap((one) => {
    const image = visible(imageName(one), 120)
    return imageStatements(one, verdict.judgedBy.release)[level].map((text) => ({ image, text }))
  })
  return [...ofImages, ...verdictStatements(verdict)[level].map((text) => ({ image: null, text }))]
}

/** @param release the kind of release that the image was judged for; `null`: none */
export function imageStatements(image: ImageVerdict, release: ReleaseKind | null): Statements {
  const bench = benchOf(image)
  const passed = acceptedFindings(image).map(changedNameOf)
  const ofChecks = image.checks.map(({ check, limits, ...answer }) => {
    return { check, limits, found: answerTexts(answer) }
  })
  return {
    limits: shown([
      bench && benchLimit(bench, release),
      ...(image.applications === null ? [] : unjudgedSummary(image.applications)),
      unexaminedText(image),
      regressionTestLimit(image),
      notRunFact(image),
      passed.length === 0
        ? null
        : `${plural(passed.length, 'finding')} did not block, being in the baseline already`,
      ...ofChecks.flatMap(({ check, limits }) => limits.map((limit) => `${check}: ${limit}`)),
    ]),
    details: shown([
      image.digest === null ? null : `digest: ${image.digest}`,
      ...ofChecks.flatMap(({ check, found }) => found.map((text) => `${check}: ${text}`)),
      bench && notRunningText(bench, release),
      bench && benchHead(bench),
      image.applications === null ? null : judgedSummary(image.applications),
      accountLine(image),
      regressionTestFact(image),
      passed.length === 0 ? null : `already in the baseline: ${listText(passed, MAX_NAMES)}`,
    ]),
  }
}

/**
 * Of the verdict as a whole. Limits: that findings are not compared with the baseline, that a pull request's own way to run
 * the image is not judged, which data was read from elsewhere or is old, which platforms were not examined, and which policy
 * entries end soon. Detail: the age of the data.
 */
export function verdictStatements(verdict: Verdict): Statements {
  const noticed = (kind: string) => verdict.policyNotices.filter((notice) => notice.kind === kind)
  return {
    limits: shown([
      ...[...noticed('no-baseline'), ...noticed('audit'), ...noticed('run-differs')].map(({ text }) => text),
      ...firstOf(replacedSources(verdict), MAX_NAMES),
      ...unexaminedOf(verdict),
      ...noticed('expiring').map(({ place, text }) => (place === null ? text : `${at(place)}  ${text}`)),
      ...sourcesOf(verdict).flatMap((source) => oldText(source, verdict.today)),
    ]),
    details: shown(dataAges(verdict)),
  }
}

function shown(texts: readonly (string | null)[]): string[] {
  return texts.flatMap((text) => (text === null || text === '' ? [] : [visible(text, MAX_LENGTH)]))
}

function oldText(source: Source, today: string): string[] {
  const days = FEEDS.includes(source.name) ? daysOld(source, today) : null
  return days === null || days <= OLD_DAYS ? [] : [`the data of ${source.name} is ${days} days old`]
}

/** "data: cvss, epss, kev 2026-11-24, today · bookworm 2026-11-23, 1 day old": data of one day together. */
function dataAges(verdict: Verdict): string[] {
  const byAge = Map.groupBy(agesOf(verdict), ([, age]) => age)
  const byDate = [...byAge].map(([age, all]) => {
    const names = all.map(([name]) => name.replace(/^debian-archive /, '').slice(0, 40))
    return `${listText(names, MAX_NAMES)} ${age}`
  })
  const line = byDate.join(' · ')
  const lines = line.length < MAX_LENGTH / 2 ? [line] : byDate
  return lines.flatMap((one) => (one === '' ? [] : [`data: ${one}`]))
}

/** Each text once, after the names of its images if it is not about all of them. */
export function statementLines(statements: readonly Statement[]): string[] {
  const all = new Set(statements.flatMap(({ image }) => image ?? []))
  return [...Map.groupBy(statements, ({ text }) => text)].map(([text, about]) => {
    const names = new Set(about.flatMap(({ image }) => image ?? []))
    return names.size === 0 || names.size === all.size ? text : `${listText([...names])}: ${text}`
  })
}
