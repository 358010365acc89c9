import { isDate, malformed, parseCve } from '../../model/index.js'
import { scanElements } from './elements.js'
import { type Decode, type FeedReader, isoTime } from './reader.js'

/**
 * Reads CISA's catalog of Known Exploited Vulnerabilities
 * (https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json). The value of a CVE is the
 * day on which it was added, YYYY-MM-DD.
 */
export function readKev(decode: Decode): FeedReader {
  const rows = new Map<string, string>()
  const onElement = (element: unknown): void => {
    const { cveID, dateAdded } = (element ?? {}) as Readonly<Record<string, unknown>>
    if (typeof cveID !== 'string' || parseCve(cveID) === null) {
      const shown = JSON.stringify(cveID)?.slice(0, 40)
      throw malformed('kev', `an entry in the catalog has ${shown} instead of a CVE ID`)
    }
    if (typeof dateAdded !== 'string' || !isDate(dateAdded)) {
      throw malformed('kev', `${cveID} has no date`)
    }
    rows.set(cveID, dateAdded)
  }
  const scanner = scanElements({ feed: 'kev', key: 'vulnerabilities', decode, onElement })
  return {
    push: scanner.push,
    end: () => {
      const { frame, count } = scanner.end()
      const date = isoTime(frame.dateReleased)
      if (typeof frame.catalogVersion !== 'string' || date === null) {
        const why = 'catalogVersion or dateReleased is missing or invalid'
        throw malformed('kev', `it is not CISA's catalog: ${why}`)
      }
      if (frame.count !== count) {
        throw malformed('kev', `it declares ${String(frame.count)} entries, but contains ${count}`)
      }
      return { rows, without: new Set<string>(), date }
    },
  }
}
