import { createHash } from 'node:crypto'
import type { LayerFacts } from '../../../model/image/image.js'
import { programRecords } from '../../../model/packages/programs.js'
import { SeaworthyError } from '../../../model/problem.js'
import { archiveError } from '../formats/problems.js'
import { openStored } from './application/stored.js'
import { createSums } from './application/sums.js'
import type { ArchiveContext, StoredLayer } from './context.js'
import { createBuildIds } from './programs/build-id.js'
import { createLayerScan, type LayerScan, type ScannedLayer } from './scan.js'
import { createStatementsOf } from './versions/again.js'

export interface LayerWriter {
  write(plainBytes: Buffer): void
  /**
   * The layer, or the error in its tar, which only matters if the image has this layer; and the SHA-256 of
   * its uncompressed bytes.
   */
  finish(): { readonly layer: StoredLayer | SeaworthyError; readonly sha256: string }
}

/** Stores a layer's plain bytes, hashes them and reads their entries, all in one pass. */
export function createLayerWriter(context: ArchiveContext, where: string): LayerWriter {
  const { limits, usage, spool } = context
  const file = spool.create()
  const digest = createHash('sha256')
  const scan = createLayerScan(where, limits, usage)
  let size = 0
  let firstError: SeaworthyError | null = null

  function unlessFailed<T>(action: () => T): T | null {
    if (firstError !== null) {
      return null
    }
    try {
      return action()
    } catch (error) {
      // An archive may contain blobs that are not layers of this image, or of any image.
      if (!(error instanceof SeaworthyError)) {
        throw error
      }
      firstError = error
      return null
    }
  }

  return {
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
      file.write(plainBytes)
      digest.update(plainBytes)
      unlessFailed(() => scan.write(plainBytes))
    },
    finish() {
      file.close()
      const scanned = unlessFailed(() => finishScan(scan, file.path))
      const sha256 = digest.digest('hex')
      if (scanned === null) {
        file.remove()
        return {
          layer: firstError ?? archiveError('archive-unreadable', where, 'the layer could not be read'),
          sha256,
        }
      }
      const diffId = `sha256:${sha256}`
      const md5ByOffset = new Map(scanned.sampledSums)
      const layer: StoredLayer = {
        file: { diffId, path: file.path, size },
        layerFacts: layerFactsOf(diffId, size, scanned),
        paths: scanned.paths,
        sampledPaths: scanned.sampledPaths,
        listTexts: scanned.listTexts,
        symlinks: scanned.applications.symlinks,
        packageLinks: { ...scanned.packageLinks, tar: file.path },
        md5Of: createSums(file.path, scanned.applications.extents, md5ByOffset),
        programs: {
          ...scanned.programs,
          md5Of: createSums(file.path, scanned.programs.files, md5ByOffset),
          sha256Of: createSums(file.path, scanned.programs.files, new Map(), 'sha256'),
          buildIdOf: createBuildIds(file.path, scanned.programs.files),
          statementsOf: createStatementsOf(file.path, scanned.programs.files),
        },
        credentials: scanned.credentials,
        remove: () => file.remove(),
      }
      return { layer, sha256 }
    },
  }
}

function finishScan(scan: LayerScan, path: string): ScannedLayer {
  const stored = openStored(path)
  try {
    return scan.finish(stored.read)
  } finally {
    stored.close()
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
