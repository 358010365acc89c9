import type { LayerFile, LayerToc, SeaworthyError } from '../../../model/index.js'
import type { Decompressor } from '../formats/decompress.js'
import type { Limits, Usage } from '../formats/limits.js'
import type { ScannedLayer } from '../readers/layer.js'
import type { StoredLayer } from '../store/layer-writer.js'
import type { Spool } from '../store/spool.js'

/** A file of the archive, classified by its content. `sha256` is that of the bytes in the archive. */
export type Blob =
  | {
      readonly kind: 'layer'
      readonly sha256: string
      readonly layer: StoredLayer | SeaworthyError
      /** The TOC in these bytes; the same layer may be in the archive with and without one. */
      readonly toc: LayerToc | null
    }
  | { readonly kind: 'json'; readonly sha256: string; readonly bytes: Buffer }
  | { readonly kind: 'other'; readonly sha256: string; readonly why: string }

/** State while one archive is read. */
export interface ArchiveContext {
  /** As the user named the image; for error messages. */
  readonly reference: string
  readonly limits: Limits
  readonly usage: Usage
  readonly spool: Spool
  /** True if only the JSON documents are needed: layers are neither decompressed nor stored. */
  readonly isDocumentsOnly: boolean
  /** Name in the archive -> its content. */
  readonly blobs: Map<string, Blob>
  /** Link in the archive -> name in the archive. */
  readonly links: Map<string, string>
  /** diff_id -> layer: the same content is stored once. */
  readonly layers: Map<string, StoredLayer>
  /** diff_id -> what the layer shows: it is read once for all images that have it. */
  readonly scanned: Map<string, ScannedLayer>
  /** Decompressors that are still processing bytes. */
  readonly decompressors: Set<Decompressor>
  readonly onLayer: (file: LayerFile) => void
  /** Aborts long work other than reading from the source. */
  readonly signal: AbortSignal | null
}
