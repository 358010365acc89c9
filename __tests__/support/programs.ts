import { deflateSync } from 'node:zlib'

/** Executables as far as they are read, written by hand: an ELF header and what a linker leaves behind it. */

function varint(length: number): Buffer {
  const bytes: number[] = []
  for (let left = length; ; left = Math.floor(left / 128)) {
    if (left < 128) {
      return Buffer.from([...bytes, left])
    }
    bytes.push((left % 128) + 128)
  }
}

const withLength = (text: Buffer) => Buffer.concat([varint(text.length), text])
/** System V ABI, ELF64, for x86-64 (62): one program header, a segment of data of this size after 128 bytes. */
function headerOf(size: number, machine = 62): Buffer {
  const head = Buffer.alloc(128)
  Buffer.from('\x7fELF\x02\x01\x01', 'latin1').copy(head)
  for (const [at, value] of [
    ...[
      [16, 2],
      [18, machine],
      [20, 1],
      [32, 64],
      [52, 64],
      [54, 56],
      [56, 1],
      [58, 64],
    ],
    ...[
      [64, 1],
      [68, 6],
      [72, 128],
      [80, 0x400080],
      [88, 0x400080],
      [96, size],
      [104, size],
      [112, 1],
    ],
  ] as const) {
    head.writeUInt32LE(value, at)
  }
  // The last of two that share four bytes.
  head.writeUInt16LE(machine, 18)
  head.writeUInt16LE(56, 54)
  return head
}

/** @param flags 2: the texts follow inline, as of Go 1.18 */
export function goProgram(
  go: string,
  lines: readonly string[],
  { flags = 2, before = 4096, machine = 62 } = {},
): Buffer {
  const mark = Buffer.alloc(16, 0x30)
  const info = lines.length === 0 ? Buffer.alloc(0) : Buffer.from(`${lines.join('\n')}\n`)
  const head = Buffer.concat([
    Buffer.from('\xff Go buildinf:', 'latin1'),
    Buffer.from([8, flags]),
    Buffer.alloc(16),
  ])
  const modules = info.length === 0 ? info : Buffer.concat([mark, info, mark])
  const data = Buffer.concat([
    Buffer.alloc(before),
    head,
    withLength(Buffer.from(go)),
    withLength(modules),
    Buffer.alloc(4096, 1),
  ])
  return Buffer.concat([headerOf(data.length, machine), data])
}

interface ElfShape {
  readonly width?: 4 | 8
  readonly isBig?: boolean
  /** Of the segment: `PF_…`; as data, by default. */
  readonly flags?: number
  readonly sections?: Readonly<Record<string, Buffer>>
}

const DATA_AT = 128
const ADDRESS = 0x400000

/**
 * An ELF file of either class and byte order (System V ABI): these bytes as its one segment, which begins 128 bytes into
 * the file and is loaded at `ADDRESS`, and sections behind it.
 */
export function elfOf(
  data: Buffer,
  { width = 8, isBig = false, flags = 6, sections = {} }: ElfShape = {},
): Buffer {
  const is64 = width === 8
  const put = (into: Buffer, at: number, size: number, value: number) => {
    if (size === 8) {
      return isBig ? into.writeBigUInt64BE(BigInt(value), at) : into.writeBigUInt64LE(BigInt(value), at)
    }
    return isBig ? into.writeUIntBE(value, at, size) : into.writeUIntLE(value, at, size)
  }
  const row = (...fields: readonly (readonly [size: number, value: number])[]) => {
    const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0))
    let at = 0
    for (const [size, value] of fields) {
      put(bytes, at, size, value)
      at += size
    }
    return bytes
  }
  const uint32 = (value: number) => [4, value] as const
  const address = (value: number) => [width, value] as const
  const names = Buffer.from(`\0${[...Object.keys(sections), '.shstrtab'].join('\0')}\0`, 'latin1')
  const bodies = [...Object.entries(sections), ['.shstrtab', names] as const]
  let end = DATA_AT + data.length
  const rows = bodies.map(([name, body]) => {
    const at = end
    end += body.length
    const type = name === '.shstrtab' ? 3 : 1
    const begin = [uint32(names.indexOf(`\0${name}\0`) + 1), uint32(type), address(0), address(0)] as const
    return row(...begin, address(at), address(body.length), uint32(0), uint32(0), address(1), address(0))
  })
  const table = [Buffer.alloc(is64 ? 64 : 40), ...rows]
  const [headerSize, programSize] = is64 ? [64, 56] : [52, 32]
  const head = Buffer.concat([
    Buffer.from(`\x7fELF${is64 ? '\x02' : '\x01'}${isBig ? '\x02' : '\x01'}\x01`, 'latin1'),
    Buffer.alloc(9),
    row([2, 2], [2, is64 ? 62 : 3], uint32(1), address(0), address(headerSize), address(end), uint32(0)),
    row([2, headerSize], [2, programSize], [2, 1], [2, is64 ? 64 : 40], [2, table.length]),
    row([2, table.length - 1]),
    is64
      ? row(uint32(1), uint32(flags), ...[DATA_AT, ADDRESS, 0, data.length, data.length, 16].map(address))
      : row(uint32(1), ...[DATA_AT, ADDRESS, 0, data.length, data.length, flags, 16].map(uint32)),
  ])
  return Buffer.concat([
    head,
    Buffer.alloc(DATA_AT - head.length),
    data,
    ...bodies.map(([, body]) => body),
    ...table,
  ])
}

