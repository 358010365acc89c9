/** What C's isspace(3) takes for a blank, and so apt: a no-break space and a byte order mark are none. */
const BLANKS = ' \t\n\v\f\r'

/** Without the blanks around it. */
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

/** What stands between blanks. */
export function wordsOf(text: string): string[] {
  return text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== '')
}
