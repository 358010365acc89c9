import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { ECOSYSTEM_OF, ECOSYSTEMS, type Ecosystem } from '../../../src/feeds/formats/osv/ecosystem.js'
import { applicationPurl } from '../../../src/inventory/application/purl.js'
import { packageOfPurl } from '../../../src/model/finding/application.js'
import { isPurlType, type PurlType } from '../../../src/model/packages/application.js'
import { publishedRecords } from '../../support/osv/records.js'
import { makeZip } from '../../support/zip.js'
import type { Name } from './images.js'

/** What is true: image → package and version (`pypi/django@3.2`) → ids. */
export type Truth = Readonly<Record<Name, ReadonlyMap<string, readonly string[]>>>

export function readTruth(): Truth {
  const lines = readFileSync(join(import.meta.dirname, 'expected.txt'), 'utf8').split('\n')
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' '))
  const of = (image: Name) =>
    new Map(rows.filter(([name]) => name === image).map(([, about = '', ...ids]) => [about, ids]))
  return { py: of('py'), java: of('java'), rg: of('rg'), np: of('np') }
}

/**
 * OSV's bucket as a folder, for the gate, and for osv-scanner in the layout that 2.5.0 reads. That one stops matching
 * at the first package of an ecosystem without a zip: Debian's has a record about nothing.
 */
export function writeBucket(folder: string): { readonly bucket: string; readonly scanner: string } {
  const more = JSON.parse(
    gunzipSync(readFileSync(join(import.meta.dirname, 'advisories.json.gz'))).toString('utf8'),
  ) as Readonly<Partial<Record<Ecosystem, readonly { readonly id: string }[]>>>
  const [bucket, scanner] = [join(folder, 'bucket'), join(folder, 'scanner')]
  const put = (ecosystem: string, records: readonly { readonly id: string }[]) => {
    const zip = makeZip(records.map((one) => ({ name: `${one.id}.json`, bytes: JSON.stringify(one) })))
    for (const home of [join(bucket, ecosystem), join(scanner, 'osv-scalibr', ecosystem)]) {
      mkdirSync(home, { recursive: true })
      writeFileSync(join(home, 'all.zip'), zip)
    }
  }
  for (const ecosystem of ECOSYSTEMS) {
    const sample = publishedRecords(ecosystem) as readonly { readonly id: string }[]
    const own = more[ecosystem] ?? []
    const known = new Set(own.map(({ id }) => id))
    put(ecosystem, [...own, ...sample.filter(({ id }) => !known.has(id))])
  }
  const nothing = { package: { ecosystem: 'Debian:12', name: 'nothing' }, versions: ['0'] }
  put('Debian', [
    { id: 'TEST-NOTHING', modified: '2026-01-01T00:00:00Z', affected: [nothing] } as { id: string },
  ])
  return { bucket, scanner }
}

/** What a program that script/setup has built prints. */
export function runOracle(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const path = process.env[program]
  if (path === undefined) {
    throw new Error(`${program} is not set: script/setup oracles builds it`)
  }
  const ran = spawnSync(path, args, { env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (ran.stdout === '') {
    throw new Error(`${program}, exit ${ran.status}: ${ran.stderr.slice(-2000)}`)
  }
  return ran.stdout
}

/** A package, as the gate names it, at a place: `npm/lodash@4.17.4 srv/app/node_modules/lodash/package.json`. */
export function placeKey(kind: PurlType, name: string, version: string | null, path: string): string {
  return `${packageOfPurl(applicationPurl(kind, name, version))}@${version ?? ''} ${path.replace(/^\//, '')}`
}

const SYFT_TYPES: Readonly<Record<string, PurlType>> = {
  python: 'pypi',
  'java-archive': 'maven',
  gem: 'gem',
  'go-module': 'golang',
  npm: 'npm',
  'php-composer': 'composer',
  'rust-crate': 'cargo',
}

interface SyftArtifact {
  readonly name: string
  readonly version: string
  readonly type: string
  readonly purl: string
  readonly locations: readonly {
    readonly path: string
    readonly annotations?: Readonly<Record<string, string>>
  }[]
  readonly metadata?: { readonly virtualPath?: string }
}

/** Of Go itself it has `go1.19.8`; `UNKNOWN` and `(devel)` are none. */
function bareVersion(version: string): string | null {
  return ['', 'UNKNOWN', '(devel)'].includes(version) ? null : version.replace(/^go(?=\d)/, '')
}

/** The packages that syft lists in an archive of an image, with each place. */
export function askSyft(archive: string): readonly string[] {
  const args = ['scan', `docker-archive:${archive}`, '-o', 'json', '-q']
  const { artifacts } = JSON.parse(
    runOracle('SEAWORTHY_SYFT', args, { SYFT_CHECK_FOR_APP_UPDATE: 'false' }),
  ) as {
    artifacts: readonly SyftArtifact[]
  }
  const keys = artifacts.flatMap(({ name, version, type, purl, locations }) => {
    const kind = SYFT_TYPES[type]
    const [, group = ''] = /^pkg:maven\/([^/]+)\//.exec(purl) ?? []
    const whole = kind === 'maven' && group !== '' ? `${decodeURIComponent(group)}:${name}` : name
    const primary = locations.filter(({ annotations }) => annotations?.evidence !== 'supporting')
    return kind === undefined
      ? []
      : primary.map(({ path }) => placeKey(kind, whole, bareVersion(version), path))
  })
  return [...new Set(keys)].sort()
}

export interface OracleFinding {
  /** `pypi/django@3.2` */
  readonly about: string
  readonly ids: readonly string[]
  readonly path: string
}

interface Scanned {
  readonly results: readonly {
    readonly source: { readonly path: string }
    readonly packages: readonly {
      readonly package: { readonly name: string; readonly version: string; readonly ecosystem: string }
      readonly groups?: readonly { readonly ids: readonly string[]; readonly aliases: readonly string[] }[]
    }[]
  }[]
}

const KIND_OF = new Map(
  Object.entries(ECOSYSTEM_OF).flatMap(([kind, ecosystem]) =>
    isPurlType(kind as PurlType) ? [[ecosystem, kind as PurlType]] : [],
  ),
)

/** What osv-scanner reports of the application packages in an archive of an image. It must be `--offline`. */
export function askScanner(archive: string, scanner: string): readonly OracleFinding[] {
  const args = ['scan', 'image', '--offline', '--local-db-path', scanner, '--archive', '--all-packages']
  const { results } = JSON.parse(
    runOracle('SEAWORTHY_OSV_SCANNER', [...args, '--format', 'json', archive]),
  ) as Scanned
  return results.flatMap(({ source, packages }) =>
    packages.flatMap(({ package: { name, version, ecosystem }, groups = [] }) => {
      const kind = KIND_OF.get(ecosystem as Ecosystem)
      // It writes Go's versions without their v.
      const whole =
        kind === 'golang' && name !== 'stdlib' && !version.startsWith('v') ? `v${version}` : version
      return kind === undefined
        ? []
        : groups.map(({ ids, aliases }) => ({
            about: `${packageOfPurl(applicationPurl(kind, name, whole))}@${whole}`,
            ids: [...new Set([...ids, ...aliases])],
            path: source.path,
          }))
    }),
  )
}