/** A large program with these loaded segments, of 1,000 bytes each, at the same places in the file and in memory. */
export function withSegments(segments: readonly { readonly flags: number; readonly at: number }[]): Buffer {
  const program = elfOf(Buffer.alloc(2 ** 20))
  const header = Buffer.from(program.subarray(64, 64 + 56))
  const table = 1024
  for (const [index, { flags, at }] of segments.entries()) {
    header.writeUInt32LE(flags, 4)
    header.writeBigUInt64LE(BigInt(at), 8)
    header.writeBigUInt64LE(BigInt(at), 16)
    header.writeBigUInt64LE(1000n, 32)
    header.copy(program, table + index * 56)
  }
  program.writeBigUInt64LE(BigInt(table), 32)
  program.writeUInt16LE(segments.length, 56)
  return program
}

/**
 * What Go 1.13 to 1.17 left, written by hand after debug/buildinfo: a mark with pointers to two Go strings, each an
 * address and a length. It stands for programs of 32-bit and big-endian processors, which no Go of today builds in this
 * form.
 * @param shift added to both pointers: then they lead elsewhere
 */
export function oldGoProgram(
  go: string,
  lines: readonly string[],
  { width = 8, isBig = false, shift = 0 }: ElfShape & { readonly shift?: number } = {},
): Buffer {
  const frame = Buffer.alloc(16, 0x30)
  const texts = [Buffer.from(go), Buffer.concat([frame, Buffer.from(`${lines.join('\n')}\n`), frame])]
  const pointer = (value: number) => {
    const bytes = Buffer.alloc(width)
    isBig ? bytes.writeUIntBE(value, width - 4, 4) : bytes.writeUIntLE(value, 0, 4)
    return bytes
  }
  const [strings, bodies] = [ADDRESS + 32, ADDRESS + 32 + 4 * width]
  const [first, second] = [texts[0]?.length ?? 0, texts[1]?.length ?? 0]
  const mark = Buffer.concat([
    Buffer.from('\xff Go buildinf:', 'latin1'),
    Buffer.from([width, isBig ? 1 : 0]),
    pointer(strings + shift),
    pointer(strings + 2 * width + shift),
  ])
  const rows = [bodies, first, bodies + first, second].map(pointer)
  const data = Buffer.concat([mark, Buffer.alloc(32 - mark.length), ...rows, ...texts, Buffer.alloc(64, 1)])
  return elfOf(data, { width, isBig })
}

/** A Rust program that cargo auditable built: its list of crates in a section. @param list as it is stored */
export function auditableProgram(list: Buffer | object, shape: Omit<ElfShape, 'sections'> = {}): Buffer {
  const packed = Buffer.isBuffer(list) ? list : deflateSync(JSON.stringify(list))
  const path = Buffer.from('/rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/thread/mod.rs')
  return elfOf(path, { ...shape, sections: { '.text': Buffer.alloc(100), '.dep-v0': packed } })
}

export function rustProgram(): Buffer {
  const path = Buffer.from('/rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/thread/mod.rs')
  return Buffer.concat([headerOf(2000), Buffer.alloc(1000), path, Buffer.alloc(1000)])
}

export function plainProgram(): Buffer {
  return Buffer.concat([headerOf(9000), Buffer.alloc(9000, 7)])
}
