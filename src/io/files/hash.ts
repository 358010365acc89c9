import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** `sha256:<hex>` of a text. */
export function sha256Of(text: string): string {
  return `sha256:${hash('sha256', text)}`
}

/** 16 hexadecimal digits that identify a text: enough for names, not for secrets. */
export function shortHash(text: string): string {
  return hash('sha256', text).slice(0, 16)
}

/** SHA-256 of a file's content, in hexadecimal. */
export async function hashOfFile(path: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), digest)
  return digest.digest('hex')
}
