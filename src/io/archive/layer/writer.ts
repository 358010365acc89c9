import { createHash } from 'node:crypto'
import { type LayerFacts, type LayerFile, programRecords, SeaworthyError } from '../../../model/index.js'
import type { Compression } from '../formats/decompress.js'
import { archiveError } from '../formats/problems.js'
import { captureFiles, filesOfTar, type StoredFiles } from './application/stored-files.js'
import { createSums } from './application/sums.js'
import type { ArchiveContext, StoredLayer } from './context.js'
import { createBuildIds } from './programs/build-id.js'
import { createExpectedReads } from './programs/expected-reads.js'
import { createLayerScan, type ScannedLayer } from './scan.js'
import { createSecondReads, type EarlyValues, type SecondReads } from './second-reads.js'
import type { SpoolFile } from './spool.js'
import { createStatementsOf } from './versions/again.js'

export interface LayerWriter {
  /** The bytes as they arrive, which are kept. */
  store(bytes: Buffer): void
  /** The bytes of the tar. */
  write(plainBytes: Buffer): void
  /** For a tar. */
  finish(): WrittenLayer
  /** For a compressed layer, which is decompressed once more if its scan needs a second look at a file. */
  finishCompressed(): Promise<WrittenLayer>
}

/**
 * The layer, or the error in its tar, which only matters if the image has this layer; and the SHA-256 of
 * its uncompressed bytes.
 */
interface WrittenLayer {
  readonly layer: StoredLayer | SeaworthyError
  readonly sha256: string
}

/**
 * Stores a layer as it arrives, hashes its tar and reads the entries of the tar, all in one pass.
 * @param file where it is stored
 */
export function createLayerWriter(
  context: ArchiveContext,
  where: string,
  file: SpoolFile,
  compression: Compression | null,
): LayerWriter {
  const { limits, usage, spool, signal } = context
  const digest = createHash('sha256')
  const early: EarlyValues = new Map()
  const expected = createExpectedReads(early, context, compression)
  const scan = createLayerScan(where, limits, usage, expected)
  let size = 0
  let storedSize = 0
  let firstError: SeaworthyError | null = null

  // An archive may contain blobs that are not layers of this image, or of any image.
  function noteError(error: unknown): null {
    if (!(error instanceof SeaworthyError)) {
      throw error
    }
    firstError = error
    return null
  }

  function unlessFailed<T>(action: () => T): T | null {
    if (firstError !== null) {
      return null
    }
    try {
      return action()
    } catch (error) {
      return noteError(error)
    }
  }

  function finishWith(stored: StoredFiles | null): WrittenLayer {
    let scanned: ScannedLayer | null
    try {
      scanned = unlessFailed(() => scan.finish(stored))
    } finally {
      stored?.close()
    }
    const sha256 = digest.digest('hex')
    if (scanned === null) {
      file.remove()
      const error = firstError ?? archiveError('archive-unreadable', where, 'the layer could not be read')
      return { layer: error, sha256 }
    }
    const layerFile = { diffId: `sha256:${sha256}`, path: file.path, size, compression, storedSize }
    return {
      layer: storedLayer(layerFile, scanned, createSecondReads(layerFile, spool, early), () => file.remove()),
      sha256,
    }
  }

  return {
    store(bytes) {
      storedSize += bytes.length
      file.write(bytes)
    },
    write(plainBytes) {
      size += plainBytes.length
      usage.layerBytes += plainBytes.length
      if (size > limits.layerBytes) {
        throw archiveError('archive-too-large', where, `a layer is larger than ${limits.layerBytes} bytes`)
      }
      if (usage.layerBytes > limits.allLayerBytes) {
        const what = `the layers add up to more than ${limits.allLayerBytes} bytes`
        throw archiveError('archive-too-large', where, what)
      }
      digest.update(plainBytes)
      unlessFailed(() => scan.write(plainBytes))
    },
    finish() {
      file.close()
      return finishWith(filesOfTar(file.path, limits))
    },
    async finishCompressed() {
      file.close()
      const wanted = unlessFailed(() => scan.wanted())
      const layer = { path: file.path, size, compression, storedSize }
      return finishWith(wanted === null ? null : await captureFiles(layer, wanted, spool, limits, signal))
    },
  }
}

function storedLayer(
  file: LayerFile,
  scanned: ScannedLayer,
  secondReads: SecondReads,
  remove: () => void,
): StoredLayer {
  const { applications, programs, packageLinks } = scanned
  const md5ByOffset = new Map(scanned.sampledSums)
  return {
    file,
    layerFacts: layerFactsOf(file.diffId, file.size, scanned),
    paths: scanned.paths,
    sampledPaths: scanned.sampledPaths,
    listTexts: scanned.listTexts,
    symlinks: applications.symlinks,
    secondReads,
    packageLinks,
    md5Of: createSums(secondReads, applications.extents, md5ByOffset),
    programs: {
      ...programs,
      md5Of: createSums(secondReads, programs.files, md5ByOffset),
      sha256Of: createSums(secondReads, programs.files, new Map(), 'sha256'),
      buildIdOf: createBuildIds(secondReads, programs.files),
      statementsOf: createStatementsOf(secondReads, programs.files),
    },
    credentials: scanned.credentials,
    remove,
  }
}

/** A layer's facts, in which `removed` contains only its whiteouts; `settle` adds what else it hides. */
export function layerFactsOf(diffId: string, size: number, scanned: ScannedLayer): LayerFacts {
  return {
    diffId,
    size,
    files: Object.fromEntries(scanned.files),
    unreadable: Object.fromEntries(scanned.unreadable),
    removed: scanned.removed,
    opaque: scanned.opaque,
    setuid: [...scanned.setuid.values()],
    records: scanned.records,
    // `settle` finds out who owns these files.
    applications: {
      files: Object.fromEntries(scanned.applications.files),
      owned: {},
      diverted: null,
      cut: scanned.applications.cut,
      ...(scanned.applications.cutAt === null ? {} : { cutAt: scanned.applications.cutAt }),
      hasPrograms: true,
    },
    programs: programRecords(
      [...scanned.programs.files].map(([path, { form, isExecutable }]) => [
        path,
        { form, isExecutable, listings: [], record: null, sha256: null },
      ]),
      scanned.programs.cut,
    ),
  }
}
