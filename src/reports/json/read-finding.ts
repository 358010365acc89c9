import { isPurlType } from '../../model/application.js'
import { readSourceLines } from '../../model/apt-source.js'
import type { Reason, ReturnReason } from '../../model/because/reasons.js'
import { sentence } from '../../model/because/texts.js'
import type { ApplicationFinding } from '../../model/finding/application.js'
import {
  BENCH_RULES,
  BENCH_STATES,
  BENCH_STATUSES,
  type BenchFinding,
  benchFinding,
  COUNTED_BY,
  type Counts,
  type EngineResult,
  OUTCOMES,
} from '../../model/finding/bench.js'
import { BARE, type CommonFinding } from '../../model/finding/common.js'
import type { Finding } from '../../model/finding/index.js'
import { readObstacle } from '../../model/finding/obstacle.js'
import { type FactTexts, keywordAmong, membersOf } from '../../model/finding/row.js'
import { HOLDERS, UPDATE_IDS, UPDATE_ORIGINS, type UpdateFinding } from '../../model/finding/update.js'
import type { Report } from './schema.js'

type FindingJson = Report['images'][number]['findings'][number]

/**
 * The finding in a report.json, which has text where we have values. It reads what facts.ts wrote, and ignores what
 * it does not understand. `null` for a finding that we never report.
 */
export function readFinding(json: FindingJson): Finding | null {
  switch (json.check) {
    case 'clair':
      return (
        obstacleOf(json) ??
        applicationOf(json) ?? {
          check: json.check,
          id: json.id,
          ...commonOf(json),
          ...readVulnerability(json.facts),
        }
      )
    case 'docker-bench':
      return { ...benchOf(json.id, json.facts), ...commonOf(json) }
    default:
      return updateOf(json) ?? obstacleOf(json)
  }
}

/**
 * A sentence stays one. Extracted from it is only what other text in a report depends on: what a column of versions
 * already says, and what was seen.
 */
export function readBecause({ because, fixedVersion: version, facts }: FindingJson): Reason[] {
  const { found = '' } = facts
  const reported = (text: string): Reason => {
    return { reason: 'as-reported', words: text, why: text.includes(found) ? found : null }
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

export function readReturn(text: string): ReturnReason {
  const [, codename, fix] =
    /^the archive of (?:Debian ([a-z]+)|this Debian release) offers the fix (.+)$/.exec(text) ?? []
  return fix === undefined
    ? { reason: 'as-reported', words: text }
    : { reason: 'archive-offers', codename: codename ?? null, fix }
}

function commonOf(json: FindingJson): CommonFinding {
  const common = Object.keys(BARE).map((key) => [key, Reflect.get(json, key)])
  // Links to elsewhere must not be followed.
  return { ...BARE, ...Object.fromEntries(common), links: [] }
}

function readVulnerability(all: FactTexts) {
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
function applicationOf(json: FindingJson): ApplicationFinding | null {
  const { id, package: name, facts, application } = json
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
    ...commonOf(json),
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

function updateOf(json: FindingJson): UpdateFinding | null {
  const { facts, package: name, version, fixedVersion } = json
  const id = keywordAmong(UPDATE_IDS, json.id)
  if (
    json.check !== 'security-updates' ||
    id === null ||
    name === null ||
    version === null ||
    fixedVersion === null
  ) {
    return null
  }
  const { architecture = '', source = name, sourceVersion = version, deb, debSha256, heldBack = '' } = facts
  const by = keywordAmong(HOLDERS, facts.heldBackBy)
  const [, what, at] = /^(brings|leaves) (.+)$/.exec(facts.rebuild ?? '') ?? []
  return {
    check: 'security-updates',
    id,
    ...commonOf(json),
    package: name,
    version,
    fixedVersion,
    origin: keywordAmong(UPDATE_ORIGINS, facts.kind) ?? (id === 'security-update' ? 'security' : 'updates'),
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

function obstacleOf(json: FindingJson): Finding | null {
  const read = readObstacle(json.check, json.id, json.facts)
  return read === null ? null : ({ ...read, ...commonOf(json) } as Finding)
}

function benchOf(id: string, facts: FactTexts): BenchFinding {
  const outcome = keywordAmong(OUTCOMES, facts.outcome)
  const { title, advice } = facts
  const result = {
    id,
    state: keywordAmong(BENCH_STATES, facts.state) ?? 'not-evaluated',
    why: facts.found ?? '',
    builtin: resultIn(facts, 'builtin-'),
    dbs: resultIn(facts, 'dbs-'),
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
    output: facts.said ?? null,
    ofBase: facts['of-base'] ?? null,
    compared:
      outcome === null
        ? null
        : {
            outcome,
            expected: facts.expected ?? '',
            reported: resultIn(facts, ''),
            unexpected: linesOf(facts.unexpected),
            accepted: null,
          },
  })
}

function resultIn(facts: FactTexts, prefix: string): EngineResult | null {
  const status = facts[`${prefix}word`]
  return status === undefined
    ? null
    : { word: keywordAmong(BENCH_STATUSES, status), items: linesOf(facts[`${prefix}items`]) }
}

function countsIn(facts: FactTexts): Counts | null {
  const by = keywordAmong(COUNTED_BY, facts['counts-by'])
  const whose = keywordAmong(BENCH_RULES, facts['counts-whose'])
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
