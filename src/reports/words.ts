import { exploitedIn } from '../judge/counts.js'
import { thingsToDo } from '../judge/tasks/actions.js'
import type { ReturnReason } from '../model/because/reasons.js'
import { epssSays, returnText, SCORER_NAMES } from '../model/because/words.js'
import type { Source } from '../model/evidence.js'
import { isRated } from '../model/finding/kinds.js'
import { atLine } from '../model/place.js'
import { shortName } from '../model/reference.js'
import type { Action } from '../model/task.js'
import {
  type ImageVerdict,
  RULINGS,
  type RuledFinding,
  type Ruling,
  type Verdict,
  type VerdictWord,
} from '../model/verdict.js'
import { escapeTerminal } from './escape.js'

/** Words and numbers that every report says in the same way. Nothing here is escaped, but for the summary line. */

/** "1 thing", "2 things". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** `sha256:17068e8751`: enough to compare by eye. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 10)
}

/** `on debian:bookworm-slim, moved on`; `null` where nothing is known. */
export function baseWords({ base }: ImageVerdict): string | null {
  if (base === null) return null
  if (base.name === null) return 'base not known'
  const ground = base.restsOn === 'layers' ? '' : `, says its ${base.restsOn}`
  return `on ${shortName(base.name)}${ground}${base.movedOn === true ? ', which has moved on' : ''}`
}

/** How each ruling is called where its findings are counted. */
export const RULING_NAMES = {
  act: 'to act on',
  accepted: 'accepted',
  deferred: 'deferred by Debian',
  unfixed: 'unfixed',
  noted: 'noted',
} as const satisfies Record<Ruling, string>

export function findingsOf(image: ImageVerdict, ruling: Ruling): RuledFinding[] {
  return image.findings.filter((finding) => finding.ruling === ruling)
}

/** Findings by ruling, over all images. */
export function countRulings(images: readonly ImageVerdict[]): Record<Ruling, number> {
  const count = (ruling: Ruling) => images.reduce((sum, image) => sum + findingsOf(image, ruling).length, 0)
  return Object.fromEntries(RULINGS.map((ruling) => [ruling, count(ruling)])) as Record<Ruling, number>
}

