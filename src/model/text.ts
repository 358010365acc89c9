/**
 * The text without these characters at its end, with one step per character: texts from outside may be megabytes of
 * almost-matches for a pattern, and `/x+$/` starts again at each of them.
 */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end--
  }
  return text.slice(0, end)
}

/** "1 thing", "2 things". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** "a, b and 3 more". */
export function listText(items: readonly string[], most = 5, by = ', '): string {
  const remaining = items.length - most
  return `${items.slice(0, most).join(by)}${remaining > 0 ? ` and ${remaining} more` : ''}`
}

/** The first of several lines, and how many more there are. */
export function firstOf(lines: readonly string[], most: number): string[] {
  const left = lines.length - most
  return [...lines.slice(0, most), ...(left > 0 ? [`and ${left} more`] : [])]
}

/** Compares by code units, not by localeCompare: the same order on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Compares lists of numbers, the first ones first. @param absent stands for what the shorter one lacks */
export function compareNumbers(a: readonly number[], b: readonly number[], absent = 0): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = (a[at] ?? absent) - (b[at] ?? absent)
    if (order !== 0) {
      return order
    }
  }
  return 0
}

/** The names without duplicates, in the order of code units. */
export function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}

/** Groups of what has the same key, in the order of their first members: none is empty. */
export function groupsBy<T>(all: readonly T[], keyOf: (one: T) => unknown): (readonly [T, ...T[]])[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [[first, ...more] as const],
  )
}

export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** The text on one line, since policy files and trackers may contain line breaks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The text with its percent escapes decoded (RFC 3986, 2.1); `null` if one is broken. */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
