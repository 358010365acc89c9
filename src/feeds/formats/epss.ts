import { type Epss, feedError, malformed, parseCve } from '../../model/index.js'
import { begin } from './elements.js'
import { type Decode, type FeedReader, isoTime } from './reader.js'

const MAX_LINE_LENGTH = 4096
const ROW = /^(CVE-\d{4}-\d{4,15}),(\d[\d.eE-]*),(\d[\d.eE-]*)$/

/**
 * Reads the scores of the Exploit Prediction Scoring System (https://www.first.org/epss/data_stats): a
 * comment `#model_version:…,score_date:…`, the column names, and one line per CVE. The value of a CVE is
 * `probability percentile`, both 0 to 1 and as written.
 * @param proven true if something else, such as gzip, proves that the document is whole
 */
export function readEpss(decode: Decode, proven: boolean): FeedReader {
  const rows = new Map<string, string>()
  let rest = ''
  let lines = 0
  let bytes = 0
  let date: string | null = null

  const line = (text: string): void => {
    lines++
    if (lines === 1) {
      const [, when] = /^#model_version:[\w.-]+,score_date:(\S+)$/.exec(text) ?? []
      date = isoTime(when)
      if (date === null) {
        throw malformed('epss', `it is not EPSS data: it begins with ${JSON.stringify(text.slice(0, 40))}`)
      }
    } else if (lines === 2) {
      if (text !== 'cve,epss,percentile') {
        throw malformed('epss', `it has unexpected columns: ${JSON.stringify(text.slice(0, 60))}`)
      }
    } else {
      const [, id = '', probability, percentile] = ROW.exec(text) ?? []
      if (parseCve(id) === null || !isPart(probability) || !isPart(percentile)) {
        throw malformed('epss', `line ${lines} is not a score: ${JSON.stringify(text.slice(0, 60))}`)
      }
      rows.set(id, `${probability} ${percentile}`)
    }
  }
  const push = (received: Uint8Array): void => {
    const chunk = bytes === 0 ? begin(received, 'epss') : received
    bytes += received.length
    const texts = (rest + decode(chunk)).split('\n')
    rest = texts.pop() ?? ''
    if (rest.length > MAX_LINE_LENGTH) {
      throw malformed('epss', `it is not EPSS data: a line is longer than ${MAX_LINE_LENGTH} characters`)
    }
    for (const text of texts) {
      line(text.endsWith('\r') ? text.slice(0, -1) : text)
    }
  }
  const end = () => {
    if (bytes === 0) {
      throw feedError('feed-empty', 'epss', 'it is empty')
    }
    if (lines === 0) {
      line(rest) // throws what is there instead
    }
    if (rest !== '' && !proven) {
      throw feedError('feed-truncated', 'epss', `it ends in the middle of line ${lines + 1}`)
    }
    if (rest !== '') {
      line(rest)
    }
    if (lines < 2) {
      throw feedError('feed-truncated', 'epss', 'it ends before its first score')
    }
    return { rows, without: new Set<string>(), date }
  }
  return { push, end }
}

function isPart(text: string | undefined): text is string {
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return value >= 0 && value <= 1
}

/** `null` for anything that `readEpss` cannot have written. */
export function epssOf(value: string, date: string): Epss | null {
  const [probability, percentile, ...more] = value.split(' ')
  const isKnown = isPart(probability) && isPart(percentile) && more.length === 0
  return isKnown ? { probability: Number(probability), percentile: Number(percentile), date } : null
}
