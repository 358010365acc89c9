/**
 * Texts from outside may be megabytes of what a pattern looks for, and none of it where the pattern wants it: `/x+$/`
 * starts again at each of them. What only cuts an end off is done here, in one step a character.
 */

/** The text without those characters at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end--
  }
  return text.slice(0, end)
}
