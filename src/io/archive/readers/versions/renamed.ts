import {
  type ApplicationFile,
  type ApplicationStatement,
  isOwnFileOfPackage,
  type LayerFacts,
  programsIn,
  type RootState,
} from '../../../../model/index.js'
import type { Extent } from '../../store/stored.js'
import type { LayerTree } from '../../tree/layer-tree.js'
import { readElf } from '../application/elf.js'
import type { ScannedLayer } from '../layer.js'
import { versionsInAny } from './search.js'

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
export async function withRenamedPrograms(
  layers: readonly LayerFacts[],
  scanned: readonly Pick<ScannedLayer, 'programs' | 'tree'>[],
  root: Pick<RootState, 'programs'>,
): Promise<readonly LayerFacts[]> {
  let remainingBytes = MAX_REREAD_BYTES

  async function renamedIn(layer: LayerFacts, index: number): Promise<Record<string, ApplicationFile>> {
    const found: Record<string, ApplicationFile> = {}
    const { programs: { files } = { files: null }, tree } = scanned[index] ?? {}
    for (const [path, { form, listings, record }] of layer.programs === undefined
      ? []
      : programsIn(layer.programs)) {
      const file = files?.get(path)
      const isVisible = root.programs.get(path)?.diffId === layer.diffId
      const isExplained =
        record !== null ||
        listings.some(isOwnFileOfPackage) ||
        Object.hasOwn(layer.applications?.files ?? {}, path)
      if (
        file !== undefined &&
        tree !== undefined &&
        form === 'elf' &&
        isVisible &&
        !isExplained &&
        file.size >= MIN_RUNTIME_BYTES &&
        file.size <= remainingBytes
      ) {
        remainingBytes -= file.size
        const statements = await versionsOf(file, tree)
        if (statements.length > 0) {
          found[path] = { md5: null, says: statements }
        }
      }
    }
    return found
  }

  const completed: LayerFacts[] = []
  for (const [index, layer] of layers.entries()) {
    const { applications } = layer
    const added = applications === undefined ? {} : await renamedIn(layer, index)
    completed.push(
      applications === undefined || Object.keys(added).length === 0
        ? layer
        : { ...layer, applications: { ...applications, files: { ...applications.files, ...added } } },
    )
  }
  return completed
}

async function versionsOf(file: Extent, tree: LayerTree): Promise<readonly ApplicationStatement[]> {
  let statements: readonly ApplicationStatement[] = []
  const search = versionsInAny((found) => {
    statements = found
  })
  for (const { offset, size } of constantsOf(tree.read(file)(0, HEAD_BYTES), file.size)) {
    for (const piece of tree.chunksOf({ offset: file.offset + offset, size })) {
      search.write(piece)
      await tree.turn()
    }
  }
  search.end()
  return statements
}
