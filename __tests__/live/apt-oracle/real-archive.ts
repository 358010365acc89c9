import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSources } from '../../../src/debian/apt/sources.js'
import { devCache } from '../../support/dev-cache.js'

/** A Packages file of Debian's archive, as downloaded. */
export interface RealIndex {
  readonly suite: string
  readonly uri: string
  /** The fields of its Release file, without the lists of hashes. */
  readonly release: string
  /** Of the compressed file in the cache. */
  readonly path: string
}

export const CACHE = devCache('indexes')

/** The main index of a suite for amd64, kept by its hash; `null` where the archive has no such suite. */
export async function fetchIndex(suite: string): Promise<RealIndex | null> {
  const uri = suite.endsWith('-security') ? MIRRORS.security : MIRRORS.main
  const inRelease = await get(`${uri}dists/${suite}/InRelease`)
  if (inRelease === null) {
    return null
  }
  const text = inRelease.toString('utf8')
  const sum = text
    .slice(text.indexOf('\nSHA256:'))
    .match(/ ([0-9a-f]{64}) +\d+ main\/binary-amd64\/Packages\.xz\n/)?.[1]
  if (sum === undefined) {
    throw new Error(`${suite}: its InRelease names no Packages.xz`)
  }
  const path = join(CACHE, `${sum}.xz`)
  if (!existsSync(path)) {
    const packages = await get(`${uri}dists/${suite}/main/binary-amd64/by-hash/SHA256/${sum}`)
    if (packages === null || createHash('sha256').update(packages).digest('hex') !== sum) {
      throw new Error(`${suite}: the Packages.xz of the mirror is not the one that its InRelease names`)
    }
    keep(path, packages)
  }
  const from = text.indexOf('\nOrigin:') + 1
  return { suite, uri, release: `${text.slice(from, text.search(/\n(MD5Sum|SHA256):/))}\n`, path }
}

/** Written completely or not at all: another clone may be reading or writing it. */
export function keep(path: string, content: Buffer | string): void {
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(`${path}.${process.pid}`, content)
  renameSync(`${path}.${process.pid}`, path)
}

async function get(url: string): Promise<Buffer | null> {
  const response = await fetch(url)
  if (response.status === 404) {
    return null
  }
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`)
  }
  return Buffer.from(await response.arrayBuffer())
}

/** Where this machine's apt gets Debian from; else Debian's own address. */
const MIRRORS = machineMirrors()

function machineMirrors(): { main: string; security: string } {
  const files: Record<string, string> = {}
  for (const folder of ['etc/apt', 'etc/apt/sources.list.d']) {
    for (const name of existsSync(`/${folder}`) ? readdirSync(`/${folder}`) : []) {
      if (/^sources\.list$|\.(list|sources)$/.test(name)) {
        files[`${folder}/${name}`] = readFileSync(`/${folder}/${name}`, 'utf8')
      }
    }
  }
  const targets = readSources(files, ['amd64']).filter((one) => /^https?:/.test(one.uri))
  const security = targets.find(({ suite }) => suite.endsWith('-security'))?.uri
  const releases = /^(bullseye|bookworm|trixie|forky|sid|stable|testing|unstable)$/
  const main = targets.find(({ suite, component }) => releases.test(suite) && component === 'main')?.uri
  const named = process.env.SEAWORTHY_DEBIAN_MIRROR?.replace(/\/*$/, '/')
  return {
    main: named ?? main ?? 'http://deb.debian.org/debian/',
    security: security ?? 'http://deb.debian.org/debian-security/',
  }
}
