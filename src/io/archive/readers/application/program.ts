import type { ApplicationStatement } from '../../../../model/index.js'
import type { Body } from '../../formats/tar-reader.js'
import { type ReadAt, readWithin } from '../../store/stored.js'
import { CRATES_SECTION, readCrates } from './crates.js'
import { readElf } from './elf.js'
import { followPointers, GO_ALIGNMENT, GO_INFO_BYTES, GO_MARK, readBuildInfo } from './go-build.js'
import { asUnreadable, statement } from './texts.js'

/** GOARCH by e_machine (System V ABI) and class; the byte order matters only for PowerPC. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  '1 3': '386',
  '2 62': 'amd64',
  '1 40': 'arm',
  '2 183': 'arm64',
  '2 243': 'riscv64',
  '2 22': 's390x',
  '2 258': 'loong64',
}

/** GOARCH; `null` for a processor for which Go has several names, or none. */
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
 * A text to search for, and a short part of it that is rare in programs. Node finds fewer than 8 bytes two to
 * four times as fast as more (StringSearch in src/string_search.h), and a chunk without the part does not
 * contain the text.
 */
interface Needle {
  readonly rarePart: Buffer
  readonly text: Buffer
}
const needle = (rarePart: string, text: string): Needle => {
  return { rarePart: Buffer.from(rarePart, 'latin1'), text: Buffer.from(text, 'latin1') }
}
const GO_NEEDLE = needle('Go bui', GO_MARK)
/** In Rust programs: rustc's line, cargo auditable's section, and paths of the standard library in panics. */
const RUST_NEEDLES = [
  needle('sion 1.', 'rustc version 1.'),
  needle('-v0\0', `${CRATES_SECTION}\0`),
  needle('/std/s', '/library/std/src/'),
]
const MAX_NEEDLE_BYTES = 32
/** A program that contains Go's own reader has a few marks; more only serve to have it searched again. */
const MAX_GO_MARKS = 64

/** A Go or Rust program, as found while its layer was read; the rest is read from the stored layer. */
export interface FoundProgram {
  /** Those of build information that is not behind pointers, or could not be read. */
  readonly goStatements: readonly ApplicationStatement[]
  /** Offsets in the file of marks of Go 1.17 and older, which are followed by pointers. */
  readonly pointerMarks: readonly number[]
  readonly isRust: boolean
  readonly hasTooManyMarks: boolean
  /** GOARCH; `null`: not known. */
  readonly arch: string | null
}

/**
 * Searches an ELF file, while it is read and in constant memory, for the Go modules that it states and for
 * signs of Rust. The first chunk must contain the ELF header. The whole file is searched, since section
 * tables may be stripped and a program may contain another one. Nothing is run.
 * @param onFound receives the result; not called for other programs
 */
