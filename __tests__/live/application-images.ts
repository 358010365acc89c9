import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ECOSYSTEMS, type Ecosystem } from '../../src/feeds/formats/osv/ecosystem.js'
import { publishedRecords } from '../support/osv/records.js'
import { makeZip } from '../support/zip.js'
import { docker, newFolder, SMALL } from './support.js'

type Files = Readonly<Record<string, string | Buffer>>

const made: string[] = []
export function removeApplications(): void {
  for (const image of made.splice(0).reverse()) {
    docker('rmi', '-f', image)
  }
}

/** On the small bookworm, a layer for each of these: files below /srv, or what a command does. */
export function imageWith(name: string, ...layers: readonly (Files | string)[]): string {
  const context = join(newFolder(), 'context')
  const lines = layers.map((layer, at) => {
    if (typeof layer === 'string') {
      return `RUN ${layer}`
    }
    for (const [path, body] of Object.entries(layer)) {
      const file = join(context, String(at), path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, body)
      chmodSync(file, path.startsWith('bin/') ? 0o755 : 0o644)
    }
    return `COPY ${at} /srv`
  })
  writeFileSync(join(context, 'Dockerfile'), [`FROM ${SMALL}`, ...lines, ''].join('\n'))
  const tag = `seaworthy-test/applications-on-clair-${name}-${process.pid}:1`
  docker('build', '-q', '--network', 'none', '-t', tag, context)
  made.push(tag)
  return tag
}

export function wheel(name: string, version: string): Files {
  const text = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`
  return { [`python/${name}-${version}.dist-info/METADATA`]: text }
}

export function gem(name: string, version: string): Files {
  const text = `Gem::Specification.new do |s|\n  s.name = "${name}"\n  s.version = "${version}"\nend\n`
  return { [`gems/specifications/${name}-${version}.gemspec`]: text }
}

/** OSV's bucket as a folder: the sample of real advisories, and these. */
export function osvFolder(more: Readonly<Partial<Record<Ecosystem, readonly object[]>>> = {}): string {
  const folder = join(newFolder(), 'osv')
  for (const ecosystem of ECOSYSTEMS) {
    mkdirSync(join(folder, ecosystem), { recursive: true })
    const records = [...publishedRecords(ecosystem), ...(more[ecosystem] ?? [])]
    const files = records.map((record, at) => ({ name: `${at}.json`, bytes: JSON.stringify(record) }))
    writeFileSync(join(folder, ecosystem, 'all.zip'), makeZip(files))
  }
  return folder
}
