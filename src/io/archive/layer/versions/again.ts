import {
  type ApplicationFile,
  type ApplicationStatement,
  isOwnFileOfPackage,
  type LayerFacts,
  programsIn,
  type RootState,
} from '../../../../model/index.js'
import { readElf } from '../application/elf.js'
import { chunksIn, type Extent, type ReadAt } from '../application/stored.js'
import type { StoredLayer } from '../context.js'
import { NOT_READ_YET, type Rereading, type SecondReads } from '../second-reads.js'
import { type StatementsOf, versionsInAny } from './search.js'

export function createStatementsOf(
  secondReads: SecondReads,
  extents: ReadonlyMap<string, Extent>,
): StatementsOf {
  return (path) => {
    const extent = extents.get(path)
    return extent === undefined ? [] : secondReads.valueOf(VERSIONS, extent, versionsReading(extent.size))
  }
}

export const VERSIONS = 'versions'
export function versionsReading(size: number): Rereading<readonly ApplicationStatement[]> {
  return { kind: 'places', read: (readProgram) => readStatements(readProgram, size) }
}

function readStatements(readProgram: ReadAt, size: number): readonly ApplicationStatement[] {
  let statements: readonly ApplicationStatement[] = []
  const body = versionsInAny((found) => {
    statements = found
  })
  for (const piece of chunksIn(readProgram, rodataOf(readProgram, size))) {
    body.write(piece)
  }
  body.end()
  return statements
}

/**
 * The section in which compilers put string constants (System V ABI, chapter 4, "Special Sections"): most of
 * a program is code.
 */
const RODATA_SECTION = '.rodata'

/** @returns the whole file if it has no such section: its table of sections may have been taken out */
function rodataOf(readProgram: ReadAt, programSize: number): Extent {
  const section = readElf(readProgram).section(RODATA_SECTION)
  return section === null || section.size === 0 || section.offset + section.size > programSize
    ? { offset: 0, size: programSize }
    : section
}

/** Minimum size of these programs, which contain all that they need. */
export const MIN_RUNTIME_BYTES = 2 ** 20
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
        if (statements !== NOT_READ_YET && statements.length > 0) {
          addedFiles[path] = { md5: null, says: statements }
        }
      }
    }
    return Object.keys(addedFiles).length === 0
      ? layer
      : { ...layer, applications: { ...applications, files: { ...applications.files, ...addedFiles } } }
  })
}
