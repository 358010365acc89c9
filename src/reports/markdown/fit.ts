/**
 * Cuts a Markdown report to a size without breaking it: sections are kept whole, or lose whole rows at their end and
 * say so.
 */
export interface Section {
  /** Text before the rows, line breaks included. */
  readonly head: string
  /** Each with its line break. */
  readonly rows: readonly string[]
  readonly tail: string
  /** Inserted between the last row and the tail if rows were cut, with its line break. */
  readonly cut: (left: number) => string
  /** True if space for all of it is reserved before any other section gets some. */
  readonly kept?: boolean
}

/** A section that is shown whole or not at all. */
export function whole(text: string): Section {
  return { head: text, rows: [], tail: '', cut: () => '' }
}

/**
 * The first section, whatever its size; then each as far as it fits into `limit` bytes of UTF-8 together with `last`,
 * which is always kept, preceded by `pointer` if something is missing. Space for sections that are always kept is
 * reserved first. (GitHub limits comments in characters and summaries in bytes: there are never more characters than
 * bytes.)
 */
export function cutToFit(sections: readonly Section[], last: string, pointer: string, limit: number): string {
  const all = sections.map(textOf).join('') + last
  if (size(all) <= limit) {
    return all
  }
  const [first, ...others] = sections
  let text = first === undefined ? '' : textOf(first)
  let reserved = others.reduce((sum, section) => sum + (section.kept ? size(textOf(section)) : 0), 0)
  const lengthLeft = () => limit - size(text) - size(last) - size(pointer)
  let missing = false
  for (const section of others) {
    reserved -= section.kept ? size(textOf(section)) : 0
    const part = take(section, lengthLeft() - (section.kept ? 0 : reserved))
    missing ||= part.cut
    text += part.text
  }
  return text + (missing ? pointer : '') + last
}

function textOf({ head, rows, tail }: Section): string {
  return head + rows.join('') + tail
}

function take(section: Section, lengthLeft: number): { text: string; cut: boolean } {
  const all = textOf(section)
  if (size(all) <= lengthLeft) {
    return { text: all, cut: false }
  }
  const { head, rows, tail, cut } = section
  let left = lengthLeft - size(head) - size(tail) - size(cut(rows.length))
  let shown = 0
  for (const row of rows) {
    left -= size(row)
    if (left < 0) {
      break
    }
    shown++
  }
  if (shown === 0) {
    return { text: '', cut: true }
  }
  return { text: head + rows.slice(0, shown).join('') + cut(rows.length - shown) + tail, cut: true }
}

/** Bytes in UTF-8 (RFC 3629, 3); half of a surrogate pair becomes U+FFFD, which has three. */
export function size(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) {
      continue
    }
    // The two halves of a pair have four bytes together.
    const isPair = isBetween(unit, 0xd800, 0xdbff) && isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff)
    bytes += unit < 0x800 ? 1 : 2
    at += isPair ? 1 : 0
  }
  return bytes
}

const isBetween = (unit: number, first: number, last: number) => unit >= first && unit <= last
