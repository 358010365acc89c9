import { inflateSync } from 'node:zlib'
import { type ApplicationStatement, isRecord, jsonIn } from '../../../../model/index.js'
import { asUnreadable, statement } from './texts.js'

/** `cargo auditable` stores a Rust program's list of crates in this section (cargo-auditable, PARSING.md). */
export const CRATES_SECTION = '.dep-v0'

/** Limit for an unpacked list: PARSING.md calls this more than enough. */
const MAX_LIST_BYTES = 8 * 2 ** 20
/** Limit for the crates of one program. */
const MAX_CRATES = 5000

/**
 * The crates that a Rust program was linked from. Build dependencies are not in the program. For a crate that is not
 * from crates.io (the program's own, one from a Git repository or another registry), advisories that name it can be
 * about another crate.
 * @param readSection reads the section from its beginning: zlib's stream of a JSON document
 * @param budget bytes that may still be unpacked
 */
export function readCrates(
  readSection: (length: number) => Buffer,
  budget: { remainingBytes: number },
): readonly ApplicationStatement[] {
  const text = unpacked(readSection(MAX_LIST_BYTES), budget)
  const packages = text === null ? undefined : packagesIn(text)
  if (packages === undefined) {
    return [unreadableList('that is broken, or has more than 8 MiB')]
  }
  if (packages.length > MAX_CRATES) {
    return [unreadableList(`of more than ${MAX_CRATES}`)]
  }
  const crates = packages.flatMap((entry): ApplicationStatement[] => {
    const { name, version, source, kind } = isRecord(entry) ? entry : {}
    if (typeof name !== 'string' || name.trim() === '') {
      return [unreadableList('with one that has no name')]
    }
    if (kind === 'build') {
      return []
    }
    const crate = statement('cargo', name, typeof version === 'string' ? version : null)
    return [source === 'crates.io' ? crate : { ...crate, isFromCheckout: true }]
  })
  return crates.length > 0 ? crates : [unreadableList('that is empty')]
}

/** Inflates the list; a list that cannot be inflated costs as much as the largest possible result. */
function unpacked(packed: Buffer, budget: { remainingBytes: number }): Buffer | null {
  const maxBytes = Math.min(MAX_LIST_BYTES, budget.remainingBytes)
  if (maxBytes <= 0) {
    return null
  }
  try {
    const text = inflateSync(packed, { maxOutputLength: maxBytes })
    budget.remainingBytes -= text.length
    return text
  } catch {
    budget.remainingBytes -= maxBytes
    return null
  }
}

function packagesIn(text: Buffer): readonly unknown[] | undefined {
  const value = jsonIn(text.toString('utf8'))
  return isRecord(value) && Array.isArray(value.packages) ? value.packages : undefined
}

function unreadableList(why: string): ApplicationStatement {
  return asUnreadable(`a list of crates (${CRATES_SECTION}) ${why}`)
}
