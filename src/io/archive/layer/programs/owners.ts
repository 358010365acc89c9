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
import type { SumOf } from '../application/sums.js'
import type { StoredLayer } from '../context.js'
import { divertedIn, lastDiversions, listLines } from '../dpkg-lists.js'
import { LISTS_CUT } from '../records.js'
import { NOT_READ_YET } from '../second-reads.js'
import { documentsIn, withoutListedDocuments } from './documents.js'
import { recordOwners } from './record.js'

type LayerPart = Pick<StoredLayer, 'layerFacts' | 'listTexts' | 'programs'>

/** Folders of packages: programs in them are identified by their package, so they need no hash. */
export const PACKAGE_FOLDER =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems|vendor)\/|^var\/lib\/dpkg\/info\//

/**
 * Adds what dpkg's lists and Python's RECORDs say about the programs in the merged file system, and the lines
 * that each layer adds to lists of lower layers. A tar may contain dpkg's lists before or after the files, so
 * both are known only when all layers have been read.
 * @param layers with all of their facts, in the order of the image
 * @param scanned the same layers as they were read
 * @param root their merged file system
 * @param maxHashedBytes limit for the programs that are hashed because no list contains them
 */
export function withProgramOwners(
  layers: readonly LayerFacts[],
  scanned: readonly LayerPart[],
  root: RootState,
  maxHashedBytes: number,
): readonly LayerFacts[] {
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

  const describeProgram = (path: string, index: number, file: ProgramFile): ProgramFile => {
    const { md5Of = () => null, sha256Of = () => null, files } = scanned[index]?.programs ?? {}
    const programListings = (listings.get(listedAs(path)) ?? []).map((listing): ProgramListing => {
      const { list, since } = listing
      const content = contentOf(listing, path, index, md5Of)
      const md5 = content === 'other' && file.form === 'elf' ? (md5Of(path) ?? '') : null
      const isOtherProgram = md5 !== null && md5 !== NOT_READ_YET && !packageSums().has(md5)
      const isReplaced = isOtherProgram && isOtherBuild(listing, path, index, scanned)
      return { list, since, content: isReplaced ? 'replaced' : content }
    })
    const size = files?.get(path)?.size ?? 0
    const record = recordFolderOf(path, size)
    const isExplained = programListings.some(isOwnFileOfPackage) || record !== null
    const isHashed = !isExplained && !PACKAGE_FOLDER.test(path) && size <= budget.remainingBytes
    budget.remainingBytes -= isHashed ? size : 0
    const sha256 = isHashed ? sha256Of(path) : null
    return { ...file, listings: programListings, record, sha256: sha256 === NOT_READ_YET ? null : sha256 }
  }
  const isListed = areListsComplete ? (path: string) => listings.has(path) : null
  return layers.map((scannedLayer, index) => {
    const layer = withoutListedDocuments(scannedLayer, isListed)
    const { records, programs } = layer
    if (programs === undefined) {
      return layer
    }
    const programFiles = [...programsIn(programs)].map(([path, file]): [string, ProgramFile] => {
      const isCurrent = root.programs.get(path)?.file === file && indexes.get(layer.diffId) === index
      return [path, isCurrent ? describeProgram(path, index, file) : file]
    })
    const addedByList = addedByLayer[index] ?? {}
    const hasAddedLines = records !== undefined && Object.keys(addedByList).length > 0
    return {
      ...layer,
      ...(hasAddedLines && { records: { ...records, grown: addedByList } }),
      programs: programRecords(programFiles, programs.cut),
    }
  })
}

function computeOnce<T>(compute: () => T): () => T {
  let computed: T | undefined
  return () => {
    computed ??= compute()
    return computed
  }
}

/**
 * A file that is yet to be read counts as the listed one, as nearly all do: so nothing is read that only an explanation of
 * another content needs.
 * @param index of the layer that the file comes from
 */
function contentOf(
  listing: Listed,
  path: string,
  index: number,
  md5Of: SumOf,
): 'same' | 'unsummed' | 'other' {
  const { sum, layer } = listing
  if (sum !== null) {
    const md5 = md5Of(path)
    return md5 === sum || md5 === NOT_READ_YET ? 'same' : 'other'
  }
  return mayLackSum(listing, path) && index <= layer ? 'unsummed' : 'other'
}

/**
 * Whether a program is another build than the package's own file in a lower layer, not merely a stripped or
 * patched one.
 */
function isOtherBuild(listing: Listed, path: string, index: number, scanned: readonly LayerPart[]): boolean {
  const layerBelow = scanned.slice(0, index).findLastIndex(({ programs }) => programs.files.has(path))
  const { files, md5Of = () => null, buildIdOf = () => null } = scanned[layerBelow]?.programs ?? {}
  if (files?.get(path)?.form !== 'elf' || contentOf(listing, path, layerBelow, md5Of) === 'other') {
    return false
  }
  const ids = [buildIdOf(path), scanned[index]?.programs.buildIdOf?.(path)]
  return !ids.includes(NOT_READ_YET) && (ids[0] === null || ids[0] !== ids[1])
}
