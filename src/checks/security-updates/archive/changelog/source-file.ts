import { buffer } from 'node:stream/consumers'
import { parseStanzas } from '../../../../debian/control.js'
import { changelogInDiff, type WantedChangelog } from '../../../../inventory/provenance/changelog.js'
import { download } from '../download.js'
import type { PackagesIndex } from '../packages-index.js'
import { archiveProblem } from '../problems.js'
import type { Session } from '../session.js'
import { type Packing, unpackUpTo } from '../unpack.js'
import { fileInTar } from './tar-file.js'

/** The file of a source package that contains its debian/changelog. */
export interface SourceFile {
  /** Path below the mirror's address. */
  readonly path: string
  readonly kind: 'tar' | 'diff'
  readonly packing: Packing
  /** Hex. */
  readonly sha256: string
  readonly size: number
}

const MAX_SOURCE_BYTES = 32 * 1024 * 1024
const MAX_DIFF_BYTES = 64 * 1024 * 1024
const MAX_CHANGELOG_BYTES = 16 * 1024 * 1024

/**
 * Which file has debian/changelog, in this order: the debian tar of format 3.0 (quilt), the diff of 1.0, the tar of a
 * native package (dpkg-source(1)).
 */
const KINDS = [
  { nameEnd: /\.debian\.tar(\.xz|\.gz)$/, kind: 'tar' },
  { nameEnd: /\.diff(\.gz)$/, kind: 'diff' },
  { nameEnd: /(?<!\.orig)(?<!\.orig-[a-zA-Z0-9-]+)\.tar(\.xz|\.gz)$/, kind: 'tar' },
] as const

/** @throws SeaworthyError `changelog-missing` if the index names no such file */
export function sourceFileOf(
  { source, version }: WantedChangelog,
  indexes: readonly PackagesIndex[],
): SourceFile {
  const missing = (what: string) =>
    archiveProblem('changelog-missing', `${source} ${version}: ${what}`, 'Sources')
  for (const { stanzas, url } of indexes) {
    const sourceStanzas = stanzas.filter(({ name }) => name === source)
    for (const { fields } of sourceStanzas.flatMap(({ text }) => parseStanzas(`${text}\n`, url))) {
      if (fields.get('version') !== version) {
        continue
      }
      const directory = fields.get('directory') ?? ''
      if (!/^pool\/[A-Za-z0-9+._/-]+$/.test(directory) || directory.split('/').includes('..')) {
        throw missing('its Directory field is not in the expected format')
      }
      const files = (fields.get('checksums-sha256') ?? '').split('\n').flatMap((line) => {
        const parts = /^\s*([0-9a-f]{64})\s+(\d{1,12})\s+([A-Za-z0-9][A-Za-z0-9+._~-]*)$/.exec(line)
        return parts ? [{ sha256: parts[1] ?? '', size: Number(parts[2]), name: parts[3] ?? '' }] : []
      })
      for (const { nameEnd, kind } of KINDS) {
        const found = files.find(({ name }) => nameEnd.test(name))
        const packing = found && (nameEnd.exec(found.name)?.[1] as Packing | undefined)
        if (!found || packing === undefined) {
          continue
        }
        if (found.size > MAX_SOURCE_BYTES) {
          throw missing(`${found.name} is larger than ${MAX_SOURCE_BYTES} bytes`)
        }
        return { path: `${directory}/${found.name}`, kind, packing, sha256: found.sha256, size: found.size }
      }
      throw missing('has no file that contains a changelog')
    }
  }
  throw missing('not in the source index')
}

/**
 * Fetches the file, verifies it and extracts debian/changelog.
 * @throws SeaworthyError `archive-index-mismatch`, `changelog-missing`, and those of `download` and the tar reader
 */
export async function changelogIn(file: SourceFile, url: string, session: Session): Promise<string> {
  const { bytes, sha256 } = await download(url, file.size, session.http('index'))
  if (bytes.length !== file.size || sha256 !== file.sha256) {
    const what = `received ${bytes.length} bytes with SHA-256 ${sha256}, but the signed index lists ${file.size} bytes with SHA-256 ${file.sha256}`
    throw archiveProblem('archive-index-mismatch', what, file.path)
  }
  const text =
    file.kind === 'diff' ? await changelogFromDiff(bytes, file) : await changelogFromTar(bytes, file)
  if (text === null) {
    throw archiveProblem('changelog-missing', 'the file contains no debian/changelog', file.path)
  }
  return text
}

async function changelogFromDiff(bytes: Buffer, { packing, path }: SourceFile): Promise<string | null> {
  const diff = await buffer(unpackUpTo(MAX_DIFF_BYTES, bytes, packing, path))
  return changelogInDiff(diff.toString('utf8'))
}

async function changelogFromTar(bytes: Buffer, { packing, path: where }: SourceFile): Promise<string | null> {
  const isChangelog = (path: string) => /^(?:[^/]+\/)?debian\/changelog$/.test(path)
  const found = await fileInTar(bytes, isChangelog, { packing, maxBytes: MAX_CHANGELOG_BYTES, where })
  return found?.toString('utf8') ?? null
}
