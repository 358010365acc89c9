import type { LayerFacts } from '../../../../model/image/image.js'
import type { RootState } from '../../../../model/image/layers.js'
import type { ApplicationFile, ApplicationStatement } from '../../../../model/packages/application.js'
import { isOwnFileOfPackage, programsIn } from '../../../../model/packages/programs.js'
import { readElf } from '../application/elf.js'
import { chunksIn, type Extent, openStored, type ReadAt, readWithin } from '../application/stored.js'
import type { StoredLayer } from '../context.js'
import { type StatementsOf, versionsInAny } from './search.js'

export function createStatementsOf(tar: string, extents: ReadonlyMap<string, Extent>): StatementsOf {
  return (path) => {
    const extent = extents.get(path)
    if (extent === undefined) {
      return []
    }
    const stored = openStored(tar)
    let statements: readonly ApplicationStatement[] = []
    try {
      const body = versionsInAny((found) => {
        statements = found
      })
      for (const piece of chunksIn(stored.read, rodataOf(stored.read, extent))) {
        body.write(piece)
      }
      body.end()
      return statements
    } finally {
      stored.close()
    }
  }
}

/**
 * The section in which compilers put string constants (System V ABI, chapter 4, "Special Sections"): most of
 * a program is code.
 */
const RODATA_SECTION = '.rodata'

/** @returns the whole file if it has no such section: its table of sections may have been taken out */
function rodataOf(read: ReadAt, extent: Extent): Extent {
  const section = readElf(readWithin(read, extent)).section(RODATA_SECTION)
  return section === null || section.size === 0 || section.offset + section.size > extent.size
    ? extent
    : { offset: extent.offset + section.offset, size: section.size }
}

/** Minimum size of these programs, which contain all that they need. */
const MIN_RUNTIME_BYTES = 2 ** 20
/**
 * Limit for the bytes that are read again: two seconds of work. Programs beyond it remain unexplained by any
 * package.
 */
const MAX_REREAD_BYTES = 2 ** 30

/**
 * Searches the large programs that the image shows and no package explains for versions, whatever their names
 * are: such as a renamed Node.js. Which programs these are is known only when all layers are.
 * @param layers with the owners of their programs
 * @param scanned the same layers as they were read
 */
export function withRenamedPrograms(
  layers: readonly LayerFacts[],
  scanned: readonly Pick<StoredLayer, 'programs'>[],
  root: Pick<RootState, 'programs'>,
): readonly LayerFacts[] {
  let remainingBytes = MAX_REREAD_BYTES
  return layers.map((layer, index) => {
    const { files, statementsOf } = scanned[index]?.programs ?? {}
    const { applications, programs } = layer
    if (statementsOf === undefined || applications === undefined || programs === undefined) {
      return layer
    }
    const addedFiles: Record<string, ApplicationFile> = {}
    for (const [path, { form, listings, record }] of programsIn(programs)) {
      const size = files?.get(path)?.size ?? 0
      const isVisible = root.programs.get(path)?.diffId === layer.diffId
      const isExplained =
        record !== null || listings.some(isOwnFileOfPackage) || Object.hasOwn(applications.files, path)
      if (
        form === 'elf' &&
        isVisible &&
        !isExplained &&
        size >= MIN_RUNTIME_BYTES &&
        size <= remainingBytes
      ) {
        remainingBytes -= size
        const statements = statementsOf(path)
        if (statements.length > 0) {
          addedFiles[path] = { md5: null, says: statements }
        }
      }
    }
    return Object.keys(addedFiles).length === 0
      ? layer
      : { ...layer, applications: { ...applications, files: { ...applications.files, ...addedFiles } } }
  })
}
