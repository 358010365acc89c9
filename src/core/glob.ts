/**
 * True if `pattern` fits the whole of `text`. `*` stands for any characters (none, and `/`, too); everything
 * else stands for itself. Written without regular expressions: patterns come from policy files, and the work is
 * at most length of text × length of pattern, whatever the pattern.
 */
export function globMatches(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === text
  if (text.length < first.length + last.length) return false
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let at = first.length
  // The earliest place for each piece leaves the most room for the next: no piece is ever tried again.
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found === -1 || found + piece.length > end) return false
    at = found + piece.length
  }
  return true
}
