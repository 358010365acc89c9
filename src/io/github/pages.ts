/** GitHub returns lists in pages of at most a hundred. */
const PAGE = 100

/**
 * A whole list: pages are requested until one is not full.
 * @param most pages to request
 * @returns what arrived, and whether that is all of it
 */
export async function readPages<T>(
  most: number,
  ask: (page: { per_page: number; page: number }) => Promise<{ readonly data: readonly T[] }>,
): Promise<{ readonly list: readonly T[]; readonly whole: boolean }> {
  const list: T[] = []
  for (let page = 1; page <= most; page++) {
    const { data } = await ask({ per_page: PAGE, page })
    list.push(...data)
    if (data.length < PAGE) {
      return { list, whole: true }
    }
  }
  return { list, whole: false }
}
