import type { Body } from '../tar-reader.js'

const START = Buffer.from('#!')
/** The end of a zip's central directory (APPNOTE.TXT 4.3.16). */
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')
/** The end of a phar (PHP manual, Phar Signature format). */
const PHAR_END = 'GBMB'
const KEPT = 3

/**
 * Recognizes a script with an archive behind it: a zipapp, a PEX file, an executable jar, a phar. Reads it as it passes,
 * and only says that it may be one: the archive's directory is at the end.
 */
export function scriptBody(found: (what: 'zip' | 'phar') => void): Body {
  let isScript: boolean | null = null
  let isZip = false
  let head: Buffer = Buffer.alloc(0)
  /** The last bytes that passed. */
  let tail: Buffer = Buffer.alloc(0)

  function search(bytes: Buffer): void {
    const seam = Buffer.concat([tail, bytes.subarray(0, KEPT)])
    isZip ||= seam.includes(ZIP_END) || bytes.includes(ZIP_END)
    tail = Buffer.from(
      bytes.length > KEPT ? bytes.subarray(-KEPT - 1) : Buffer.concat([tail, bytes]).subarray(-KEPT - 1),
    )
  }

  return {
    write(bytes) {
      if (isScript === null) {
        head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
        if (head.length < START.length) {
          head = Buffer.from(head)
          return
        }
        isScript = head.subarray(0, START.length).equals(START)
        if (isScript) {
          search(head)
        }
      } else if (isScript) {
        search(bytes)
      }
    },
    end() {
      if (isZip) {
        found('zip')
      } else if (tail.toString('latin1') === PHAR_END) {
        found('phar')
      }
    },
  }
}
