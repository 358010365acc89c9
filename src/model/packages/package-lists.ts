export interface ListLine {
  /** MD5 sum; `null` in a list of files, which has none. */
  readonly sum: string | null
  /** Index of the layer since which the list has this line. */
  readonly since: number
}

/** One of dpkg's lists (`info/libc6:amd64.list`, `….md5sums`), as the last layer that has it leaves it. */
export interface PackageList {
  /** Index of the last layer that has it. */
  readonly layer: number
  /** By path with a merged usr. */
  readonly lines: ReadonlyMap<string, ListLine>
}

/** What the lists of a package say about a path. */
export interface Listed {
  /** The name of the lists without their ending: `info/libc6:amd64`. */
  readonly list: string
  /** `null`: the package has no sum for it. */
  readonly sum: string | null
  /** Whether the package has sums at all. */
  readonly hasSums: boolean
  /** Index of the layer since which both lists have the path. */
  readonly since: number
  /** Index of the layer that wrote the last of the lists. */
  readonly layer: number
}

/** A list in a layer. @param before the same list as the layers below leave it */
export function packageList(
  layer: number,
  lines: readonly (readonly [path: string, sum: string | null])[],
  before: PackageList | undefined,
): PackageList {
  return {
    layer,
    lines: new Map(
      lines.map(([path, sum]): [string, ListLine] => {
        const earlierLine = before?.lines.get(path)
        return [path, { sum, since: earlierLine?.sum === sum ? earlierLine.since : layer }]
      }),
    ),
  }
}

/**
 * By path, what each package says about it: its list of files and its list of MD5 sums are one.
 * @param lists by name
 * @param isCounted whether a line counts that a package's list (`list`) has since a layer (`since`)
 */
export function listedByPath(
  lists: ReadonlyMap<string, PackageList>,
  isCounted: (list: string, since: number) => boolean,
): ReadonlyMap<string, readonly Listed[]> {
  const found = new Map<string, Map<string, Listed>>()
  for (const [name, { layer, lines }] of lists) {
    const list = name.replace(/\.(?:list|md5sums)$/, '')
    const hasSums = lists.has(`${list}.md5sums`)
    for (const [path, { sum, since }] of lines) {
      if (!isCounted(list, since)) {
        continue
      }
      const byName = found.get(path) ?? new Map<string, Listed>()
      const earlierListing = byName.get(list)
      const listed = {
        list,
        sum: sum ?? earlierListing?.sum ?? null,
        hasSums,
        since: Math.max(since, earlierListing?.since ?? 0),
        layer: Math.max(layer, earlierListing?.layer ?? 0),
      }
      found.set(path, byName.set(list, listed))
    }
  }
  return new Map([...found].map(([path, byList]) => [path, [...byList.values()]]))
}

/** Lists of MD5 sums leave out only conffiles (deb-md5sums(5)). */
export function mayLackSum({ hasSums }: Pick<Listed, 'hasSums'>, path: string): boolean {
  return !hasSums || path.startsWith('etc/')
}
