import { createHash } from 'node:crypto'
import type { Tracker } from '../../../feeds/formats/tracker.js'
import { tarOf } from '../../../io/archive/formats/tar-writer.js'
import { compareText, type InstalledPackage, SeaworthyError } from '../../../model/index.js'
import { type ApplicationCanaries, canaryFiles } from '../applications/canary.js'
import type { Canary, CanaryPair } from './proof.js'

const CANARY_PACKAGE = 'seaworthy-canary'
const CANARY_FOLDER = 'var/lib/seaworthy-canary'

/**
 * The canary for a Clair that reads Seaworthy's tracker. Its names are fixed, so that its layer never changes.
 * @param applications canaries of other ecosystems to put in the same layer; `null`: none
 */
export function ownCanary(applications: ApplicationCanaries | null = null): { canary: Canary; tar: Buffer } {
  const own = { source: CANARY_PACKAGE, version: '1.0-1', cve: 'TEMP-0000000-5EA003', kind: 'own' } as const
  return plantedCanary(own, applications)
}

/** The canary for an external Clair: a very old version of a source package with a fixed CVE. */
export function trackerCanary(
  source: string,
  cve: string,
  applications: ApplicationCanaries | null = null,
): { canary: Canary; tar: Buffer } {
  // `0~` sorts below every version that a package can have (deb-version(7)).
  return plantedCanary({ source, version: '0~seaworthy', cve, kind: 'tracker' }, applications)
}

/**
 * The canary for an external Clair that gets no layer of ours: the oldest vulnerability of a package in the image for which
 * there is no fix, so that Clair has to report it whatever versions it compares.
 * @throws SeaworthyError `no-canary`
 */
export function pairCanary(
  installed: readonly Pick<InstalledPackage, 'source'>[],
  rows: Tracker,
  codename: string,
): CanaryPair {
  const sources = [...new Set(installed.map(({ source }) => source))]
  const pairs = sources.flatMap((source) =>
    [...(rows.get(source) ?? [])].flatMap(([cve, { releases }]) => {
      const row = releases.get(codename)
      const [, year, number] = /^CVE-(\d{4})-(\d+)$/.exec(cve) ?? []
      return row?.status === 'open' && row.fixedVersion === null && year !== undefined
        ? [{ package: source, cve, age: Number(year) * 1e9 + Number(number) }]
        : []
    }),
  )
  const [oldest] = pairs.sort((a, b) => a.age - b.age || compareText(a.package, b.package))
  if (oldest === undefined) {
    const what =
      'the security tracker lists no unfixed vulnerability of a package in this image, so nothing shows whether Clair has matched it'
    const todo = 'set layers-from to gate, and layer-url: then Clair gets a package that it has to report'
    throw new SeaworthyError({ code: 'no-canary', what, where: 'tracker', todo })
  }
  return { kind: 'pair', package: oldest.package, cve: oldest.cve }
}

/** The tracker with the canary's row, fixed in a version above the planted one. */
export function withCanary(tracker: Tracker, canary: Canary, codenames: ReadonlySet<string>): Tracker {
  const row = {
    status: 'resolved',
    fixedVersion: '1.0-2',
    urgency: 'unimportant',
    nodsa: null,
    nodsaReason: null,
  }
  const releases = new Map([...codenames].map((codename) => [codename, row]))
  const entry = { description: 'proves that Clair reads this tracker', releases }
  return new Map([...tracker, [canary.source, new Map([[canary.cve, entry]])]])
}

function plantedCanary(names: Omit<Canary, 'package' | 'layer'>, applications: ApplicationCanaries | null) {
  const status = [
    `Package: ${CANARY_PACKAGE}`,
    'Status: install ok installed',
    'Priority: optional',
    'Section: misc',
    'Maintainer: Seaworthy',
    'Architecture: all',
    `Source: ${names.source} (${names.version})`,
    `Version: ${names.version}`,
    'Description: canary',
    '',
    '',
  ].join('\n')
  // Clair treats a folder with `status` and `info/` as a dpkg database.
  const tar = tarOf([
    { path: `${CANARY_FOLDER}/`, text: null },
    { path: `${CANARY_FOLDER}/info/`, text: null },
    { path: `${CANARY_FOLDER}/status`, text: status },
    ...(applications === null ? [] : canaryFiles(CANARY_FOLDER, applications)),
  ])
  const layer = `sha256:${createHash('sha256').update(tar).digest('hex')}`
  return { canary: { package: CANARY_PACKAGE, ...names, layer }, tar }
}
