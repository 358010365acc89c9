/** The last bytes of a stream. */
export interface Tail {
  add(bytes: Buffer): void
  /** Bytes that passed. */
  size(): number
  /** The bytes between two offsets in the stream; `null`: the first of them are gone. */
  slice(from: number, to: number): Buffer | null
}

/** @param kept how many bytes are kept at least, if there are as many */
export function createTail(kept: number): Tail {
  /** The older half, which is full, and the one that is being filled. */
  let halves: [older: Buffer[], newer: Buffer[]] = [[], []]
  let [newerBytes, passed, start] = [0, 0, 0]
  return {
    add(bytes) {
      if (newerBytes >= kept) {
        start = passed - newerBytes
        halves = [halves[1], []]
        newerBytes = 0
      }
      halves[1].push(Buffer.from(bytes))
      newerBytes += bytes.length
      passed += bytes.length
    },
    size: () => passed,
    slice: (from, to) =>
      from < start ? null : Buffer.concat(halves.flat()).subarray(from - start, to - start),
  }
}
