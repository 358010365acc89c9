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

export function rustProgram(): Buffer {
  const path = Buffer.from('/rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/thread/mod.rs')
  return Buffer.concat([headerOf(2000), Buffer.alloc(1000), path, Buffer.alloc(1000)])
}

export function plainProgram(): Buffer {
  return Buffer.concat([headerOf(9000), Buffer.alloc(9000, 7)])
}
