import { isPurlType } from '../../model/application.js'
import { readSourceLines } from '../../model/apt-source.js'
import type { Reason, ReturnReason } from '../../model/because/reasons.js'
import { sentence } from '../../model/because/words.js'
import type { ApplicationFinding } from '../../model/finding/application.js'
import {
  BENCH_RULES,
  BENCH_STATES,
  BENCH_WORDS,
  type BenchFinding,
  benchFinding,
  COUNTED_BY,
  type Counts,
  type EngineSays,
  OUTCOMES,
} from '../../model/finding/bench.js'
import { BARE, type Common } from '../../model/finding/common.js'
import type { Finding } from '../../model/finding/index.js'
import { readObstacle } from '../../model/finding/obstacle.js'
import { type FactTexts, membersOf, wordAmong } from '../../model/finding/row.js'
import { HOLDERS, UPDATE_IDS, UPDATE_ORIGINS, type UpdateFinding } from '../../model/finding/update.js'
import type { Report } from './schema.js'

type Told = Report['images'][number]['findings'][number]

/**
 * The finding in a report.json, which has text where we have values. It reads what facts.ts wrote, and ignores what
 * it does not understand. `null` for a finding that we never report.
 */
export function readFinding(told: Told): Finding | null {
  switch (told.check) {
    case 'clair':
      return (
        obstacleOf(told) ??
        applicationOf(told) ?? {
          check: told.check,
          id: told.id,
          ...commonOf(told),
          ...ofVulnerability(told.facts),
        }
      )
    case 'docker-bench':
      return { ...benchOf(told.id, told.facts), ...commonOf(told) }
    default:
      return updateOf(told) ?? obstacleOf(told)
  }
}

/**
 * A sentence stays one. Extracted from it is only what other text in a report depends on: what a column of versions
 * already says, and what was seen.
 */
export function readBecause({ because, fixedVersion: version, facts }: Told): Reason[] {
  const { found = '' } = facts
  const reported = (words: string): Reason => {
    return { reason: 'as-reported', words, why: words.includes(found) ? found : null }
  }
  const beginnings: Reason[] = [
    { reason: 'unrated' },
    ...(version === null ? [] : [{ reason: 'fix-offered', version } as const]),
  ]
  if (because === sentence(beginnings.slice(0, 1))) {
    return beginnings.slice(0, 1)
  }
  const first = beginnings.find((one) => because.startsWith(`${sentence([one])}; `))
  if (first === undefined) {
    return [reported(because)]
  }
  return [first, reported(because.slice(sentence([first]).length + 2))]
}

export function readReturn(words: string): ReturnReason {
  const [, codename, fix] =
    /^the archive of (?:Debian ([a-z]+)|this Debian release) offers the fix (.+)$/.exec(words) ?? []
  return fix === undefined
    ? { reason: 'as-reported', words }
    : { reason: 'archive-offers', codename: codename ?? null, fix }
}

function commonOf(told: Told): Common {
  const common = Object.keys(BARE).map((key) => [key, Reflect.get(told, key)])
  // Links to elsewhere must not be followed.
  return { ...BARE, ...Object.fromEntries(common), links: [] }
}

function ofVulnerability(all: FactTexts) {
  const { packageDb, release, signedSource, explanation, archiveOffers, ...facts } = all
  return {
    facts,
    packageDb: packageDb ?? null,
    release: release ?? null,
    signedSources: membersOf(signedSource),
    explanation: explanation ?? null,
    archiveOffers: archiveOffers ?? null,
  }
}

/** A finding without its package is not about an application package. */
function applicationOf(told: Told): ApplicationFinding | null {
  const { id, package: name, facts, application } = told
  if (!application || !isPurlType(application.kind) || name === null) {
    return null
  }
  const { newest = null, settles = null, explanation = null, summary = '', branch, vendor } = facts
  const end = facts['branch-end'] ?? null
  const hasFix = facts['branch-fix'] === 'yes'
  const { 'base-from': from, 'base-tag': to } = facts
  const more = Number(facts['more-paths'] ?? 0)
  return {
    check: 'clair',
    id,
    ...commonOf(told),
    subject: 'application',
    package: name,
    ...application,
    kind: application.kind,
    paths: linesOf(facts.paths),
    morePaths: Number.isSafeInteger(more) ? more : 0,
    layers: linesOf(facts.layers),
    newest,
    settles,
    explanation,
    ...(from !== undefined && to !== undefined && { baseTag: { from, to } }),
    ...(branch !== undefined && { branch: { title: branch, end, hasFix } }),
    ...(vendor !== undefined && { vendor: { title: vendor, packages: membersOf(facts['vendor-packages']) } }),
    summary,
  }
}

