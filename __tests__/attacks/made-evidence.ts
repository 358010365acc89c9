import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Image } from '../../src/model/image/image.js'
import { newFolder, ROOT, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'
import { END, type Entry, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'
import { type Attacked, attack } from './bundle.js'

/** Evidence of an image with `apt 2.6.2` from Debian 12, and of Clair and OSV's advisories about it, as recorded. */
const RECORDED = join(ROOT, '__tests__/cases/application-packages/evidence')
const STATUS = 'var/lib/dpkg/status'

type Json = Record<string, unknown>
const read = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json
const write = (path: string, value: unknown) => writeFileSync(path, JSON.stringify(value))

/** What any image in this evidence needs: the release, and dpkg's database as Clair has read it. */
export function debianFiles(): readonly Entry[] {
  const { layers } = read(join(RECORDED, 'image-0/image.json')) as unknown as Image
  const files = layers[0]?.files ?? {}
  return ['etc/os-release', STATUS].map((path) => ({ path, body: files[path] ?? '' }))
}

/**
 * Scans an image of these layers with the shipped command, and adds what Clair says about its Debian package, and OSV
 * about npm: evidence that `replay` judges, with no Clair on this machine.
 */
export async function evidenceOf(layers: readonly (readonly Entry[])[]): Promise<string> {
  const folder = newFolder()
  const archive = join(folder, 'app.tar')
  const tars = layers.map((entries) => tarOf(entries))
  writeFileSync(archive, Buffer.concat([...ociEntries(tars).map(entryOf), END]))
  const scanned = join(folder, 'scanned')
  await seaworthy([
    'scan',
    archive,
    '--checks',
    'docker-bench',
    keys({ 'bench-engine': 'builtin' }),
    '--save-evidence',
    scanned,
  ])
  const evidence = join(folder, 'evidence')
  cpSync(RECORDED, evidence, { recursive: true })
  const image = read(join(scanned, 'image-0/image.json')) as unknown as Image
  write(join(evidence, 'image-0/image.json'), image)
  addClairReport(join(evidence, 'image-0/clair'), image)
  return evidence
}

function addClairReport(folder: string, { layers }: Image): void {
  const manifest = read(join(folder, 'manifest.json')) as { readonly layers: readonly string[] }
  const names = layers.map(({ diffId }) => diffId)
  write(join(folder, 'manifest.json'), { ...manifest, layers: [...names, manifest.layers.at(-1)] })
  const path = join(folder, 'vulnerability-report.json')
  const report = read(path) as {
    readonly packages: Json
    readonly environments: Record<string, readonly { readonly package_db: string }[]>
    readonly package_vulnerabilities: Json
  }
  const isDebians = ([id]: [string, unknown]) =>
    report.environments[id]?.every(({ package_db: database }) => database.endsWith('/status')) ?? false
  const kept = <Value>(all: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(all).filter(isDebians))
  const environments = Object.entries(kept(report.environments)).map(([id, all]) => [
    id,
    all.map((one) => ({ ...one, ...(one.package_db === STATUS && { introduced_in: names[0] }) })),
  ])
  write(path, {
    ...report,
    packages: kept(report.packages),
    environments: Object.fromEntries(environments),
    package_vulnerabilities: kept(report.package_vulnerabilities),
  })
}

/** What `replay` makes of it. */
export function judged(evidence: string, flags: readonly string[] = []): Promise<Attacked> {
  return attack(['replay', evidence, '--checks', 'clair', keys({ 'max-data-age': 87600 }), ...flags])
}
