import { join } from 'node:path'
import { OWN_CANARIES, WELL_KNOWN_CANARIES } from '../../src/checks/clair/applications/canary.js'
import { updaterOf } from '../../src/checks/clair/applications/ecosystems.js'
import {
  type ClairApplicationsRequest,
  requestDocument,
} from '../../src/checks/clair/applications/indexed.js'
import { saveEvidence } from '../../src/gate/evidence/folder.js'
import { newFolder } from '../live/support.js'
import { aLayer, anImage, someApplications, TODAY } from '../support/builders.js'
import { osvSource } from '../support/osv/advisories.js'
import { keys } from '../support/policies.js'
import {
  CANARY_LAYER,
  evidenceOf,
  OS_RELEASE,
  type ReportedPackage,
  reportOf,
  scanned,
  statusOf,
} from '../unit/checks/clair/builders.js'
import { type Attacked, attack } from './bundle.js'

/** Debian's part of the image: nothing is wrong with it. */
const PACKAGES = [{ name: 'apt', version: '2.6.1' }]

/** A Jenkins plugin as `jenkins-plugin-cli` leaves it, which Clair opens and Seaworthy is made not to know. */
export const PLUGIN = 'usr/share/jenkins/ref/plugins/x.jpi'

export function log4j(vulnerabilities: ReportedPackage['vulnerabilities'] = []): ReportedPackage {
  return {
    name: 'org.apache.logging.log4j:log4j-core',
    version: '2.14.1',
    database: `maven:${PLUGIN}:WEB-INF/lib/log4j-core-2.14.1.jar`,
    distribution: '',
    vulnerabilities,
  }
}

/** As Clair reports Log4Shell, as critical, from the advisories that it has. */
export const LOG4SHELL = {
  name: 'GHSA-jfh8-c2jp-5v3q',
  package: 'org.apache.logging.log4j:log4j-core',
  fixed: 'fixed=2.15.0&introduced=2.13.0',
  severity: 'high',
  updater: updaterOf('Maven'),
}

export interface ClairEvidence {
  readonly kind: ClairApplicationsRequest['kind']
  /** What Clair lists and reports in addition to Debian's packages. */
  readonly packages: readonly ReportedPackage[]
  /** What was looked up. */
  readonly advisories: Readonly<Record<string, string>>
}

/** Replays evidence that is made up: an image in which Seaworthy sees no application, and Clair's report on it. */
export function replayOf(
  { kind, packages, advisories }: ClairEvidence,
  args: readonly string[] = [],
): Promise<Attacked> {
  const canaries = kind === 'own' ? OWN_CANARIES : WELL_KNOWN_CANARIES
  const { name, version, id } = canaries.Maven
  const reported = { ...LOG4SHELL, name: id ?? 'GHSA-vwqq-5vrc-xw9h', package: name }
  const canary = { ...log4j([reported]), name, version, layer: CANARY_LAYER }
  const { documents, sources } = evidenceOf(reportOf([...scanned(PACKAGES), canary, ...packages], {}))
  const evidence = {
    ...evidenceOf({}),
    sources: [...sources, osvSource('Maven')],
    documents: {
      ...documents,
      ...advisories,
      ...requestDocument({ kind, canaries: { Maven: canaries.Maven }, shared: [] }),
    },
  }
  const image = anImage({
    layers: [
      aLayer({
        files: { 'etc/os-release': OS_RELEASE, 'var/lib/dpkg/status': statusOf(PACKAGES) },
        applications: someApplications({}),
      }),
    ],
  })
  const folder = join(newFolder(), 'evidence')
  const collected = {
    reference: 'app:1.4.0',
    image,
    problem: null,
    evidence: [evidence],
    dockerfiles: [],
    platform: null,
    others: null,
  }
  saveEvidence(folder, TODAY, [collected])
  const flags = [
    '--checks',
    'clair',
    keys({ 'require-release': 'supported' }),
    keys({ 'max-data-age': 87600 }),
  ]
  return attack(['replay', folder, ...flags, ...args])
}
