import { readSync } from 'node:fs'

/**
 * Reads bytes of an open file from an offset; fewer at its end. One call of the system may return only a part.
 * @param buffer where they are put, at least as long; what it held is gone
 */
export function readAt(
  descriptor: number,
  at: number,
  length: number,
  buffer: Buffer<ArrayBuffer> = Buffer.allocUnsafe(Math.max(0, length)),
): Buffer<ArrayBuffer> {
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, buffer, done, length - done, at + done)
    if (count === 0) {
      return buffer.subarray(0, done)
    }
    done += count
  }
  return buffer.subarray(0, Math.max(0, length))
}
