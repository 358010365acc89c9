import { createHash } from 'node:crypto'
import type { ApplicationStatement } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { hasZipRecords, JAR_START_BYTES, type ZipSource } from '../../formats/zip-records.js'
import { isJar } from '../../store/format.js'
import { readArchivePath } from '../versions/texts.js'
import { readCodeArchive, readPythonZip } from './code-archive.js'
import { formOf } from './forms.js'

/** Minimum cost of results that are kept: reading a cheaper archive again costs less than hashing it. */
const MIN_REMEMBERED_COST = 64 * 1024
const PIECE_BYTES = 2 ** 20
const SHEBANG = '#!'

/** Whether a file named as a zip is also recognized as a program by its content (content.ts). */
export function isKnownByContent(source: ZipSource): boolean {
  const head = source.read(0, JAR_START_BYTES)
  return head.toString('latin1', 0, SHEBANG.length) === SHEBANG || isJar(head)
}

/**
 * Reads code archives within the image's budget. The same content under the same name is read and paid for
 * once: a layer that changes owners (`chown -R`) contains all files of the lower layers again.
 */
export function createArchiveReader(
  limits: Limits,
  usage: Usage,
): (path: string, source: ZipSource, offset: number) => readonly ApplicationStatement[] {
  /** SHA-256 by offset: hard links share their content, so it is hashed once in a layer. */
  const sumByOffset = new Map<number, string>()

  function sumOf(source: ZipSource, offset: number): string {
    const sum = sumByOffset.get(offset) ?? sha256Of(source)
    sumByOffset.set(offset, sum)
    return sum
  }

  const read: ReturnType<typeof createArchiveReader> = (path, source, offset) => {
    const fileName = path.slice(path.lastIndexOf('/') + 1)
    const sizeAndName = JSON.stringify([source.size, fileName])
    const statementsBySum =
      usage.archives.get(sizeAndName) ?? new Map<string, readonly ApplicationStatement[]>()
    const earlier = statementsBySum.size === 0 ? undefined : statementsBySum.get(sumOf(source, offset))
    if (earlier !== undefined) {
      return earlier
    }
    const budget = { remainingBytes: limits.unpackedBytes - usage.unpackedBytes }
    const isZip = formOf(path) === 'zip' && !isKnownByContent(source)
    const statements = (isZip ? readPythonZip : readCodeArchive)(source, fileName, budget)
    const cost = limits.unpackedBytes - budget.remainingBytes - usage.unpackedBytes
    usage.unpackedBytes += cost
    if (cost >= MIN_REMEMBERED_COST) {
      usage.archives.set(sizeAndName, statementsBySum.set(sumOf(source, offset), statements))
    }
    return statements
  }
  return (path, source, offset) => {
    const statements = read(path, source, offset)
    const versionStatements = readArchivePath(path)
    return versionStatements.length > 0 && hasZipRecords(source)
      ? [...statements, ...versionStatements]
      : statements
  }
}

function sha256Of(source: ZipSource): string {
  const digest = createHash('sha256')
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    digest.update(source.read(at, PIECE_BYTES))
  }
  return digest.digest('hex')
}
