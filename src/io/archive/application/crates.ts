import { inflateSync } from 'node:zlib'
import type { ApplicationStatement } from '../../../model/application.js'
import { isRecord, jsonIn } from '../../../model/json.js'
import { asUnreadable, statement } from './texts.js'

/** The section in which `cargo auditable` puts a Rust program's list of crates (cargo-auditable, PARSING.md). */
export const CRATES_SECTION = '.dep-v0'

/** Bytes of a list, unpacked: PARSING.md calls this more than enough for any. */
const MOST_BYTES = 8 * 2 ** 20
/** Crates per program. */
const MOST_CRATES = 5000

/**
 * The crates that a Rust program was linked from. Build dependencies are not in the program. For a crate that is not
 * from crates.io (the program's own, one from a Git repository or another registry), advisories that name it can be
 * about another crate.
 * @param list reads the section from its beginning: zlib's stream of a JSON document
 * @param budget bytes that may still be unpacked
 */
export function readCrates(
  list: (length: number) => Buffer,
  budget: { left: number },
): readonly ApplicationStatement[] {
  const text = unpacked(list(MOST_BYTES), budget)
  const packages = text === null ? undefined : packagesIn(text)
  if (packages === undefined) {
    return [unreadable('that is broken, or has more than 8 MiB')]
  }
  if (packages.length > MOST_CRATES) {
    return [unreadable(`of more than ${MOST_CRATES}`)]
  }
  const found = packages.flatMap((one): ApplicationStatement[] => {
    const { name, version, source, kind } = isRecord(one) ? one : {}
    if (typeof name !== 'string' || name.trim() === '') {
      return [unreadable('with one that has no name')]
    }
    if (kind === 'build') {
      return []
    }
    const crate = statement('cargo', name, typeof version === 'string' ? version : null)
    return [source === 'crates.io' ? crate : { ...crate, isFromCheckout: true }]
  })
  return found.length > 0 ? found : [unreadable('that is empty')]
}

/** What does not unpack costs as much as it might have unpacked. */
function unpacked(packed: Buffer, budget: { left: number }): Buffer | null {
  const most = Math.min(MOST_BYTES, budget.left)
  if (most <= 0) {
    return null
  }
  try {
    const text = inflateSync(packed, { maxOutputLength: most })
    budget.left -= text.length
    return text
  } catch {
    budget.left -= most
    return null
  }
}

function packagesIn(text: Buffer): readonly unknown[] | undefined {
  const value = jsonIn(text.toString('utf8'))
  return isRecord(value) && Array.isArray(value.packages) ? value.packages : undefined
}

function unreadable(why: string): ApplicationStatement {
  return asUnreadable(`a list of crates (${CRATES_SECTION}) ${why}`)
}
