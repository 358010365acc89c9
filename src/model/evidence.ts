import type { CheckId } from './checks.js'
import type { Problem } from './problem.js'

/** Where data came from. What is not known is `null`. */
export interface Source {
  readonly name: string
  /** URL or path, without credentials. */
  readonly url: string
  /** When we read it, ISO 8601 UTC. */
  readonly fetchedAt: string | null
  /** The data's own date, ISO 8601 UTC. */
  readonly date: string | null
  readonly sha256: string | null
  readonly rows: number | null
  /** Fingerprint of the key whose signature proves it, 40 hex digits; absent where nothing is signed. */
  readonly signedBy?: string | undefined
  /** Identity of the workflow whose attestation proves it; absent where nothing is attested. */
  readonly attestedBy?: string | undefined
  /** What it is instead of the data at its first address, and why; absent where that was read. */
  readonly instead?: string | undefined
}

/** Named documents exactly as a tool printed them, and why there are none if a tool failed. */
export interface Evidence {
  readonly check: CheckId
  /** File name -> text. */
  readonly documents: Readonly<Record<string, string>>
  readonly sources: readonly Source[]
  /** Set when collecting failed: interpreting then gives `unanswered`. */
  readonly problem: Problem | null
  /** Wall-clock time of collecting, in milliseconds. */
  readonly tookMs: number
}

/** What names of sources begin with that were read to find out which suite a package is from. */
export const ELSEWHERE_SOURCE = 'debian-archive-elsewhere'
