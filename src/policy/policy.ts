import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { cached, compareText } from '../model/index.js'
import type { Baseline } from './baseline/compare.js'
import type { Dictionary } from './dictionary/dictionary.js'
import type { GatePolicy } from './gate/thresholds.js'
import { THRESHOLD_ROWS } from './gate/thresholds.js'
import type { VexDocument } from './vex/read.js'
import type { Whitelist } from './whitelist/schema.js'

export interface Policy {
  readonly gate: GatePolicy
  readonly whitelist: Whitelist
  readonly dictionary: Dictionary
  readonly vex: readonly VexDocument[]
  /** An earlier report to compare with; `null` if none was named. */
  readonly baseline: Baseline | null
}

/**
 * The position of a line and the name of a file decide nothing: the same policy in another folder, or with another
 * comment, is the same policy. Names of VEX documents are left out, since their content is included. The author of
 * our own VEX statements lets nothing through.
 */
const NON_POLICY_KEYS = ['place', 'path', 'file', 'writtenId', 'notices', 'vexAuthor']

/**
 * How the image is examined. A replay does not know it, so it is no part of the digest; `verifiedLevels` of an attested
 * verdict report it.
 */
const COLLECTION_THRESHOLDS: readonly string[] = THRESHOLD_ROWS.filter(
  ({ row }) => row.collects === true,
).map(({ key }) => key)

/**
 * SHA-256 of the policy in force (thresholds with the inputs that were used, whitelist with its includes, dictionary
 * and VEX), as `sha256:<hex>` of its canonical JSON. The release, a push, the matrix and the baseline belong to the run, and
 * the first and the last are stated separately. Another version of Seaworthy may have other thresholds, and then gives another digest.
 */
export function policyDigest({ gate, whitelist, dictionary, vex }: Policy): string {
  const { release: _, pushes: __, vex: ___, isShared: ____, isOffByOsv: _____, ...comparable } = gate
  const thresholds = Object.fromEntries(
    Object.entries(comparable).filter(([key]) => !COLLECTION_THRESHOLDS.includes(key)),
  )
  // The order of entries or documents, and the file that they are in, decide nothing.
  const entries = whitelist.entries.map((entry) => canonicalJson(entry, NON_POLICY_KEYS)).sort()
  const documents = vex.map((document) => canonicalJson(document, NON_POLICY_KEYS)).sort()
  const rest = canonicalJson({ gate: thresholds, whitelist: entries, vex: documents }, NON_POLICY_KEYS)
  return digestOfText(`{"dictionary":${dictionaryText(dictionary)},${rest.slice(1)}`)
}

/** Canonical JSON of each dictionary: it is many times as long as the rest of a policy, and many policies share one. */
const dictionaryText = cached((dictionary: Dictionary) => canonicalJson(dictionary, NON_POLICY_KEYS))

export function digestOfText(text: string): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text.toWellFormed())))}`
}

/** JSON with its keys in code unit order and no blanks (RFC 8785), without these keys. */
export function canonicalJson(value: unknown, without: readonly string[] = []): string {
  const sortKeys = (_: string, one: unknown) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) {
      return one
    }
    const entries = Object.entries(one).filter(([key]) => !without.includes(key))
    return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)))
  }
  return JSON.stringify(value, sortKeys)
}
