import { BASE_GROUNDS } from '../../model/base-image.js'
import type { Reason, ReturnReason } from '../../model/because/reasons.js'
import { sentence } from '../../model/because/words.js'
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
import type { Common } from '../../model/finding/common.js'
import type { Finding } from '../../model/finding/index.js'
import {
  type BaseDetails,
  type ObstacleDetails,
  type ObstacleId,
  obstacle,
} from '../../model/finding/obstacle.js'
import { HOLDERS, UPDATE_IDS, UPDATE_ORIGINS, type UpdateFinding } from '../../model/finding/update.js'
import type { Report } from './schema.js'

type Facts = Readonly<Record<string, string>>
type Told = Report['images'][number]['findings'][number]

/**
 * The finding that a report.json tells of, which has text where we have values: this reads what facts.ts wrote, and
 * what it does not understand is as if it were not told. `null` for what we never tell.
 */
export function readFinding(told: Told): Finding | null {
  switch (told.check) {
    case 'clair':
      return { check: told.check, id: told.id, ...commonOf(told), ...ofVulnerability(told.facts) }
    case 'docker-bench':
      return { ...benchOf(told.id, told.facts), ...commonOf(told) }
    case 'security-updates':
      return updateOf(told) ?? obstacleOf(told)
    // Of a check whose findings nobody reads back yet: a report that has one is refused.
    default:
      return null
  }
}

