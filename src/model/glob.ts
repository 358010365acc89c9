import { untagged } from './image/reference.js'

/**
 * True if `pattern` matches an image reference as passed. A reference with tag and digest (`app:1.4@sha256:…`) also
 * matches by each of them alone: a rule for a tag holds even if a run pins the tag's digest.
 */
export function imageMatches(pattern: string, reference: string): boolean {
  if (globMatches(pattern, reference)) {
    return true
  }
  // No regular expression: a long whitelist calls this a million times.
  const at = reference.lastIndexOf('@')
  if (at === -1) {
    return false
  }
  const colon = reference.lastIndexOf(':', at)
  // A colon before the last slash belongs to a port.
  if (colon <= reference.lastIndexOf('/', at)) {
    return false
  }
  const name = reference.slice(0, colon)
  return globMatches(pattern, reference.slice(0, at)) || globMatches(pattern, name + reference.slice(at))
}

/**
 * True if `pattern` matches the whole of `text`. `*` stands for any characters (none, and `/`, too); everything else
 * is literal. Written without regular expressions: patterns come from policy files, and the work is at most length of
 * text × length of pattern, whatever the pattern.
 */
export function globMatches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*')
  if (star === -1) {
    return pattern === text
  }
  const lastStar = pattern.lastIndexOf('*')
  const [first, last] = [pattern.slice(0, star), pattern.slice(lastStar + 1)]
  if (text.length < first.length + last.length) {
    return false
  }
  if (!text.startsWith(first) || !text.endsWith(last)) {
    return false
  }
  const end = text.length - last.length
  let at = first.length
  // The earliest position for each part leaves the most room for the next: no part is tried again.
  for (const piece of pattern.slice(star, lastStar).split('*')) {
    const found = text.indexOf(piece, at)
    if (found === -1 || found + piece.length > end) {
      return false
    }
    at = found + piece.length
  }
  return true
}

/**
 * Why these patterns match no judged image although one of them is meant for one: it has no tag, or lacks or adds the
 * registry. `null` if one matches, or if they are for other images or tags: a policy may be shared by several.
 */
export function unmatchedImage(patterns: readonly string[], references: readonly string[]): string | null {
  if (patterns.some((pattern) => references.some((one) => imageMatches(pattern, one)))) {
    return null
  }
  for (const pattern of patterns) {
    const name = untagged(pattern)
    const reference = references.find((one) => {
      const other = untagged(one)
      return globMatches(name, other)
        ? pattern === name
        : other.endsWith(`/${name}`) || name.endsWith(`/${other}`)
    })
    if (reference !== undefined) {
      const suggestion = globMatches(name, untagged(reference)) ? `${name}:*` : `${untagged(reference)}:*`
      return `matches no judged image: a pattern must match the full name, including the tag; did you mean ${JSON.stringify(suggestion)} for ${reference}?`
    }
  }
  return null
}
