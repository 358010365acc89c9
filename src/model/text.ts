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

/** The first of them in a row, and how many more there are. */
export function fewOf(all: readonly string[], most: number, by = ', '): string {
  const more = all.length - most
  return all.slice(0, most).join(by) + (more > 0 ? ` and ${more} more` : '')
}
