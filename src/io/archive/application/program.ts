import type { ApplicationStatement } from '../../../model/application.js'
import type { Body } from '../tar-reader.js'
import { CRATES_SECTION, readCrates } from './crates.js'
import { readElf } from './elf.js'
import { followPointers, GO_ALIGNMENT, GO_INFO_BYTES, GO_MARK, readBuildInfo } from './go-build.js'
import { type Extent, type ReadAt, readWithin } from './stored.js'
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
  readonly rarePart: Buffer
  readonly text: Buffer
}
const needle = (rarePart: string, text: string): Needle => {
  return { rarePart: Buffer.from(rarePart, 'latin1'), text: Buffer.from(text, 'latin1') }
}
const GO_NEEDLE = needle('Go bui', GO_MARK)
/** rustc's line in .comment, the section of cargo auditable, and paths of the standard library in panics. */
const RUST_NEEDLES = [
  needle('sion 1.', 'rustc version 1.'),
  needle('-v0\0', `${CRATES_SECTION}\0`),
  needle('/std/s', '/library/std/src/'),
]
const MAX_NEEDLE_BYTES = 32
/** A program that contains Go's reader has a few of them; one with more only wants to be read again and again. */
const MAX_GO_MARKS = 64

/** A Go or Rust program as it passed; the rest is read when its layer is stored. */
export interface FoundProgram {
  /** What its build information says that is not behind pointers, and why some could not be read. */
  readonly goStatements: readonly ApplicationStatement[]
  /** Where in the file there are marks of Go 1.17 and older. */
  readonly pointerMarks: readonly number[]
  readonly isRust: boolean
  /** True if it has more marks than are read. */
  readonly hasTooManyMarks: boolean
  /** GOARCH; `null`: not known. */
  readonly arch: string | null
}

/**
 * Searches an ELF file as it passes, at first with its header, in constant memory: which Go modules it says it contains, and whether it is a Rust
 * program. All of it is searched, since tables of sections may be stripped and a program may contain another. Neither
 * it nor anything else is run.
 * @param onFound receives the result; nothing for other programs
 */
export function programBody(onFound: (found: FoundProgram) => void): Body {
  let bytesPassed = 0
  let lastBytes = Buffer.alloc(0)
  let arch: string | null = null
  let isRust = false
  let hasTooManyMarks = false
  let markCount = 0
  /** What follows a mark, and where in the file that begins. */
  let goInfo: { pieces: Buffer[]; bytes: number; readonly at: number } | null = null
  const statements: ApplicationStatement[] = []
  const pointerMarks: number[] = []

  /** The first mark of a chunk after some position; -1: there is none. */
  function findMark(chunk: Buffer, base: number, from: number): number {
    if (!chunk.includes(GO_NEEDLE.rarePart, from)) {
      return -1
    }
    for (let at = chunk.indexOf(GO_NEEDLE.text, from); at >= 0; at = chunk.indexOf(GO_NEEDLE.text, at + 1)) {
      if ((base + at) % GO_ALIGNMENT === 0) {
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
      const next = hasTooManyMarks ? -1 : findMark(bytes, goInfo.at, 1)
      lastBytes = Buffer.from(bytes.subarray(-MAX_NEEDLE_BYTES))
      goInfo =
        next < 0 ? null : { pieces: [bytes.subarray(next)], bytes: bytes.length - next, at: goInfo.at + next }
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

  /** Looks where two pieces meet, and then in the new one: to join them whole would copy the program. */
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

  function searchChunk(chunk: Buffer, base: number): void {
    isRust ||= hasRust(chunk)
    const at = hasTooManyMarks ? -1 : findMark(chunk, base, 0)
    lastBytes = Buffer.from(chunk.subarray(-MAX_NEEDLE_BYTES))
    goInfo =
      at < 0 ? null : { pieces: [Buffer.from(chunk.subarray(at))], bytes: chunk.length - at, at: base + at }
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
 * What a program says, together with what is in places that only its own tables lead to: the texts behind Go's
 * pointers, and a Rust program's list of crates. If modules can be read, other marks are just data.
 * @param place where the program is in the stored layer
 * @param budget bytes that lists of crates may still have unpacked
 */
export function programStatements(
  { goStatements, pointerMarks, isRust, hasTooManyMarks, arch }: FoundProgram,
  read: ReadAt,
  place: Extent,
  budget: { remainingBytes: number },
): readonly ApplicationStatement[] {
  const readProgram = readWithin(read, place)
  const elf = readElf(readProgram)
  const pointedStatements = goStatements.some(isModule)
    ? []
    : pointerMarks.flatMap((at) => followPointers(elf, readProgram, at))
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

function isModule({ kind }: ApplicationStatement): boolean {
  return kind === 'golang'
}

function unique(statements: readonly ApplicationStatement[]): readonly ApplicationStatement[] {
  return [...new Map(statements.map((one) => [JSON.stringify(one), one])).values()]
}
