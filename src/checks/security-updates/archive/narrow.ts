export interface IndexStanza {
  readonly name: string
  /** The fields that are used, each line with its newline. */
  readonly text: string
}

/** The fields of a source stanza that are kept: they locate the source package's files. */
const KEPT_SOURCE_FIELDS = new Set(['package', 'version', 'directory', 'checksums-sha256'])

/** The fields that the comparison, the advice and the changelogs use; no tags, no texts, and one hash of the .deb. */
const KEPT_FIELDS = new Set(
  (
    'package source version architecture installed-size essential protected priority section depends ' +
    'pre-depends recommends suggests enhances conflicts breaks replaces provides multi-arch ' +
    'phased-update-percentage filename sha256'
  ).split(' '),
)

const NEWLINE = 0x0a
const EMPTY_LINE = Buffer.from('\n\n')
const FIRST_PACKAGE_FIELD = Buffer.from('Package:')
const NEXT_PACKAGE_FIELD = Buffer.from('\nPackage:')

/**
 * Drops the stanzas of packages that are not wanted as the bytes pass: of 60,000 names an image has 150. Stanzas
 * are cut at empty lines and looked at no further than their name. The first one is kept whatever its name: a
 * canary is made of it.
 */
export function indexFilter(wanted: ReadonlySet<string>, of: 'packages' | 'sources' = 'packages') {
  const keptFields = of === 'sources' ? KEPT_SOURCE_FIELDS : KEPT_FIELDS
  const stanzas: IndexStanza[] = []
  let rows = 0
  let sound = true
  let unfinishedStanza: Buffer = Buffer.alloc(0)

  /** The stanza from `from` to `to`, without the newlines around it. */
  const take = (bytes: Buffer, from: number, to: number): void => {
    rows++
    const name = nameOf(bytes, from, to)
    if (name === null) {
      sound = false
    } else if (wanted.has(name) || (of === 'packages' && rows === 1)) {
      stanzas.push({ name, text: keptFieldsOf(bytes.toString('utf8', from, to), keptFields) })
    }
  }

  return {
    /** Processes the next bytes of the index; a chunk may end anywhere. */
    push(chunk: Buffer): void {
      let at = 0
      if (unfinishedStanza.length > 0) {
        // The stanza that spans two chunks; an empty line may be split as well.
        const isBreakSplit = unfinishedStanza.at(-1) === NEWLINE && chunk[0] === NEWLINE
        const end = isBreakSplit ? 0 : chunk.indexOf(EMPTY_LINE)
        if (end === -1) {
          unfinishedStanza = Buffer.concat([unfinishedStanza, chunk])
          return
        }
        const whole = isBreakSplit
          ? unfinishedStanza.subarray(0, -1)
          : Buffer.concat([unfinishedStanza, chunk.subarray(0, end)])
        take(whole, 0, whole.length)
        at = end
      }
      while (true) {
        while (chunk[at] === NEWLINE) {
          at++
        }
        const end = chunk.indexOf(EMPTY_LINE, at)
        if (end === -1) {
          break
        }
        take(chunk, at, end)
        at = end + 2
      }
      // A copy, so that the chunk's memory is not kept for its last lines.
      unfinishedStanza = Buffer.from(chunk.subarray(at))
    },
    /** Ends it. `null` if a stanza has no package: then it is not a Packages index. */
    end() {
      const length =
        unfinishedStanza.at(-1) === NEWLINE ? unfinishedStanza.length - 1 : unfinishedStanza.length
      if (length > 0) {
        take(unfinishedStanza, 0, length)
      }
      return sound ? { rows, stanzas } : null
    },
  }
}

function nameOf(bytes: Buffer, from: number, to: number): string | null {
  let at = from
  // Archive software writes Package first; the format does not require it.
  if (!FIRST_PACKAGE_FIELD.every((byte, index) => bytes[from + index] === byte)) {
    at = bytes.indexOf(NEXT_PACKAGE_FIELD, from) + 1
    if (at === 0 || at >= to) {
      return null
    }
  }
  at += FIRST_PACKAGE_FIELD.length
  let end = at
  while (end < to && bytes[end] !== NEWLINE) {
    end++
  }
  const name = bytes.toString('latin1', at, end).trim()
  return name === '' ? null : name
}

function keptFieldsOf(stanza: string, kept: ReadonlySet<string>): string {
  let keep = false
  const lines = stanza.split('\n').filter((line) => {
    if (!/^[ \t]/.test(line)) {
      keep = kept.has(line.slice(0, line.indexOf(':')).toLowerCase())
    }
    return keep
  })
  return `${lines.join('\n')}\n`
}
