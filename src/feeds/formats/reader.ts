/** A feed's content, reduced to one line of text per CVE. */
export interface FeedRows {
  /** CVE -> value, in the format of the feed's own module. */
  readonly rows: ReadonlyMap<string, string>
  /** CVEs that the feed knows but says nothing about: an update removes their rows. */
  readonly without: ReadonlySet<string>
  /** The data's own date, ISO 8601 UTC. */
  readonly date: string | null
}

/** Takes a feed chunk by chunk; memory grows with the number of CVEs, not with the text about them. */
export interface FeedReader {
  push(chunk: Uint8Array): void
  /** Proves that it is whole. */
  end(): FeedRows
}

/** UTF-8 or ASCII to text: `TextDecoder` is not part of the language, so it is passed in. */
export type Decode = (bytes: Uint8Array) => string

/** ISO 8601 UTC, or `null`; a time without a zone, as the NVD writes it, is read as UTC. */
export function isoTime(text: unknown): string | null {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(text)) {
    return null
  }
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) || text.length === 10 ? text : `${text}Z`
  const time = Date.parse(zoned)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
