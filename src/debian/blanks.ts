/** What C's isspace(3), and so apt, treats as a blank: not a no-break space, nor a byte order mark. */
const BLANKS = ' \t\n\v\f\r'

/** Without surrounding blanks. */
export function trimBlanks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && BLANKS.includes(text.charAt(from))) {
    from++
  }
  while (to > from && BLANKS.includes(text.charAt(to - 1))) {
    to--
  }
  return text.slice(from, to)
}

/** The words between blanks. */
export function wordsOf(text: string): string[] {
  return text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== '')
}
