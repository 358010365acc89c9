import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type FakeServer, fakeServer } from './fake-server.js'
import { type NvdCves, nvdText } from './feed-texts.js'

export interface FakeNvd extends FakeServer {
  /** Address of the folder of its feeds, with a slash at its end. */
  readonly base: string
  /** Names of the feeds that were sent, in order, without their .meta files. */
  readonly sent: string[]
  /** Names of feeds that are not there: 404. */
  readonly lacking: Set<string>
  /** The day that the feeds are of, YYYY-MM-DD. Change it between two runs. */
  day: string
}

/** The NVD's feeds in form 2.0: what `feeds` has, and empty years. Change it between two runs. */
export async function fakeNvd(
  feeds: Record<string, NvdCves>,
  metaOf = (sha256: string) => sha256,
): Promise<FakeNvd> {
  const sent: string[] = []
  const lacking = new Set<string>()
  const dated = { day: '2026-11-24' }
  const server = await fakeServer(({ path }, response) => {
    const [, part = '', kind] = /^\/nvd\/nvdcve-2\.0-(\w+)\.(meta|json\.gz)$/.exec(path) ?? []
    const text = nvdText(feeds[part] ?? {}, { timestamp: `${dated.day}T06:00:00.000` })
    if (lacking.has(part)) {
      response.writeHead(404).end()
    } else if (kind === 'json.gz') {
      sent.push(part)
      response.end(gzipSync(text))
    } else if (kind === 'meta') {
      const sha256 = createHash('sha256').update(text).digest('hex').toUpperCase()
      response.end(`lastModifiedDate:2026-11-24T06:00:00-05:00\r\nsize:1\r\nsha256:${metaOf(sha256)}\r\n`)
    } else {
      response.writeHead(404).end()
    }
  })
  return Object.assign(dated, { ...server, base: `${server.url}/nvd/`, sent, lacking })
}
