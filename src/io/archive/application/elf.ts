import type { Extent, ReadAt } from './stored.js'

/** The parts of an ELF file that lead to its content (System V ABI, chapters 4 and 5). */
export interface Elf {
  /** Where addresses are in the file, as far as the file has bytes for them. */
  readonly segments: readonly (Extent & { readonly address: number })[]
  /** Where the first section of this name is in the file; `null`: there is none. */
  section(name: string): Extent | null
}

/** Positions of the fields in the header, and in one row of each table, by class (Elf32_Ehdr, Elf64_Ehdr …). */
const LAYOUTS = {
  1: {
    header: { size: 52, programs: 28, sections: 32, programSize: 42, sectionSize: 46 },
    program: { size: 32, at: 4, address: 8, bytes: 16 },
    section: { size: 40, at: 16, bytes: 20 },
  },
  2: {
    header: { size: 64, programs: 32, sections: 40, programSize: 54, sectionSize: 58 },
    program: { size: 56, at: 8, address: 16, bytes: 32 },
    section: { size: 64, at: 24, bytes: 32 },
  },
} as const

/** Names of sections have some hundred bytes. */
const NAMES_BYTES = 2 ** 20

/**
 * Reads the tables of an ELF file, in either class and byte order. A table that is missing, or not where the header
 * says, is empty: anybody may strip it.
 */
export function readElf(read: ReadAt): Elf {
  const head = read(0, LAYOUTS[2].header.size)
  const width = head[4]
  if ((width !== 1 && width !== 2) || head.length < LAYOUTS[width].header.size) {
    return { segments: [], section: () => null }
  }
  const { header, program, section } = LAYOUTS[width]
  const isLittle = head[5] === 1
  const half = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const uint32 = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const address = (bytes: Buffer, at: number) => unsignedAt(bytes, at, width === 2 ? 8 : 4, isLittle)
  // A row of another size than the ABI's is none that anybody reads; so a table has some megabytes at most.
  const rows = (table: number, size: number, rowSize: number): readonly Buffer[] => {
    const count = half(head, size) === rowSize ? half(head, size + 2) : 0
    const bytes = read(address(head, table), count * rowSize)
    return Array.from({ length: Math.floor(bytes.length / rowSize) }, (_, row) =>
      bytes.subarray(row * rowSize, (row + 1) * rowSize),
    )
  }
  const sections = rows(header.sections, header.sectionSize, section.size).map((row) => {
    return { name: uint32(row, 0), at: address(row, section.at), size: address(row, section.bytes) }
  })
  const table = sections[half(head, header.sectionSize + 4)]
  const names = table === undefined ? Buffer.alloc(0) : read(table.at, Math.min(table.size, NAMES_BYTES))
  const isNamed = (at: number, text: string) => names.toString('latin1', at, at + text.length) === text
  return {
    segments: rows(header.programs, header.programSize, program.size).map((row) => {
      const [at, size] = [address(row, program.at), address(row, program.bytes)]
      return { address: address(row, program.address), at, size }
    }),
    section: (name) => sections.find((one) => isNamed(one.name, `${name}\0`)) ?? null,
  }
}

/** The bytes at an address, up to the end of the first segment that contains it. */
export function bytesAt({ segments }: Elf, read: ReadAt, address: number, length: number): Buffer {
  const segment = segments.find((one) => one.address <= address && address < one.address + one.size)
  if (segment === undefined) {
    return Buffer.alloc(0)
  }
  const from = address - segment.address
  return read(segment.at + from, Math.min(length, segment.size - from))
}

/** An unsigned number of 4 or 8 bytes. One above 2^53 loses its last digits, which no position in a file has. */
export function unsignedAt(bytes: Buffer, at: number, width: 4 | 8, isLittle: boolean): number {
  if (width === 4) {
    return isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  }
  return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
}
