import type { ApplicationStatement } from '../../../model/application.js'
import type { Body } from '../tar-reader.js'
import { asUnreadable, statement } from './texts.js'

const ELF = Buffer.from('\x7fELF', 'latin1')
const ELF_MACHINE_END = 20
/** Go's names for the processors of e_machine (System V ABI), by class and byte order if these differ. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  '1 3': '386',
  '2 62': 'amd64',
  '1 40': 'arm',
  '2 183': 'arm64',
  '2 243': 'riscv64',
  '2 22': 's390x',
  '2 258': 'loong64',
}

/** `null` for a processor with several names in Go, or none. */
function architectureOf(head: Buffer): string | null {
  const isLittle = head[5] === 1
  const machine = isLittle ? head.readUInt16LE(18) : head.readUInt16BE(18)
  const key = `${head[4]} ${machine}`
  if (key === '2 21') {
    return isLittle ? 'ppc64le' : 'ppc64'
  }
  return Object.hasOwn(ARCHITECTURES, key) ? (ARCHITECTURES[key] ?? null) : null
}

/** Go, debug/buildinfo: 16-aligned, then the size of a pointer and flags; 2: the data follows directly. */
const GO_HEADER = 32
const GO_ALIGNED = 16
const INLINE = 2
/** Around the module information (cmd/go/internal/modload). */
const GO_MARK = 16
/** The largest programs in use (Kubernetes) have some 100 KiB of it. */
const GO_INFO_BYTES = 2 ** 20
/**
 * A text, and a part of it that is rare in programs. Node finds fewer than 8 bytes two to four times as fast as more
 * (StringSearch in src/string_search.h), and a chunk without the part does not have the text.
 */
interface Needle {
  readonly part: Buffer
  readonly whole: Buffer
}
const needle = (part: string, whole: string): Needle => {
  return { part: Buffer.from(part, 'latin1'), whole: Buffer.from(whole, 'latin1') }
}
const GO = needle('Go bui', '\xff Go buildinf:')
/** rustc's line in .comment, the section of cargo auditable, and paths of the standard library in panics. */
const RUST = [
  needle('sion 1.', 'rustc version 1.'),
  needle('-v0\0', '.dep-v0\0'),
  needle('/std/s', '/library/std/src/'),
]
const LONGEST_NEEDLE = 32
/** A program that contains Go's reader has a few of them; one with more only wants to be read again and again. */
const MOST_MARKS = 64
/** Modules per program. */
const MOST_MODULES = 5000

/**
 * Reads an executable as it passes, in constant memory: which Go modules it says it contains, or that it is a Rust
 * program. Neither it nor anything else is run.
 * @param put receives the result; nothing for other programs
 */
export function programBody(size: number, put: (says: readonly ApplicationStatement[]) => void): Body {
  let passed = 0
  let tail = Buffer.alloc(0)
  let isElf: boolean | null = null
  let arch: string | null = null
  let isRust = false
  let isGivenUp = false
  let marks = 0
  /** What follows a mark, and where in the file that begins. */
  let info: { pieces: Buffer[]; bytes: number; readonly at: number } | null = null
  const found = new Map<string, ApplicationStatement>()

  /** The first mark of a chunk after some position; -1: there is none. */
  function markIn(piece: Buffer, base: number, from: number): number {
    if (!piece.includes(GO.part, from)) {
      return -1
    }
    for (let at = piece.indexOf(GO.whole, from); at >= 0; at = piece.indexOf(GO.whole, at + 1)) {
      if ((base + at) % GO_ALIGNED === 0) {
        return at
      }
    }
    return -1
  }

  /**
   * Reads the data after a mark once there is enough of it. Data may contain marks that mean nothing, or belong to
   * another program: what follows each is searched too, and all results count.
   */
  function closeInfo(isEnd: boolean): void {
    while (info !== null && (isEnd || info.bytes >= GO_INFO_BYTES)) {
      const bytes = Buffer.concat(info.pieces)
      for (const one of readBuildInfo(bytes.subarray(0, GO_INFO_BYTES)) ?? []) {
        found.set(JSON.stringify(one), arch === null ? one : { ...one, arch })
      }
      isRust ||= hasRust(bytes)
      isGivenUp ||= ++marks >= MOST_MARKS
      const next = isGivenUp ? -1 : markIn(bytes, info.at, 1)
      tail = Buffer.from(bytes.subarray(-LONGEST_NEEDLE))
      info =
        next < 0 ? null : { pieces: [bytes.subarray(next)], bytes: bytes.length - next, at: info.at + next }
    }
  }

  function search(bytes: Buffer): void {
    const base = passed - tail.length
    if (isElf === null) {
      const head = tail.length === 0 ? bytes : Buffer.concat([tail, bytes])
      if (head.length < ELF_MACHINE_END && passed + bytes.length < size) {
        tail = Buffer.from(head)
        return
      }
      isElf = head.subarray(0, ELF.length).equals(ELF)
      if (isElf) {
        arch = architectureOf(head)
        searchPiece(head, base)
      }
    } else if (isElf && info === null) {
      searchSeam(bytes, base)
    } else if (info !== null) {
      info.pieces.push(Buffer.from(bytes))
      info.bytes += bytes.length
    }
    closeInfo(false)
  }

  /** Looks where two pieces meet, and then in the new one: to join them whole would copy the program. */
  function searchSeam(bytes: Buffer, base: number): void {
    const seam = Buffer.concat([tail, bytes.subarray(0, LONGEST_NEEDLE)])
    const at = isGivenUp ? -1 : markIn(seam, base, 0)
    if (at >= 0 && at < tail.length) {
      searchPiece(Buffer.concat([tail, bytes]), base)
      return
    }
    isRust ||= hasRust(seam)
    searchPiece(bytes, base + tail.length)
    if (bytes.length < LONGEST_NEEDLE) {
      tail = Buffer.from(seam.subarray(-LONGEST_NEEDLE))
    }
  }

  function searchPiece(piece: Buffer, base: number): void {
    isRust ||= hasRust(piece)
    const at = isGivenUp ? -1 : markIn(piece, base, 0)
    tail = Buffer.from(piece.subarray(-LONGEST_NEEDLE))
    info =
      at < 0 ? null : { pieces: [Buffer.from(piece.subarray(at))], bytes: piece.length - at, at: base + at }
  }

  /** If modules can be read, marks of older programs are just data. */
  function said(): readonly ApplicationStatement[] {
    const all = [...found.values()]
    const modules = all.filter(({ kind }) => kind === 'golang')
    const more = isGivenUp
      ? [asUnreadable(`more than ${MOST_MARKS} places look like Go build information`)]
      : []
    const go = [...(modules.length > 0 ? modules : all), ...more]
    return go.length > 0 ? go : isRust ? [statement('rust', '')] : []
  }

  return {
    write(bytes) {
      search(bytes)
      passed += bytes.length
    },
    end() {
      closeInfo(true)
      const says = said()
      if (says.length > 0) {
        put(says)
      }
    },
  }
}

