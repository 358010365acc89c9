import {
  at,
  firstOf,
  type ImageVerdict,
  listText,
  type ReleaseKind,
  summaryText,
  type Verdict,
} from '../../model/index.js'
import { visible } from '../escape.js'
import { accountLine } from './account.js'
import { benchHead, benchOf, notRunningText } from './bench.js'
import { acceptedFindings, changedNameOf } from './changes.js'
import { agesOf, replacedSources } from './data.js'
import { imageName, unexaminedOf } from './platforms.js'
import { notRunFact, regressionTestFact } from './regression-test.js'

/**
 * Everything that limits what a verdict says. This is the only list: each report shows all of it, and none cuts or
 * folds it, because nobody reads on below a pass.
 */
export interface Caveat {
  /** Which image it is about; `null`: all of them. */
  readonly image: string | null
  /** Visible characters on one line; contains text from outside, not escaped for any format. */
  readonly text: string
}

/** Characters of one caveat: only text from outside, such as an error message, is as long. */
const MAX_CAVEAT_LENGTH = 1000
/** Findings, or sources of data, that one caveat names. */
const MAX_NAMES = 20

export function caveatsOf(verdict: Verdict): Caveat[] {
  const ofImages = verdict.images.flatMap((one) => {
    const image = visible(imageName(one), 120)
    return imageCaveats(one, verdict.judgedBy.release).map((text) => ({ image, text }))
  })
  return [...ofImages, ...verdictCaveats(verdict).map((text) => ({ image: null, text }))]
}

/**
 * What was not examined in this image, and which checks did not run, or ran elsewhere.
 * @param release the kind of release that it was judged for; `null`: none
 */
export function imageCaveats(image: ImageVerdict, release: ReleaseKind | null): string[] {
  const bench = benchOf(image)
  const passed = acceptedFindings(image).map(changedNameOf)
  return [
    bench && notRunningText(bench, release),
    image.applications === null ? null : summaryText(image.applications),
    accountLine(image),
    regressionTestFact(image),
    notRunFact(image),
    bench && benchHead(bench),
    passed.length === 0 ? null : `not blocking, already in the baseline: ${listText(passed, MAX_NAMES)}`,
    ...image.checks.flatMap(({ check, limits }) => limits.map((limit) => `${check}: ${limit}`)),
  ].flatMap((text) => (text === null ? [] : [visible(text, MAX_CAVEAT_LENGTH)]))
}

/**
 * What limits the verdict as a whole: that findings are not compared with the baseline, that a pull request's own way to
 * run the image is not judged, which data was read from elsewhere, which platforms were not examined, which policy
 * entries end soon, and the age of the data.
 */
export function verdictCaveats(verdict: Verdict): string[] {
  const noticed = (kind: string) => verdict.policyNotices.filter((notice) => notice.kind === kind)
  return [
    ...[...noticed('no-baseline'), ...noticed('audit'), ...noticed('run-differs')].map(({ text }) => text),
    ...firstOf(replacedSources(verdict), MAX_NAMES),
    ...unexaminedOf(verdict),
    ...noticed('expiring').map(({ place, text }) => (place === null ? text : `${at(place)}  ${text}`)),
    ...dataCaveats(verdict),
  ].map((text) => visible(text, MAX_CAVEAT_LENGTH))
}

/** "data: cvss, epss, kev 2026-11-24, today · bookworm 2026-11-23, 1 day old": data of one day together. */
function dataCaveats(verdict: Verdict): string[] {
  const byAge = Map.groupBy(agesOf(verdict), ([, age]) => age)
  const byDate = [...byAge].map(([age, all]) => {
    const names = all.map(([name]) => name.replace(/^debian-archive /, '').slice(0, 40))
    return `${listText(names, MAX_NAMES)} ${age}`
  })
  const line = byDate.join(' · ')
  const lines = line.length < MAX_CAVEAT_LENGTH / 2 ? [line] : byDate
  return lines.flatMap((one) => (one === '' ? [] : [`data: ${one}`]))
}

/** Each text once, after the names of its images if it is not about all of them. */
export function caveatLines(caveats: readonly Caveat[]): string[] {
  const all = new Set(caveats.flatMap(({ image }) => image ?? []))
  return [...Map.groupBy(caveats, ({ text }) => text)].map(([text, about]) => {
    const names = new Set(about.flatMap(({ image }) => image ?? []))
    return names.size === 0 || names.size === all.size ? text : `${listText([...names])}: ${text}`
  })
}
