import { archiveError } from './problems.js'

/** Records whose value names something: a NUL in one would let two readers see two names. */
const NAMES = new Set(['path', 'linkpath', 'GNU.sparse.name'])

/** capabilities(7), "File capabilities", as Go's archive/tar and GNU tar keep it. Its value is bytes, one a character. */
export const CAPABILITY = 'SCHILY.xattr.security.capability'

/**
 * By these overlayfs shows another directory or file in the place of one, or hides what is below (Linux, overlayfs.rst).
 * Engines set what a layer brings (moby, pkg/archive); no builder brings them. What overlayfs notes of inodes, and some
 * builders have taken along, changes nothing.
 */
const OVERLAY = /^SCHILY\.xattr\.(?:trusted|user)\.overlay\.(?!(?:origin|impure|nlink|uuid)$)/

/**
 * Reads pax records, `<length> <key>=<value>\n` (POSIX.1-2001 pax, "pax Extended Header"). The length rules: a
 * value may hold newlines, and a reader that goes line by line can be told a path that is none.
 */
export function parsePax(body: Buffer, where: string): Map<string, string> {
  const records = new Map<string, string>()
  const broken = (): Error => archiveError('archive-unreadable', where, 'a pax header is broken')
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at)
    if (space < 0 || space - at > 10) throw broken()
    const digits = body.toString('latin1', at, space)
    const end = at + Number(digits)
    if (!/^[0-9]+$/.test(digits) || end > body.length || end <= space + 1 || body[end - 1] !== 0x0a)
      throw broken()
    const equals = body.indexOf(0x3d, space)
    if (equals < 0 || equals >= end) throw broken()
    const key = body.toString('utf8', space + 1, equals)
    const value = body.toString(key === CAPABILITY ? 'latin1' : 'utf8', equals + 1, end - 1)
    if (NAMES.has(key) && value.includes('\0')) {
      throw archiveError('archive-hostile', where, 'a pax header has a name with a NUL byte')
    }
    if (OVERLAY.test(key)) {
      const what = 'a file has an attribute of overlayfs, by which an engine shows another one in its place'
      throw archiveError('archive-hostile', where, what)
    }
    records.set(key, value)
    at = end
  }
  return records
}
