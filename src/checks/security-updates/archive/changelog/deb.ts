import { gunzipSync } from 'node:zlib'
import { parseStanzas } from '../../../../debian/control.js'
import type { WantedChangelog } from '../../../../inventory/provenance/changelog.js'
import { readVersion } from '../../apt/version.js'
import { download } from '../download.js'
import type { IndexStanza } from '../narrow.js'
import { archiveProblem } from '../problems.js'
import type { Session } from '../session.js'
import { PACKINGS, type Packing } from '../unpack.js'
import { fileInTar } from './tar-file.js'

/** A binary package that should contain the changelog of its source. */
export interface DebFile {
  readonly name: string
  /** Path below the mirror's address. */
  readonly path: string
  /** Hex. */
  readonly sha256: string
}

const MAX_DEB_BYTES = 32 * 1024 * 1024
const MAX_CHANGELOG_BYTES = 16 * 1024 * 1024
/** The documentation of some packages is a link to another package's. */
const MAX_TRIES = 3

/** The binary packages that are built from the source package in exactly this version. */
export function debsOf(
  { source, version }: WantedChangelog,
  stanzas: readonly IndexStanza[],
): readonly DebFile[] {
  return stanzas
    .flatMap(({ text }) => parseStanzas(`${text}\n`, 'Packages'))
    .flatMap((stanza) => {
      const { name, source: from, sourceVersion, deb } = readVersion(stanza, 'all')
      const isSafePath =
        /^pool\/[A-Za-z0-9+._/~-]+\.deb$/.test(deb?.path ?? '') && !deb?.path.includes('/../')
      return deb !== null && from === source && sourceVersion === version && isSafePath
        ? [{ name, ...deb }]
        : []
    })
    .slice(0, MAX_TRIES)
}

/**
 * The changelog of a package's source as the package ships it (Debian policy 12.7); the signed index proves the file.
 * @throws SeaworthyError `archive-index-mismatch`, `changelog-missing`, and those of `download` and the tar reader
 */
export async function changelogInDeb(file: DebFile, url: string, session: Session): Promise<string> {
  const { bytes, sha256 } = await download(url, MAX_DEB_BYTES, session.http('index'))
  if (sha256 !== file.sha256) {
    const what = `the file's SHA-256 is ${sha256}, but the signed index lists ${file.sha256}`
    throw archiveProblem('archive-index-mismatch', what, file.path)
  }
  const data = memberOf(bytes, 'data.tar')
  const packing = PACKINGS.find((one) => data?.name === `data.tar${one}`)
  if (data === null || packing === undefined) {
    throw archiveProblem('changelog-missing', 'the package is packed in an unsupported format', file.path)
  }
  const folder = `usr/share/doc/${file.name}/`
  const isChangelog = (path: string) =>
    path === `${folder}changelog.Debian.gz` || path === `${folder}changelog.gz`
  const limits = { packing: packing as Packing, maxBytes: MAX_CHANGELOG_BYTES, where: file.path }
  const found = await fileInTar(data.bytes, isChangelog, limits)
  if (found === null) {
    throw archiveProblem('changelog-missing', 'the package contains no changelog', file.path)
  }
  try {
    return gunzipSync(found, { maxOutputLength: MAX_CHANGELOG_BYTES }).toString('utf8')
  } catch {
    throw archiveProblem('changelog-missing', "the package's changelog cannot be unpacked", file.path)
  }
}

/** A member of an ar archive (deb(5)) whose name begins with this; `null` if there is none. */
function memberOf(bytes: Buffer, prefix: string): { readonly name: string; readonly bytes: Buffer } | null {
  if (bytes.toString('latin1', 0, 8) !== '!<arch>\n') {
    return null
  }
  for (let at = 8; at + 60 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 16).replace(/\/?\s*$/, '')
    const size = Number(bytes.toString('latin1', at + 48, at + 58).trim())
    if (!Number.isSafeInteger(size) || size < 0) {
      return null
    }
    const start = at + 60
    if (name.startsWith(prefix)) {
      return { name, bytes: bytes.subarray(start, start + size) }
    }
    at = start + size + (size % 2)
  }
  return null
}