function updateOf(told: Told): UpdateFinding | null {
  const { facts, package: name, version, fixedVersion } = told
  const id = wordAmong(UPDATE_IDS, told.id)
  if (
    told.check !== 'security-updates' ||
    id === null ||
    name === null ||
    version === null ||
    fixedVersion === null
  ) {
    return null
  }
  const { architecture = '', source = name, sourceVersion = version, deb, debSha256, heldBack = '' } = facts
  const by = wordAmong(HOLDERS, facts.heldBackBy)
  const [, what, at] = /^(brings|leaves) (.+)$/.exec(facts.rebuild ?? '') ?? []
  return {
    check: 'security-updates',
    id,
    ...commonOf(told),
    package: name,
    version,
    fixedVersion,
    origin: wordAmong(UPDATE_ORIGINS, facts.kind) ?? (id === 'security-update' ? 'security' : 'updates'),
    architecture,
    indexes: membersOf(facts.indexes),
    source,
    sourceVersion,
    fixedSource: facts.fixedSource ?? null,
    fixedSourceVersion: facts.fixedSourceVersion ?? null,
    asConfigured: facts.asConfigured === 'not offered' ? null : (facts.asConfigured ?? null),
    aptSource:
      readSourceLines(facts.aptSource ?? '', facts.aptSourceStyle === 'deb822' ? 'deb822' : 'one-line')[0] ??
      null,
    deb: deb === undefined || debSha256 === undefined ? null : { url: deb, sha256: debSha256 },
    heldBack: by === null ? null : { by, text: heldBack },
    hasApt: facts.apt !== 'none',
    rebuild:
      at !== undefined
        ? { what: what === 'brings' ? 'brings' : 'leaves', version: at }
        : facts.rebuild === undefined
          ? null
          : { what: 'not-of-base' },
    exploited: membersOf(facts.exploited),
  }
}

function obstacleOf(told: Told): Finding | null {
  const read = readObstacle(told.check, told.id, told.facts)
  return read === null ? null : ({ ...read, ...commonOf(told) } as Finding)
}

function benchOf(id: string, facts: FactTexts): BenchFinding {
  const outcome = wordAmong(OUTCOMES, facts.outcome)
  const { title, advice } = facts
  const result = {
    id,
    state: wordAmong(BENCH_STATES, facts.state) ?? 'not-evaluated',
    why: facts.found ?? '',
    builtin: saysIn(facts, 'builtin-'),
    dbs: saysIn(facts, 'dbs-'),
    counts: countsIn(facts),
    whyNoDbs: facts['dbs-why-none'] ?? null,
    dbsTitle: facts['dbs-title'] ?? null,
    evidence: linesOf(facts.evidence),
    host: linesOf(facts.host),
  }
  return benchFinding(result, {
    ours:
      title === undefined && advice === undefined
        ? null
        : { title: title ?? `check ${id}`, advice: advice ?? '' },
    subject: facts.subject ?? null,
    improvement: facts.improvement ?? null,
    places: placesOf(facts),
    said: facts.said ?? null,
    ofBase: facts['of-base'] ?? null,
    held:
      outcome === null
        ? null
        : {
            outcome,
            expected: facts.expected ?? '',
            says: saysIn(facts, ''),
            unexpected: linesOf(facts.unexpected),
            accepted: null,
          },
  })
}

function saysIn(facts: FactTexts, prefix: string): EngineSays | null {
  const word = facts[`${prefix}word`]
  return word === undefined
    ? null
    : { word: wordAmong(BENCH_WORDS, word), items: linesOf(facts[`${prefix}items`]) }
}

function countsIn(facts: FactTexts): Counts | null {
  const by = wordAmong(COUNTED_BY, facts['counts-by'])
  const whose = wordAmong(BENCH_RULES, facts['counts-whose'])
  if (by === null || whose === null) {
    return null
  }
  const { 'counts-reason': reason = '', 'counts-page': page = '' } = facts
  return by === 'known-wrong' ? { by, whose: 'built-in', reason, page } : { by, whose }
}

function placesOf({ instruction = '', 'history-lines': numbers }: FactTexts): BenchFinding['places'] {
  const names = instruction.split('; ').map((one) => one.split(' ', 1)[0] ?? '')
  return linesOf(numbers)
    .filter((line) => /^\d{1,6}$/.test(line))
    .map((line, index) => ({ line: Number(line), instruction: names[index] ?? '' }))
}

function linesOf(text = ''): string[] {
  return text.split('\n').filter((one) => one !== '')
}
