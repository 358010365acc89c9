import type { LayerFacts } from '../../../model/image.js'
import { mergedPath } from '../../../model/interest.js'
import type { RootState } from '../../../model/layers.js'
import { type Listed, listedByPath, mayLackSum } from '../../../model/package-lists.js'
import {
  isPackages,
  type ProgramFile,
  type ProgramListing,
  programRecords,
  programsIn,
} from '../../../model/programs.js'
import type { StoredLayer } from '../context.js'
import { divertedIn, lastDiversions, listLines } from '../dpkg-lists.js'
import { LISTS_CUT } from '../layer-records.js'
import { documentsIn, withoutListed } from './documents.js'
import { recordOwners } from './record.js'

type Scanned = Pick<StoredLayer, 'about' | 'lists' | 'programs'>

/** Folders of packages, whose programs need no hash: they are named by their package. */
const IN_PACKAGE =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems|vendor)\/|^var\/lib\/dpkg\/info\//

/**
 * Adds to each layer what dpkg's lists and Python's RECORD say about the programs that the merged file system shows,
 * and what the layer adds to lists of layers below. dpkg writes its lists next to the files, so only now are all known.
 * @param layers with all of their facts, in the order of the image
 * @param scanned the same layers as they were read
 * @param root their merged file system
 * @param left bytes that may be hashed for programs that nothing explains
 */
export function withProgramOwners(
  layers: readonly LayerFacts[],
  scanned: readonly Scanned[],
  root: RootState,
  left: number,
): readonly LayerFacts[] {
  const indexes = new Map(layers.map(({ diffId }, index) => [diffId, index]))
  const merged = new Map([...root.programs.keys()].map((path) => [path, mergedPath(path)]))
  const diverted = divertedIn(lastDiversions(scanned), new Set(merged.values())) ?? {}
  const listedAs = (path: string): string => {
    const key = merged.get(path) ?? path
    return Object.hasOwn(diverted, key) ? (diverted[key] ?? key) : key
  }
  const wanted = new Set([...[...root.programs.keys()].map(listedAs), ...documentsIn(layers)])
  const { lists, grown } = listLines(scanned, wanted)
  const listings = listedByPath(lists, () => true)
  const isEvery = scanned.every((one) => !one.lists.has(LISTS_CUT))
  const recordOf = recordOwners(scanned, root)
  const budget = { left }
  /** A copy of another program that a package has is as old as that one: `cp /bin/true /usr/bin/perl`. */
  const sums = once(() => new Set([...listings.values()].flatMap((all) => all.map(({ sum }) => sum))))

  const described = (path: string, index: number, file: ProgramFile): ProgramFile => {
    const { md5Of = () => null, sha256Of = () => null, files } = scanned[index]?.programs ?? {}
    const known = (listings.get(listedAs(path)) ?? []).map((one): ProgramListing => {
      const { list, since } = one
      const content = contentOf(one, path, index, md5Of)
      const isOther = content === 'other' && file.form === 'elf' && !sums().has(md5Of(path) ?? '')
      const isReplaced = isOther && isOtherBuild(one, path, index, scanned)
      return { list, since, content: isReplaced ? 'replaced' : content }
    })
    const size = files?.get(path)?.size ?? 0
    const record = recordOf(path, size)
    const isExplained = known.some(isPackages) || record !== null
    const isHashed = !isExplained && !IN_PACKAGE.test(path) && size <= budget.left
    budget.left -= isHashed ? size : 0
    return { ...file, listings: known, record, sha256: isHashed ? sha256Of(path) : null }
  }
  const isListed = isEvery ? (path: string) => listings.has(path) : null
  return layers.map((one, index) => {
    const layer = withoutListed(one, isListed)
    const { records, programs } = layer
    if (programs === undefined) {
      return layer
    }
    const all = [...programsIn(programs)].map(([path, file]): [string, ProgramFile] => {
      const isCurrent = root.programs.get(path)?.file === file && indexes.get(layer.diffId) === index
      return [path, isCurrent ? described(path, index, file) : file]
    })
    const more = grown[index] ?? {}
    const isGrown = records !== undefined && Object.keys(more).length > 0
    return {
      ...layer,
      ...(isGrown && { records: { ...records, grown: more } }),
      programs: programRecords(all, programs.cut),
    }
  })
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** @param index of the layer that the file comes from */
function contentOf(
  listed: Listed,
  path: string,
  index: number,
  md5Of: (path: string) => string | null,
): 'same' | 'unsummed' | 'other' {
  const { sum, layer } = listed
  if (sum !== null) {
    return md5Of(path) === sum ? 'same' : 'other'
  }
  return mayLackSum(listed, path) && index <= layer ? 'unsummed' : 'other'
}

/** Whether a layer below has the package's own file at the path, and this is not the same program in another form. */
function isOtherBuild(listed: Listed, path: string, index: number, scanned: readonly Scanned[]): boolean {
  const below = scanned.slice(0, index).findLastIndex(({ programs }) => programs.files.has(path))
  const { files, md5Of = () => null, buildIdOf = () => null } = scanned[below]?.programs ?? {}
  if (files?.get(path)?.form !== 'elf' || contentOf(listed, path, below, md5Of) === 'other') {
    return false
  }
  const id = buildIdOf(path)
  return id === null || id !== scanned[index]?.programs.buildIdOf?.(path)
}
