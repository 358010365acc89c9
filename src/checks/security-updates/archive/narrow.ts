import { compareVersions, isValidVersion } from '../../../debian/version.js'

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

/** Source package -> its highest version among the binary packages of one architecture, whatever their names are. */
export type SourceVersions = ReadonlyMap<string, string>

const NEWLINE = 0x0a
const EMPTY_LINE = Buffer.from('\n\n')
const FIRST_PACKAGE_FIELD = Buffer.from('Package:')
const NEXT_PACKAGE_FIELD = Buffer.from('\nPackage:')
const SOURCE_FIELD = Buffer.from('\nSource:')

/**
 * Drops the stanzas of packages that are not wanted as the bytes pass: of 60,000 names an image has 150. Stanzas
 * are cut at empty lines and looked at no further than their name. The first one is kept whatever its name: a
 * canary is made of it.
 * @param sources source packages whose versions are noted
 */
export function indexFilter(
  wanted: ReadonlySet<string>,
  of: 'packages' | 'sources' = 'packages',
  sources: ReadonlySet<string> = new Set(),
) {
  const keptFields = of === 'sources' ? KEPT_SOURCE_FIELDS : KEPT_FIELDS
  const stanzas: IndexStanza[] = []
  const sourceVersions = new Map<string, string>()
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
    if (name !== null && sources.size > 0) {
      noteSource(bytes.subarray(from, to), name)
    }
  }

  const noteSource = (stanza: Buffer, name: string): void => {
    const [source, written] = sourceIn(stanza) ?? [name, null]
    const text = sources.has(source) ? stanza.toString('latin1') : null
    // Packages for all architectures come before those that are built for this one.
    if (text === null || /^Architecture: *all$/m.test(text)) {
      return
    }
    const version = written ?? /^Version: *(\S+)/m.exec(text)?.[1] ?? ''
    const known = sourceVersions.get(source)
    if (isValidVersion(version) && (known === undefined || compareVersions(version, known) > 0)) {
      sourceVersions.set(source, version)
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
    sourceVersions: sourceVersions as SourceVersions,
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

/** The field Source, which archive software writes next to Package; `null`: none, so the package has the source's name. */
function sourceIn(stanza: Buffer): readonly [source: string, version: string | null] | null {
  const at = stanza.indexOf(NEWLINE)
  if (at === -1 || !SOURCE_FIELD.every((byte, index) => stanza[at + index] === byte)) {
    return null
  }
  const end = stanza.indexOf(NEWLINE, at + 1)
  const field = stanza.toString('latin1', at + SOURCE_FIELD.length, end === -1 ? stanza.length : end)
  const [, source = '', version = null] = /^ *(\S+)(?: \((\S+)\))?/.exec(field) ?? []
  return [source, version]
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