/** "1 fail, 2 pass", worst first. */
export function countVerdicts(images: readonly ImageVerdict[]): string {
  const words: readonly VerdictWord[] = ['fail', 'incomplete', 'pass']
  return words
    .map((word) => [word, images.filter(({ verdict }) => verdict === word).length] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ')
}

/** True where at least one check answered, so that a count of 0 means something. */
export function hasAnswer(image: ImageVerdict): boolean {
  return image.checks.some(({ state }) => state === 'answered')
}

export function actionsOf(verdict: Verdict): { readonly image: ImageVerdict; readonly action: Action }[] {
  return verdict.images.flatMap((image) => thingsToDo(image).map((action) => ({ image, action })))
}

const MOST_AGES = 8

/** Sources of all images, each once, in the order of their first use. */
export function sourcesOf(verdict: Verdict): Source[] {
  const all = verdict.images.flatMap(({ sources }) => sources)
  return [...new Map(all.map((source) => [JSON.stringify(source), source])).values()]
}

/** What to tell of the data's age in one line: of an archive its suites, whose Release file names all of their indexes. */
export function agesOf(verdict: Verdict, most = MOST_AGES): (readonly [name: string, age: string])[] {
  const all = sourcesOf(verdict)
  const indexed = new Set(all.map(({ name }) => name))
  return all
    .filter(({ name }) => !/ .* /.test(name) || !indexed.has(name.split(' ', 2).join(' ')))
    .slice(0, most)
    .map((source) => [source.name, ageOf(source, verdict.today)])
}

/** "no-dsa", and Debian's own words beside it. */
export function debianKind({ debian }: RuledFinding): readonly [string, string] {
  return debian === null ? ['', ''] : [debian.kind, debian.words.replace(/\s+/g, ' ').trim()]
}

/** What brings deferred findings back: one sentence for all of them, each reason once. */
export function comesBack(findings: readonly RuledFinding[]): string {
  const reasons = findings.flatMap(({ returnsWhen }) => returnsWhen ?? [])
  const isFix = (one: ReturnReason) => one.reason === 'archive-offers' && one.fix !== null
  const own = [...new Set(reasons.filter((one) => !isFix(one)).map(returnText))]
  const all = reasons.some(isFix) ? [...own, 'the archive offers the fix that is announced'] : own
  const list = all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', when ')}, or when ${all.at(-1)}`
  return list === '' ? '' : `Each comes back by itself when ${list}.`
}

/** "2026-11-24, today", "2026-11-20, 4 days old", or that the data carries no date of its own. */
export function ageOf({ date, fetchedAt }: Source, today: string): string {
  if (date === null)
    return fetchedAt === null ? 'of unknown date' : `of unknown date, read ${fetchedAt.slice(0, 10)}`
  const day = date.slice(0, 10)
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  if (Number.isNaN(days) || days < 0) return day
  return days === 0 ? `${day}, today` : `${day}, ${plural(days, 'day')} old`
}

/** "2026-11-24 06:12 UTC"; empty where it is not known. */
export function readAt({ fetchedAt }: Source): string {
  return fetchedAt === null ? '' : `${fetchedAt.slice(0, 16).replace('T', ' ')} UTC`
}

/** "2.6.1 → 2.6.2", "2.6.1 → no fix"; nothing for what is not about a package. */
export function versions({ package: name, version, fixedVersion }: RuledFinding): string {
  return name === null ? '' : `${version ?? 'not known'} → ${fixedVersion ?? 'no fix'}`
}

/** "Dockerfile:4"; nothing where no line of the Dockerfile is known. A policy's line is named by the because. */
export function inDockerfile({ dockerfile }: ImageVerdict, { line }: RuledFinding): string {
  return line === null || line.file !== dockerfile.file ? '' : atLine(line)
}

/**
 * "critical (NVD), KEV, EPSS 94.3%": whose word the severity is where that is a score, and what is known beside.
 * A dash where that is nothing: "unknown" is said of vulnerabilities only, since nobody rates a missing USER.
 */
export function severityCell(finding: RuledFinding): string {
  const { severity, severitySource, cvss, kev, epss } = finding
  const scorer = cvss === null ? undefined : SCORER_NAMES[severitySource ?? '']
  const rated = scorer === undefined ? severity : `${severity} (${scorer})`
  const said = [
    ...(!isRated(finding) && severity === 'unknown' ? [] : [rated]),
    ...(kev === true ? ['KEV'] : []),
    ...(epss === null ? [] : [epssSays(epss)]),
  ]
  return said.join(', ') || '—'
}

/** "1 in KEV": CVEs, each once; nothing where there is none. */
export function kevCount(findings: readonly RuledFinding[]): string[] {
  const ids = new Set(findings.filter(({ agreement }) => agreement !== 'refuted').flatMap(exploitedIn))
  return ids.size === 0 ? [] : [`${ids.size} in KEV`]
}

/** "Against baseline: 2 new, 1 gone, 5 unchanged."; `null` without a baseline of this image. */
export function changeLine({ findings, gone }: ImageVerdict): string | null {
  if (gone === null) return null
  const count = (word: RuledFinding['since']) => findings.filter(({ since }) => since === word).length
  const unknown = count(null)
  const rest = unknown === 0 ? '' : `, ${unknown} not known`
  return `Against baseline: ${count('new')} new, ${gone.length} gone, ${count('unchanged')} unchanged${rest}.`
}

/** What is to act on and does not block: it was in the baseline already. */
export function letPass({ findings }: ImageVerdict): RuledFinding[] {
  return findings.filter(({ ruling, blocks }) => ruling === 'act' && !blocks)
}

/** The same over all images, for the comment; `null` where an image has no baseline. */
export function changeOf({ images }: Verdict): { base: string; added: number; gone: number } | null {
  if (images.some(({ gone }) => gone === null)) return null
  const added = images.flatMap(({ findings }) => findings).filter(({ since }) => since === 'new').length
  const gone = images.flatMap((image) => image.gone ?? []).length
  return { base: 'the baseline', added, gone }
}

/** "2.1 s". */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** "app:1.4.0 may not be released: 3 things to do". `esc` is that of the format it is for. */
export function headline(verdict: Verdict, esc: (text: string) => string): string {
  const { images } = verdict
  const [only] = images
  if (images.length > 1 || only === undefined) {
    const released =
      verdict.verdict === 'pass' ? 'may be released' : `may not be released: ${thingsIn(verdict)}`
    return `${images.length} images (${countVerdicts(images)}) ${released}`
  }
  return imageLine(only, esc)
}

/** The verdict on one image, as `headline` says it. */
export function imageLine(image: ImageVerdict, esc: (text: string) => string): string {
  return verdictWords(esc(image.reference), image.verdict, thingsToDo(image).length)
}

/** "app:1.4.0 may not be released: 3 things to do". */
export function verdictWords(name: string, verdict: VerdictWord, things: number): string {
  const todo = `${plural(things, 'thing')} to do`
  return {
    pass: `${name} may be released`,
    fail: `${name} may not be released: ${todo}`,
    incomplete: `${name} could not be judged and may not be released: ${todo}`,
  }[verdict]
}

/** A picture beside the words, for Markdown. */
export function verdictIcon(verdict: VerdictWord): string {
  return verdict === 'pass' ? '✅' : '⛔'
}

function thingsIn(verdict: Verdict): string {
  return `${plural(actionsOf(verdict).length, 'thing')} to do`
}

/** The verdict in one line, for a log, an output or a badge. */
export function renderSummaryLine(verdict: Verdict): string {
  return headline(verdict, (name) => escapeTerminal(name, 80))
}
