import { hash, randomBytes } from 'node:crypto'
import { parentOf } from '../../../model/index.js'

/** Generated in each run, so that nobody can build an image whose paths have the same hash. */
const SALT = randomBytes(16).toString('hex')

function hashOf(path: string): number {
  return hash('sha256', SALT + path, 'buffer').readUInt32LE()
}

const FIRST_BYTES = 2048

/**
 * A column of numbers that grows. It is outside V8's heap, and gives back what it outgrows at once: a layer can have
 * millions of entries.
 */
function column<
  Numbers extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>,
>(viewOf: (memory: ArrayBuffer) => Numbers) {
  let numbers = viewOf(new ArrayBuffer(FIRST_BYTES))
  return {
    get: (at: number): number => numbers[at] ?? 0,
    set(at: number, value: number): void {
      if (at >= numbers.length) {
        numbers = viewOf(numbers.buffer.transfer(2 * numbers.byteLength))
      }
      numbers[at] = value
    },
  }
}
export const byteColumn = () => column((memory) => new Uint8Array(memory))
export const integerColumn = () => column((memory) => new Uint32Array(memory))
export const doubleColumn = () => column((memory) => new Float64Array(memory))

/** Texts, one after the other. */
export function createTexts() {
  let memory = Buffer.from(new ArrayBuffer(FIRST_BYTES))
  let end = 0
  return {
    /** @returns where it begins; it ends where the next one begins */
    add(text: string): number {
      const start = end
      const mostBytes = 3 * text.length
      if (end + mostBytes > memory.length) {
        memory = Buffer.from(memory.buffer.transfer(2 * memory.length + mostBytes))
      }
      end += memory.write(text, end)
      return start
    },
    at: (from: number, to: number): string => (from === to ? '' : memory.toString('utf8', from, to)),
    end: () => end,
  }
}

const MAX_RECENT_FOLDERS = 1000

/** Paths by their numbers, and the numbers by paths, in a table with open addressing. */
export function createPathTable() {
  const texts = createTexts()
  const [starts, ends, hashes, parents] = [integerColumn(), integerColumn(), integerColumn(), integerColumn()]
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

  /** Folders of the last entries: a tar has the files of a folder near one another. */
  const recentFolders = new Map<string, number>()
  /** The number of the folder that a path is in, which it gets before the path does; `-1`: it is in the root. */
  function parentNumber(path: string): number {
    const folder = parentOf(path)
    if (folder === '') {
      return -1
    }
    const number = recentFolders.get(folder) ?? findOrAdd(folder)
    if (recentFolders.size === MAX_RECENT_FOLDERS) {
      recentFolders.clear()
    }
    recentFolders.set(folder, number)
    return number
  }

  function findOrAdd(path: string): number {
    const pathHash = hashOf(path)
    const known = (slots[slotOf(path, pathHash)] ?? 0) - 1
    if (known >= 0) {
      return known
    }
    const parent = parentNumber(path)
    const number = count++
    starts.set(number, texts.add(path))
    ends.set(number, texts.end())
    hashes.set(number, pathHash)
    parents.set(number, parent + 1)
    slots[slotOf(null, pathHash)] = number + 1
    if (2 * count > slots.length) {
      grow()
    }
    return number
  }

  return {
    pathOf,
    size: () => count,
    /** The number of the folder that a path is in; `-1`: the root. */
    parentOf: (number: number): number => parents.get(number) - 1,
    /** `-1`: not in the table. */
    find: (path: string): number => (slots[slotOf(path, hashOf(path))] ?? 0) - 1,
    findOrAdd,
  }
}