export function programBody(onFound: (found: FoundProgram) => void): Body {
  let bytesPassed = 0
  let lastBytes = Buffer.alloc(0)
  let arch: string | null = null
  let isRust = false
  let hasTooManyMarks = false
  let markCount = 0
  /** The bytes from a mark on, and its offset in the file. */
  let goInfo: { pieces: Buffer[]; bytes: number; readonly at: number } | null = null
  const statements: ApplicationStatement[] = []
  const pointerMarks: number[] = []

  /** Index of the first mark in a chunk from `searchFrom` on; -1: none. */
  function findMark(chunk: Buffer, chunkOffset: number, searchFrom: number): number {
    if (!chunk.includes(GO_NEEDLE.rarePart, searchFrom)) {
      return -1
    }
    for (
      let at = chunk.indexOf(GO_NEEDLE.text, searchFrom);
      at >= 0;
      at = chunk.indexOf(GO_NEEDLE.text, at + 1)
    ) {
      if ((chunkOffset + at) % GO_ALIGNMENT === 0) {
        return at
      }
    }
    return -1
  }

  /**
   * Reads the data after a mark when there is enough of it. Marks may occur in data, or belong to an embedded
   * program: so the bytes after each mark are searched too, and all results count.
   */
  function closeInfo(isEnd: boolean): void {
    while (goInfo !== null && (isEnd || goInfo.bytes >= GO_INFO_BYTES)) {
      const bytes = Buffer.concat(goInfo.pieces)
      const buildInfo = readBuildInfo(bytes.subarray(0, GO_INFO_BYTES)) ?? []
      if (buildInfo === 'pointers') {
        pointerMarks.push(goInfo.at)
      } else {
        statements.push(...buildInfo)
      }
      isRust ||= hasRust(bytes)
      hasTooManyMarks ||= ++markCount >= MAX_GO_MARKS
      const nextMark = hasTooManyMarks ? -1 : findMark(bytes, goInfo.at, 1)
      lastBytes = Buffer.from(bytes.subarray(-MAX_NEEDLE_BYTES))
      goInfo =
        nextMark < 0
          ? null
          : { pieces: [bytes.subarray(nextMark)], bytes: bytes.length - nextMark, at: goInfo.at + nextMark }
    }
  }

  function search(bytes: Buffer): void {
    if (bytesPassed === 0) {
      arch = architectureOf(bytes)
      searchChunk(bytes, 0)
    } else if (goInfo === null) {
      searchOverlap(bytes, bytesPassed - lastBytes.length)
    } else {
      goInfo.pieces.push(Buffer.from(bytes))
      goInfo.bytes += bytes.length
    }
    closeInfo(false)
  }

  /** Searches the boundary of two chunks, and then the new one: joining both would copy the whole program. */
  function searchOverlap(bytes: Buffer, base: number): void {
    const overlap = Buffer.concat([lastBytes, bytes.subarray(0, MAX_NEEDLE_BYTES)])
    const at = hasTooManyMarks ? -1 : findMark(overlap, base, 0)
    if (at >= 0 && at < lastBytes.length) {
      searchChunk(Buffer.concat([lastBytes, bytes]), base)
      return
    }
    isRust ||= hasRust(overlap)
    searchChunk(bytes, base + lastBytes.length)
    if (bytes.length < MAX_NEEDLE_BYTES) {
      lastBytes = Buffer.from(overlap.subarray(-MAX_NEEDLE_BYTES))
    }
  }

  function searchChunk(chunk: Buffer, chunkOffset: number): void {
    isRust ||= hasRust(chunk)
    const at = hasTooManyMarks ? -1 : findMark(chunk, chunkOffset, 0)
    lastBytes = Buffer.from(chunk.subarray(-MAX_NEEDLE_BYTES))
    goInfo =
      at < 0
        ? null
        : { pieces: [Buffer.from(chunk.subarray(at))], bytes: chunk.length - at, at: chunkOffset + at }
  }

  return {
    write(bytes) {
      search(bytes)
      bytesPassed += bytes.length
    },
    end() {
      closeInfo(true)
      if (statements.length > 0 || pointerMarks.length > 0 || isRust || hasTooManyMarks) {
        onFound({ goStatements: unique(statements), pointerMarks, isRust, hasTooManyMarks, arch })
      }
    },
  }
}

function hasRust(bytes: Buffer): boolean {
  return RUST_NEEDLES.some(({ rarePart, text }) => bytes.includes(rarePart) && bytes.includes(text))
}

/**
 * All statements of a program: those found while it was read, and those that its tables lead to, which are
 * the strings behind Go's pointers and a Rust program's list of crates. If modules can be read, other marks
 * are just data.
 * @param budget bytes that may still be unpacked for lists of crates
 */
export function programStatements(
  program: FoundProgram,
  readProgram: ReadAt,
  budget: { remainingBytes: number },
): readonly ApplicationStatement[] {
  const { goStatements, pointerMarks, isRust, hasTooManyMarks, arch } = program
  const elf = readElf(readProgram)
  const pointedStatements = hasPointers(program)
    ? pointerMarks.flatMap((at) => followPointers(elf, readProgram, at))
    : []
  const goAndPointed = unique([...goStatements, ...pointedStatements])
  const modules = goAndPointed
    .filter((statement) => isModule(statement) || statement.kind === 'program')
    .map((statement) => (arch === null || !isModule(statement) ? statement : { ...statement, arch }))
  const tooManyMarks = hasTooManyMarks
    ? [asUnreadable(`more than ${MAX_GO_MARKS} places look like Go build information`)]
    : []
  const statements = [...(modules.length > 0 ? modules : goAndPointed), ...tooManyMarks]
  const cratesSection = isRust ? elf.section(CRATES_SECTION) : null
  if (cratesSection !== null) {
    const section = readWithin(readProgram, cratesSection)
    return [...statements, ...readCrates((length) => section(0, length), budget)]
  }
  return statements.length > 0 || !isRust ? statements : [statement('rust', '')]
}

function hasPointers({ goStatements, pointerMarks }: FoundProgram): boolean {
  return pointerMarks.length > 0 && !goStatements.some(isModule)
}

function isModule({ kind }: ApplicationStatement): boolean {
  return kind === 'golang'
}

function unique(statements: readonly ApplicationStatement[]): readonly ApplicationStatement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()]
}
