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
const HEADER = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(121)])

/** @param flags 2: the texts follow inline, as of Go 1.18 */
export function goProgram(go: string, lines: readonly string[], { flags = 2, before = 4096 } = {}): Buffer {
  const mark = Buffer.alloc(16, 0x30)
  const info = lines.length === 0 ? Buffer.alloc(0) : Buffer.from(`${lines.join('\n')}\n`)
  const head = Buffer.concat([
    Buffer.from('\xff Go buildinf:', 'latin1'),
    Buffer.from([8, flags]),
    Buffer.alloc(16),
  ])
  const modules = info.length === 0 ? info : Buffer.concat([mark, info, mark])
  return Buffer.concat([
    HEADER,
    Buffer.alloc(before),
    head,
    withLength(Buffer.from(go)),
    withLength(modules),
    Buffer.alloc(4096, 1),
  ])
}

export function rustProgram(): Buffer {
  const path = Buffer.from('/rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/std/src/thread/mod.rs')
  return Buffer.concat([HEADER, Buffer.alloc(1000), path, Buffer.alloc(1000)])
}

export function plainProgram(): Buffer {
  return Buffer.concat([HEADER, Buffer.alloc(9000, 7)])
}
