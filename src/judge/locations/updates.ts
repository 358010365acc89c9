import type { Finding } from '../../model/finding.js'
import type { Image } from '../../model/image.js'
import { mergeLayers } from '../../model/layers.js'
import type { Line } from '../../model/place.js'
import { keyOf } from './package-layers.js'
import type { Spots } from './spots.js'

/** Findings that are about where apt gets packages from. */
const OF_SOURCES = [
  'no-security-source',
  'hidden-security-updates',
  'updates-main-component',
  'expired-source',
  'snapshot-source',
  'mixed-releases',
]
const STATUS = 'var/lib/dpkg/status'

/** The line that brought the package: of several the oldest layer's, which is the one to be built anew from. */
export function packageLine(finding: Finding, since: ReadonlyMap<string, number>, spots: Spots): Line | null {
  // Another root inside the image has a database of its own, and may hold packages of the same names.
  const isOwn = (finding.facts.packageDb ?? STATUS).startsWith(STATUS)
  const layers = isOwn ? finding.binaries.flatMap((binary) => since.get(keyOf(binary)) ?? []) : []
  if (layers.length > 0)
    return alsoAt(
      [...new Set(layers)].sort((a, b) => a - b),
      spots,
    )
  const line = finding.layer === null ? null : spots.ofDiffId(finding.layer)
  if (line !== null) return line
  return spots.base('which layer brought the package is not known', false)
}

function alsoAt(layers: readonly number[], spots: Spots): Line | null {
  const [line, ...more] = layers.map((layer) => spots.ofLayer(layer))
  if (line === undefined) return null
  const others = [...new Set(more.map((other) => other.line))].filter((other) => other !== line.line)
  return others.length === 0
    ? line
    : { ...line, why: `${line.why}; parts of it by line ${others.join(', ')}` }
}

/** Of a finding about the image as a whole: the base image decides, unless a layer of our own wrote the sources. */
export function imageLine({ id, facts }: Finding, image: Image, spots: Spots): Line {
  if (id === 'dpkg-broken') {
    const layer = mergeLayers(image.layers).introducedBy[STATUS]
    const line = layer === undefined ? null : spots.ofDiffId(layer)
    if (line)
      return { ...line, certain: false, why: `${line.why}: the last one to write the package database` }
  }
  if (OF_SOURCES.includes(id)) return sourcesLine(facts.file ?? null, image, spots)
  return spots.base('the base image decides the release')
}

function sourcesLine(file: string | null, image: Image, spots: Spots): Line {
  const { introducedBy } = mergeLayers(image.layers)
  const path = file?.replace(/^\/+/, '') ?? null
  const writers = Object.entries(introducedBy)
    .filter(([written]) => (path === null ? written.startsWith('etc/apt/') : written === path))
    .map(([, diffId]) => image.layers.findLastIndex((layer) => layer.diffId === diffId))
  const last = Math.max(-1, ...writers)
  if (last === -1) return spots.base("the image's sources are those of the base image", path === null)
  const line = spots.ofLayer(last)
  return {
    ...line,
    why: `${line.why}: it wrote ${path === null ? 'the configuration of apt' : 'this source'}`,
  }
}
