/**
 * Texts from outside may be megabytes of almost-matches for a pattern: `/x+$/` starts again at each of them.
 * Functions that only cut off an end are here, with one step per character.
 */

/** The text without these characters at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end--
  }
  return text.slice(0, end)
}
