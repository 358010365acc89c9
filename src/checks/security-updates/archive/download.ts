import { createHash } from 'node:crypto'
import { type GetOptions, getStream, redactUrl } from '../../../io/http/http.js'
import { archiveProblem } from './problems.js'

export interface Download {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
  /** Hex. */
  readonly sha256: string
}

/**
 * All of a small file, or of one whose size is known. Statuses other than 200 and 304 are errors.
 * @param limit bytes; one more is an error
 * @throws SeaworthyError `archive-not-found` (404, 410), `archive-status`, `archive-oversize`, and those of
 * io/http
 */
export async function download(url: string, limit: number, options: GetOptions): Promise<Download> {
  const { status, headers, body } = await getStream(url, options)
  const where = redactUrl(url)
  if (status === 404 || status === 410) {
    throw archiveProblem('archive-not-found', `the mirror does not have this file (HTTP ${status})`, where)
  }
  if (status !== 200 && status !== 304) {
    throw archiveProblem('archive-status', `the mirror returned HTTP ${status}`, where)
  }
  const hash = createHash('sha256')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) {
      throw archiveProblem('archive-oversize', `the file is longer than the expected ${limit} bytes`, where)
    }
    hash.update(chunk)
    chunks.push(chunk)
  }
  return { status, headers, bytes: Buffer.concat(chunks, size), sha256: hash.digest('hex') }
}
