export interface HalvingResult<T> {
  /** The working set, which was tried as a whole. None of the rest can be added to it. */
  readonly works: readonly T[]
  /** What breaks it when it is added, with the output. */
  readonly breaks: readonly { readonly item: T; readonly message: string }[]
}

/**
 * A largest working set, found by halving: a group that works together with the working set is added whole, one that
 * does not is split, down to the single item that breaks it. k culprits among n cost about 2·k·log₂(n) attempts.
 * Items that break only in combination are found too: the one added last is named.
 * @param attempt the result of trying a set: `null` if it works, else the output
 * @param known the output when all were tried, if that was already done
 */
export async function halve<T>(
  items: readonly T[],
  attempt: (items: readonly T[]) => Promise<string | null>,
  known?: string,
): Promise<HalvingResult<T>> {
  let works: readonly T[] = []
  const breaks: { item: T; message: string }[] = []
  const add = async (group: readonly T[], message: string | null | undefined): Promise<void> => {
    if (group.length === 0) {
      return
    }
    const outcome = message === undefined ? await attempt([...works, ...group]) : message
    if (outcome === null) {
      works = [...works, ...group]
      return
    }
    const [only] = group
    if (group.length === 1 && only !== undefined) {
      breaks.push({ item: only, message: outcome })
      return
    }
    const middle = Math.ceil(group.length / 2)
    const before = works.length
    await add(group.slice(0, middle), undefined)
    // If all of the first half was added, the group that failed is now the working set and the second half, so its
    // output is known.
    const whole = works.length === before + middle
    const rest = group.slice(middle)
    await add(rest, whole ? outcome : undefined)
  }
  await add(items, known)
  return { works, breaks }
}