/**
 * A sentence stays one. Told apart from it again is only what other words in a report go by: what a column of versions
 * says already, and what was seen.
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
  const { cves, package: name, version, fixedVersion, installable, severity, severitySource } = told
  const { binaries, layer, debian, kev, cvss, epss, agreement } = told
  return {
    cves,
    package: name,
    version,
    fixedVersion,
    installable,
    severity,
    severitySource,
    binaries,
    layer,
    // What leads elsewhere is for nobody to follow.
    links: [],
    debian,
    kev,
    cvss,
    epss,
    agreement,
  }
}

function ofVulnerability(all: Facts) {
  const { packageDb, signedSource, explanation, archiveOffers, ...facts } = all
  return {
    facts,
    packageDb: packageDb ?? null,
    signedSources: listOf(signedSource),
    explanation: explanation ?? null,
    archiveOffers: archiveOffers ?? null,
  }
}

function updateOf(told: Told): UpdateFinding | null {
  const { facts, package: name, version, fixedVersion } = told
  const id = oneOf(UPDATE_IDS, told.id)
  if (id === null || name === null || version === null || fixedVersion === null) {
    return null
  }
  const { architecture = '', source = name, sourceVersion = version, deb, debSha256, heldBack = '' } = facts
  const by = oneOf(HOLDERS, facts.heldBackBy)
  const [, what, at] = /^(brings|leaves) (.+)$/.exec(facts.rebuild ?? '') ?? []
  return {
    check: 'security-updates',
    id,
    ...commonOf(told),
    package: name,
    version,
    fixedVersion,
    origin: oneOf(UPDATE_ORIGINS, facts.kind) ?? (id === 'security-update' ? 'security' : 'updates'),
    architecture,
    indexes: listOf(facts.indexes),
    source,
    sourceVersion,
    fixedSource: facts.fixedSource ?? null,
    fixedSourceVersion: facts.fixedSourceVersion ?? null,
    asConfigured: facts.asConfigured === 'not offered' ? null : (facts.asConfigured ?? null),
    deb: deb === undefined || debSha256 === undefined ? null : { url: deb, sha256: debSha256 },
    heldBack: by === null ? null : { by, text: heldBack },
    hasApt: facts.apt !== 'none',
    rebuild:
      at !== undefined
        ? { what: what === 'brings' ? 'brings' : 'leaves', version: at }
        : facts.rebuild === undefined
          ? null
          : { what: 'not-of-base' },
    exploited: listOf(facts.exploited),
  }
}

function obstacleOf({ id, facts, ...told }: Told): Finding | null {
  if (!isObstacleId(id)) {
    return null
  }
  const details = DETAILS[id](facts) as ObstacleDetails[typeof id]
  return { ...obstacle(id, facts.why ?? id, details), ...commonOf({ id, facts, ...told }) } as Finding
}

function isObstacleId(id: string): id is ObstacleId {
  return Object.hasOwn(DETAILS, id)
}

const packages = (facts: Facts) => ({ packages: listOf(facts.packages) })
const file = ({ file: path = '' }: Facts) => ({ file: path })
const nothing = () => ({})
const base = (facts: Facts): BaseDetails => ({
  restsOn: oneOf(BASE_GROUNDS, facts.restsOn),
  base: facts.base ?? null,
  tag: facts.tag ?? null,
})
const SUPPORT = ['unreleased', 'supported', 'lts', 'end-of-life', 'unknown'] as const

const DETAILS: { readonly [Id in ObstacleId]: (facts: Facts) => ObstacleDetails[Id] } = {
  'no-security-source': ({ codename = '', lines = '' }) => ({ codename, lines }),
  'hidden-security-updates': packages,
  'updates-main-component': file,
  'expired-source': file,
  'snapshot-source': file,
  'mixed-releases': ({ suites }) => ({ suites: listOf(suites) }),
  'end-of-life': ({ end = 'unknown' }) => ({ end }),
  'archived-release': nothing,
  'unknown-release': nothing,
  'not-current-stable': ({ stable = 'the current stable release', saysSo = '', support, end }) => ({
    stable,
    saysSo,
    support: oneOf(SUPPORT, support) ?? 'unknown',
    end: end ?? null,
  }),
  'stable-not-known': nothing,
  'testing-or-unstable': ({ suite = '' }) => ({ suite }),
  'dpkg-broken': packages,
  'unofficial-base': base,
  'base-label-contradicted': base,
  'base-not-known': base,
  'base-moved-on': base,
}

function benchOf(id: string, facts: Facts): BenchFinding {
  const outcome = oneOf(OUTCOMES, facts.outcome)
  const { title, advice } = facts
  const result = {
    id,
    state: oneOf(BENCH_STATES, facts.state) ?? 'not-evaluated',
    why: facts.found ?? '',
    builtin: saysIn(facts, 'builtin-'),
    dbs: saysIn(facts, 'dbs-'),
    counts: countsIn(facts),
    compat: oneOf(BENCH_WORDS, facts['compat-word']),
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

function saysIn(facts: Facts, prefix: string): EngineSays | null {
  const word = facts[`${prefix}word`]
  return word === undefined
    ? null
    : { word: oneOf(BENCH_WORDS, word), items: linesOf(facts[`${prefix}items`]) }
}

function countsIn(facts: Facts): Counts | null {
  const by = oneOf(COUNTED_BY, facts['counts-by'])
  const whose = oneOf(BENCH_RULES, facts['counts-whose'])
  if (by === null || whose === null) {
    return null
  }
  const { 'counts-reason': reason = '', 'counts-page': page = '' } = facts
  return by === 'known-wrong' ? { by, whose: 'built-in', reason, page } : { by, whose }
}

function placesOf({ instruction = '', 'history-lines': numbers }: Facts): BenchFinding['places'] {
  const names = instruction.split('; ').map((one) => one.split(' ', 1)[0] ?? '')
  return linesOf(numbers)
    .filter((line) => /^\d{1,6}$/.test(line))
    .map((line, index) => ({ line: Number(line), instruction: names[index] ?? '' }))
}

function linesOf(text = ''): string[] {
  return text.split('\n').filter((one) => one !== '')
}

function listOf(text = ''): string[] {
  return text.split(', ').filter((one) => one !== '')
}

function oneOf<Word extends string>(words: readonly Word[], text: string | undefined): Word | null {
  return words.find((word) => word === text) ?? null
}
