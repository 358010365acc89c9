import type {
  ApplicationRecords,
  LayerFacts,
  LayerFile,
  LayerToc,
  SeaworthyError,
} from '../../../model/index.js'
import type { Decompressor } from '../formats/decompress.js'
import type { Limits, Usage } from '../formats/limits.js'
import type { PackageLinks } from './application/package-links.js'
import type { SumOf } from './application/sums.js'
import type { ScannedCredentials } from './credentials/scan.js'
import type { PathIndex } from './marks.js'
import type { BuildIdOf } from './programs/build-id.js'
import type { ScannedPrograms } from './programs/scan.js'
import type { SecondReads } from './second-reads.js'
import type { Spool } from './spool.js'
import type { StatementsOf } from './versions/search.js'

/** A layer that was read completely. */
export interface StoredLayer {
  readonly file: LayerFile
  readonly layerFacts: LayerFacts
  readonly paths: PathIndex
  /** Name of a package's path list -> some of the paths in it. */
  readonly sampledPaths: ReadonlyMap<string, readonly string[]>
  /** Name of a list -> its text. */
  readonly listTexts: ReadonlyMap<string, string>
  /** Links with the name of an application package to files that were not read for it -> their targets. */
  readonly symlinks?: ReadonlyMap<string, string>
  readonly packageLinks?: PackageLinks
  /** Reads its files again; a layer that is not stored has none. */
  readonly secondReads?: SecondReads
  /** Computes the MD5 sums of application files for which none was computed while the layer was read. */
  readonly md5Of: SumOf
  /** Functions for sums, build IDs and versions; a layer that is not stored has none. */
  readonly programs: ScannedPrograms & {
    readonly md5Of?: SumOf
    readonly sha256Of?: SumOf
    readonly buildIdOf?: BuildIdOf
    readonly statementsOf?: StatementsOf
  }
  readonly credentials: ScannedCredentials
  remove(): void
}

/** The layer with changed records of its application packages; unchanged if it has no such records. */
export function withApplicationRecords<Layer extends Pick<StoredLayer, 'layerFacts'>>(
  layer: Layer,
  changes: (applications: ApplicationRecords) => Partial<ApplicationRecords>,
): Layer {
  const { layerFacts } = layer
  const { applications } = layerFacts
  return applications === undefined
    ? layer
    : { ...layer, layerFacts: { ...layerFacts, applications: { ...applications, ...changes(applications) } } }
}

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
  /** Decompressors that are still processing bytes. */
  readonly decompressors: Set<Decompressor>
  readonly onLayer: (file: LayerFile, facts: LayerFacts) => void
  /** Aborts long work other than reading from the source. */
  readonly signal: AbortSignal | null
}
