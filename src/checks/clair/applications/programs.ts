import { matchPackage, type OsvMatch } from '../../../feeds/formats/osv/match.js'
import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import {
  type ApplicationFinding,
  type Problem,
  programOfBitnami,
  projectVersion,
  withAdvice,
} from '../../../model/index.js'
import { type AgreementOfClair, NO_COMPARISON } from './agreement.js'
import { CORRECTION_TEXTS, CORRECTIONS } from './corrections.js'
import { PROGRAM_CANARY } from './program-canary.js'
import type { ComparedPackage } from './subjects.js'

/** Address of a CVE's page in the list of the CVE programme, without the CVE id. */
const CVE_PAGE = 'https://www.cve.org/CVERecord?id='

/**
 * What is known about a record that is wrong for a program on Linux, by the list that comes with this version of the
 * gate. Go's records say themselves which systems they are about.
 */
export function correctionOf(
  { ids }: Pick<OsvMatch, 'ids'>,
  { purl }: Pick<ComparedPackage['item'], 'purl'>,
): AgreementOfClair {
  const program = programIn(purl)
  const [explanation] = ids.flatMap((id) => {
    const why = CORRECTIONS.get(`${program} ${id}`)
    return why === undefined ? [] : [`${CORRECTION_TEXTS[why]} (${CVE_PAGE}${id})`]
  })
  return explanation === undefined ? NO_COMPARISON : { agreement: 'refuted', explanation }
}

/** @param recordsOf the records about a program, among those that were looked up */
export function programCanaryProblem(
  subjects: readonly ComparedPackage[],
  recordsOf: (name: string) => readonly OsvRecord[],
): Problem | null {
  const { name, version, id } = PROGRAM_CANARY
  if (subjects.length === 0) {
    return null
  }
  const matches = matchPackage({ ecosystem: 'Bitnami', name, version }, recordsOf(name))
  const isReported = matches.some(({ affects, ids }) => affects === 'affected' && ids.includes(id))
  if (!isReported) {
    return canaryProblem(`the advisories do not report ${id} for the planted ${name} ${version}`)
  }
  // Each of these programs has had vulnerabilities, so the advisories are incomplete if one has no record at all.
  const programWithoutRecords = subjects.find(({ item }) => recordsOf(item.name).length === 0)
  return programWithoutRecords === undefined
    ? null
    : canaryProblem(`there are no advisories at all about ${programWithoutRecords.item.name}`)
}

export function canaryProblem(why: string): Problem {
  const what = `${why}, so the absence of other results about programs proves nothing`
  return withAdvice({ code: 'canary-not-found', what, where: 'osv-Bitnami' })
}

/** A program's versions as its project writes them: PostgreSQL 13.17, Java 8u382. */
export function inProjectForm(finding: ApplicationFinding): ApplicationFinding {
  if (finding.kind !== 'bitnami') {
    return finding
  }
  const name = programIn(finding.purl)
  const written = (version: string | null) => (version === null ? null : projectVersion(name, version))
  const { fixedVersion, newest, settles } = finding
  return {
    ...finding,
    fixedVersion: written(fixedVersion),
    newest: written(newest),
    settles: written(settles),
  }
}

function programIn(purl: string): string {
  const [, bitnami = ''] = /^pkg:bitnami\/([^@]+)/.exec(purl) ?? []
  return programOfBitnami(bitnami) ?? bitnami
}
