import type { ApplicationStatement } from '../../../model/application.js'
import type { Body } from '../tar-reader.js'
import { CRATES_SECTION, readCrates } from './crates.js'
import { readElf } from './elf.js'
import { followPointers, GO_ALIGNED, GO_INFO_BYTES, GO_MARK, readBuildInfo } from './go-build.js'
import { type Extent, type ReadAt, within } from './stored.js'
import { asUnreadable, statement } from './texts.js'

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
const GO = needle('Go bui', GO_MARK)
/** rustc's line in .comment, the section of cargo auditable, and paths of the standard library in panics. */
const RUST = [
  needle('sion 1.', 'rustc version 1.'),
  needle('-v0\0', `${CRATES_SECTION}\0`),
  needle('/std/s', '/library/std/src/'),
]
const LONGEST_NEEDLE = 32
/** A program that contains Go's reader has a few of them; one with more only wants to be read again and again. */
const MOST_MARKS = 64

/** A Go or Rust program as it passed; the rest is read when its layer is stored. */
export interface PassedProgram {
  /** What its build information says that is not behind pointers, and why some could not be read. */
  readonly go: readonly ApplicationStatement[]
  /** Where in the file there are marks of Go 1.17 and older. */
  readonly pointers: readonly number[]
  readonly isRust: boolean
  /** True if it has more marks than are read. */
  readonly isAbandoned: boolean
  /** GOARCH; `null`: not known. */
  readonly arch: string | null
}

/**
 * Searches an ELF file as it passes, at first with its header, in constant memory: which Go modules it says it contains, and whether it is a Rust
 * program. All of it is searched, since tables of sections may be stripped and a program may contain another. Neither
 * it nor anything else is run.
 * @param put receives the result; nothing for other programs
 */
export function programBody(put: (found: PassedProgram) => void): Body {
  let passed = 0
  let tail = Buffer.alloc(0)
  let arch: string | null = null
  let isRust = false
  let isAbandoned = false
  let marks = 0
  /** What follows a mark, and where in the file that begins. */
  let info: { pieces: Buffer[]; bytes: number; readonly at: number } | null = null
  const found: ApplicationStatement[] = []
  const pointers: number[] = []

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
      const buildInfo = readBuildInfo(bytes.subarray(0, GO_INFO_BYTES)) ?? []
      if (buildInfo === 'pointers') {
        pointers.push(info.at)
      } else {
        found.push(...buildInfo)
      }
      isRust ||= hasRust(bytes)
      isAbandoned ||= ++marks >= MOST_MARKS
      const next = isAbandoned ? -1 : markIn(bytes, info.at, 1)
      tail = Buffer.from(bytes.subarray(-LONGEST_NEEDLE))
      info =
        next < 0 ? null : { pieces: [bytes.subarray(next)], bytes: bytes.length - next, at: info.at + next }
    }
  }

  function search(bytes: Buffer): void {
    if (passed === 0) {
      arch = architectureOf(bytes)
      searchPiece(bytes, 0)
    } else if (info === null) {
      searchSeam(bytes, passed - tail.length)
    } else {
      info.pieces.push(Buffer.from(bytes))
      info.bytes += bytes.length
    }
    closeInfo(false)
  }

  /** Looks where two pieces meet, and then in the new one: to join them whole would copy the program. */
  function searchSeam(bytes: Buffer, base: number): void {
    const seam = Buffer.concat([tail, bytes.subarray(0, LONGEST_NEEDLE)])
    const at = isAbandoned ? -1 : markIn(seam, base, 0)
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
    const at = isAbandoned ? -1 : markIn(piece, base, 0)
    tail = Buffer.from(piece.subarray(-LONGEST_NEEDLE))
    info =
      at < 0 ? null : { pieces: [Buffer.from(piece.subarray(at))], bytes: piece.length - at, at: base + at }
  }

  return {
    write(bytes) {
      search(bytes)
      passed += bytes.length
    },
    end() {
      closeInfo(true)
      if (found.length > 0 || pointers.length > 0 || isRust || isAbandoned) {
        put({ go: unique(found), pointers, isRust, isAbandoned, arch })
      }
    },
  }
}

function hasRust(bytes: Buffer): boolean {
  return RUST.some(({ part, whole }) => bytes.includes(part) && bytes.includes(whole))
}

/**
 * What a program says, together with what is in places that only its own tables lead to: the texts behind Go's
 * pointers, and a Rust program's list of crates. If modules can be read, other marks are just data.
 * @param place where the program is in the stored layer
 * @param budget bytes that lists of crates may still have unpacked
 */
export function programStatements(
  { go, pointers, isRust, isAbandoned, arch }: PassedProgram,
  read: ReadAt,
  place: Extent,
  budget: { left: number },
): readonly ApplicationStatement[] {
  const own = within(read, place)
  const elf = readElf(own)
  const older = go.some(isModule) ? [] : pointers.flatMap((at) => followPointers(elf, own, at))
  const all = unique([...go, ...older])
  const modules = all
    .filter((one) => isModule(one) || one.kind === 'program')
    .map((one) => (arch === null || !isModule(one) ? one : { ...one, arch }))
  const more = isAbandoned
    ? [asUnreadable(`more than ${MOST_MARKS} places look like Go build information`)]
    : []
  const ofGo = [...(modules.length > 0 ? modules : all), ...more]
  const list = isRust ? elf.section(CRATES_SECTION) : null
  if (list !== null) {
    const section = within(own, list)
    return [...ofGo, ...readCrates((length) => section(0, length), budget)]
  }
  return ofGo.length > 0 || !isRust ? ofGo : [statement('rust', '')]
}

function isModule({ kind }: ApplicationStatement): boolean {
  return kind === 'golang'
}

function unique(all: readonly ApplicationStatement[]): readonly ApplicationStatement[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}
