import type { Extent, ReadAt } from '../../store/stored.js'

/** The parts of an ELF file that lead to its content (System V ABI, chapters 4 and 5). */
export interface Elf {
  /** The segments that are in the file: their addresses in memory, and where their bytes are in the file. */
  readonly segments: readonly Segment[]
  /** Where the first section of this name is in the file; `null`: there is none. */
  section(name: string): Extent | null
}

interface Segment extends Extent {
  readonly address: number
  /** `PT_…` */
  readonly type: number
  /** `PF_…`, each of which is a bit. */
  readonly flags: number
}

/** Offsets of fields in the header, and in one row of each table, by class (Elf32_Ehdr, Elf64_Ehdr …). */
const LAYOUTS = {
  1: {
    header: { size: 52, programs: 28, sections: 32, programSize: 42, sectionSize: 46 },
    program: { size: 32, offset: 4, address: 8, bytes: 16, flags: 24 },
    section: { size: 40, offset: 16, bytes: 20 },
  },
  2: {
    header: { size: 64, programs: 32, sections: 40, programSize: 54, sectionSize: 58 },
    program: { size: 56, offset: 8, address: 16, bytes: 32, flags: 4 },
    section: { size: 64, offset: 24, bytes: 32 },
  },
} as const

/** Limit for the table of section names, which usually has some hundred bytes. */
const MAX_NAMES_BYTES = 2 ** 20

/**
 * Reads the tables of an ELF file, in either class and byte order. A table that is missing, or not where the header
 * says, is empty: anybody may strip it.
 */
export function readElf(read: ReadAt): Elf {
  const head = read(0, LAYOUTS[2].header.size)
  const elfClass = head[4]
  if ((elfClass !== 1 && elfClass !== 2) || head.length < LAYOUTS[elfClass].header.size) {
    return { segments: [], section: () => null }
  }
  const { header, program, section } = LAYOUTS[elfClass]
  const isLittle = head[5] === 1
  const uint16 = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const uint32 = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const addressAt = (bytes: Buffer, at: number) => unsignedAt(bytes, at, elfClass === 2 ? 8 : 4, isLittle)
  // No loader reads rows of another size than the ABI's, and this size limits a table to some megabytes.
  const rows = (tableField: number, sizeField: number, rowSize: number): readonly Buffer[] => {
    const count = uint16(head, sizeField) === rowSize ? uint16(head, sizeField + 2) : 0
    const bytes = read(addressAt(head, tableField), count * rowSize)
    return Array.from({ length: Math.floor(bytes.length / rowSize) }, (_, row) =>
      bytes.subarray(row * rowSize, (row + 1) * rowSize),
    )
  }
  const sections = rows(header.sections, header.sectionSize, section.size).map((row) => {
    return {
      name: uint32(row, 0),
      offset: addressAt(row, section.offset),
      size: addressAt(row, section.bytes),
    }
  })
  const namesSection = sections[uint16(head, header.sectionSize + 4)]
  const names =
    namesSection === undefined
      ? Buffer.alloc(0)
      : read(namesSection.offset, Math.min(namesSection.size, MAX_NAMES_BYTES))
  const isNamed = (at: number, text: string) => names.toString('latin1', at, at + text.length) === text
  return {
    segments: rows(header.programs, header.programSize, program.size).map((row) => {
      const [offset, size] = [addressAt(row, program.offset), addressAt(row, program.bytes)]
      const [type, flags] = [uint32(row, 0), uint32(row, program.flags)]
      return { address: addressAt(row, program.address), offset, size, type, flags }
    }),
    section: (name) => sections.find((candidate) => isNamed(candidate.name, `${name}\0`)) ?? null,
  }
}

/** The bytes at an address, up to the end of the first segment that contains it. */
export function bytesAt({ segments }: Elf, read: ReadAt, address: number, length: number): Buffer {
  const segment = segments.find(
    (candidate) => candidate.address <= address && address < candidate.address + candidate.size,
  )
  if (segment === undefined) {
    return Buffer.alloc(0)
  }
  const from = address - segment.address
  return read(segment.offset + from, Math.min(length, segment.size - from))
}

/** An unsigned number of 4 or 8 bytes. One above 2^53 loses its last digits, which no position in a file has. */
export function unsignedAt(bytes: Buffer, at: number, width: 4 | 8, isLittle: boolean): number {
  if (width === 4) {
    return isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  }
  return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
}
