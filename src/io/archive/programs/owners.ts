import type { LayerFacts } from '../../../model/image.js'
import { mergedPath } from '../../../model/interest.js'
import type { RootState } from '../../../model/layers.js'
import { type ProgramFile, type ProgramListing, programRecords, programsIn } from '../../../model/programs.js'
import { divertedIn } from '../application/owners.js'
import type { StoredLayer } from '../context.js'
import { lastDiversions, listLines } from './list-lines.js'
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
  const wanted = new Set([...root.programs.keys()].map(listedAs))
  const { lists, grown } = listLines(scanned, wanted)
  const listings = listingsIn(lists)
  const recordOf = recordOwners(scanned, root)
  const budget = { left }

  const described = (path: string, index: number, file: ProgramFile): ProgramFile => {
    const { md5Of = () => null, sha256Of = () => null, files } = scanned[index]?.programs ?? {}
    const known = (listings.get(listedAs(path)) ?? []).map((one) => listingOf(one, path, index, md5Of))
    const size = files?.get(path)?.size ?? 0
    const record = recordOf(path, size)
    const isExplained = known.some(({ content }) => content !== 'other') || record !== null
    const isHashed = !isExplained && !IN_PACKAGE.test(path) && size <= budget.left
    budget.left -= isHashed ? size : 0
    return { ...file, listings: known, record, sha256: isHashed ? sha256Of(path) : null }
  }
  return layers.map((layer, index) => {
    const { records, programs } = layer
    if (programs === undefined) {
      return layer
    }
    const all = [...programsIn(programs)].map(([path, file]): [string, ProgramFile] => {
      const isSeen = root.programs.get(path)?.file === file && indexes.get(layer.diffId) === index
      return [path, isSeen ? described(path, index, file) : file]
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

/** A path in a package's lists. */
interface Listed {
  readonly list: string
  /** `null`: the package has no sum for it. */
  readonly sum: string | null
  /** Whether the package has sums at all. */
  readonly hasSums: boolean
  readonly since: number
  /** Index of the layer that wrote the list. */
  readonly layer: number
}

function listingsIn(lists: ReturnType<typeof listLines>['lists']): ReadonlyMap<string, readonly Listed[]> {
  const found = new Map<string, Map<string, Listed>>()
  for (const [name, { layer, lines }] of lists) {
    const list = name.replace(/\.(?:list|md5sums)$/, '')
    for (const [path, { sum, since }] of lines) {
      const there = found.get(path) ?? new Map<string, Listed>()
      const known = there.get(list)
      found.set(
        path,
        there.set(list, {
          list,
          sum: sum ?? known?.sum ?? null,
          hasSums: lists.has(`${list}.md5sums`),
          since: Math.max(since, known?.since ?? 0),
          layer: Math.max(layer, known?.layer ?? 0),
        }),
      )
    }
  }
  return new Map([...found].map(([path, byList]) => [path, [...byList.values()]]))
}

function listingOf(
  { list, sum, hasSums, since, layer }: Listed,
  path: string,
  index: number,
  md5Of: (path: string) => string | null,
): ProgramListing {
  if (sum !== null) {
    return { list, since, content: md5Of(path) === sum ? 'same' : 'other' }
  }
  // Lists of MD5 sums leave out only conffiles (deb-md5sums(5)).
  const isUsual = !hasSums || path.startsWith('etc/')
  return { list, since, content: isUsual && index <= layer ? 'unsummed' : 'other' }
}
