import type { CheckId } from './checks.js'
import type { Problem } from './problem.js'

/** Where data came from. `null` means not known. */
export interface Source {
  readonly name: string
  /** URL or path, without credentials. */
  readonly url: string
  /** When Seaworthy read the data, ISO 8601 UTC. */
  readonly fetchedAt: string | null
  /** The data's own date, ISO 8601 UTC. */
  readonly date: string | null
  readonly sha256: string | null
  readonly rows: number | null
  /** Fingerprint of the key whose signature proves it, 40 hex digits; absent if nothing is signed. */
  readonly signedBy?: string | undefined
  /** Identity of the workflow whose attestation proves it; absent if nothing is attested. */
  readonly attestedBy?: string | undefined
  /** The address that was read instead of the first one, and why; absent if the first was read. */
  readonly instead?: string | undefined
}

/** Named documents exactly as a tool printed them, and why there are none if a tool failed. */
export interface Evidence {
  readonly check: CheckId
  readonly documents: Readonly<Record<string, string>>
  readonly sources: readonly Source[]
  /** Set if collecting failed: interpreting then gives `unanswered`. */
  readonly problem: Problem | null
  /** Wall-clock time of collecting, in milliseconds. */
  readonly tookMs: number
}

/** Prefix of the names of sources that were read to find out which suite a package is from. */
export const ELSEWHERE_SOURCE = 'debian-archive-elsewhere'
