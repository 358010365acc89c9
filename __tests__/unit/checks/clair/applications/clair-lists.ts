import { OWN_CANARIES, WELL_KNOWN_CANARIES } from '../../../../../src/checks/clair/applications/canary.js'
import { type ClairEcosystem, updaterOf } from '../../../../../src/checks/clair/applications/ecosystems.js'
import {
  type ClairApplicationsRequest,
  readClairApplications,
  requestDocument,
} from '../../../../../src/checks/clair/applications/indexed.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import type { ClairPackage, ClairVulnerability } from '../../../../../src/checks/clair/matches/report.js'
import { NO_RATINGS } from '../../../../../src/feeds/formats/documents.js'
import type { LayerFacts } from '../../../../../src/model/image/image.js'
import type { ApplicationFile } from '../../../../../src/model/packages/application.js'
import { aLayer, anImage, LAYER, someApplications } from '../../../../support/builders.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'

export const UPPER = `sha256:${'f'.repeat(64)}`

export const PLANTED = `sha256:${'c'.repeat(64)}`

export const LOG4J = 'org.apache.logging.log4j:log4j-core'

export const PLUGIN = 'usr/share/jenkins/x.jpi'

/** A package as Clair's report has it. @param ids that it reports, by the updater of the ecosystem at its place */
export function listed(
  name: string,
  version: string,
  database: string,
  ids: readonly string[] = [],
  part: Partial<ClairVulnerability> = {},
): ClairPackage {
  const about = { package: name, severity: '', normalizedSeverity: 'Critical', links: [], updater: '' }
  const fixedIn = 'fixed=2.15.0&introduced=2.13.0'
  return {
    name,
    version,
    architecture: '',
    source: null,
    places: [{ database, layer: LAYER, distribution: null }],
    vulnerabilities: ids.map((id) => ({ id, ...about, fixedIn, ...part })),
  }
}

export const jar = (ids: readonly string[] = [], version = '2.14.1', name = LOG4J) =>
  listed(name, version, `maven:${PLUGIN}:WEB-INF/lib/log4j-core-2.14.1.jar`, ids, {
    updater: updaterOf('Maven'),
  })

export function canaries(
  kind: ClairApplicationsRequest['kind'],
  ecosystems: readonly ClairEcosystem[],
): readonly ClairPackage[] {
  return ecosystems.map((ecosystem) => {
    const { name, version, id } = (kind === 'own' ? OWN_CANARIES : WELL_KNOWN_CANARIES)[ecosystem]
    const places = { PyPI: 'python:x', Maven: 'maven:x.jar', RubyGems: 'ruby:x.gemspec', Go: 'go:x' }
    const one = listed(name, version, places[ecosystem], [id ?? 'GHSA-any'], {
      updater: updaterOf(ecosystem),
    })
    return { ...one, places: one.places.map((place) => ({ ...place, layer: PLANTED })) }
  })
}

/** What Clair was asked about. */
const MANIFEST = {
  'manifest.json': JSON.stringify({ hash: 'sha256:asked', layers: [LAYER, UPPER, PLANTED] }),
}

interface Parts {
  readonly kind?: ClairApplicationsRequest['kind']
  /** Ecosystems that Clair was asked about. */
  readonly requested?: readonly ClairEcosystem[]
  readonly packages: readonly ClairPackage[]
  readonly documents?: Readonly<Record<string, string>>
  readonly layers?: readonly LayerFacts[]
}

/** What becomes of Clair's packages in an image in which Seaworthy itself sees nothing. */
export function judgeParts({ kind = 'own', requested = ['Maven'], packages, documents, layers }: Parts) {
  const all = kind === 'own' ? OWN_CANARIES : WELL_KNOWN_CANARIES
  const wanted = Object.fromEntries(requested.map((one) => [one, all[one]]))
  const report = { packages: [...canaries(kind, requested), ...packages] }
  const clair = readClairApplications(
    requestDocument({ kind, canaries: wanted, shared: [] }),
    report,
    PLANTED,
  )
  const image = anImage({ layers: layers ?? [aLayer({ applications: someApplications({}) })] })
  const known = { installed: [], foreign: [] }
  const answer = judgeApplications(
    { ...MANIFEST, ...(documents ?? advisoriesOf({ Maven: [LOG4J] })) },
    image,
    known,
    NO_RATINGS,
    clair,
  )
  if (answer === null || answer.clair === null) {
    throw new Error('not checked')
  }
  return { ...answer, clair: answer.clair }
}

export const files = (all: Readonly<Record<string, ApplicationFile>>) =>
  aLayer({ applications: someApplications({ files: all }) })
