/** GitHub gives lists by pages, of a hundred at most. */
const PAGE = 100

/** A page as a request names it, from 1 on. */
interface Page {
  readonly per_page: number
  readonly page: number
}

/**
 * The whole of a list: pages are asked for until one is not full.
 * @param most pages to ask for
 * @returns what came, and whether that is all of it
 */
export async function readPages<T>(
  most: number,
  ask: (page: Page) => Promise<{ readonly data: readonly T[] }>,
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
