import {
  isOwnFileOfPackage,
  type LayerFacts,
  type Listed,
  listedByPath,
  mayLackSum,
  mergedPath,
  type ProgramFile,
  type ProgramListing,
  programRecords,
  programsIn,
  type RootState,
} from '../../../../model/index.js'
import type { ReadAt } from '../../store/stored.js'
import type { SumAlgorithm } from '../../tree/layer-tree.js'
import { readElf } from '../application/elf.js'
import { divertedIn, lastDiversions, listLines } from '../dpkg-lists.js'
import type { ScannedLayer } from '../layer.js'
import { LISTS_CUT } from '../records.js'
import { documentsIn, withoutListedDocuments } from './documents.js'
import { recordOwners } from './record.js'

type LayerPart = Pick<ScannedLayer, 'layerFacts' | 'listTexts' | 'programs' | 'tree'>

/** Folders of packages: programs in them are identified by their package, so they need no hash. */
export const PACKAGE_FOLDER =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems|vendor)\/|^var\/lib\/dpkg\/info\//

/**
 * Adds what dpkg's lists and Python's RECORDs say about the programs in the merged file system, and the lines
 * that each layer adds to lists of lower layers.
 * @param layers with all of their facts, in the order of the image
 * @param scanned the same layers as they were read
 * @param root their merged file system
 * @param maxHashedBytes limit for the programs that are hashed because no list contains them
 */
export async function withProgramOwners(
  layers: readonly LayerFacts[],
  scanned: readonly LayerPart[],
  root: RootState,
  maxHashedBytes: number,
): Promise<readonly LayerFacts[]> {
  const indexes = new Map(layers.map(({ diffId }, index) => [diffId, index]))
  const mergedPaths = new Map([...root.programs.keys()].map((path) => [path, mergedPath(path)]))
  const diverted = divertedIn(lastDiversions(scanned), new Set(mergedPaths.values())) ?? {}
  const listedAs = (path: string): string => {
    const key = mergedPaths.get(path) ?? path
    return Object.hasOwn(diverted, key) ? (diverted[key] ?? key) : key
  }
  const listedPaths = new Set([...[...root.programs.keys()].map(listedAs), ...documentsIn(layers)])
  const { lists, added: addedByLayer } = listLines(scanned, listedPaths)
  const listings = listedByPath(lists, () => true)
  const areListsComplete = scanned.every((layer) => !layer.listTexts.has(LISTS_CUT))
  const recordFolderOf = recordOwners(scanned, root)
  const budget = { remainingBytes: maxHashedBytes }
  /**
   * MD5 sums of all packages' files: a copy of a packaged program (`cp /bin/true /usr/bin/perl`) is not
   * another build.
   */
  const packageSums = computeOnce(
    () => new Set([...listings.values()].flatMap((listingsAtPath) => listingsAtPath.map(({ sum }) => sum))),
  )

  async function listingAt(listing: Listed, path: string, index: number, file: ProgramFile) {
    const { list, since } = listing
    const content = await contentOf(listing, path, index, scanned)
    const md5 =
      content === 'other' && file.form === 'elf' ? ((await sumAt(scanned, index, path)) ?? '') : null
    const isReplaced =
      md5 !== null && !packageSums().has(md5) && (await isOtherBuild(listing, path, index, scanned))
    return { list, since, content: isReplaced ? 'replaced' : content } satisfies ProgramListing
  }

  async function describeProgram(path: string, index: number, file: ProgramFile): Promise<ProgramFile> {
    const programListings: ProgramListing[] = []
    for (const listing of listings.get(listedAs(path)) ?? []) {
      programListings.push(await listingAt(listing, path, index, file))
    }
    const size = scanned[index]?.programs.files.get(path)?.size ?? 0
    const record = recordFolderOf(path, size)
    const isExplained = programListings.some(isOwnFileOfPackage) || record !== null
    const isHashed = !isExplained && !PACKAGE_FOLDER.test(path) && size <= budget.remainingBytes
    budget.remainingBytes -= isHashed ? size : 0
    const sha256 = isHashed ? await sumAt(scanned, index, path, 'sha256') : null
    return { ...file, listings: programListings, record, sha256 }
  }

  const isListed = areListsComplete ? (path: string) => listings.has(path) : null
  const described: LayerFacts[] = []
  for (const [index, scannedLayer] of layers.entries()) {
    const layer = withoutListedDocuments(scannedLayer, isListed)
    const { records, programs } = layer
    if (programs === undefined) {
      described.push(layer)
      continue
    }
    const programFiles: [string, ProgramFile][] = []
    for (const [path, file] of programsIn(programs)) {
      const isCurrent = root.programs.get(path)?.file === file && indexes.get(layer.diffId) === index
      programFiles.push([path, isCurrent ? await describeProgram(path, index, file) : file])
    }
    const addedByList = addedByLayer[index] ?? {}
    const hasAddedLines = records !== undefined && Object.keys(addedByList).length > 0
    described.push({
      ...layer,
      ...(hasAddedLines && { records: { ...records, grown: addedByList } }),
      programs: programRecords(programFiles, programs.cut),
    })
  }
  return described
}

