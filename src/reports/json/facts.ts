import { sourceLine } from '../../model/apt-source.js'
import { type ApplicationFinding, manifestFile } from '../../model/finding/application.js'
import { type BenchFinding, countedResult } from '../../model/finding/bench.js'
import { type Finding, isApplication, isBench, isUpdate, isVulnerability } from '../../model/finding/index.js'
import { KINDS, pageOf } from '../../model/finding/kinds.js'
import type { ObstacleFinding } from '../../model/finding/obstacle.js'
import type { UpdateFinding } from '../../model/finding/update.js'
import type { Vulnerability } from '../../model/finding/vulnerability.js'

type Facts = Record<string, string>

/**
 * What a finding knows in addition to what all findings have, as in report.json: text by name, sorted. List members
 * are separated by commas if people read them, by line breaks if they may contain commas. Read back in
 * read-finding.ts.
 */
export function factsOf(finding: Finding): Facts {
  const facts = layOut(finding)
  return Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function layOut(finding: Finding): Facts {
  if (isVulnerability(finding)) {
    return vulnerabilityFacts(finding)
  }
  if (isApplication(finding)) {
    return applicationFacts(finding)
  }
  if (isBench(finding)) {
    return benchFacts(finding)
  }
  if (isUpdate(finding)) {
    return updateFacts(finding)
  }
  // Any other kind does not compile.
  return obstacleFacts(finding)
}

function vulnerabilityFacts({
  facts,
  packageDb,
  release,
  signedSources,
  explanation,
  archiveOffers,
}: Vulnerability): Facts {
  const signedSource = signedSources.length === 0 ? null : signedSources.join(', ')
  return { ...facts, ...known({ packageDb, release, signedSource, explanation, archiveOffers }) }
}

function applicationFacts(finding: ApplicationFinding): Facts {
  const { subject, paths, morePaths, layers, newest, settles, explanation, branch, vendor } = finding
  return known({
    subject,
    paths: paths.join('\n'),
    'base-from': finding.baseTag?.from ?? null,
    'base-tag': finding.baseTag?.to ?? null,
    'more-paths': morePaths === 0 ? null : String(morePaths),
    layers: layers.join('\n'),
    newest,
    settles,
    explanation,
    branch: branch?.title ?? null,
    'branch-end': branch?.end ?? null,
    'branch-fix': branch === undefined ? null : branch.hasFix ? 'yes' : 'no',
    vendor: vendor?.title ?? null,
    'vendor-packages': vendor?.packages.join(', ') ?? null,
    manifest: manifestFile(finding),
    summary: finding.summary === '' ? null : finding.summary,
  })
}

function updateFacts(update: UpdateFinding): Facts {
  const { origin, indexes, asConfigured, aptSource, deb, heldBack, hasApt, rebuild, exploited } = update
  const { architecture, source, sourceVersion, fixedSource, fixedSourceVersion } = update
  return known({
    kind: origin,
    architecture,
    indexes: indexes.join(', '),
    source,
    sourceVersion,
    fixedSource,
    fixedSourceVersion,
    asConfigured: asConfigured ?? 'not offered',
    aptSource: aptSource === null ? null : sourceLine(aptSource),
    aptSourceStyle: aptSource?.style ?? null,
    deb: deb?.url ?? null,
    debSha256: deb?.sha256 ?? null,
    heldBack: heldBack?.text ?? null,
    heldBackBy: heldBack?.by ?? null,
    apt: hasApt ? null : 'none',
    rebuild:
      rebuild &&
      (rebuild.what === 'not-of-base' ? 'not from the base' : `${rebuild.what} ${rebuild.version}`),
    exploited: exploited.length === 0 ? null : exploited.join(', '),
  })
}

function obstacleFacts({ id, why, details }: ObstacleFinding): Facts {
  const texts = Object.entries<string | readonly string[] | null>({ ...details }).map(([name, value]) => [
    name,
    typeof value === 'string' || value === null ? value : value.join(', '),
  ])
  return known({
    kind: KINDS[id].about === 'base' ? 'base' : 'obstacle',
    why,
    ...Object.fromEntries(texts),
  })
}

function benchFacts(finding: BenchFinding): Facts {
  const { state, why, builtin, dbs, whyNoDbs, counts, dbsTitle, evidence, host, ours, compared, places } =
    finding
  const reported = countedResult(finding)
  const [own, theirs] = [builtin?.word ?? null, dbs?.word ?? null]
  const differs = own !== null && theirs !== null && own !== theirs
  return known({
    state,
    found: why,
    'builtin-word': builtin === null ? null : (builtin.word ?? ''),
    'builtin-items': lines(builtin?.items),
    'dbs-word': dbs === null ? null : (dbs.word ?? ''),
    'dbs-items': lines(dbs?.items),
    'dbs-why-none': whyNoDbs,
    word: reported === null ? null : (reported.word ?? ''),
    items: lines(reported?.items),
    'counts-by': counts?.by ?? null,
    'counts-whose': counts?.whose ?? null,
    'counts-reason': counts?.by === 'known-wrong' ? counts.reason : null,
    'counts-page': counts?.by === 'known-wrong' ? counts.page : null,
    'of-base': finding.ofBase,
    'dbs-title': dbsTitle,
    evidence: some(evidence),
    host: some(host),
    title: ours?.title ?? null,
    advice: ours?.advice ?? null,
    page: ours === null ? null : pageOf(finding),
    subject: finding.subject,
    improvement: finding.improvement,
    differs: differs ? `Docker Bench reports ${theirs}, the built-in rules report ${own}` : null,
    instruction:
      places.length === 0
        ? null
        : places
            .map(({ line, instruction }) => `${instruction} (line ${line + 1} of the history)`)
            .join('; '),
    // For programs: counted from 0.
    'history-lines': some(places.map(({ line }) => String(line))),
    said: finding.output,
    outcome: compared?.outcome ?? null,
    expected: compared?.expected ?? null,
    unexpected: some(compared?.unexpected ?? []),
  })
}

function lines(items: readonly string[] | undefined): string | null {
  return items?.join('\n') ?? null
}

function some(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join('\n')
}

function known(facts: Readonly<Record<string, string | null>>): Facts {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, text]) => (text === null ? [] : [[name, text]])),
  )
}
