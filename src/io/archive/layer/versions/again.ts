import {
  type ApplicationFile,
  type ApplicationStatement,
  isOwnFileOfPackage,
  type LayerFacts,
  programsIn,
  type RootState,
} from '../../../../model/index.js'
import { readElf } from '../application/elf.js'
import { chunksIn, type Extent } from '../application/stored.js'
import type { StoredLayer } from '../context.js'
import { type EitherReading, NOT_READ_YET, type SecondReads } from '../second-reads.js'
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
/** From the bytes of a compressed layer as they pass: on disk, some programs are as large as their whole layer. */
export function versionsReading(size: number): EitherReading<readonly ApplicationStatement[]> {
  return {
    kind: 'either',
    start: () => searchPassing(size),
    read(readProgram) {
      const search = searchStatements()
      for (const extent of constantsOf(readProgram(0, HEAD_BYTES), size)) {
        for (const piece of chunksIn(readProgram, extent)) {
          search.write(piece)
        }
      }
      return search.end()
    },
  }
}

function searchStatements() {
  let statements: readonly ApplicationStatement[] = []
  const body = versionsInAny((found) => {
    statements = found
  })
  return {
    write: body.write,
    end() {
      body.end()
      return statements
    },
  }
}

function searchPassing(size: number): ReturnType<typeof searchStatements> {
  const search = searchStatements()
  const head = Buffer.allocUnsafe(Math.min(HEAD_BYTES, size))
  let filled = 0
  let extents: readonly Extent[] = []
  let position = 0
  const pass = (bytes: Buffer) => {
    for (const extent of extents) {
      const [from, to] = [extent.offset - position, extent.offset + extent.size - position]
      if (from < bytes.length && to > 0) {
        search.write(bytes.subarray(Math.max(0, from), to))
      }
    }
    position += bytes.length
  }
  return {
    write(bytes) {
      if (filled === head.length) {
        return pass(bytes)
      }
      const copied = bytes.copy(head, filled)
      filled += copied
      if (filled === head.length) {
        extents = constantsOf(head, size)
        pass(head)
        pass(bytes.subarray(copied))
      }
    },
    end: search.end,
  }
}

/** Enough for an ELF file's header and its table of segments, which linkers put behind it. */
const HEAD_BYTES = 4096
/** Type of a segment that is loaded, and two of its flags (System V ABI, chapter 5, "Program Header"). */
const [PT_LOAD, PF_X, PF_W] = [1, 1, 2]

/**
 * Where a program has its string constants: in what is loaded, and neither changed nor run; some linkers do not separate
 * them from code. Unlike a table of sections, that of segments is in each program, and in front of what it describes.
 * A linker puts what is changed at the highest addresses. A segment behind that was added to the linked program (postject
 * adds the application's code to Node.js), so it does not show that the linker separates constants from code.
 * @returns in the order of the file, without overlaps; the whole file if it has no such segment
 */
function constantsOf(head: Buffer, programSize: number): readonly Extent[] {
  // A table that is not whole is none: the segment that counts may be in the rest.
  const { segments } = readElf((at, length) =>
    at + length > head.length ? Buffer.alloc(0) : head.subarray(at, at + length),
  )
  const loaded = segments.filter(({ type }) => type === PT_LOAD)
  const changed = loaded.filter(({ flags }) => (flags & PF_W) !== 0).map(({ address }) => address)
  const linkedEnd = Math.min(...changed)
  const unchanged = loaded.filter(
    ({ flags, offset, size }) => (flags & PF_W) === 0 && size > 0 && offset + size <= programSize,
  )
  const notRun = unchanged.filter(({ flags }) => (flags & PF_X) === 0)
  const wanted = notRun.some(({ address }) => address < linkedEnd) ? notRun : unchanged
  return wanted.length === 0 ? [{ offset: 0, size: programSize }] : withoutOverlaps(wanted)
}

function withoutOverlaps(extents: readonly Extent[]): readonly Extent[] {
  const separate: Extent[] = []
  let end = 0
  for (const { offset, size } of extents.toSorted((a, b) => a.offset - b.offset)) {
    const from = Math.max(offset, end)
    end = Math.max(end, offset + size)
    if (end > from) {
      separate.push({ offset: from, size: end - from })
    }
  }
  return separate
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
