import { mainPackages, readPackages } from '../../debian/packages.js'
import {
  applyLayer,
  binaryKey,
  cached,
  emptyRoot,
  type Finding,
  type Image,
  isApplication,
  type LayerFacts,
  type Line,
  mergeLayers,
  otherDatabase,
  readOrNull,
} from '../../model/index.js'
import type { DockerfileLines } from './dockerfile-lines.js'

const STATUS = 'var/lib/dpkg/status'

/** The line that added the package; if there are several, that of the oldest layer, which has to be rebuilt. */
export function packageLine(
  finding: Finding,
  layerOfPackage: ReadonlyMap<string, number>,
  lines: DockerfileLines,
  image: Image,
): Line | null {
  if (isApplication(finding) && finding.layers.length > 0) {
    const indexes = finding.layers.map((diffId) => image.layers.findIndex((layer) => layer.diffId === diffId))
    const layers = indexes.filter((index) => index !== -1)
    return lineOfOtherLayers(layers, lines)
  }
  // A chroot inside the image has its own dpkg database, and may have packages of the same names.
  const isOwn = (otherDatabase(finding) ?? STATUS).startsWith(STATUS)
  const ofBinaries = finding.binaries.flatMap((binary) => layerOfPackage.get(binaryKey(binary)) ?? [])
  const layers = new Set(isOwn ? ofBinaries : [])
  if (layers.size > 0) {
    return lineOfOtherLayers(
      [...layers].sort((a, b) => a - b),
      lines,
    )
  }
  const line = finding.layer === null ? null : lines.lineOfDiffId(finding.layer)
  return line ?? lines.base('the layer that added the package is not known', false)
}

function lineOfOtherLayers(layers: readonly number[], lines: DockerfileLines): Line | null {
  const all = layers.map((layer) => lines.lineOfLayer(layer))
  const [line] = all
  if (line === undefined) {
    return null
  }
  const [, ...otherLines] = new Set(all.map((one) => one.line))
  const why = `${line.why}; other parts come from ${linesText(otherLines)}`
  return otherLines.length === 0 ? line : { ...line, why }
}

/** "line 4", "lines 4, 7". */
export function linesText(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}`
}

/**
 * The line of the layer that is known to have caused the problem in the package database; else of the last layer that
 * wrote the database, which may not have broken it.
 */
export function databaseLine(finding: Finding, image: Image, lines: DockerfileLines): Line {
  const layerLine = finding.layer === null ? null : lines.lineOfDiffId(finding.layer)
  if (layerLine) {
    return layerLine
  }
  const layer = mergeLayers(image.layers).introducedBy[STATUS]
  const line = layer === undefined ? null : lines.lineOfDiffId(layer)
  if (line) {
    return { ...line, certain: false, why: `${line.why}; no later layer wrote the package database` }
  }
  return releaseLine(lines)
}

export function releaseLine(lines: DockerfileLines): Line {
  return lines.base('the base image determines the Debian release')
}

/** Where apt's sources come from: the base image, unless one of our own layers wrote them. */
export function sourcesLine(file: string | null, image: Image, lines: DockerfileLines): Line {
  const { introducedBy } = mergeLayers(image.layers)
  const path = file?.replace(/^\/+/, '') ?? null
  const writers = Object.entries(introducedBy)
    .filter(([written]) => (path === null ? written.startsWith('etc/apt/') : written === path))
    .map(([, diffId]) => image.layers.findLastIndex((layer) => layer.diffId === diffId))
  if (writers.length === 0) {
    return lines.base("the image's apt sources come from the base image", path === null)
  }
  const line = lines.lineOfLayer(Math.max(...writers))
  const written = path === null ? "apt's configuration" : 'this source'
  return { ...line, why: `${line.why}; its layer wrote ${written}` }
}

/**
 * For each package in the image's own dpkg database, the index of the layer that installed its present version: the
 * first layer from which on the package is always present. Empty if the layers' databases cannot be read. Cached, since
 * owners, lines and the rebuild all use the result.
 */
export const packageLayers = cached((layers: readonly LayerFacts[]): ReadonlyMap<string, number> => {
  const rootFiles = emptyRoot()
  let layerOfPackage = new Map<string, number>()
  let before = ''
  for (const [index, layer] of layers.entries()) {
    applyLayer(rootFiles, layer)
    const files = [...rootFiles.files].filter(([path]) => path.startsWith('var/lib/dpkg/status'))
    const now = files.map(([path, { diffId }]) => `${path} ${diffId}`).join('\n')
    if (now === before) {
      continue
    }
    before = now
    const packages = installedKeys(Object.fromEntries(files.map(([path, { text }]) => [path, text])))
    if (packages === null) {
      return new Map()
    }
    layerOfPackage = new Map(packages.map((key) => [key, layerOfPackage.get(key) ?? index]))
  }
  return layerOfPackage
})

function installedKeys(files: Readonly<Record<string, string>>): string[] | null {
  return Object.keys(files).length === 0
    ? []
    : readOrNull(() => mainPackages(readPackages({ files, unreadable: {} })).map(binaryKey))
}
