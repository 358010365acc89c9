/** The parts of a CVE id: year, and a number of at least four digits without unnecessary zeros. */
export interface CveNumber {
  readonly year: number
  readonly number: number
}

/** The parts of a CVE id; `null` for other text, and for a number that a double cannot represent. */
export function parseCve(id: string): CveNumber | null {
  const [, year, number] = /^CVE-(\d{4})-(\d{4}|[1-9]\d{4,14})$/.exec(id) ?? []
  return year === undefined || number === undefined ? null : { year: Number(year), number: Number(number) }
}

export function cveId({ year, number }: CveNumber): string {
  return `CVE-${year}-${String(number).padStart(4, '0')}`
}

/** All ids in a text, in the order of code units. */
export function cvesIn(text: string): string[] {
  const found = text.match(/CVE-\d{4}-\d{4,15}(?!\d)/g) ?? []
  return [...new Set(found)].filter((id) => parseCve(id) !== null).sort()
}

/** A CVE's page in Debian's tracker. Anything that is not exactly a CVE id is only text: then `null`. */
export function trackerPage(id: string): string | null {
  return /^CVE-\d{4}-\d{4,19}$/.test(id) ? `https://security-tracker.debian.org/tracker/${id}` : null
}
