export interface TarFile {
  readonly path: string
  /** `null` makes a directory. */
  readonly text: string | null
  /** Permission bits; 0o644 for files and 0o755 for directories where not given. */
  readonly mode?: number
}

const BLOCK = 512

/**
 * A small tar in memory (POSIX ustar), the same bytes for the same files: owner root, time 0, two zero blocks at
 * the end. Paths of at most 100 bytes.
 */
export function tarOf(files: readonly TarFile[]): Buffer {
  const pieces = files.flatMap(({ path, text, mode }) => {
    const body = Buffer.from(text ?? '', 'utf8')
    const padding = Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)
    return [
      headerOf(path, body.length, mode ?? (text === null ? 0o755 : 0o644), text === null),
      body,
      padding,
    ]
  })
  return Buffer.concat([...pieces, Buffer.alloc(2 * BLOCK)])
}

function headerOf(path: string, size: number, mode: number, isFolder: boolean): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`path too long for a plain tar header: ${path}`)
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number) =>
    header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  header.write(path, 0, 'utf8')
  octal(mode, 100, 7)
  octal(0, 108, 7) // uid
  octal(0, 116, 7) // gid
  octal(size, 124, 11)
  octal(0, 136, 11) // mtime
  header.write(isFolder ? '5' : '0', 156, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  // The checksum is taken with its own field full of blanks.
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}