function hasRust(bytes: Buffer): boolean {
  return RUST.some(({ part, whole }) => bytes.includes(part) && bytes.includes(whole))
}

/** What the linker left (Go 1.18 and later), starting at its mark; `null`: it is only the mark. */
function readBuildInfo(info: Buffer): readonly ApplicationStatement[] | null {
  const [pointer, flags = 0] = [info[14], info[15]]
  if (info.length < GO_HEADER || (pointer !== 4 && pointer !== 8) || flags > 3) {
    return null
  }
  if ((flags & INLINE) === 0) {
    return [statement('old-go', 'built before Go 1.18')]
  }
  const version = textAt(info, GO_HEADER)
  const text = version === null ? null : textAt(info, version.next)
  if (version === null || text === null || !/^(?:go\d|devel)/.test(version.text)) {
    return [statement('old-go', 'broken build information')]
  }
  // A mark before and after it; none in GOPATH builds.
  const lines = text.text.length > 2 * GO_MARK ? text.text.slice(GO_MARK, -GO_MARK).split('\n') : []
  const go = version.text.split(/[ -]/, 1)[0]?.replace(/^go/, '') ?? null
  return [statement('golang', 'stdlib', go), ...modulesOf(lines)]
}

/** `dep`, path, version; a line `=>` after it is what was linked instead (runtime/debug, BuildInfo). */
function modulesOf(lines: readonly string[]): readonly ApplicationStatement[] {
  const found: { name: string; version: string | null; isFromCheckout: boolean }[] = []
  for (const line of lines.slice(0, 3 * MOST_MODULES)) {
    const [word, name = '', version = '', sum = ''] = line.split('\t')
    const named = { name, version: version === '' || version === '(devel)' ? null : version }
    // The go command knows the checksum of what it downloaded; for a checkout there is none.
    const isFromCheckout = word === 'mod' && sum === ''
    if ((word === 'mod' || word === 'dep') && name !== '') {
      found.push({ ...named, isFromCheckout })
    } else if (word === '=>' && found.length > 0) {
      found.pop()
      found.push({ ...named, isFromCheckout })
    }
  }
  return found.slice(0, MOST_MODULES).map(({ name, version, isFromCheckout }): ApplicationStatement => {
    const said = statement('golang', name, version)
    return isFromCheckout ? { ...said, isFromCheckout } : said
  })
}

/** A text with its length in front (encoding/binary, Uvarint). */
function textAt(bytes: Buffer, at: number): { readonly text: string; readonly next: number } | null {
  let [length, factor, from] = [0, 1, at]
  for (;;) {
    const byte = bytes[from++]
    if (byte === undefined || factor > 2 ** 28) {
      return null
    }
    length += (byte & 0x7f) * factor
    factor *= 128
    if (byte < 0x80) {
      break
    }
  }
  return from + length > bytes.length
    ? null
    : { text: bytes.toString('latin1', from, from + length), next: from + length }
}