/** `null`: the layer has no program there. */
async function sumAt(
  scanned: readonly LayerPart[],
  index: number,
  path: string,
  algorithm: SumAlgorithm = 'md5',
): Promise<string | null> {
  const { programs, tree } = scanned[index] ?? {}
  const file = programs?.files.get(path)
  return file === undefined || tree === undefined ? null : tree.sumOf(file, algorithm)
}

function computeOnce<T>(compute: () => T): () => T {
  let computed: T | undefined
  return () => {
    computed ??= compute()
    return computed
  }
}

/** @param index of the layer that the file comes from */
async function contentOf(
  listing: Listed,
  path: string,
  index: number,
  scanned: readonly LayerPart[],
): Promise<'same' | 'unsummed' | 'other'> {
  const { sum, layer } = listing
  if (sum !== null) {
    return (await sumAt(scanned, index, path)) === sum ? 'same' : 'other'
  }
  return mayLackSum(listing, path) && index <= layer ? 'unsummed' : 'other'
}

/**
 * Whether a program is another build than the package's own file in a lower layer, not merely a stripped or
 * patched one.
 */
async function isOtherBuild(
  listing: Listed,
  path: string,
  index: number,
  scanned: readonly LayerPart[],
): Promise<boolean> {
  const layerBelow = scanned.slice(0, index).findLastIndex(({ programs }) => programs.files.has(path))
  if (
    scanned[layerBelow]?.programs.files.get(path)?.form !== 'elf' ||
    (await contentOf(listing, path, layerBelow, scanned)) === 'other'
  ) {
    return false
  }
  const [idBelow, id] = [layerBelow, index].map((layer) => buildIdAt(scanned[layer], path))
  return idBelow === null || idBelow !== id
}

function buildIdAt(layer: LayerPart | undefined, path: string): string | null {
  const file = layer?.programs.files.get(path)
  return layer === undefined || file === undefined ? null : readBuildId(layer.tree.read(file))
}

const BUILD_ID_SECTION = '.note.gnu.build-id'
/**
 * Size of a note's header: lengths of name and description, type, and the name `GNU\0` (System V ABI, chapter
 * 5, "Note Section").
 */
const NOTE_HEADER_BYTES = 16
/** Limit for the note: a build ID is a hash of the linked program, by default of 20 bytes. */
const MAX_NOTE_BYTES = 64

/** The build ID of a program, which strip(1) and patchelf do not change; `null`: it has none. */
function readBuildId(read: ReadAt): string | null {
  const noteSection = readElf(read).section(BUILD_ID_SECTION)
  const buildId =
    noteSection === null
      ? ''
      : read(noteSection.offset, Math.min(noteSection.size, MAX_NOTE_BYTES)).toString(
          'hex',
          NOTE_HEADER_BYTES,
        )
  return buildId === '' ? null : buildId
}
