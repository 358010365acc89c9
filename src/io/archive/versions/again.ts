import type { ApplicationFile, ApplicationStatement } from '../../../model/application.js'
import type { LayerFacts } from '../../../model/image.js'
import type { RootState } from '../../../model/layers.js'
import { isPackages, programsIn } from '../../../model/programs.js'
import { readElf } from '../application/elf.js'
import { type Extent, openStored, piecesOf, type ReadAt, within } from '../application/stored.js'
import type { StoredLayer } from '../context.js'
import { type StatementsOf, versionsInAny } from './search.js'

export function createVersions(tar: string, places: ReadonlyMap<string, Extent>): StatementsOf {
  return (path) => {
    const place = places.get(path)
    if (place === undefined) {
      return []
    }
    const stored = openStored(tar)
    let found: readonly ApplicationStatement[] = []
    try {
      const body = versionsInAny((statements) => {
        found = statements
      })
      for (const piece of piecesOf(stored.read, constantsOf(stored.read, place))) {
        body.write(piece)
      }
      body.end()
      return found
    } finally {
      stored.close()
    }
  }
}

/** Where compilers put texts (System V ABI, chapter 4, "Special Sections"): most of a program is code. */
const CONSTANTS = '.rodata'

/** @returns the whole file if it has no such section: its table of sections may have been taken out */
function constantsOf(read: ReadAt, place: Extent): Extent {
  const section = readElf(within(read, place)).section(CONSTANTS)
  return section === null || section.size === 0 || section.at + section.size > place.size
    ? place
    : { at: place.at + section.at, size: section.size }
}

/** Smaller ones are none of these programs, which come with all that they need. */
const SMALLEST = 2 ** 20
/** Two seconds of work. What is beyond it stays what it is: a program that no package explains. */
const MOST_BYTES = 2 ** 30

/**
 * Reads once more the large programs that the image shows and nothing explains: a renamed Node.js. Only now is it known
 * which these are.
 * @param layers with the owners of their programs
 * @param scanned the same layers as they were read
 */
export function withRenamed(
  layers: readonly LayerFacts[],
  scanned: readonly Pick<StoredLayer, 'programs'>[],
  root: Pick<RootState, 'programs'>,
): readonly LayerFacts[] {
  let left = MOST_BYTES
  return layers.map((layer, index) => {
    const { files, statementsOf } = scanned[index]?.programs ?? {}
    const { applications, programs } = layer
    if (statementsOf === undefined || applications === undefined || programs === undefined) {
      return layer
    }
    const found: Record<string, ApplicationFile> = {}
    for (const [path, { form, listings, record }] of programsIn(programs)) {
      const size = files?.get(path)?.size ?? 0
      const isVisible = root.programs.get(path)?.diffId === layer.diffId
      const isExplained =
        record !== null || listings.some(isPackages) || Object.hasOwn(applications.files, path)
      if (form === 'elf' && isVisible && !isExplained && size >= SMALLEST && size <= left) {
        left -= size
        const statements = statementsOf(path)
        if (statements.length > 0) {
          found[path] = { md5: null, says: statements }
        }
      }
    }
    return Object.keys(found).length === 0
      ? layer
      : { ...layer, applications: { ...applications, files: { ...applications.files, ...found } } }
  })
}
