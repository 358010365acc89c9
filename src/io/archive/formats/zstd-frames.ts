/**
 * Splits Zstandard data at frame ends (RFC 8878, chapter 3), and leaves out skippable frames. Node's decompressor
 * drops what follows a frame within one write, while parallel or seekable writers (pzstd, zstd:chunked) produce many
 * frames and skippable ones.
 */
export interface FrameSplitter {
  /** The parts to write to the decompressor one by one. Throws if a frame does not begin with its magic number. */
  split(bytes: Buffer): Buffer[]
}

const MAGIC_BYTES = Buffer.from('28b52ffd', 'hex')
const MAGIC = MAGIC_BYTES.readUInt32LE()
const SKIPPABLE_MAGIC = 0x184d2a50

export function isZstdMagic(magic: number): boolean {
  return magic === MAGIC || isSkippable(magic)
}

function isSkippable(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC
}

const FIELD_BYTES = { magic: 4, descriptor: 1, 'block-header': 3, 'skip-size': 4 }
type Field = keyof typeof FIELD_BYTES

export function createFrameSplitter(): FrameSplitter {
  // A field is collected byte by byte; between fields, `bytesToPass` bytes are passed on, or dropped in
  // skippable frames.
  let field: Field = 'magic'
  let fieldBytes = 0
  let value = 0
  let bytesToPass = 0
  let isSkippableFrame = false
  let isLastBlock = false
  let hasChecksum = false

  /** Evaluates a complete field, and returns which one follows. */
  function readField(): Field {
    switch (field) {
      case 'magic':
        if (!isZstdMagic(value)) {
          throw new Error('a Zstandard frame has a wrong magic number')
        }
        isSkippableFrame = isSkippable(value)
        return isSkippableFrame ? 'skip-size' : 'descriptor'
      case 'skip-size':
        bytesToPass = value
        return 'magic'
      case 'descriptor': {
        const isSingleSegment = (value & 0x20) !== 0
        hasChecksum = (value & 0x04) !== 0
        const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][value >>> 6] ?? 0
        bytesToPass = (isSingleSegment ? 0 : 1) + ([0, 1, 2, 4][value & 3] ?? 0) + contentSizeBytes
        return 'block-header'
      }
      case 'block-header': {
        isLastBlock = (value & 1) === 1
        const isRunLength = ((value >>> 1) & 3) === 1
        bytesToPass = isRunLength ? 1 : value >>> 3
        if (!isLastBlock) {
          return 'block-header'
        }
        bytesToPass += hasChecksum ? 4 : 0
        return 'magic'
      }
    }
  }

  function split(bytes: Buffer): Buffer[] {
    const parts: Buffer[] = []
    let start = 0
    let at = 0
    const flush = (end: number): void => {
      if (!isSkippableFrame && end > start) {
        parts.push(bytes.subarray(start, end))
      }
      start = end
    }
    while (at < bytes.length) {
      if (bytesToPass > 0) {
        const consumed = Math.min(bytesToPass, bytes.length - at)
        bytesToPass -= consumed
        at += consumed
        if (bytesToPass === 0 && field === 'magic') {
          flush(at)
        }
        continue
      }
      value = (value | ((bytes[at] ?? 0) << (8 * fieldBytes))) >>> 0
      fieldBytes++
      at++
      if (fieldBytes < FIELD_BYTES[field]) {
        continue
      }
      const wasMagic = field === 'magic'
      field = readField()
      if (wasMagic) {
        // It is passed on only when it turns out not to begin a skippable frame; it may have come in two chunks.
        parts.push(...(isSkippableFrame ? [] : [MAGIC_BYTES]))
        start = at
      }
      fieldBytes = 0
      value = 0
      if (bytesToPass === 0 && field === 'magic') {
        flush(at)
      }
    }
    if (field !== 'magic' || bytesToPass > 0) {
      flush(at)
    }
    return parts
  }

  return { split }
}
