import type { ApplicationStatement } from '../../../../model/index.js'
import type { ReadAt } from '../../store/stored.js'
import { bytesAt, type Elf, unsignedAt } from './elf.js'
import { asUnreadable, statement } from './texts.js'

// Reads the build information that Go's linker stores in a program, by the rules of debug/buildinfo, which
// `go version -m` uses.

/** The 16-aligned header: a mark of 14 bytes, the size of a pointer, flags, and two pointers. */
export const GO_HEADER_BYTES = 32
export const GO_ALIGNMENT = 16
export const GO_MARK = '\xff Go buildinf:'
/** Limit for the build information: the largest programs in use (Kubernetes) have some 100 KiB. */
export const GO_INFO_BYTES = 2 ** 20
const FLAGS = { big: 1, inline: 2 }
/** Bytes of the marker before and after the module information (cmd/go/internal/modload). */
const FRAME_BYTES = 16
/** Limit for the modules of one program. */
const MAX_MODULES = 5000

const BROKEN = asUnreadable('broken Go build information')

/**
 * The build information that begins with a mark.
 * @returns `pointers` if it is of Go 1.13 to 1.17: then the file has to be read where they lead; `null` if it is only
 * the mark
 */
export function readBuildInfo(info: Buffer): readonly ApplicationStatement[] | 'pointers' | null {
  const [pointer, flags = 0] = [info[14], info[15]]
  if (
    info.length < GO_HEADER_BYTES ||
    (pointer !== 4 && pointer !== 8) ||
    flags > (FLAGS.big | FLAGS.inline)
  ) {
    return null
  }
  if ((flags & FLAGS.inline) === 0) {
    return 'pointers'
  }
  const version = textAt(info, GO_HEADER_BYTES)
  const modules = version === null ? null : textAt(info, version.next)
  return version === null || modules === null ? [BROKEN] : statementsIn(version.text, modules.text)
}

/**
 * Build information of Go 1.13 to 1.17: two pointers to Go strings, each an address and a length.
 * @param at position of the mark in the file
 */
export function followPointers(elf: Elf, read: ReadAt, at: number): readonly ApplicationStatement[] {
  const header = read(at, GO_HEADER_BYTES)
  if (header.length < GO_HEADER_BYTES) {
    return [BROKEN]
  }
  const width = header[14] === 4 ? 4 : 8
  const isLittle = ((header[15] ?? 0) & FLAGS.big) === 0
  const stringAt = (address: number): string | null => {
    const stringHeader = bytesAt(elf, read, address, 2 * width)
    if (stringHeader.length < 2 * width) {
      return null
    }
    const length = unsignedAt(stringHeader, width, width, isLittle)
    const text =
      length > GO_INFO_BYTES ? '' : bytesAt(elf, read, unsignedAt(stringHeader, 0, width, isLittle), length)
    return text.length < length ? null : text.toString('latin1')
  }
  const pointers = [16, 16 + width].map((from) => unsignedAt(header, from, width, isLittle))
  const [version = null, modules = null] = pointers.map(stringAt)
  if (version === null || version === '') {
    // A program of Go 1.17 that is loaded at any address has its pointers filled in only then.
    return [asUnreadable('Go build information of Go 1.17 or older that leads nowhere')]
  }
  return statementsIn(version, modules ?? '')
}

function statementsIn(version: string, framedModules: string): readonly ApplicationStatement[] {
  if (!/^(?:go\d|devel)/.test(version)) {
    return [BROKEN]
  }
  // GOPATH builds have no module information, so no markers either.
  const lines =
    framedModules.length > 2 * FRAME_BYTES ? framedModules.slice(FRAME_BYTES, -FRAME_BYTES).split('\n') : []
  const go = version.split(/[ -]/, 1)[0]?.replace(/^go/, '') ?? null
  const command = lines.includes('path\tcmd/go') ? [statement('program', 'go', go)] : []
  return [statement('golang', 'stdlib', go), ...modulesOf(lines), ...command]
}

/** `dep`, path, version; a line `=>` after it is what was linked instead (runtime/debug, BuildInfo). */
function modulesOf(lines: readonly string[]): readonly ApplicationStatement[] {
  const modules: { name: string; version: string | null; isFromCheckout: boolean }[] = []
  for (const line of lines.slice(0, 3 * MAX_MODULES)) {
    const [keyword, name = '', version = '', checksum = ''] = line.split('\t')
    const module = { name, version: version === '' || version === '(devel)' ? null : version }
    // The go command knows the checksum of what it downloaded; for a checkout there is none.
    const isFromCheckout = keyword === 'mod' && checksum === ''
    if ((keyword === 'mod' || keyword === 'dep') && name !== '') {
      modules.push({ ...module, isFromCheckout })
    } else if (keyword === '=>' && modules.length > 0) {
      modules.pop()
      modules.push({ ...module, isFromCheckout })
    }
  }
  return modules.slice(0, MAX_MODULES).map(({ name, version, isFromCheckout }): ApplicationStatement => {
    const module = statement('golang', name, version)
    return isFromCheckout ? { ...module, isFromCheckout } : module
  })
}

/** A string with its length before it (encoding/binary, Uvarint). */
function textAt(bytes: Buffer, at: number): { readonly text: string; readonly next: number } | null {
  let [length, factor, from] = [0, 1, at]
  for (;;) {
    const byte = bytes[from++]
    if (byte === undefined || factor > 2 ** 28) {
      return null
    }
    length += (byte & 0x7f) * factor
    factor *= 128
    if (byte < 0x80) {
      break
    }
  }
  return from + length > bytes.length
    ? null
    : { text: bytes.toString('latin1', from, from + length), next: from + length }
}
