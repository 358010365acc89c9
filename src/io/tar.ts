import { Header } from 'tar'

export interface TarFile {
  readonly path: string
  /** `null` makes a directory. */
  readonly text: string | null
  /** Permission bits; 0o644 for files and 0o755 for directories where not given. */
  readonly mode?: number
}

/** A small tar in memory, the same bytes for the same files: owner root, time 0, two zero blocks at the end. */
export function tarOf(files: readonly TarFile[]): Buffer {
  const pieces: Buffer[] = []
  for (const { path, text, mode } of files) {
    const body = Buffer.from(text ?? '', 'utf8')
    const block = Buffer.alloc(512)
    const header = new Header({
      path,
      mode: mode ?? (text === null ? 0o755 : 0o644),
      uid: 0,
      gid: 0,
      size: body.length,
      mtime: new Date(0),
      type: text === null ? 'Directory' : 'File',
    })
    if (header.encode(block, 0)) throw new Error(`path too long for a plain tar header: ${path}`)
    pieces.push(block, body, Buffer.alloc((512 - (body.length % 512)) % 512))
  }
  return Buffer.concat([...pieces, Buffer.alloc(1024)])
}
