import { hash, randomBytes } from 'node:crypto'

/** Generated in each run, so that nobody can build an image whose paths have the same hash. */
const SALT = randomBytes(16).toString('hex')

function hashOf(path: string): number {
  return hash('sha256', SALT + path, 'buffer').readUInt32LE()
}

/** A column of numbers that grows. It is outside V8's heap: a layer can have millions of entries. */
function column<Numbers extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  create: (length: number) => Numbers,
) {
  let numbers = create(256)
  return {
    get: (at: number): number => numbers[at] ?? 0,
    set(at: number, value: number): void {
      if (at >= numbers.length) {
        const grown = create(2 * numbers.length)
        grown.set(numbers)
        numbers = grown
      }
      numbers[at] = value
    },
  }
}
export const bytes = () => column((length) => new Uint8Array(length))
export const integers = () => column((length) => new Uint32Array(length))
export const doubles = () => column((length) => new Float64Array(length))

/** Texts, one after the other. */
export function createTexts() {
  let buffer = Buffer.allocUnsafe(4096)
  let end = 0
  return {
    /** @returns where it begins; it ends where the next one begins */
    add(text: string): number {
      const start = end
      const mostBytes = 3 * text.length
      if (end + mostBytes > buffer.length) {
        const grown = Buffer.allocUnsafe(2 * buffer.length + mostBytes)
        buffer.copy(grown, 0, 0, end)
        buffer = grown
      }
      end += buffer.write(text, end)
      return start
    },
    at: (from: number, to: number): string => buffer.toString('utf8', from, to),
    end: () => end,
  }
}

/** Paths by their numbers, and the numbers by paths, in a table with open addressing. */
export function createPathTable() {
  const texts = createTexts()
  const [starts, ends, hashes] = [integers(), integers(), integers()]
  let slots = new Uint32Array(512)
  let count = 0
  const pathOf = (number: number): string => texts.at(starts.get(number), ends.get(number))

  /** The slot with this path, or the free one where it belongs. */
  function slotOf(path: string | null, pathHash: number): number {
    for (let slot = pathHash % slots.length; ; slot = (slot + 1) % slots.length) {
      const number = (slots[slot] ?? 0) - 1
      if (number < 0 || (path !== null && hashes.get(number) === pathHash && pathOf(number) === path)) {
        return slot
      }
    }
  }

  function grow(): void {
    slots = new Uint32Array(2 * slots.length)
    for (let number = 0; number < count; number++) {
      slots[slotOf(null, hashes.get(number))] = number + 1
    }
  }

  return {
    pathOf,
    size: () => count,
    /** `-1`: not in the table. */
    find: (path: string): number => (slots[slotOf(path, hashOf(path))] ?? 0) - 1,
    findOrAdd(path: string): number {
      const pathHash = hashOf(path)
      const slot = slotOf(path, pathHash)
      const known = (slots[slot] ?? 0) - 1
      if (known >= 0) {
        return known
      }
      const number = count++
      starts.set(number, texts.add(path))
      ends.set(number, texts.end())
      hashes.set(number, pathHash)
      slots[slot] = number + 1
      if (2 * count > slots.length) {
        grow()
      }
      return number
    },
  }
}
