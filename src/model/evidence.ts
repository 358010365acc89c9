import * as z from 'zod'
import type { CheckId } from './checks.js'
import type { Problem } from './problem.js'
import { count, type TypeOf, text, textOrNull } from './schemas.js'

export const SourceSchema = z
  .strictObject({
    name: text,
    /** URL or path, without credentials. */
    url: text,
    fetchedAt: textOrNull.describe('When the data was read (ISO 8601, UTC)'),
    date: textOrNull.describe("The data's own date (ISO 8601, UTC)"),
    sha256: textOrNull,
    rows: count.nullable(),
    signedBy: text
      .optional()
      .describe('Fingerprint of the key whose signature authenticates the data: 40 hex digits'),
    attestedBy: text
      .optional()
      .describe(
        "Workflow whose attestation authenticates the data, as the attestation's certificate identifies it",
      ),
    instead: text
      .optional()
      .describe(
        'Which address or copy was used instead of the first address, and why; absent if the first address was used',
      ),
  })
  .describe('Where the data came from')
/** `null` means not known. */
export type Source = TypeOf<typeof SourceSchema>

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
