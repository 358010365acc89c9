import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shortHash } from '../../io/files/hash.js'
import { isOnlyOurs } from '../../io/files/kept-place.js'
import type { HttpAnswer } from '../../io/http/http.js'
import { SeaworthyError } from '../../model/index.js'
import type { Validators } from '../document.js'
import { makeKeptFolder } from '../kept.js'
import type { SpooledDocument } from '../spool.js'

/** A whole document that lost a third of its rows since the last run is more likely broken than true. */
export function refuseShrunk(rows: number, before: number, kept: string, where: string): void {
  if (rows * 3 >= before * 2) {
    return
  }
  throw new SeaworthyError({
    code: 'tracker-shrunk',
    what: `the number of rows in the security tracker fell from ${before} to ${rows}`,
    where,
    todo: `check the new tracker data; if it is correct, remove the cached copy: ${kept}`,
  })
}

interface CachedTrackerMeta extends Validators {
  readonly sha256: string
  readonly rows: number
  /** Without credentials. */
  readonly url: string
}

/** Where a downloaded tracker is cached, with its server's headers. */
export function trackerPaths(cacheDir: string, source: string) {
  const path = join(cacheDir, `tracker-${shortHash(source)}`)
  return { path: `${path}.json`, validatorsPath: `${path}.validators.json` }
}

export async function keptIn(cacheDir: string, source: string) {
  await makeKeptFolder(cacheDir)
  const { path, validatorsPath } = trackerPaths(cacheDir, source)
  const isOwnedByUs = [path, validatorsPath].every((one) => isOnlyOurs(one))
  const read = (text: string) => JSON.parse(text) as CachedTrackerMeta
  const validators = isOwnedByUs ? await readFile(validatorsPath, 'utf8').then(read, () => null) : null
  return { path, validatorsPath, validators }
}

export function validatorsOf(
  { headers, url }: HttpAnswer,
  { sha256, summary }: SpooledDocument,
): CachedTrackerMeta {
  const { etag = null, 'last-modified': lastModified = null } = headers
  return { sha256, etag, lastModified, rows: summary.rows, url }
}
