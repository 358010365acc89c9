import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ECOSYSTEMS } from '../../src/feeds/formats/osv/ecosystem.js'
import type { Report } from '../../src/reports/json/schema.js'
import { publishedRecords } from '../support/osv/records.js'
import { vendorsRaw } from '../support/osv/vendors.js'
import { keys } from '../support/policies.js'
import { makeZip } from '../support/zip.js'
import { CLAIR_FLAGS } from './shared-clair.js'
import { docker, newFolder, type Ran, seaworthy } from './support.js'

/** Images of a program that Debian did not package, from its first scan to a release. */

/** A folder with OSV's zip files: all records of node and PostgreSQL, and samples of others. */
export function osvFolder(): string {
  const osv = join(newFolder(), 'osv')
  for (const ecosystem of ECOSYSTEMS) {
    mkdirSync(join(osv, ecosystem), { recursive: true })
    const records = [...publishedRecords(ecosystem), ...(ecosystem === 'Bitnami' ? vendorsRaw() : [])]
    const byId = new Map(records.map((record) => [(record as { readonly id: string }).id, record]))
    const files = [...byId].map(([id, record]) => ({ name: `${id}.json`, bytes: JSON.stringify(record) }))
    writeFileSync(join(osv, ecosystem, 'all.zip'), makeZip(files))
  }
  return osv
}

/** Unpacks these files of a package of npm, which has real programs in it, into a folder. Nothing of it is run. */
export function unpackNpm(spec: string, folder: string, files: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  const output = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', spec], {
    cwd: folder,
    encoding: 'utf8',
  })
  const file = output.trim().split('\n').at(-1) ?? ''
  const options = ['--strip-components=1', '--no-same-owner']
  execFileSync('tar', ['xzf', file, ...options, ...files.map((path) => `package/${path}`)], { cwd: folder })
  rmSync(join(folder, file))
}

/** Builds a folder, and scans the image as a workflow does that releases Debian 12. */
export async function scanned(
  image: string,
  context: string,
  dockerfile: readonly string[],
  osv: string,
  checks = 'security-updates,clair',
): Promise<Ran> {
  writeFileSync(join(context, 'Dockerfile'), `${dockerfile.join('\n')}\n`)
  docker('build', '-q', '-t', image, context)
  const policy = keys({ 'max-data-age': 87600, 'require-release': 'supported' })
  const args = ['scan', image, policy, '--checks', checks, '--osv', osv]
  return await seaworthy([...args, ...CLAIR_FLAGS])
}

/** "id package", of what blocks or of what is noted. */
export function findingsOf({ images }: Report, blocks: boolean, isWanted = (_id: string) => true): string[] {
  const found = (images[0]?.findings ?? []).filter((one) => one.blocks === blocks && isWanted(one.id))
  return found.map(({ id, package: name }) => `${id} ${name}`).sort()
}
